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

const SPACE = '[ \\u00a0\\u2009\\u202f]'
const DIGITS = `(?:\\d{1,3}(?:${SPACE}\\d{3})+(?!\\d)|\\d+)(?:[.,]\\d+)?`
const ROUND = `1${SPACE}?0{2,3}|1(?:0|00)${SPACE}?000`
const PERCENT = /procent(?:enhet(?:er|en|erna)?|s|igt?a?)?/u.source

const UNIT = [
  `\\s?%(?:-?enhet(?:er|en|erna)?)?`,
  `\\s?‰|\\spromille`,
  `[\\s-]${PERCENT}`,
  `\\sper\\s(?:${ROUND}|tusen|hundra)`,
  `\\sav\\s(?:10|100|1${SPACE}?000|tio|hundra|tusen)`,
  // Not how often something is done: "tre gånger i veckan".
  /\sgånger(?!\s+(?:om|i|per|under|på|varje|sedan)(?!\p{L}))/u.source,
].join('|')

const WORDS: Readonly<Record<string, number>> = {
  ...{ en: 1, ett: 1, två: 2, tre: 3, fyra: 4, fem: 5, sex: 6, sju: 7, åtta: 8, nio: 9, tio: 10 },
  ...{ elva: 11, tolv: 12, femton: 15, tjugo: 20, tjugofem: 25, trettio: 30, fyrtio: 40 },
  ...{ femtio: 50, sextio: 60, sjuttio: 70, sjuttiofem: 75, åttio: 80, nittio: 90, hundra: 100 },
}

/** Numbers in digits, and in words where a unit follows: "17,1 %", "1 200", "−0,3", "tre gånger". */
const NUMBER = new RegExp(
  [
    `(?<sign>(?<=^|[\\s(])[-−–+])?(?<![\\p{L}\\d]|\\d[.,:/])(?<digits>${DIGITS})(?![\\p{L}\\d]|-(?!procent)\\p{L})`,
    `(?:\\s(?<scale>tusen|miljon(?:er)?)(?!\\p{L}))?(?:(?<unit>${UNIT})(?![\\p{L}\\d]))?`,
    `|(?<!\\p{L})(?<word>${Object.keys(WORDS).join('|')})(?<wordUnit>${UNIT})(?![\\p{L}\\d])`,
  ].join(''),
  'giu',
)

const HEDGE =
  /(?<!\p{L})(?:cirka|ca\.?|ungefär|omkring|runt|kring|drygt|knappt|nära|nästan|över|under|än|minst|högst|uppemot|upp\s+till)\s+$/iu

const RANGE = `\\d+(?:[.,:]\\d+)?(?:\\s?(?:[-–/,]|till|och|eller|samt)\\s?\\d+(?:[.,:]\\d+)?)*(?!\\d|[.,]\\d|\\s?(?:%|‰|procent|per\\s))`

/** Numbers that are not figures. */
const LEFT_ALONE = new RegExp(
  [
    // List numbers, at the beginning of a line.
    /^[^\S\n]*\(?\d{1,2}[.)](?=\s)/u.source,
    // Periods and dates.
    /\d{4}-\d{2}(?:-\d{2})?(?!\d)/u.source,
    /(?<!\d)(?:19|20)\d{2}\s?[-–/]\s?\d{2,4}(?!\d)/u.source,
    /(?<![\d,.])(?:19|20)\d{2}(?!\d|[.,]\d|\s?%|\s(?:procent|per\s|invånare|person|elev|barn|unga|hushåll|anmäl|händelse|brott|kr))/u.source, // prettier-ignore
    /\d{1,2}(?:\s?(?:[-–]|och|till)\s?\d{1,2})?\s(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|jan|feb|apr|aug|sept?|okt|nov|dec)(?!\p{L})/u.source, // prettier-ignore
    /(?<!\d)\d{1,2}[/:]\d{1,2}(?!\d)|(?<!\d)\d{1,2}[.:]\d{2}\s?[-–]\s?\d{1,2}[.:]\d{2}(?!\d)/u
      .source,
    /(?<!\p{L})den\s\d{1,2}(?!\d|[.,:]\d|\s?(?:%|‰|procent|per\s))/u.source,
    // Ages and spans of time; "12 år 2025" may be a figure of that year.
    `\\d+\\s?(?:[-–]|till|och|eller)\\s?\\d+[\\s-]år`,
    /\d+[\s-]år(?:en|s|ing\p{L}*|ig\p{L}*)?(?!\p{L}|\s(?:19|20)\d{2})/u.source,
    `${RANGE}\\s(?:halvår|kvartal|månad|veck|dygn|timm|minut|decenni|termin|läsår|dag(?:ar|en)?(?!\\p{L}))`,
    // What is numbered.
    `(?<!\\p{L})${/(?:vecka|veckorna|v\.?|kvartal|kv\.?|termin|halvår(?:et)?|ht|vt|h|årskurs(?:erna)?|åk\.?|klass|kl\.?|klockan|ålder(?:n|sgruppen)?|åldrarna|kap\.?|kapitel|artikel|§+|punkt|steg|nr\.?|nummer|bild|figur|tabell|diagram|karta|sidan?|sid\.?|s\.|fas|del|bilaga|version|nivå|mål|fråga|alternativ|linje|väg|ring|tel\.?|telefon|\p{L}+(?:gatan|vägen|gränd|torget|stigen|backen))/u.source}\\s?${RANGE}`,
    // Laws.
    /\d{4}(?:\/\d{2})?:\d+/u.source,
    `${RANGE}\\s?(?:kap(?!\\p{L})|§)`,
    /\d+:\p{L}+/u.source,
    // Telephone numbers.
    /(?<!\d)0\d{1,3}-\d{2,3}(?:\s?\d{2,3})*|(?<!\d)114\s14(?!\d)/u.source,
    // What units are counted in, and how sure an interval is.
    `(?<!\\p{L})per\\s(?:${ROUND})(?!\\d)`,
    `${DIGITS}(?:\\s?%|[\\s-]${PERCENT})(?:-?igt?)?\\s(?:konfidens|intervall|osäkerhet|säkerhet)`,
    // What is planned.
    `\\d+\\s(?:\\p{L}+a\\s)?(?:mål|insats|åtgärd|fokusproblem|förslag|fråg|punkt|steg|möte|prioritering|beslut|uppdrag)`,
  ].join('|'),
  'gimu',
)

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
      const value = WORDS[word.toLowerCase()]! * measure.factor
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
  return { unit: unit === 'gånger' ? 'times' : '', factor: 1 }
}

/** Whether a slide shows the number, rounded as it is written, or counts what it shows. */
export function standsAmong(number: WrittenNumber, figures: readonly ShownFigure[]): boolean {
  const { value, unit, step } = number
  if (unit === '' && step >= 1 && Number.isInteger(value) && value > 0 && value <= figures.length)
    return true
  return figures.some(
    (figure) =>
      fits(number, figure.value, 10 ** -figure.decimals, unitOf(figure.unit).unit) ||
      [...numbersIn(figure.text), ...numbersIn(figure.name)].some((shown) =>
        fits(number, shown.value, shown.step, shown.unit),
      ),
  )
}

function fits(number: WrittenNumber, shown: number, shownStep: number, unit: Unit): boolean {
  if (number.unit !== '' && number.unit !== unit) return false
  // Finer than the slide shows it, it can only be the same number with zeros after it.
  const isRounded = number.step > shownStep * 0.999
  return (
    distance(number, shown) <=
    (isRounded ? number.step / 2 : 0) + 1e-12 * Math.max(1, Math.abs(shown))
  )
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
