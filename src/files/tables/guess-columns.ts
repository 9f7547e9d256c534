import type { Area, AreaId } from '../../core/area.ts'
import type { Sex } from '../../core/indicator.ts'
import type { PeriodCode } from '../../core/period.ts'
import { cellText, type Grid } from '../formats/grid.ts'
import { readAreaTexts } from './area-texts.ts'
import { countTexts, looksLikeFigure, looksLikeMark } from './figures.ts'
import type { TablePlace } from './find-table.ts'
import { isBareShare, natureOfHeading, roleOfHeading } from './headings.ts'
import { readHeading } from './identifier-headings.ts'
import { hasIdentifier, identifierOfHeading, type IdentifierKind } from './identifiers.ts'
import type { Answers, ColumnMapping, ColumnRole, TableLayout, TableMapping } from './mapping.ts'
import { readPeriod } from './period-text.ts'
import { looksLikeAge, readSex, sexOfHeading } from './sex-and-age.ts'

/** Roles whose columns hold figures. */
export const FIGURE_ROLES: readonly ColumnRole[] = [
  'numerator',
  'denominator',
  'value',
  'respondents',
  'margin',
  'units',
]

/** Kinds of coordinate that can place an event; everything else that tells of people is dropped. */
const AXES: Readonly<Partial<Record<string, 'longitude' | 'latitude'>>> = {
  longitude: 'longitude',
  easting: 'longitude',
  latitude: 'latitude',
  northing: 'latitude',
}

/** What the texts of a column are, in rows. */
interface Profile {
  readonly filled: number
  readonly distinct: number
  readonly figures: number
  /** Figures that are no marks. */
  readonly numbers: number
  readonly periods: number
  /** Days, of which an event has one. */
  readonly days: number
  readonly sexes: number
  readonly ages: number
  readonly areas: number
  /** How far down the areas lie: 0 for the municipality. */
  readonly depth: number
}

interface Heading {
  readonly name: string
  readonly area: AreaId | null
  readonly period: PeriodCode | null
  readonly partOfYear: string | null
  readonly sex: Sex | null
  readonly age: string | null
  /** What is left of the heading when period, sex and age are taken out. */
  readonly rest: string
}

/**
 * Guesses what every column means, from its heading first, then from what stands in it, then from how the columns of
 * figures go together (share = 100 · numerator / denominator). An answer of the analyst stands before any guess.
 */
export function guessColumns(
  grid: Grid,
  place: TablePlace,
  areas: readonly Area[],
  answers: Answers,
  personal: readonly (IdentifierKind | null)[],
): TableMapping {
  const { headerRows, firstRow, lastRow } = place
  const rows = { first: firstRow, last: lastRow }
  const names = headingNames(grid, headerRows)
  const passed = place.passedRows.map(({ row }) => row)
  const profiles = grid.columns.map((_, column) => profileOf(grid, column, rows, passed, areas))
  const mostlyFigures = profiles.map(
    ({ filled, figures, numbers }, column) =>
      numbers > 0 && figures >= filled * 0.6 && !readHeading(lastPart(names[column]!)).isAnyName,
  )
  const headings = readHeadings(names, mostlyFigures, profiles, areas)
  // A heading that names a period, a sex or a kind of figure says it too; what is none is an error of its row.
  const isFigures = mostlyFigures.map(
    (is, column) => is || saysFigures(profiles[column]!, headings[column]!, names[column]!),
  )
  // So is a column of texts or marks alone, beside another of its kind that has numbers.
  headings.forEach((heading, column) => {
    const { area, period, partOfYear, sex, rest } = heading
    if (isFigures[column] || profiles[column]!.filled === 0) return
    if ((area ?? period ?? partOfYear ?? sex) === null) return
    isFigures[column] = headings.some(
      (other, at) => isFigures[at]! && other.rest === rest && isAbout(other),
    )
  })
  const partsOfYear = headings.filter(
    ({ partOfYear }, column) => partOfYear !== null && isFigures[column],
  )

  const roles: (ColumnRole | null)[] = names.map((name, column) => {
    const answer = answers.roles[name]
    return answer ?? roleOf(name, headings[column]!, profiles[column]!, isFigures[column]!)
  })
  keepOneArea(roles, profiles, names, answers)
  const wideByPeriod = headings.some(
    ({ period, partOfYear }, column) =>
      (period !== null || (partOfYear !== null && partsOfYear.length > 1)) &&
      (isFigures[column] || profiles[column]!.filled === 0),
  )
  settleTime(roles, profiles, headings, wideByPeriod)
  const isEvents = settleEvents(roles, profiles, names, answers)
  // What is known by content stays; the rest may tell of people.
  names.forEach((name, column) => {
    if (answers.roles[name] || isKept(roles[column] ?? null, profiles[column]!)) return
    const kind = personal[column] ?? null
    if (kind === null) return
    // A personal number that strayed into a column of figures is an error of its row.
    if (isFigures[column] && isStray(grid, column, name)) return
    const axis = AXES[kind]
    if (axis === undefined) roles[column] = 'dropped'
    else if (isEvents) roles[column] = axis
    else if (!isFigures[column] || roles[column] === null || AXES[roles[column]!] !== undefined)
      roles[column] = 'dropped'
  })
  // A running number without a heading is no figure.
  if (isFigures.filter(Boolean).length > 1)
    names.forEach((name, column) => {
      if (/^\(\d+\)$/.test(name) && isFigures[column] && roles[column] === null)
        roles[column] = 'ignored'
    })
  if (isEvents)
    roles.forEach((role, column) => {
      if (role !== null && (FIGURE_ROLES.includes(role) || role === 'sex' || role === 'age'))
        roles[column] = 'ignored'
    })
  else settleFigures(grid, rows, roles, headings, isFigures, wideByPeriod, answers, names)

  const figureColumns = roles.flatMap((role, column) =>
    role !== null && FIGURE_ROLES.includes(role) ? [column] : [],
  )
  const measures = measuresOf(figureColumns, roles, headings, names)
  const columns = names.map((name, column): ColumnMapping => {
    const role = roles[column] ?? 'ignored'
    const isFigure = FIGURE_ROLES.includes(role)
    const { area, period, partOfYear, sex, age } = headings[column]!
    return {
      ...{ name, role },
      partOfYear: isFigure ? partOfYear : null,
      area: isFigure ? area : null,
      period: isFigure ? period : null,
      sex: isFigure ? sex : null,
      age: isFigure ? age : null,
      measure: isFigure ? measures[column]! : null,
      unit: isFigure && isShareColumn(grid, column, rows, name) ? '%' : null,
    }
  })
  return { layout: layoutOf(columns, isEvents), headerRows, firstRow, lastRow, columns }
}

/** Whether a heading says that the numbers below it are figures, whatever stands among them. */
function saysFigures({ filled, numbers }: Profile, heading: Heading, name: string): boolean {
  if (numbers === 0) return false
  if (isPromise(heading, name)) return true
  const role = roleOfHeading(lastPart(name)) ?? roleOfHeading(name)
  // "Medianålder | år" is counted in years.
  const isUnit = role === 'year' && lastPart(name) !== name
  if (role !== null && !isUnit) return FIGURE_ROLES.includes(role)
  // "Händelser" may be texts too.
  return natureOfHeading(name) !== null && numbers >= filled * 0.3
}

/** Whether a column of something else holds a few texts that tell of people. */
function isStray(grid: Grid, column: number, name: string): boolean {
  if (identifierOfHeading(name) !== null) return false
  const texts = grid.columns[column]!.texts.filter((text) => text.trim() !== '')
  return texts.filter(hasIdentifier).length <= texts.length / 2
}

function layoutOf(columns: readonly ColumnMapping[], isEvents: boolean): TableLayout {
  if (isEvents) return 'events'
  if (columns.some(({ period, partOfYear }) => period !== null || partOfYear !== null))
    return 'wide'
  const isByColumn = columns.some(
    ({ sex, age, measure, area }) =>
      sex !== null || age !== null || measure !== null || area !== null,
  )
  return isByColumn ? 'columns' : 'long'
}

/**
 * The headings, of several header rows joined; an upper heading goes on over the empty cells to its right. Columns
 * without a heading, and headings that occur twice, get a number.
 */
export function headingNames(grid: Grid, headerRows: readonly number[]): string[] {
  const main = headerRows.length
  const parts: string[][] = grid.columns.map(() => [])
  headerRows.forEach((row, index) => {
    let over = ''
    let end = -1
    const isUpper = index < main - 1
    for (let column = 0; column < grid.columns.length; column++) {
      const text = cellText(grid, row, column)
        .replace(/[\s\u00a0\u202f]+/g, ' ')
        .trim()
      if (text !== '') {
        over = text
        const merge = grid.merges.find(
          ({ firstRow, lastRow, firstColumn }) =>
            firstRow <= row && lastRow >= row && firstColumn === column,
        )
        end = merge ? merge.lastColumn : grid.merges.length > 0 ? column : grid.columns.length - 1
        parts[column]!.push(text)
      } else if (isUpper && over !== '' && column <= end) {
        const hasBelow = headerRows
          .slice(index + 1)
          .some((below) => cellText(grid, below, column).trim() !== '')
        if (hasBelow) parts[column]!.push(over)
      }
    }
  })
  return uniqueNames(parts.map((texts) => [...new Set(texts)].join(' | ')))
}

function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 && name !== '' ? name : `${name} (${count})`.trim()
  })
}

function profileOf(
  grid: Grid,
  column: number,
  { first, last }: { readonly first: number; readonly last: number },
  passed: readonly number[],
  areas: readonly Area[],
): Profile {
  const { texts, codes, numbers } = grid.columns[column]!
  const counts = countTexts(grid.columns[column]!, first, last)
  for (const row of passed) counts[codes[row]!]!--
  const used = texts.flatMap((text, index) =>
    counts[index]! > 0 && text.trim() !== '' ? [{ text: text.trim(), index }] : [],
  )
  let others = 0
  const parents = new Map(areas.map(({ id, parent }) => [id, parent]))
  const depthOf = (id: AreaId): number => {
    let depth = 0
    for (let at = parents.get(id) ?? null; at !== null; at = parents.get(at) ?? null) depth++
    return depth
  }
  const profile = {
    filled: 0,
    distinct: used.length,
    figures: 0,
    numbers: 0,
    periods: 0,
    days: 0,
    sexes: 0,
    ages: 0,
    areas: 0,
    depth: 0,
  }
  // Areas are few: a column of ten thousand different texts is none.
  const areaTexts =
    used.length > 0 && used.length <= 10_000
      ? readAreaTexts(
          used.map(({ text }) => text),
          areas,
          {},
          null,
          0,
        )
      : []
  used.forEach(({ text, index }, position) => {
    const count = counts[index]!
    profile.filled += count
    const isTyped = numbers !== null && !Number.isNaN(numbers[index]!)
    if (isTyped || looksLikeFigure(text)) {
      profile.figures += count
      if (isTyped || !looksLikeMark(text)) profile.numbers += count
    }
    const period = readPeriod(text).kind
    if (period !== 'none') profile.periods += count
    if (DAY.test(text)) profile.days += count
    if (readSex(text) !== null) profile.sexes += count
    if (looksLikeAge(text)) profile.ages += count
    const kind = areaTexts[position]?.kind
    const reading = areaTexts[position]
    if (reading?.kind === 'area') profile.depth = Math.max(profile.depth, depthOf(reading.area))
    if (kind === 'area' || kind === 'contradiction') profile.areas += count
    else if (kind === 'total' || kind === 'elsewhere') others += count
  })
  // Codes of other places look like any figures: they count only beside areas that are known.
  if (profile.areas > 0) profile.areas += others / 2
  return profile
}

const DAY =
  /^\d{4}[-/.]?\d{2}[-/.]?\d{2}([ t]|$)|^\d{1,2}\/\d{1,2}[ -]\d{4}|^\d{1,2}([-/.])\d{1,2}\2\d{4}([ t]|$)/i

function roleOf(
  name: string,
  heading: Heading,
  profile: Profile,
  isFigures: boolean,
): ColumnRole | null {
  const { filled, figures, numbers, periods, sexes, ages, areas, days } = profile
  const named = roleOfHeading(lastPart(name)) ?? roleOfHeading(name)
  if (filled === 0) {
    if (heading.period ?? heading.sex ?? heading.age ?? heading.area) return 'value'
    return named ?? 'ignored'
  }
  switch (named) {
    case 'area':
    case 'area-name':
      return named
    case 'period':
      return named
    case 'year':
      // "Medianålder | år" is counted in years.
      return periods >= filled / 2 ? named : null
    case 'month':
      return named
    case 'sex':
      return sexes > 0 ? 'sex' : 'ignored'
    case 'age':
      return 'age'
    case 'date':
      return days > 0 || periods > 0 ? 'date' : 'ignored'
    case 'measure':
      return 'measure'
    case 'longitude':
    case 'latitude':
      return figures >= filled * 0.8 ? named : null
    case null:
      break
    default:
      return named
  }
  // A count may look like a year, an age or a code, and a stray word like an area; areas have no marks.
  const { area, period, sex, age } = heading
  const isTold = isPromise(heading, name) && (figures > 0 || isFigures)
  if (area !== null || age !== null || isTold) return null
  // Bare numbers are codes only under a heading that says so.
  const areasNamed = /^kod$/i.test(lastPart(name)) ? areas : areas - numbers
  if (areasNamed >= filled * 0.5 && areasNamed > 0) return 'area'
  if (days >= filled * 0.9) return 'date'
  if (periods >= filled * 0.9 && period === null && sex === null) return 'period'
  if (sexes >= filled * 0.95 && figures < filled * 0.5) return 'sex'
  if (ages >= filled * 0.8 && profile.distinct > 1) return 'age'
  return null
}

/** Whether a heading by itself promises figures: it names a period, a sex or an age. */
export const promisesFigures = (name: string): boolean => isPromise(headingOf(name), name)

const isPromise = (heading: Heading, name: string): boolean =>
  isAbout(heading) || readSex(lastPart(name)) === 'T'

/** Whether a heading says which area, period, sex or age its figures are about. */
const isAbout = ({ area, period, partOfYear, sex, age }: Heading): boolean =>
  (area ?? period ?? partOfYear ?? sex ?? age) !== null

const lastPart = (name: string): string => name.split(' | ').at(-1)!

/** Columns of areas: one decides, the one whose texts are most areas; codes before names. */
function keepOneArea(
  roles: (ColumnRole | null)[],
  profiles: readonly Profile[],
  names: readonly string[],
  answers: Answers,
): void {
  const candidates = roles.flatMap((role, column) =>
    role === 'area' || role === 'area-name' ? [column] : [],
  )
  const answered = candidates.find((column) => answers.roles[names[column]!] === 'area')
  const weight = (column: number): number => {
    const { areas, filled, distinct, depth } = profiles[column]!
    const share = filled === 0 ? 0 : areas / filled
    // Finer areas are more of them; a column that says "Umeå" in every row is no division.
    const isDivision = distinct > 1 || filled === 1
    return (
      (isDivision ? 20_000 : 0) * Math.ceil(share) +
      (areas > 0 ? depth : 0) * 2000 +
      Math.round(share * 10) * 1000 +
      Math.min(distinct, 900) +
      (roles[column] === 'area' ? 50 : 0)
    )
  }
  const chosen = answered ?? [...candidates].sort((a, b) => weight(b) - weight(a))[0]
  for (const column of candidates)
    if (column !== chosen && !answers.roles[names[column]!])
      roles[column] = isNameOf(profiles, column, chosen!) ? 'area-name' : 'ignored'
  if (chosen !== undefined) roles[chosen] = 'area'
}

const isNameOf = (profiles: readonly Profile[], column: number, chosen: number): boolean =>
  profiles[column]!.areas > 0 && profiles[column]!.distinct >= profiles[chosen]!.distinct * 0.5

/** One column, or a year with its part, makes the period. */
function settleTime(
  roles: (ColumnRole | null)[],
  profiles: readonly Profile[],
  headings: readonly Heading[],
  wideByPeriod: boolean,
): void {
  const at = (role: ColumnRole): number[] =>
    roles.flatMap((one, column) => (one === role ? [column] : []))
  const [year] = at('year')
  const [month] = at('month')
  const periods = at('period')
  const hasParts = headings.filter(({ partOfYear }) => partOfYear !== null).length > 1
  if (year !== undefined && month === undefined && periods.length === 0 && !hasParts)
    roles[year] = 'period'
  if (year === undefined && month !== undefined && periods.length === 0) roles[month] = 'period'
  if (periods.length > 1) {
    const best = [...periods].sort((a, b) => profiles[b]!.periods - profiles[a]!.periods)[0]
    for (const column of periods) if (column !== best) roles[column] = 'ignored'
  }
  // A register's year beside its months in the headings groups nothing.
  if (wideByPeriod && headings.every(({ period }) => period === null || /^\d{4}$/.test(period)))
    for (const column of at('period')) if (profiles[column]!.filled === 0) roles[column] = 'ignored'
}

/** A row an event: a day, and no column that counts. @returns whether the table is a register of events */
function settleEvents(
  roles: (ColumnRole | null)[],
  profiles: readonly Profile[],
  names: readonly string[],
  answers: Answers,
): boolean {
  const dates = roles.flatMap((role, column) => (role === 'date' ? [column] : []))
  const counts = roles.some(
    (role, column) =>
      (role === 'numerator' ||
        role === 'denominator' ||
        role === 'value' ||
        role === 'respondents') &&
      (profiles[column]!.filled > 0 || answers.roles[names[column]!] !== undefined),
  )
  if (dates.length === 0) {
    const hasPlace = roles.includes('longitude') && roles.includes('latitude')
    // Places with a year are a list of places, not of events.
    const period = roles.indexOf('period')
    const isEvents = hasPlace && !counts && period >= 0 && roleOfHeading(names[period]!) !== 'year'
    if (isEvents) roles[roles.indexOf('period')] = 'date'
    return isEvents
  }
  if (counts || roles.includes('period')) {
    const hasPeriod = roles.includes('period') || roles.includes('year')
    const [first, ...others] = dates
    if (counts) {
      roles[first!] = hasPeriod ? 'ignored' : 'period'
      for (const column of others) roles[column] = 'ignored'
      return false
    }
  }
  // When it happened decides, not when it was published or reported.
  const best =
    dates.find((column) => answers.roles[names[column]!] === 'date') ??
    [...dates].sort(
      (a, b) => happened(names[b]!) - happened(names[a]!) || profiles[b]!.days - profiles[a]!.days,
    )[0]!
  for (const column of dates) if (column !== best) roles[column] = 'ignored'
  roles.forEach((role, column) => {
    if (role === 'period' || role === 'year' || role === 'month') roles[column] = 'ignored'
  })
  return true
}

const happened = (name: string): number =>
  /händ|hand|occur|inträff|intraff|brotts|start/i.test(name)
    ? 2
    : /publi|rapport|regist|inkom/i.test(name)
      ? 0
      : 1

const isKept = (role: ColumnRole | null, { areas, filled }: Profile): boolean =>
  role === 'period' ||
  role === 'year' ||
  role === 'month' ||
  role === 'sex' ||
  role === 'date' ||
  (role === 'area' && areas >= filled * 0.5)

function settleFigures(
  grid: Grid,
  rows: { readonly first: number; readonly last: number },
  roles: (ColumnRole | null)[],
  headings: readonly Heading[],
  isFigures: readonly boolean[],
  wideByPeriod: boolean,
  answers: Answers,
  names: readonly string[],
): void {
  const isFree = (column: number): boolean => answers.roles[names[column]!] === undefined
  headings.forEach(({ period: whole, partOfYear, rest, sex, age, area }, column) => {
    const period = whole ?? partOfYear
    if (!isFree(column)) return
    const role = roles[column]
    if (role !== null && role !== undefined && role !== 'value') {
      if (wideByPeriod && period === null && FIGURE_ROLES.includes(role) && role !== 'units')
        roles[column] = 'ignored'
      return
    }
    const isColumnOfFigures = isFigures[column] || role === 'value'
    if (!isColumnOfFigures) {
      roles[column] = role ?? ((period ?? sex ?? age ?? area) === null ? 'ignored' : 'value')
      return
    }
    // Beside columns of periods, one without is their sum or a note.
    if (wideByPeriod && period === null) roles[column] = 'ignored'
    else roles[column] = (rest === '' ? null : figureRole(rest)) ?? role ?? null
  })
  const groups = new Map<string, number[]>()
  roles.forEach((role, column) => {
    const isFigure =
      role === null ? isFigures[column]! : FIGURE_ROLES.includes(role) && role !== 'units'
    if (!isFigure) return
    addTo(groups, cellOf(headings[column]!), column)
  })
  for (const group of groups.values()) settleGroup(grid, rows, roles, group, isFree)
  const open = [...groups.values()].flat().filter((column) => roles[column] === null)
  settleRest(grid, rows, roles, open, headings)
  roles.forEach((role, column) => {
    roles[column] = role ?? 'ignored'
  })
}

const figureRole = (heading: string): ColumnRole | null => {
  const role = roleOfHeading(heading)
  return role !== null && FIGURE_ROLES.includes(role) ? role : null
}

/** Beyond this many figures of one cell, no two of them are tried against a third. */
const MOST_COMPARED = 12

/** Which of the figures of one area, period, sex and age are numerator, denominator and share. */
function settleGroup(
  grid: Grid,
  rows: { readonly first: number; readonly last: number },
  roles: (ColumnRole | null)[],
  group: readonly number[],
  isFree: (column: number) => boolean,
): void {
  const of = (role: ColumnRole | null): number[] => group.filter((column) => roles[column] === role)
  const counts = (): number[] => [...of(null), ...of('numerator')]
  const [share] = of('value')
  const [base] = of('denominator')
  const isFew = counts().length <= MOST_COMPARED
  if (share !== undefined && base === undefined && counts().length >= 2 && isFew) {
    const pair = findPair(grid, rows, counts(), share)
    if (pair) {
      roles[pair.numerator] = 'numerator'
      roles[pair.denominator] = 'denominator'
    }
  }
  if (share === undefined && base === undefined && of(null).length >= 3 && isFew) {
    for (const candidate of of(null)) {
      const pair = findPair(
        grid,
        rows,
        of(null).filter((column) => column !== candidate),
        candidate,
      )
      if (!pair) continue
      roles[candidate] = 'value'
      roles[pair.numerator] = 'numerator'
      roles[pair.denominator] = 'denominator'
      break
    }
  }
  if (base !== undefined && of('numerator').length === 0 && of(null).length === 1)
    roles[of(null)[0]!] = 'numerator'
  // A base without anything above it is itself what is told.
  const lone = of('denominator')
  if (lone.length === 1 && counts().length === 0 && of('value').length === 0 && isFree(lone[0]!))
    roles[lone[0]!] = 'numerator'
  const respondents = of('respondents')
  if (
    respondents.length === 1 &&
    of('value').length + counts().length === 0 &&
    isFree(respondents[0]!)
  )
    roles[respondents[0]!] = 'numerator'
}

/** Columns of one kind that nothing tells apart are counts together, or values together: by most of their cells. */
function settleRest(
  grid: Grid,
  rows: { readonly first: number; readonly last: number },
  roles: (ColumnRole | null)[],
  open: readonly number[],
  headings: readonly Heading[],
): void {
  const kinds = new Map<string, number[]>()
  for (const column of open) {
    const { rest } = headings[column]!
    addTo(kinds, rest, column)
  }
  for (const [rest, columns] of kinds) {
    const counts = columns.map((column) => countWhole(grid, column, rows))
    const sum = (of: (count: WholeCount) => number): number =>
      counts.reduce((total, count) => total + of(count), 0)
    const figures = sum((count) => count.figures)
    const nature = natureOfHeading(rest)
    const isCount =
      nature !== 'share' &&
      sum(({ whole }) => whole) >= figures * MOST_WHOLE &&
      // Nothing that is counted is negative, but for a slip among very many.
      (nature === 'count' || sum(({ negative }) => negative) <= figures * FEW_NEGATIVE)
    for (const column of columns) roles[column] = isCount ? 'numerator' : 'value'
  }
}

/** Where most cells are whole, the odd ones are told. */
const MOST_WHOLE = 0.7
const FEW_NEGATIVE = 0.02

/** Of the figures of a column, those that are whole, and those below 0. */
interface WholeCount {
  readonly figures: number
  readonly whole: number
  readonly negative: number
}

/** Two columns whose quotient in percent is the third, in nearly all rows that have all three. */
function findPair(
  grid: Grid,
  rows: { readonly first: number; readonly last: number },
  candidates: readonly number[],
  share: number,
): { readonly numerator: number; readonly denominator: number } | null {
  const sample = sampleRows(rows)
  const figure = (row: number, column: number): number => roughNumber(grid, row, column)
  for (const numerator of candidates)
    for (const denominator of candidates) {
      if (numerator === denominator) continue
      let [compared, alike] = [0, 0]
      for (const row of sample) {
        const [above, below, told] = [
          figure(row, numerator),
          figure(row, denominator),
          figure(row, share),
        ]
        if (!(below > 0) || Number.isNaN(above) || Number.isNaN(told)) continue
        compared++
        const decimals = /[.,](\d+)/.exec(cellText(grid, row, share))?.[1]?.length ?? 0
        if (Math.abs((100 * above) / below - told) <= 0.51 * 10 ** -decimals) alike++
      }
      if (compared >= 3 && alike >= compared * 0.8) return { numerator, denominator }
    }
  return null
}

function sampleRows({ first, last }: { readonly first: number; readonly last: number }): number[] {
  return Array.from({ length: Math.min(200, last - first + 1) }, (_, index) => first + index)
}

/** A figure for comparing columns, not for keeping: a comma is a decimal sign. */
function roughNumber(grid: Grid, row: number, column: number): number {
  const { numbers, codes, texts } = grid.columns[column]!
  const typed = numbers?.[codes[row]!] ?? NaN
  if (!Number.isNaN(typed)) return typed
  const text = texts[codes[row]!]!.replace(/[\s\u00a0\u202f%]/g, '')
    .replace(/^[\u2212–](?=\d)/, '-')
    .replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN
}

/** How many of a column's figures are whole numbers without a percent sign; marks say nothing. */
function countWhole(
  grid: Grid,
  column: number,
  rows: { readonly first: number; readonly last: number },
): WholeCount {
  let [figures, whole, negative] = [0, 0, 0]
  for (const row of sampleRows(rows)) {
    const text = cellText(grid, row, column).trim()
    if (text === '' || looksLikeMark(text)) continue
    figures++
    const number = roughNumber(grid, row, column)
    if (number < 0) negative++
    // "1.234" may be thousands, and then is whole.
    const isGroups = /^-?[1-9]\d{0,2}([.,]\d{3})+$/.test(text)
    if (!text.endsWith('%') && (isGroups || Number.isNaN(number) || Number.isInteger(number)))
      whole++
  }
  return { figures, whole, negative }
}

function isShareColumn(
  grid: Grid,
  column: number,
  rows: { readonly first: number; readonly last: number },
  name: string,
): boolean {
  if (/%|procent|\bandel/i.test(name)) return true
  const texts = sampleRows(rows)
    .map((row) => cellText(grid, row, column).trim())
    .filter((text) => text !== '' && !looksLikeMark(text))
  const percents = texts.filter((text) => /\d[\s\u00a0\u202f]*%$/.test(text))
  return percents.length > texts.length / 2
}

/** Several columns of one role for the same area, period, sex and age are several measures, named by their headings. */
function measuresOf(
  figureColumns: readonly number[],
  roles: readonly (ColumnRole | null)[],
  headings: readonly Heading[],
  names: readonly string[],
): (string | null)[] {
  const measures: (string | null)[] = names.map(() => null)
  const groups = new Map<string, number[]>()
  for (const column of figureColumns) {
    const isTold = roles[column] === 'numerator' || roles[column] === 'value'
    if (!isTold) continue
    addTo(groups, `${cellOf(headings[column]!)}\t${roles[column]}`, column)
  }
  for (const group of groups.values())
    if (group.length > 1)
      for (const column of group) measures[column] = headings[column]!.rest || names[column]!
  // A count and a share with words of their own, and nothing to divide by, are two measures.
  const cells = new Map<string, number[]>()
  for (const column of figureColumns) addTo(cells, cellOf(headings[column]!), column)
  for (const column of figureColumns) {
    if (roles[column] !== 'value' || measures[column] !== null) continue
    const rest = headings[column]!.rest || names[column]!
    if (isBareShare(rest.split(' | ').at(-1)!)) continue
    const beside = cells.get(cellOf(headings[column]!))!
    const of = (role: ColumnRole): number[] => beside.filter((other) => roles[other] === role)
    if (of('denominator').length + of('respondents').length + of('margin').length > 0) continue
    const counted = of('numerator')
    if (counted.length === 0) continue
    measures[column] = rest
    for (const other of counted) measures[other] ??= headings[other]!.rest || names[other]!
  }
  return measures
}

/** Columns of one cell are about the same area, period, sex and age. */
const cellOf = ({ area, period, partOfYear, sex, age }: Heading): string =>
  [area, period, partOfYear, sex, age].join('\t')

function addTo(lists: Map<string, number[]>, key: string, column: number): void {
  const list = lists.get(key)
  if (list) list.push(column)
  else lists.set(key, [column])
}

function readHeadings(
  names: readonly string[],
  isFigures: readonly boolean[],
  profiles: readonly Profile[],
  areas: readonly Area[],
): Heading[] {
  const headings = names.map((name) => headingOf(name))
  // A lone letter or digit is a sex only when both sexes have a column.
  const told = new Set(headings.map(({ sex }) => sex))
  const hasSexes = told.has('K') && told.has('M')
  const named = readAreaTexts(names.map(lastPart), areas, {})
  // Beside areas with figures, one without any is an area too, as is one whose figures are damaged.
  const mayBePlace = named.map(
    ({ kind }, column) =>
      (kind === 'area' || kind === 'total') &&
      (profiles[column]!.areas === 0 || profiles[column]!.numbers > 0),
  )
  const hasAreas =
    named.some(({ kind }, column) => kind === 'area' && mayBePlace[column]) &&
    mayBePlace.some((may, column) => may && isFigures[column])
  const whole = areas.find(({ parent }) => parent === null)?.id ?? null
  return headings.map((heading, column) => {
    const { name } = heading
    const reading = named[column]!
    const isPlace = hasAreas && mayBePlace[column]
    if (isPlace && (reading.kind === 'area' || reading.kind === 'total')) {
      return {
        ...{ name, period: heading.period, partOfYear: null, sex: null, age: null, rest: '' },
        area: reading.kind === 'area' ? reading.area : whole,
      }
    }
    const isCertain = hasSexes || /kvinn|flick|pojk|män/i.test(name)
    return heading.sex !== null && !isCertain ? { ...heading, sex: null, rest: name } : heading
  })
}

/** Reads period, sex and age out of a heading such as "2024 | Kvinnor", "Andel flickor HT 2024" or "13–18 år". */
function headingOf(name: string): Heading {
  let [period, sex, age] = [null as PeriodCode | null, null as Sex | null, null as string | null]
  let partOfYear: string | null = null
  const rests: string[] = []
  for (const marked of name.split(' | ')) {
    const part = marked.replace(FOOTNOTE, '')
    const whole = readPeriod(part)
    if (whole.kind === 'period') {
      period ??= whole.code
      continue
    }
    if (whole.kind === 'yearless') {
      partOfYear ??= part
      continue
    }
    const cut = period === null ? cutPeriod(part) : null
    if (cut) period = cut.period
    let rest = cut ? cut.rest : part
    if (rest === '') continue
    const { sex: found, rest: left } = sexOfHeading(rest)
    if (found !== null && sex === null) {
      sex = found
      rest = left
    }
    if (rest !== '' && looksLikeAge(rest)) {
      age ??= rest
      rest = ''
    }
    if (rest !== '') rests.push(rest)
  }
  return { name, area: null, period, partOfYear, sex, age, rest: rests.join(' ') }
}

/** Marks that point at a note below the table. */
const FOOTNOTE = /(?<=[\p{L}\d)])\s?([*\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+|\d\))$/u

/** A period at the beginning or the end of a heading, with the rest. */
function cutPeriod(text: string): { readonly period: PeriodCode; readonly rest: string } | null {
  const words = text.trim().split(/[ _]+/)
  for (let length = Math.min(3, words.length - 1); length >= 1; length--)
    for (const atEnd of [true, false]) {
      const part = (atEnd ? words.slice(-length) : words.slice(0, length)).join(' ')
      const reading = readPeriod(part.replace(/^[(,]|[),:]$/g, ''))
      if (reading.kind !== 'period') continue
      const rest = (atEnd ? words.slice(0, -length) : words.slice(length)).join(' ')
      return { period: reading.code, rest: rest.replace(/[\s,:;(–-]+$/, '') }
    }
  return null
}
