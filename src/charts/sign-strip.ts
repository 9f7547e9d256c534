/** What one strip shows, in the indicator's unit. */
export interface StripFigures {
  readonly value: number | null
  readonly interval: { readonly lower: number; readonly upper: number } | null
  /** The areas that show a value, the area itself left out. */
  readonly others: readonly number[]
  /** What the strip is centred on: the municipality, or the median where it has none. */
  readonly middle: number
  readonly lowerQuartile: number
  readonly upperQuartile: number
}

/** A strip in pixels, drawn from 0 to its width. */
export interface SignStrip {
  readonly middle: number
  readonly ticks: readonly number[]
  readonly box: { readonly x: number; readonly width: number }
  readonly value: number | null
  readonly interval: {
    readonly from: number
    readonly to: number
    /** It reaches further than the strip does. */
    readonly isCutLeft: boolean
    readonly isCutRight: boolean
  } | null
}

/** Room at either end, so that a dot is never cut. */
const MARGIN = 7

/**
 * One area among all the others. The municipality stands in the middle of every strip, so that strips below one
 * another are read along one line; each has its own scale, as far as the areas reach, and an interval that reaches
 * further is cut.
 */
export function signStrip(figures: StripFigures, width: number): SignStrip {
  const { value, interval, others, middle, lowerQuartile, upperQuartile } = figures
  const shown = value === null ? others : [...others, value]
  const reach = shown.reduce((most, one) => Math.max(most, Math.abs(one - middle)), 0)
  const half = width / 2 - MARGIN
  const place = (figure: number): number => {
    const share = reach > 0 ? (figure - middle) / reach : 0
    return width / 2 + Math.max(-1, Math.min(1, share)) * half
  }
  const isPast = (figure: number): boolean => Math.abs(figure - middle) > reach
  const from = place(lowerQuartile)
  return {
    middle: width / 2,
    ticks: others.map(place),
    box: { x: from, width: place(upperQuartile) - from },
    value: value === null ? null : place(value),
    interval: interval && {
      from: place(interval.lower),
      to: place(interval.upper),
      isCutLeft: interval.lower < middle && isPast(interval.lower),
      isCutRight: interval.upper > middle && isPast(interval.upper),
    },
  }
}
