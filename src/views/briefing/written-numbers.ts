import { HEDGE, LEFT_ALONE, NUMBER, NUMBER_WORDS } from '../../text/wording-patterns.ts'

/** A figure that a slide shows. */
export interface ShownFigure {
  readonly value: number
  readonly decimals: number
  /** "%", "per 1 000", "" for counts. */
  readonly unit: string
  /** As on screen, with its unit: "17,1 %". */
  readonly text: string
  readonly name: string
}

/** A number as someone wrote it, with its unit. */
export interface WrittenNumber {
  readonly from: number
  readonly to: number
  readonly value: number
  readonly isSigned: boolean
  /** What it is rounded to, as far as can be seen: 0.1 of "17,1", 100 of "drygt 1 200". */
  readonly step: number
  readonly unit: Unit
}

type Unit = '' | '%' | 'points' | 'times' | `per ${number}`

/** Every number that is given as a figure; years, ages, dates, laws and what is numbered are left alone. */
export function numbersIn(text: string): readonly WrittenNumber[] {
  const isLeftAlone = new Uint8Array(text.length)
  for (const { index, 0: words } of text.matchAll(LEFT_ALONE))
    isLeftAlone.fill(1, index, index + words.length)
  const numbers: WrittenNumber[] = []
  for (const match of text.matchAll(NUMBER)) {
    const from = match.index
    const { sign, digits, scale, unit, word, wordUnit } = match.groups!
    if (isLeftAlone[from + (sign?.length ?? 0)]) continue
    const place = { from, to: from + match[0].length }
    const measure = unitOf(unit ?? wordUnit ?? '')
    if (word !== undefined) {
      const value = NUMBER_WORDS[word.toLowerCase()]! * measure.factor
      numbers.push({ ...place, value, isSigned: false, step: measure.factor, unit: measure.unit })
      continue
    }
    const plain = digits!.replace(/\s/g, '').replace(',', '.')
    const size = (scale ? (/^t/i.test(scale) ? 1e3 : 1e6) : 1) * measure.factor
    const isHedged = HEDGE.test(text.slice(Math.max(0, from - 16), from))
    numbers.push({
      ...place,
      value: Number(plain) * size * (sign !== undefined && sign !== '+' ? -1 : 1),
      isSigned: sign !== undefined,
      step: stepOf(plain, isHedged) * size,
      unit: measure.unit,
    })
  }
  return numbers
}

/** "17.1" → 0.1; hedged, zeros at the end may be rounding, beyond two digits: "1200" → 100, "1000" → 100. */
function stepOf(digits: string, isHedged: boolean): number {
  const decimals = digits.split('.')[1]?.length ?? 0
  if (decimals > 0 || !isHedged) return 10 ** -decimals
  return 10 ** /0*$/.exec(digits.slice(2))![0].length
}

function unitOf(text: string): { readonly unit: Unit; readonly factor: number } {
  const unit = text.replace(/\s/g, '').toLowerCase()
  const plain = unit.replace('hundra', '100').replace('tusen', '1000').replace('tio', '10')
  const base = Number(/^(?:av|per)(\d+)/.exec(plain)?.[1])
  if (unit.startsWith('av'))
    return base === 1000 ? { unit: 'per 1000', factor: 1 } : { unit: '%', factor: 100 / base }
  if (base > 0) return { unit: base === 100 ? '%' : `per ${base}`, factor: 1 }
  if (/enhet/.test(unit)) return { unit: 'points', factor: 1 }
  if (/%|procent/.test(unit)) return { unit: '%', factor: 1 }
  if (/‰|promille/.test(unit)) return { unit: 'per 1000', factor: 1 }
  return { unit: /^g/.test(unit) ? 'times' : '', factor: 1 }
}

type Shown = Pick<WrittenNumber, 'value' | 'step' | 'unit'>

/** All that a slide shows as numbers: its figures, as they are and as written, and the numbers in their names. */
export const shownNumbers = (figures: readonly ShownFigure[]): readonly Shown[] =>
  figures.flatMap(({ value, decimals, unit, text, name }) => [
    { value, step: 10 ** -decimals, unit: unitOf(unit).unit },
    ...numbersIn(text),
    ...numbersIn(name),
  ])

/** Whether a number counts at most so many things. */
export const isCountUpTo = ({ value, unit, step }: WrittenNumber, most: number): boolean =>
  unit === '' && step >= 1 && value >= 1 && value <= most

/** Whether a number is one that is shown, rounded as it is written; without a unit it may be any. */
export function isOneOf(number: WrittenNumber, shown: readonly Shown[]): boolean {
  return shown.some(({ value, step, unit }) => {
    if (number.unit !== '' && number.unit !== unit) return false
    // Finer than it is shown, it can only be the same number with zeros after it.
    const rounding = number.step > step * 0.999 ? number.step / 2 : 0
    return distance(number, value) <= rounding + 1e-12 * Math.max(1, Math.abs(value))
  })
}

/** "minskade med 1,2" is −1,2. */
const distance = ({ value, isSigned }: WrittenNumber, shown: number): number =>
  isSigned ? Math.abs(value - shown) : Math.abs(Math.abs(value) - Math.abs(shown))

/** Of the same unit if there is one. */
export function nearestFigure(number: WrittenNumber, figures: readonly ShownFigure[]): ShownFigure {
  const alike = figures.filter((figure) => unitOf(figure.unit).unit === number.unit)
  return (alike.length > 0 ? alike : figures).reduce((best, figure) =>
    distance(number, figure.value) < distance(number, best.value) ? figure : best,
  )
}
