import fc from 'fast-check'
import type { Area } from '../../src/core/area.ts'
import { kindOf, PERIOD_KINDS, type PeriodCode, type PeriodKind } from '../../src/core/period.ts'
import type { Sex } from '../../src/core/indicator.ts'
import type { TextEncodingName } from '../../src/files/formats/dropped-file.ts'
import type { ReadingStatus } from '../../src/files/tables/readings.ts'
import {
  numberAsText,
  writeJsonStat,
  writeParquet,
  writeText,
  writeWorkbook,
  type MadeCell,
  type MadeSheet,
  type TextDialect,
} from './written-table.ts'

/*
 * Tables as Swedish systems write them: one made table in any of the dialects, with what each of its cells means. What
 * a reader cannot know, because the conventions leave it open, is not written; each such case says why.
 */

/** What one cell of a table means. A figure that is not given is NaN. */
export interface MadeReading {
  /** 1-based, as a spreadsheet shows it. */
  readonly row: number
  readonly area: string
  readonly period: PeriodCode
  readonly sex: Sex
  readonly status: ReadingStatus
  readonly numerator: number
  readonly denominator: number
  readonly value: number
  readonly respondents: number
  readonly margin: number
  /** Nothing in the file says whether the value is a count: it may be numerator too. */
  readonly mayBeCount: boolean
}

export interface WrittenTable {
  readonly name: string
  readonly bytes: Uint8Array
  readonly readings: readonly MadeReading[]
  /** Readings of areas, totals left out. */
  readonly observations: number
  /** The table as rows of text, for the message of a test that fails. */
  readonly shown: string
}

/** Any table in any dialect, of areas of the register. */
export function writtenTables(areas: readonly Area[]): fc.Arbitrary<WrittenTable> {
  return choices(areas)
    .filter((choice) => !isAmbiguous(choice, areas))
    .map(writeTable)
    .map((table) => ({ ...table, [fc.toStringMethod]: () => table.shown }))
}

// ---------------------------------------------------------------------------------------------------------------
// What is chosen

const LAYOUTS = [
  ...(['long', 'wide', 'wide by sex', 'wide in one heading', 'columns by sex', 'areas'] as const),
]
type Layout = (typeof LAYOUTS)[number]

/** What a table tells: a count, a count of a base, a share, all three, a survey, or an amount with a sign. */
const CONTENTS = [
  ...(['count', 'count of base', 'share', 'share of count', 'survey', 'signed'] as const),
]
type Content = (typeof CONTENTS)[number]

type AreaSpelling = 'code' | 'name' | 'code name' | 'name (code)' | 'suffix' | 'scb' | 'two columns'

interface MadeFigure {
  readonly count: number
  readonly others: number
  readonly share: number
  readonly amount: number
  readonly margin: number
  readonly mark: number
}

/** Numbers stand for places in lists; they are taken around when the list is shorter. */
interface Choice {
  readonly areas: readonly Area[]
  readonly areaSpelling: AreaSpelling
  readonly areaTidiness: number
  readonly areaHeading: number
  readonly periods: readonly PeriodCode[]
  readonly periodSpelling: number
  readonly periodHeading: number
  /** The year in a column of its own. */
  readonly isYearApart: boolean
  readonly sexes: readonly Sex[]
  readonly sexWords: number
  readonly sexHeading: number
  /** Both sexes alone need no column. */
  readonly tellsSex: boolean
  readonly content: Content
  readonly decimals: number
  readonly headings: number
  readonly figures: readonly MadeFigure[]
  readonly total: { readonly word: number; readonly isFirst: boolean } | null
  readonly titles: readonly number[]
  readonly notes: readonly number[]
  /** Blank rows stand before these rows of data. */
  readonly blanks: readonly number[]
  readonly isPeriodByPeriod: boolean
  readonly extra: 'none' | 'municipality' | 'running number'
  readonly order: readonly number[]
  readonly layout: Layout
  readonly header: number
  readonly file: 'csv' | 'xlsx' | 'ods' | 'parquet' | 'json'
  readonly isTyped: boolean
  readonly text: TextDialect
}

function choices(areas: readonly Area[]): fc.Arbitrary<Choice> {
  const place = fc.nat({ max: 59 })
  const figure: fc.Arbitrary<MadeFigure> = fc.record({
    count: fc.oneof(fc.nat({ max: 30 }), fc.nat({ max: 2500 }), fc.nat({ max: 60_000 })),
    others: fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 70_000 })),
    share: fc.nat({ max: 100_00 }),
    amount: fc.integer({ min: -3_000_000, max: 3_000_000 }),
    margin: fc.integer({ min: 1, max: 150 }),
    mark: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: place }),
  })
  const areasOfLevel = fc.constantFrom('stadsdel', 'regso').chain((level) =>
    fc.shuffledSubarray(
      areas.filter((area) => area.level === level),
      { minLength: 2, maxLength: 5 },
    ),
  )
  const text: fc.Arbitrary<TextDialect> = fc
    .record({
      delimiter: fc.constantFrom<TextDialect['delimiter']>(';', '\t', ',', '|'),
      encoding: fc.constantFrom<TextEncodingName>(
        ...(['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252'] as const),
      ),
      lineEnd: fc.constantFrom<TextDialect['lineEnd']>('\r\n', '\n', '\r'),
      quotes: fc.constantFrom<TextDialect['quotes']>('needed', 'texts'),
      ...{ isPadded: fc.boolean(), endsWithLineEnd: fc.boolean() },
      decimal: fc.constantFrom<TextDialect['decimal']>(',', '.'),
      thousands: fc.constantFrom<TextDialect['thousands']>('', ' ', '\u00a0', '\u202f'),
      minus: fc.constantFrom<TextDialect['minus']>('-', '\u2212', '–'),
      percent: fc.constantFrom<TextDialect['percent']>('', ' %', '%', '\u00a0%'),
    })
    .map((dialect) => ({ ...dialect, ...withLettersOf(dialect) }))
  return fc
    .record({
      areas: areasOfLevel,
      areaSpelling: fc.constantFrom<AreaSpelling>(
        ...(['name', 'code', 'code name', 'name (code)', 'suffix', 'scb', 'two columns'] as const),
      ),
      ...{ areaTidiness: place, areaHeading: place, periodSpelling: place, periodHeading: place },
      periods: fc
        .record({
          kind: fc.constantFrom(...PERIOD_KINDS),
          first: fc.nat({ max: 40 }),
          count: fc.integer({ min: 1, max: 3 }),
        })
        .map(({ kind, first, count }) => periodsOf(kind, first, count)),
      isYearApart: fc.boolean(),
      sexes: fc.constantFrom<readonly Sex[]>(['T'], ['T'], ['K', 'M'], ['K', 'M', 'T']),
      ...{ sexWords: place, sexHeading: place, tellsSex: fc.boolean() },
      content: fc.constantFrom<Content>(...CONTENTS),
      decimals: fc.constantFrom(1, 0, 2),
      headings: place,
      figures: fc.array(figure, { minLength: 5, maxLength: 24 }),
      total: fc.option(fc.record({ word: place, isFirst: fc.boolean() })),
      titles: fc.array(place, { maxLength: 2 }),
      notes: fc.array(place, { maxLength: 2 }),
      blanks: fc.array(fc.nat({ max: 12 }), { maxLength: 2 }),
      isPeriodByPeriod: fc.boolean(),
      extra: fc.constantFrom<Choice['extra']>('none', 'none', 'municipality', 'running number'),
      order: fc.array(fc.nat(), { minLength: 10, maxLength: 10 }),
      layout: fc.constantFrom<Layout>(...LAYOUTS, 'long', 'wide'),
      header: place,
      file: fc.constantFrom<Choice['file']>('csv', 'csv', 'csv', 'xlsx', 'ods', 'parquet', 'json'),
      isTyped: fc.boolean(),
      text,
    })
    .map(settled)
}

/** Signs that the encoding lacks are written with those that it has. */
function withLettersOf({ encoding, thousands, minus }: TextDialect): Partial<TextDialect> {
  if (encoding !== 'windows-1252') return {}
  return {
    thousands: thousands === '\u202f' ? '\u00a0' : thousands,
    minus: minus === '\u2212' ? '–' : minus,
  }
}

/** A choice whose parts go together: districts have no official codes, and so on. */
function settled(choice: Choice): Choice {
  const { file, areas } = choice
  const isCoded = areas[0]!.level === 'regso'
  // Beside columns of periods, sexes or areas a table tells one thing.
  const isLone = ['count', 'share', 'signed'].includes(choice.content)
  const layout = file === 'json' || !isLone ? 'long' : choice.layout
  const content = file === 'json' && !isLone ? 'count' : choice.content
  const needsSexes = layout === 'wide by sex' || layout === 'wide in one heading'
  const sexes =
    choice.sexes.length === 1 && (needsSexes || layout === 'columns by sex')
      ? (['K', 'M'] as const)
      : choice.sexes
  const isSingleHeader = file === 'parquet' || file === 'json'
  return {
    ...choice,
    ...{ content, sexes },
    areaSpelling:
      (!isCoded && choice.areaSpelling !== 'name') ||
      (layout === 'areas' && choice.areaSpelling === 'two columns')
        ? 'name'
        : choice.areaSpelling,
    // A row of headings above the others, titles and notes have no place in a file of columns.
    layout: file === 'parquet' && layout === 'wide by sex' ? 'wide in one heading' : layout,
    ...(isSingleHeader ? { titles: [], notes: [], blanks: [] } : {}),
    isYearApart: choice.isYearApart && layout === 'long',
    total: file === 'json' ? null : choice.total,
    text: file === 'csv' ? choice.text : { ...choice.text, encoding: 'utf-8' },
  }
}

// ---------------------------------------------------------------------------------------------------------------
// What the conventions leave open

function isAmbiguous(choice: Choice, register: readonly Area[]): boolean {
  const { areas, areaSpelling, layout, file } = choice
  // A name that stands on two levels is of the level that the heading or the other names tell; with neither, of any.
  const isOnOneLevel = ({ name }: Area): boolean =>
    register.filter((area) => area.name === name).length === 1
  const tellsLevel =
    areaSpelling !== 'name' ||
    (layout !== 'areas' && file !== 'json' && areaHeadingOf(choice).isOfLevel) ||
    areas.some(isOnOneLevel)
  if (!tellsLevel) return true
  // A table in which all is hidden or missing may be about anything.
  return usedFigures(choice).every(({ mark }) => markOf(choice, mark).status !== 'value')
}

const usedFigures = (choice: Choice): readonly MadeFigure[] => {
  const { areas, periods, sexes, total, figures } = choice
  const cells = (areas.length + (total ? 1 : 0)) * periods.length * sexes.length
  return Array.from({ length: cells }, (_, place) => at(figures, place))
}

// ---------------------------------------------------------------------------------------------------------------
// Areas

const LEVEL_HEADINGS: Readonly<Record<string, readonly string[]>> = {
  regso: ['RegSO', 'RegSO-område', 'regso'],
  stadsdel: ['Stadsdel', 'stadsdel', 'Stadsdelar'],
}
const AREA_HEADINGS = ['Område', 'område', 'Bostadsområde', 'Delområde', 'Region', 'Geografi']
const CODE_HEADINGS = ['Områdeskod', 'Kod', 'RegSO-kod', 'regsokod', 'Områdes_kod']
const NAME_HEADINGS = ['Områdesnamn', 'Namn', 'Område', 'RegSO-namn', 'Områdes namn']
const TOTAL_WORDS = [
  'Umeå kommun',
  'Totalt',
  'Samtliga',
  'Umeå',
  'Hela kommunen',
  'Summa',
  'TOTALT',
]

const at = <Item>(items: readonly Item[], place: number): Item => items[place % items.length]!

function areaHeadingOf({ areas, areaHeading }: Choice): {
  readonly heading: string
  readonly isOfLevel: boolean
} {
  const ofLevel = LEVEL_HEADINGS[areas[0]!.level]!
  const heading = at([...ofLevel, ...AREA_HEADINGS], areaHeading)
  return { heading, isOfLevel: ofLevel.includes(heading) }
}

/** How people type, which changes nothing: case, spaces, and letters in two parts. */
function untidy(text: string, { areaTidiness, text: { encoding } }: Choice): string {
  const ways = [
    (as: string) => as,
    (as: string) => as,
    (as: string) => as.toLowerCase(),
    (as: string) => as.toUpperCase(),
    (as: string) => `${as} `,
    (as: string) => as.replace(' ', '\u00a0'),
    (as: string) => ` ${as.replace(' ', '  ')}`,
    (as: string) => (encoding === 'windows-1252' ? as : as.normalize('NFD')),
  ]
  return at(ways, areaTidiness)(text)
}

function areaTexts(area: Area, choice: Choice): string[] {
  const { id, name } = area
  switch (choice.areaSpelling) {
    case 'code':
      return [id]
    case 'name':
      return [untidy(name, choice)]
    case 'code name':
      return [`${id} ${untidy(name, choice)}`]
    case 'name (code)':
      return [`${untidy(name, choice)} (${id})`]
    case 'suffix':
      return [`${id}_RegSO2025`]
    case 'scb':
      return [`${id} Umeå (${name})`]
    case 'two columns':
      return [id, untidy(name, choice)]
  }
}

function totalTexts({ total, areaSpelling }: Choice): string[] {
  const word = at(TOTAL_WORDS, total!.word)
  if (areaSpelling !== 'two columns') return [word]
  return total!.word % 2 === 0 ? ['2480', 'Umeå kommun'] : ['', word]
}

// ---------------------------------------------------------------------------------------------------------------
// Periods

const twoDigits = (number: number): string => String(number).padStart(2, '0')

/** Consecutive periods; weeks around a New Year with 53 weeks. */
function periodsOf(kind: PeriodKind, first: number, count: number): readonly PeriodCode[] {
  const code = (place: number): PeriodCode => {
    const [year, part] = [2014 + (place % 10), place]
    switch (kind) {
      case 'year':
        return String(year)
      case 'school-year':
        return `${year}/${twoDigits((year + 1) % 100)}`
      case 'term':
        return `${2014 + Math.floor(part / 2)}-${part % 2 === 0 ? 'VT' : 'HT'}`
      case 'half-year':
        return `${2014 + Math.floor(part / 2)}-H${(part % 2) + 1}`
      case 'quarter':
        return `${2014 + Math.floor(part / 4)}-K${(part % 4) + 1}`
      case 'month':
        return `${2020 + Math.floor(part / 12)}-${twoDigits((part % 12) + 1)}`
      case 'week':
        return part < 20 ? `2020-W${twoDigits(part + 34)}` : `2021-W${twoDigits(part - 19)}`
    }
  }
  return [...new Set(Array.from({ length: count }, (_, index) => code(first + index)))].sort()
}

const MONTHS =
  'januari februari mars april maj juni juli augusti september oktober november december'.split(' ')

interface PeriodParts {
  readonly year: string
  /** The number of a month, quarter …; of a term 1 or 2. */
  readonly number: number
}

function partsOf(code: PeriodCode): PeriodParts {
  const [year, part = ''] = code.split(/[-/]/) as [string, string?]
  return { year, number: part === 'VT' ? 1 : part === 'HT' ? 2 : Number(part.replace(/\D/g, '')) }
}

type Spell = (parts: PeriodParts) => string
const short = (year: string): string => year.slice(2)
const month = ({ number }: PeriodParts): string => MONTHS[number - 1]!
const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1)
const term = ({ number }: PeriodParts): string => (number === 1 ? 'VT' : 'HT')
const ordinal = ({ number }: PeriodParts): string =>
  ['första', 'andra', 'tredje', 'fjärde'][number - 1]!

const SPELLINGS: Readonly<Record<PeriodKind, readonly Spell[]>> = {
  year: [({ year }) => year, ({ year }) => year, ({ year }) => `År ${year}`],
  'half-year': [
    ({ year, number }) => `halvår ${number} ${year}`,
    ({ year, number }) => `${year}-H${number}`,
    ({ year, number }) => `${year}H${number}`,
    ({ year, number }) => `H${number} ${year}`,
    ({ year, number }) => `Halvår ${number}, ${year}`,
    (parts) => `${ordinal(parts)} halvåret ${parts.year}`,
  ],
  quarter: [
    ({ year, number }) => `kv ${number} ${year}`,
    ({ year, number }) => `${year}-K${number}`,
    ({ year, number }) => `${year}K${number}`,
    ({ year, number }) => `${year}Q${number}`,
    ({ year, number }) => `Kvartal ${number} ${year}`,
    ({ year, number }) => `K${number} ${year}`,
    ({ year, number }) => `Kv. ${number} ${year}`,
    ({ year, number }) => `${year} kvartal ${number}`,
    (parts) => `${capital(ordinal(parts))} kvartalet ${parts.year}`,
  ],
  month: [
    ({ year, number }) => `${year}-${twoDigits(number)}`,
    ({ year, number }) => `${year}-${twoDigits(number)}-01`,
    ({ year, number }) => `${year}${twoDigits(number)}`,
    (parts) => `${month(parts)} ${parts.year}`,
    (parts) => `${capital(month(parts))} ${parts.year}`,
    (parts) => `${month(parts).slice(0, 3)} ${parts.year}`,
    (parts) => `${month(parts).slice(0, 3)}-${short(parts.year)}`,
    ({ year, number }) => `${year}M${twoDigits(number)}`,
  ],
  week: [
    ({ year, number }) => `v. ${number} ${year}`,
    ({ year, number }) => `${year}-W${twoDigits(number)}`,
    ({ year, number }) => `v ${twoDigits(number)} ${year}`,
    ({ year, number }) => `Vecka ${number} ${year}`,
    ({ year, number }) => `${year} v. ${number}`,
    ({ year, number }) => `${year}V${twoDigits(number)}`,
    ({ year, number }) => `${year} vecka ${number}`,
  ],
  term: [
    (parts) => `${term(parts)} ${parts.year}`,
    (parts) => `${term(parts)}${parts.year}`,
    (parts) => `${parts.year}-${term(parts)}`,
    (parts) => `${term(parts)} ${short(parts.year)}`,
    (parts) => `${term(parts).toLowerCase()}${short(parts.year)}`,
    (parts) => `${parts.number === 1 ? 'Vår' : 'Höst'}terminen ${parts.year}`,
    (parts) => `${parts.year}${term(parts)}`,
  ],
  'school-year': [
    ({ year }) => `${year}/${short(String(Number(year) + 1))}`,
    ({ year }) => `${year}/${Number(year) + 1}`,
    ({ year }) => `läsåret ${year}/${short(String(Number(year) + 1))}`,
    ({ year }) => `Läsår ${year}/${Number(year) + 1}`,
    ({ year }) => `${year}-${Number(year) + 1}`,
    // All of them end beyond 12, because "2011-12" is a month.
    ({ year }) => `${year}-${short(String(Number(year) + 1))}`,
  ],
}

/** The part of a year, where the year stands in a column of its own, under the heading beside it. */
const PARTS: Readonly<Partial<Record<PeriodKind, readonly Spell[]>>> = {
  month: [
    month,
    ({ number }) => String(number),
    ({ number }) => twoDigits(number),
    (parts) => capital(month(parts)),
  ],
  quarter: [
    ({ number }) => String(number),
    ({ number }) => `kv ${number}`,
    ({ number }) => `K${number}`,
  ],
  week: [
    ({ number }) => String(number),
    ({ number }) => `v. ${number}`,
    ({ number }) => `v ${number}`,
  ],
  term: [term, (parts) => term(parts).toLowerCase()],
  'half-year': [
    ({ number }) => String(number),
    ({ number }) => `H${number}`,
    ({ number }) => `halvår ${number}`,
  ],
}

const PERIOD_HEADINGS: Readonly<Record<PeriodKind, readonly string[]>> = {
  year: ['År', 'år', 'Mätår'],
  'half-year': ['Halvår', 'halvår'],
  quarter: ['Kvartal', 'kvartal'],
  month: ['Månad', 'månad', 'År och månad'],
  week: ['Vecka', 'vecka'],
  term: ['Termin', 'termin'],
  'school-year': ['Läsår', 'läsår'],
}

function periodCells(code: PeriodCode, choice: Choice): MadeCell[] {
  const kind = kindOf(code)!
  const parts = partsOf(code)
  const spellings = PARTS[kind]
  if (choice.isYearApart && spellings)
    return [yearCell(parts.year), { text: at(spellings, choice.periodSpelling)(parts) }]
  const text = at(SPELLINGS[kind], choice.periodSpelling)(parts)
  if (/^\d{4}$/.test(text)) return [yearCell(text)]
  return /^\d{4}-\d\d-01$/.test(text) ? [{ text, firstDay: text }] : [{ text }]
}

/** A workbook may hold a year as a number; nothing of how numbers are written applies to it. */
const yearCell = (text: string): MadeCell => ({ text })

function periodHeadings(choice: Choice): string[] {
  const kind = kindOf(choice.periods[0]!)!
  if (choice.isYearApart && PARTS[kind]) return ['År', PERIOD_HEADINGS[kind][0]!]
  return [at([...PERIOD_HEADINGS[kind], 'Period', 'Tid', 'Tidsperiod'], choice.periodHeading)]
}

// ---------------------------------------------------------------------------------------------------------------
// Sexes, figures and marks

const SEX_WORDS: readonly Readonly<Record<Sex, string>>[] = [
  { K: 'Kvinnor', M: 'Män', T: 'Totalt' },
  { K: 'Flickor', M: 'Pojkar', T: 'Totalt' },
  { K: 'kvinnor', M: 'män', T: 'samtliga' },
  { K: 'Kvinna', M: 'Man', T: 'Båda' },
  { K: 'Kvinnor', M: 'Män', T: 'Kvinnor och män' },
  { K: 'K', M: 'M', T: 'T' },
  { K: '2', M: '1', T: '1+2' },
]
const SEX_HEADINGS = ['Kön', 'kön', 'Kon', 'KÖN', 'Könskod']

/** Digits head no column of figures: they are codes of a column of sexes. */
const sexInHeading = ({ sexWords, layout }: Choice, sex: Sex): string =>
  // Beside a period K and M are a quarter and a month.
  at(SEX_WORDS.slice(0, layout === 'wide in one heading' ? -2 : -1), sexWords)[sex]

type FigureRole = 'numerator' | 'denominator' | 'value' | 'respondents' | 'margin'

const COUNTS = ['Antal', 'Antal anmälda brott', 'antal', 'Anmälningar (antal)', 'Antal händelser']
const HEADINGS: Readonly<Record<Content, readonly (readonly [FigureRole, readonly string[]])[]>> = {
  count: [['numerator', COUNTS]],
  'count of base': [
    ['numerator', ['Antal', 'Antal anmälda brott', 'Täljare', 'Antal fall']],
    ['denominator', ['Folkmängd', 'Befolkning', 'Antal invånare', 'Nämnare', 'Underlag']],
  ],
  share: [
    ['value', ['Andel (%)', 'Andel', 'Procent', 'Andel otrygga, procent', 'Andel i procent']],
  ],
  'share of count': [
    ['numerator', ['Antal behöriga', 'Antal', 'Täljare']],
    ['denominator', ['Antal elever', 'Nämnare', 'Antal elever totalt', 'Elever']],
    ['value', ['Andel (%)', 'Andel', 'Procent', 'Andel behöriga (%)']],
  ],
  survey: [
    ['value', ['Andel (%)', 'Andel otrygga (%)', 'Andel', 'Resultat']],
    ['respondents', ['Antal svarande', 'Svarande', 'Antal svar', 'Respondenter']],
    ['margin', ['Felmarginal', 'Felmarginal (+/-)', 'Konfidensintervall', 'felmarginal']],
  ],
  signed: [['value', ['Flyttnetto', 'Förändring, %', 'Medelinkomst, tkr', 'Nettoinflyttning']]],
}

/** Beside a base, a count or a share, the mark stands in what is told, never in the base. */
const MARKS: readonly (readonly [ReadingStatus, string])[] = [
  ['hidden', '..'],
  ['missing', ''],
  ['hidden', '<5'],
  ['missing', '.'],
  ['hidden', 'dold (för få)'],
  ['missing', 'uppgift saknas'],
  ['hidden', '1–4'],
  ['missing', '…'],
  // Not in JSON-stat: in SCB's own tables a lone dash is nothing to report, 0.
  ['missing', '-'],
  ['missing', '–'],
]

/** @param mark 0 for none */
function markOf(
  { file }: Choice,
  mark: number,
): { readonly status: ReadingStatus; readonly text: string } {
  if (mark === 0) return { status: 'value', text: '' }
  const [status, text] = at(file === 'json' ? MARKS.slice(0, -2) : MARKS, mark)
  return { status, text }
}

interface Told {
  readonly status: ReadingStatus
  readonly figures: Readonly<Record<FigureRole, number>>
  readonly cells: Readonly<Record<FigureRole, MadeCell>>
}

/** The figures of one area, period and sex. */
function toldBy(choice: Choice, place: number): Told {
  const { content, decimals } = choice
  const figure = at(choice.figures, place)
  const { status, text } = markOf(choice, figure.mark)
  const isGiven = status === 'value'
  const base = figure.count + figure.others + 1
  const factor = 10 ** decimals
  const share =
    content === 'share of count'
      ? Math.round((100 * figure.count * factor) / base) / factor
      : Math.round((figure.share * factor) / 100) / factor
  const amount = Math.round((figure.amount * factor) / 100) / factor
  const isShare = content !== 'signed'
  const number = (value: number, places = 0, isPercent = false): MadeCell => ({
    ...{ number: value, decimals: places, isPercent },
  })
  const mark: MadeCell = { text }
  const given = (value: number): number => (isGiven ? value : NaN)
  const all = {
    numerator: given(figure.count),
    denominator: base,
    value: given(isShare ? share : amount),
    respondents: base,
    margin: given(figure.margin / 10),
  }
  const isOf = (role: FigureRole): boolean => HEADINGS[content].some(([one]) => one === role)
  const kept = (role: FigureRole): number => (isOf(role) ? all[role] : NaN)
  return {
    status,
    figures: {
      ...{ numerator: kept('numerator'), denominator: kept('denominator') },
      ...{ respondents: kept('respondents'), margin: kept('margin') },
      // A lone count is a value too.
      value: content === 'count' ? all.numerator : kept('value'),
    },
    cells: {
      numerator: isGiven ? number(all.numerator) : mark,
      denominator: number(base),
      value: isGiven ? number(all.value, decimals, isShare) : mark,
      respondents: number(base),
      margin: isGiven ? number(all.margin, 1) : mark,
    },
  }
}

// ---------------------------------------------------------------------------------------------------------------
// The table

const TITLES = [
  ...['Anmälda brott i Umeå kommun', 'Otrygghet efter område', 'Rapport: trygghetsmätning'],
  ...['Uttag 2024-11-04', 'Påhittade siffror – endast prov', 'Umeå kommun, Strategisk planering'],
]
const NOTES = [
  ...['Källa: Polismyndigheten', '* Preliminära uppgifter', 'Anm. Små tal är dolda.'],
  ...['Uppgifterna avser folkbokförda.', 'Senast uppdaterad 2024-11-04', 'Källa: egen bearbetning'],
]

/** An area, or all of them together. */
interface Place {
  readonly id: string
  readonly texts: readonly string[]
  readonly isTotal: boolean
}

interface Line {
  readonly cells: readonly MadeCell[]
  readonly readings: readonly Omit<MadeReading, 'row'>[]
}

function writeTable(choice: Choice): WrittenTable {
  if (choice.file === 'json') return writeCube(choice)
  const places = placesOf(choice)
  const { header, merges, lines } = LINES[choice.layout](choice, places)
  const titles = choice.titles.map((place): MadeCell[] => [{ text: at(TITLES, place) }])
  const notes = choice.notes.map((place): MadeCell[] => [{ text: at(NOTES, place) }])
  const rows: (readonly MadeCell[])[] = []
  const loose = new Set<number>()
  const addLoose = (row: readonly MadeCell[]): void => {
    loose.add(rows.length)
    rows.push(row)
  }
  const blank: MadeCell[] = [{ text: '' }]
  titles.forEach(addLoose)
  if (titles.length > 0 && choice.header % 2 === 0) addLoose(blank)
  const headerStart = rows.length
  rows.push(...header)
  const readings: MadeReading[] = []
  lines.forEach((line, index) => {
    if (index > 0 && choice.blanks.includes(index)) addLoose(blank)
    rows.push(line.cells)
    readings.push(...line.readings.map((reading) => ({ ...reading, row: rows.length })))
  })
  if (notes.length > 0 && choice.header % 3 > 0) addLoose(blank)
  notes.forEach(addLoose)
  const sheet: MadeSheet = {
    ...{ rows, loose },
    merges: merges.map((merge) => ({ ...merge, row: merge.row + headerStart })),
  }
  const totals = readings.filter(({ area }) => area === WHOLE).length
  return { ...written(sheet, choice), readings, observations: readings.length - totals }
}

/** The municipality's own code. */
const WHOLE = '2480'

function written(
  sheet: MadeSheet,
  { file, text, isTyped, layout, content, areaSpelling }: Choice,
): Pick<WrittenTable, 'name' | 'bytes' | 'shown'> {
  const shown = sheet.rows
    .map((row) =>
      row.map((cell) => ('number' in cell ? numberAsText(cell, text) : cell.text)).join(' ¦ '),
    )
    .join('\n')
  const about = `${[layout, content, areaSpelling, file].join(', ')}${isTyped ? ', typed' : ''}, ${JSON.stringify(text)}`
  const name = `tabell.${file}`
  switch (file) {
    case 'xlsx':
    case 'ods':
      return { name, bytes: writeWorkbook(sheet, file, isTyped, text), shown: `${about}\n${shown}` }
    case 'parquet':
      return { name, bytes: writeParquet(sheet, text), shown: `${about}\n${shown}` }
    default:
      return { name, bytes: writeText(sheet, text), shown: `${about}\n${shown}` }
  }
}

function placesOf(choice: Choice): readonly Place[] {
  const places = choice.areas.map((area): Place => ({
    ...{ id: area.id, texts: areaTexts(area, choice), isTotal: false },
  }))
  if (!choice.total) return places
  const total: Place = { id: WHOLE, texts: totalTexts(choice), isTotal: true }
  return choice.total.isFirst ? [total, ...places] : [...places, total]
}

/** One figure for each place, period and sex, the same in every layout. */
const toldAt = (choice: Choice, place: number, period: number, sex: number): Told =>
  toldBy(choice, (place * choice.periods.length + period) * choice.sexes.length + sex)

/** A heading says that a column counts; without one the reader may think so of whole numbers. */
function readingOf(
  choice: Choice,
  place: Place,
  period: PeriodCode,
  sex: Sex,
  { status, figures }: Told,
  isCountTold: boolean,
): Omit<MadeReading, 'row'> {
  const isOpen = !isCountTold && looksLikeCounts(choice)
  return {
    ...{ area: place.id, period, sex, status, ...figures },
    numerator: isOpen ? NaN : figures.numerator,
    mayBeCount: isOpen && figures.value >= 0,
  }
}

/** Whole numbers none of which is below 0 or has a percent sign: shares and amounts may be such too. */
function looksLikeCounts(choice: Choice): boolean {
  if (choice.content === 'count') return true
  if (choice.content === 'share' && choice.text.percent !== '') return false
  return usedFigures(choice).every((_, place) => {
    const { value } = toldBy(choice, place).figures
    return Number.isNaN(value) || (Number.isInteger(value) && value >= 0)
  })
}

interface Laid {
  readonly header: readonly (readonly MadeCell[])[]
  readonly merges: MadeSheet['merges']
  readonly lines: readonly Line[]
}

/** A column of a layout: its heading, and what stands in it for a place, a period and a sex. */
interface Column {
  readonly heading: string
  readonly cell: (line: LineKey) => MadeCell
}

interface LineKey {
  readonly index: number
  readonly place: Place
  readonly period: PeriodCode
  readonly sex: Sex
}

const text = (words: string): MadeCell => ({ text: words })

function areaColumns(choice: Choice): Column[] {
  const headings =
    choice.areaSpelling === 'two columns'
      ? [at(CODE_HEADINGS, choice.areaHeading), at(NAME_HEADINGS, choice.areaHeading)]
      : [areaHeadingOf(choice).heading]
  return headings.map((heading, column) => ({
    heading,
    cell: ({ place }) => text(place.texts[column] ?? ''),
  }))
}

const periodColumns = (choice: Choice): Column[] =>
  periodHeadings(choice).map((heading, column) => ({
    heading,
    cell: ({ period }) => periodCells(period, choice)[column]!,
  }))

function sexColumns({ sexes, tellsSex, sexWords, sexHeading }: Choice): Column[] {
  if (sexes.length === 1 && !tellsSex) return []
  return [
    {
      heading: at(SEX_HEADINGS, sexHeading),
      cell: ({ sex }) => text(at(SEX_WORDS, sexWords)[sex]),
    },
  ]
}

function extraColumns({ extra }: Choice): Column[] {
  if (extra === 'municipality') return [{ heading: 'Kommun', cell: () => text('Umeå') }]
  if (extra === 'running number')
    return [{ heading: 'Löpnr', cell: ({ index }) => text(String(index + 1)) }]
  return []
}

/** The columns in an order of their own. */
const shuffled = (columns: readonly Column[], { order }: Choice): Column[] =>
  columns
    .map((column, index) => ({ column, key: at(order, index) }))
    .sort((a, b) => a.key - b.key)
    .map(({ column }) => column)

const headerOf = (columns: readonly Column[]): MadeCell[] =>
  columns.map(({ heading }) => text(heading))

const LINES: Readonly<Record<Layout, (choice: Choice, places: readonly Place[]) => Laid>> = {
  long: layLong,
  wide: (choice, places) => layWide(choice, places, 'periods'),
  'wide by sex': layWideBySex,
  'wide in one heading': (choice, places) => layWide(choice, places, 'periods and sexes'),
  'columns by sex': layBySex,
  areas: layByArea,
}

function layLong(choice: Choice, places: readonly Place[]): Laid {
  const { periods, sexes, content } = choice
  const figureColumns = HEADINGS[content].map(([role, headings]) => ({
    role,
    heading: at(headings, choice.headings),
  }))
  interface LongKey extends LineKey {
    readonly told: Told
  }
  const keys: Omit<LongKey, 'index'>[] = places.flatMap((place, placeIndex) =>
    periods.flatMap((period, periodIndex) =>
      sexes.map((sex, sexIndex) => ({
        ...{ place, period, sex },
        told: toldAt(choice, placeIndex, periodIndex, sexIndex),
      })),
    ),
  )
  if (choice.isPeriodByPeriod)
    keys.sort((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : 0))
  const columns = shuffled(
    [
      ...[...areaColumns(choice), ...periodColumns(choice), ...sexColumns(choice)],
      ...extraColumns(choice),
      ...figureColumns.map(({ role, heading }): Column => ({
        heading,
        cell: (key) => (key as LongKey).told.cells[role],
      })),
    ],
    choice,
  )
  return {
    header: [headerOf(columns)],
    merges: [],
    lines: keys.map((key, index) => ({
      cells: columns.map(({ cell }) => cell({ ...key, index })),
      readings: [readingOf(choice, key.place, key.period, key.sex, key.told, content !== 'signed')],
    })),
  }
}

/** The only figure of a table that tells one thing. */
const loneCell = ({ content }: Choice, { cells }: Told): MadeCell => cells[HEADINGS[content][0]![0]]

/** A column a period, or a column a period and sex, in one row of headings. */
function layWide(
  choice: Choice,
  places: readonly Place[],
  by: 'periods' | 'periods and sexes',
): Laid {
  const { periods, sexes } = choice
  const labels = shuffled(
    [
      ...areaColumns(choice),
      ...(by === 'periods' ? sexColumns(choice) : []),
      ...extraColumns(choice),
    ],
    choice,
  )
  const spelled = (period: PeriodCode): MadeCell => periodCells(period, choice)[0]!
  const spelledText = (period: PeriodCode): string => {
    const cell = spelled(period)
    return 'text' in cell ? cell.text : ''
  }
  const sexesAcross = by === 'periods' ? [null] : sexes
  const heads = periods.flatMap((period) =>
    sexesAcross.map((sex): MadeCell => {
      if (sex === null) return spelled(period)
      const word = sexInHeading(choice, sex)
      return text(
        choice.header % 2 === 0
          ? `${spelledText(period)} ${word}`
          : `${word} ${spelledText(period)}`,
      )
    }),
  )
  const rowSexes = by === 'periods' ? sexes : sexes.slice(0, 1)
  const lines = places.flatMap((place, placeIndex) =>
    rowSexes.map((rowSex, rowSexIndex): Line => {
      const told = periods.flatMap((period, periodIndex) =>
        (by === 'periods' ? [rowSex] : sexes).map((sex, sexIndex) => ({
          ...{ period, sex },
          told: toldAt(
            ...([choice, placeIndex, periodIndex] as const),
            by === 'periods' ? rowSexIndex : sexIndex,
          ),
        })),
      )
      const index = placeIndex * rowSexes.length + rowSexIndex
      return {
        cells: [
          ...labels.map(({ cell }) => cell({ index, place, period: periods[0]!, sex: rowSex })),
          ...told.map((one) => loneCell(choice, one.told)),
        ],
        readings: told.map((one) => readingOf(choice, place, one.period, one.sex, one.told, false)),
      }
    }),
  )
  return { header: [[...headerOf(labels), ...heads]], merges: [], lines }
}

/** Periods over sexes or sexes over periods, in two rows of headings. */
function layWideBySex(choice: Choice, places: readonly Place[]): Laid {
  const { periods, sexes, header } = choice
  const laid = layWide(choice, places, 'periods and sexes')
  const labels = laid.header[0]!.slice(0, -periods.length * sexes.length)
  const isPeriodAbove = header % 2 === 0
  const outer: readonly MadeCell[] = isPeriodAbove
    ? periods.map((period) => periodCells(period, choice)[0]!)
    : sexes.map((sex) => text(sexInHeading(choice, sex)))
  const inner: readonly MadeCell[] = isPeriodAbove
    ? sexes.map((sex) => text(sexInHeading(choice, sex)))
    : periods.map((period) => periodCells(period, choice)[0]!)
  // Told in every cell, or once with blanks to its right.
  const isRepeated = header % 5 === 1
  const upper = outer.flatMap((cell) =>
    inner.map((_, index) => (index === 0 || isRepeated ? cell : text(''))),
  )
  const lower = outer.flatMap(() => inner)
  const areLabelsBelow = header % 3 > 0
  const noLabels = labels.map(() => text(''))
  const swap = (figures: readonly MadeCell[]): MadeCell[] =>
    isPeriodAbove
      ? [...figures]
      : sexes.flatMap((_, sex) =>
          periods.map((__, period) => figures[period * sexes.length + sex]!),
        )
  return {
    header: [
      [...(areLabelsBelow ? noLabels : labels), ...upper],
      [...(areLabelsBelow ? labels : noLabels), ...lower],
    ],
    merges:
      isRepeated || inner.length === 1
        ? []
        : outer.map((_, index) => ({
            row: 0,
            firstColumn: labels.length + index * inner.length,
            lastColumn: labels.length + (index + 1) * inner.length - 1,
          })),
    lines: laid.lines.map(({ cells, readings }) => ({
      cells: [...cells.slice(0, labels.length), ...swap(cells.slice(labels.length))],
      readings,
    })),
  }
}

/** A row a place and period, a column a sex. */
function layBySex(choice: Choice, places: readonly Place[]): Laid {
  const { periods, sexes, content, header } = choice
  const labels = shuffled(
    [...areaColumns(choice), ...periodColumns(choice), ...extraColumns(choice)],
    choice,
  )
  const named = (sex: Sex): string => {
    const word = sexInHeading(choice, sex)
    if (header % 3 > 0 || !/^(kvinnor|män|flickor|pojkar)$/i.test(word)) return word
    if (content === 'count') return `Antal ${word.toLowerCase()}`
    return content === 'share' ? `Andel ${word.toLowerCase()} (%)` : word
  }
  return {
    header: [[...headerOf(labels), ...sexes.map((sex) => text(named(sex)))]],
    merges: [],
    lines: places.flatMap((place, placeIndex) =>
      periods.map((period, periodIndex) => {
        const told = sexes.map((_, sexIndex) => toldAt(choice, placeIndex, periodIndex, sexIndex))
        const index = placeIndex * periods.length + periodIndex
        return {
          cells: [
            ...labels.map(({ cell }) => cell({ index, place, period, sex: 'T' })),
            ...told.map((one) => loneCell(choice, one)),
          ],
          readings: told.map((one, sexIndex) =>
            readingOf(choice, place, period, sexes[sexIndex]!, one, false),
          ),
        }
      }),
    ),
  }
}

/** A row a period, a column an area. */
function layByArea(choice: Choice, places: readonly Place[]): Laid {
  const { periods, sexes } = choice
  const labels = [...periodColumns(choice), ...sexColumns(choice)]
  return {
    header: [[...headerOf(labels), ...places.map(({ texts }) => text(texts[0]!))]],
    merges: [],
    lines: periods.flatMap((period, periodIndex) =>
      sexes.map((sex, sexIndex) => {
        const told = places.map((_, place) => toldAt(choice, place, periodIndex, sexIndex))
        const index = periodIndex * sexes.length + sexIndex
        return {
          cells: [
            ...labels.map(({ cell }) => cell({ index, place: places[0]!, period, sex })),
            ...told.map((one) => loneCell(choice, one)),
          ],
          readings: told.map((one, place) =>
            readingOf(choice, places[place]!, period, sex, one, false),
          ),
        }
      }),
    ),
  }
}

/** The table as a dataset of JSON-stat: a cell a row, in the order of its dimensions. */
function writeCube(choice: Choice): WrittenTable {
  const { areas, periods, sexes, areaSpelling, content, headings } = choice
  const isCoded = areas[0]!.level === 'regso' && areaSpelling !== 'name'
  const geo = areas.map((area, index) => ({
    code: isCoded ? area.id : String(index),
    label: areaSpelling === 'scb' ? `${area.id} Umeå (${area.name})` : area.name,
  }))
  const time = periods.map((period) => {
    const cell = periodCells(period, { ...choice, isYearApart: false })[0]!
    const label = 'text' in cell ? cell.text : period
    return { code: label, label }
  })
  const sex = sexes.map((one) => ({ code: SEX_WORDS.at(-1)![one], label: SEX_WORDS[2]![one] }))
  const [, names] = HEADINGS[content][0]!
  const readings: MadeReading[] = []
  const cells: (number | string)[] = []
  areas.forEach((area, place) =>
    sexes.forEach((one, sexIndex) =>
      periods.forEach((period, periodIndex) => {
        const told = toldAt(choice, place, periodIndex, sexIndex)
        const cell = loneCell(choice, told)
        cells.push('number' in cell ? cell.number : cell.text)
        readings.push({
          ...readingOf(
            choice,
            { id: area.id, texts: [], isTotal: false },
            ...([period, one, told, content !== 'signed'] as const),
          ),
          row: cells.length + 1,
        })
      }),
    ),
  )
  const bytes = writeJsonStat(
    [
      { id: 'Region', role: 'geo', categories: geo },
      { id: 'Kon', role: null, categories: sex },
      {
        ...{ id: 'ContentsCode', role: 'metric' },
        categories: [{ code: '000001', label: at(names, headings) }],
      },
      { id: 'Tid', role: 'time', categories: time },
    ],
    cells,
  )
  const shown = new TextDecoder().decode(bytes)
  return { name: 'tabell.json', bytes, readings, observations: readings.length, shown }
}
