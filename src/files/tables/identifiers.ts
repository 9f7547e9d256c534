import type { Finding } from '../../core/finding.ts'
import type { Grid, GridColumn } from '../formats/grid.ts'
import { evened } from './area-texts.ts'
import { coordinateColumns, type NumberColumn } from './coordinate-columns.ts'
import { countTexts, looksLikeFigure } from './figures.ts'
import {
  readHeading,
  type CoordinateKind,
  type HeadingReading,
  type IdentifierKind,
} from './identifier-headings.ts'
import {
  addressLikeness,
  EMAIL,
  isCaseNumber,
  isCoordinatePair,
  isSentence,
  isTelephoneNumber,
  MOBILE_NUMBER,
  REPORT_NUMBER,
} from './identifier-shapes.ts'
import { nameLikeness } from './person-name.ts'
import { hasPersonalNumber, PersonalNumberSearch } from './personal-number.ts'
import {
  AT_SIGN,
  FLAT_MARK,
  K_NUMBER,
  MANY_DIGITS,
  NUMBERED_STREET,
  SIGNED_DIGITS,
  traitsOf,
} from './text-traits.ts'

export {
  IDENTIFIER_KINDS,
  type CoordinateKind,
  type IdentifierKind,
} from './identifier-headings.ts'

/** Grid rows of data, 0-based, ends included. */
export interface RowRange {
  readonly first: number
  readonly last: number
  /** Rows between them that are no data, such as the header again. */
  readonly passed?: readonly number[]
}

const COORDINATES: readonly string[] = [
  ...['longitude', 'latitude', 'easting', 'northing', 'coordinate-pair'],
]

export const isCoordinateKind = (kind: IdentifierKind): kind is CoordinateKind =>
  COORDINATES.includes(kind)

/** What the heading of a column names by itself; null where only the content can tell. */
export const identifierOfHeading = (heading: string): IdentifierKind | null =>
  readHeading(heading).kind

/** Whether a text by itself, such as a title or a note, tells of a person: by number, e-mail, telephone or address. */
export function hasIdentifier(text: string): boolean {
  // Pasted text may have letters that nobody sees inside its numbers.
  const seen = text.replace(INVISIBLE, '')
  return inCell(seen, traitsOf(seen), true) !== null || hasPersonalNumber(seen)
}

const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g

/**
 * Finds the columns of a table that tell of single people, by heading and by content. A personal number, an e-mail
 * address, a mobile number or a number of a report in one cell is enough; what may be something else (names, addresses,
 * case numbers, sentences) counts by its share of the column's distinct texts, or when the heading says so. Columns
 * whose texts are mostly names of known areas are areas. Cost: each distinct text once.
 * @param headings by column; of several header rows with " | " between
 * @param knownAreaNames names and codes of the register
 * @returns by column: what it tells of, or null
 */
export function recogniseIdentifiers(
  grid: Grid,
  headings: readonly string[],
  rows: RowRange,
  knownAreaNames: Iterable<string>,
): readonly (IdentifierKind | null)[] {
  const areas = new Set([...knownAreaNames].map(evened))
  const contents = grid.columns.map((column, index) =>
    contentOf(column, readHeading(headings[index] ?? ''), rows, areas),
  )
  const kinds = contents.map(identifierOf)
  const axes = coordinateColumns(
    contents.map((content, index) =>
      kinds[index] === null ? numbersOf(content) : { ...numbersOf(content), numbers: [] },
    ),
  )
  return kinds.map((kind, index) => kind ?? axes[index] ?? null)
}

const CODES = {
  'personal-number': 'reading-identifier-personal-number',
  'birth-date': 'reading-identifier-birth-date',
  name: 'reading-identifier-name',
  address: 'reading-identifier-address',
  phone: 'reading-identifier-phone',
  email: 'reading-identifier-email',
  'case-number': 'reading-identifier-case-number',
  'free-text': 'reading-identifier-free-text',
  coordinates: 'reading-identifier-coordinates',
} as const

/**
 * Says which columns are left out because of what they tell of, one note a column, coordinates in one. Repeats
 * nothing of the content, nor a heading that is itself an identifier.
 * @param row the 1-based row of the headings; null when there is none
 * @param saysFigures whether a heading promises figures, so that leaving the column out is more than a note
 */
export function identifierFindings(
  file: string,
  row: number | null,
  headings: readonly string[],
  kinds: readonly (IdentifierKind | null)[],
  saysFigures: (heading: string) => boolean = () => false,
): readonly Finding[] {
  const shown = (index: number): string => {
    const heading = (headings[index] ?? '').trim()
    return heading === '' || hasIdentifier(heading) ? String(index + 1) : heading
  }
  const told = (severity: Finding['severity'], code: string, column: string): Finding => ({
    ...{ severity, code, file, row, column, text: null },
  })
  const places = kinds.flatMap((kind, index) =>
    kind !== null && isCoordinateKind(kind) ? [shown(index)] : [],
  )
  return [
    ...kinds.flatMap((kind, index) =>
      kind === null || isCoordinateKind(kind)
        ? []
        : [
            told(
              saysFigures(headings[index] ?? '') ? 'warning' : 'note',
              CODES[kind],
              shown(index),
            ),
          ],
    ),
    ...(places.length === 0 ? [] : [told('note', CODES.coordinates, places.join(', '))]),
  ]
}

/** The texts of a column that are not blank, each once. */
interface Content {
  readonly heading: HeadingReading
  readonly texts: readonly string[]
  /** The numbers behind them, for files that hold numbers. */
  readonly numbers: readonly number[] | null
  /** Some of them, spread over the column, to judge shares by. */
  readonly sample: readonly string[]
  /** How many rows have a text. */
  readonly rows: number
  readonly areAreas: boolean
}

/** Shares need no more texts than this. */
const SAMPLE = 1500

function contentOf(
  column: GridColumn,
  heading: HeadingReading,
  { first, last, passed = [] }: RowRange,
  areas: ReadonlySet<string>,
): Content {
  const counts = countTexts(column, first, last)
  for (const row of passed) counts[column.codes[row]!]!--
  const texts: string[] = []
  const numbers: number[] = []
  let rows = 0
  column.texts.forEach((text, index) => {
    if (counts[index] === 0 || text.trim() === '') return
    texts.push(text)
    if (column.numbers) numbers.push(column.numbers[index]!)
    rows += counts[index]!
  })
  const step = Math.max(1, texts.length / SAMPLE)
  const sample = Array.from(
    { length: Math.min(texts.length, SAMPLE) },
    (_, index) => texts[Math.floor(index * step)]!,
  )
  const known = sample.filter((text) => isKnownArea(text, areas)).length
  return {
    ...{ heading, texts, sample, rows, numbers: column.numbers ? numbers : null },
    areAreas: known > 0 && known >= sample.length / 2,
  }
}

/** By the whole text, or by a code that begins it or ends it in parentheses. */
function isKnownArea(text: string, areas: ReadonlySet<string>): boolean {
  const plain = evened(text)
  if (areas.has(plain)) return true
  return plain
    .split(/[\s()]+/)
    .some((word) => /\d/.test(word) && areas.has(word.replace(/_(reg|de)so_?\d{4}$/, '')))
}

function identifierOf(content: Content): IdentifierKind | null {
  if (content.texts.length === 0) return null
  const named = content.heading.kind
  const anywhere = inAnyCell(content)
  if (anywhere === 'personal-number') return anywhere
  if (
    named !== null &&
    named !== 'coordinate-pair' &&
    !isAxisKind(named) &&
    bearsOut(named, content)
  )
    return named
  return anywhere ?? byShare(content)
}

const isAxisKind = (kind: IdentifierKind): boolean =>
  kind !== 'coordinate-pair' && isCoordinateKind(kind)

/** What one cell is enough to tell. */
function inAnyCell({ texts, numbers, heading, areAreas }: Content): IdentifierKind | null {
  const search = new PersonalNumberSearch()
  const mayHaveStreets = !areAreas && !heading.isArea
  let found: IdentifierKind | null = null
  for (let index = 0; index < texts.length; index++) {
    const number = numbers?.[index] ?? NaN
    // A spreadsheet may show 6,41E+09.
    const text = Number.isSafeInteger(number) && number > 1e8 ? String(number) : texts[index]!
    const traits = traitsOf(text)
    if (traits & (MANY_DIGITS | SIGNED_DIGITS)) search.add(text)
    else search.pass()
    if (traits !== 0) found ??= inCell(text, traits, mayHaveStreets)
  }
  return search.found(heading.isTime) ? 'personal-number' : found
}

function inCell(text: string, traits: number, mayHaveStreets: boolean): IdentifierKind | null {
  if (traits & AT_SIGN && EMAIL.test(text)) return 'email'
  if (traits & MANY_DIGITS && MOBILE_NUMBER.test(text)) return 'phone'
  if (traits & K_NUMBER && REPORT_NUMBER.test(text)) return 'case-number'
  const mayBeStreet = mayHaveStreets && traits & (NUMBERED_STREET | FLAT_MARK)
  return mayBeStreet && addressLikeness(text) === 'certain' ? 'address' : null
}

/** Answers and groups that stand under headings of people without telling of any. */
const GROUP =
  /^(ja|nej|j|n|x|okän(d|t|da)|känd|vet ej|saknas|ingen|inget|inga|flera|finns( ej)?|ej aktuellt|ej angivet|uppgift saknas|anonymt?|polis(en)?|skola(n)?|privatperson(er)?|företag|allmänhet(en)?|anhörig(a)?|vårdnadshavare|förälder|föräldrar|elev|personal|kommun(en)?|socialtjänst(en)?|annan|annat|övrig[at]?|man|kvinna|pojke|flicka|män|kvinnor|total(t)?|samtliga)$/i

const isGroup = (text: string): boolean => GROUP.test(text.trim()) || looksLikeFigure(text)

/** Whether the content may be what the heading says. */
function bearsOut(kind: IdentifierKind, content: Content): boolean {
  const { sample, areAreas, heading } = content
  const telling = sample.filter((text) => !isGroup(text))
  switch (kind) {
    case 'personal-number':
    case 'case-number':
      return sample.some((text) => !GROUP.test(text.trim()) && /[\p{L}\d]/u.test(text))
    case 'birth-date':
      return sample.some((text) =>
        /\d{6}|\d{2,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d \p{L}+ \d{4}/u.test(text),
      )
    case 'phone':
      return sample.some((text) => text.replace(/\D/g, '').length >= 6)
    case 'email':
      return telling.length > 0
    case 'address':
      return telling.length > 0 && !areAreas
    case 'free-text':
      return telling.length > 0 && !areAreas && !areGroups(content, 40)
    case 'name':
      if (telling.length === 0 || areAreas) return false
      if (telling.some((text) => nameLikeness(text) !== null)) return true
      if (heading.isInitials && telling.some((text) => /^\p{L}{2,5}\d{0,3}$/u.test(text.trim())))
        return true
      return !areGroups(content, 12)
    default:
      return false
  }
}

/** A few short texts over and over are groups. */
const areGroups = ({ texts, rows }: Content, most: number): boolean =>
  texts.length <= most &&
  rows >= 3 * texts.length &&
  texts.every((text) => text.length <= 80 && !isSentence(text))

/** What a large enough part of the distinct texts tells. */
function byShare(content: Content): IdentifierKind | null {
  const { sample, heading, texts, rows, areAreas } = content
  const share = (is: (text: string) => boolean): number => sample.filter(is).length / sample.length
  const isVaried = texts.length >= rows / 2
  const atLeast = heading.kind === 'coordinate-pair' ? 0.2 : 0.5
  if (share(isCoordinatePair) >= atLeast) return 'coordinate-pair'
  if (areAreas) return null
  if (share(isTelephoneNumber) >= 0.5 && !heading.isFigure) return 'phone'
  if (share(isCaseNumber) >= 0.5 && !heading.isTime) return 'case-number'
  if (share((text) => addressLikeness(text) !== null) >= (heading.isArea ? 0.3 : 0.5))
    return 'address'
  if (!heading.isQuestion && isVaried && share(isSentence) >= 0.3) return 'free-text'
  return hasNames(content, isVaried) ? 'name' : null
}

function hasNames({ sample, heading }: Content, isVaried: boolean): boolean {
  if (heading.isArea || heading.isQuestion) return false
  const likenesses = sample.map(nameLikeness)
  const share = (...of: readonly (string | null)[]): number =>
    likenesses.filter((likeness) => of.includes(likeness)).length / sample.length
  if (share('given') >= 0.3) return true
  if (isVaried && sample.length >= 3 && share('given', 'shape') >= 0.9) return true
  if (!heading.isAnyName) return false
  return (isVaried && share('given', 'shape') >= 0.6) || share('given', 'single') >= 0.5
}

/** The column as numbers; texts that are none are left out. */
function numbersOf({ heading, sample, texts, rows }: Content): NumberColumn {
  const numbers = sample.flatMap((text) => {
    const plain = text
      .trim()
      .replace(/[\s\u00a0\u202f]/g, '')
      .replace(/^[\u2212–]/, '-')
    if (!/^-?\d+([.,]\d+)?$/.test(plain)) return []
    const [, decimals = ''] = plain.split(/[.,]/)
    return [{ value: Number(plain.replace(',', '.')), decimals: decimals.length }]
  })
  return {
    ...{ heading, numbers, rows, variety: rows === 0 ? 0 : texts.length / rows },
    isNumeric: numbers.length === sample.length,
  }
}
