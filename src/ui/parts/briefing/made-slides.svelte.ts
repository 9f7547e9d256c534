import type { BriefingSlides } from '../../../app/briefing-slides.ts'
import { isMade, shownAs, type MadeSlide } from '../../../app/slide-making.ts'
import type { PeriodCode } from '../../../core/period.ts'
import type { BriefingSlide } from '../../../views/briefing/briefing.ts'
import type { SlideContent } from '../../../views/briefing/slide-content.ts'
import type { ShownSlide } from '../../../views/briefing/shown-slide.ts'

/** The slides of a lägesbild as the figures of one package make them, each when it is wanted. */
export class MadeSlides {
  private made = $state.raw<ReadonlyMap<string, MadeSlide>>(new Map())
  /** Another period than the view's own, while it is presented. */
  private periods = $state.raw<ReadonlyMap<string, PeriodCode>>(new Map())

  constructor(readonly maker: BriefingSlides) {}

  /** Makes what is not made yet. @param here the place of the one that is looked at, which comes first */
  prepare(slides: readonly BriefingSlide[], here: number): void {
    const order = slides
      .map((slide, at) => ({ slide, distance: Math.abs(at - here) }))
      .toSorted((a, b) => a.distance - b.distance)
    for (const { slide } of order) {
      const { address } = slide
      const key = this.keyOf(slide)
      if (address === null || this.made.has(key)) continue
      void this.maker.make(address, this.periods.get(slide.id) ?? null).then((one) => {
        this.made = new Map(this.made).set(key, one)
      })
    }
  }

  /** A slide as it is to be shown; null while it is being made. */
  shown(slide: BriefingSlide): ShownSlide | null {
    if (!isMade(slide)) return shownAs(slide, null)
    const one = this.made.get(this.keyOf(slide))
    return one ? shownAs(slide, one) : null
  }

  /** The same, made first; of the view's own period. */
  async whenMade(slide: BriefingSlide): Promise<ShownSlide> {
    return shownAs(slide, isMade(slide) ? await this.maker.make(slide.address) : null)
  }

  /** What the view of a slide says now, also where the slide is fixed; null where it says nothing. */
  current(slide: BriefingSlide): SlideContent | null {
    const one = this.made.get(this.keyOf(slide))
    return one?.kind === 'made' ? one.content : null
  }

  stepPeriod(slide: BriefingSlide, step: 1 | -1): void {
    const one = this.made.get(this.keyOf(slide))
    if (slide.fixed || one?.kind !== 'made' || one.periods.length === 0) return
    const now = this.periods.get(slide.id) ?? one.period
    const next = one.periods[one.periods.indexOf(now ?? one.periods.at(-1)!) + step]
    if (!next) return
    this.periods = new Map(this.periods).set(slide.id, next)
    this.prepare([slide], 0)
  }

  private keyOf({ id, address }: BriefingSlide): string {
    return `${address} ${this.periods.get(id) ?? ''}`
  }
}
