import type { Area, AreaId, LevelId } from '../../core/area.ts'

/** What a text in a column of areas means. */
export type AreaText =
  | {
      readonly kind: 'area'
      readonly area: AreaId
      /** The name stands on two levels, whose ground is the same. */
      readonly onTwoLevels: boolean
    }
  /** All areas of the table together: "Totalt", "Samtliga". */
  | { readonly kind: 'total' }
  /** "Ej placerad", "(okänt)". */
  | { readonly kind: 'unplaced' }
  /** A code of another municipality, region or country: kept as text. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'blank' }
  /** Code and name of two different areas. */
  | { readonly kind: 'contradiction'; readonly code: AreaId; readonly name: AreaId }
  /** Left out by the analyst's answer. */
  | { readonly kind: 'skipped' }
  | { readonly kind: 'unknown'; readonly why: WhyUnknown; readonly suggestions: readonly AreaId[] }

/** diacritic: only the dots are missing; likeness: a slip of the pen, or part of a name; levels: one name, two grounds. */
export type WhyUnknown = 'diacritic' | 'likeness' | 'levels' | 'nothing'

const TOTAL =
  /^(total(t|er|en|summa)?|samtliga( områden| stadsdelar| regso)?|summa|alla( områden)?|hela kommunen|kommunen( totalt)?|kommun(en)? total(t)?|all)$/
const UNPLACED =
  /^\(?(ej placera(d|de|t)|inte placera(d|de|t)|oplacera(d|de|t)|utan (plats|område|adress)|okän[dt]( område)?|område saknas|uppgift saknas|ej angivet|restförd|rest)\)?$/
/** Codes of Swedish places: county, municipality, district of DeSO or RegSO, and the whole country. */
const PLACE_CODE = /^(\d{2}|\d{4}|\d{4}r\d{3}|\d{4}[a-c]\d{4})$/
const PLACE_WORD = /^(riket|hela riket|sverige|(.+s )?län|.+ län|.+ kommun)$/

const MOST_SUGGESTIONS = 5
/** Beyond these many unknown texts, nobody answers them one by one. */
const MOST_SUGGESTED = 500

/**
 * Reads the texts of a column of areas, all together, because the level of the others decides which of two equal
 * names is meant. First the code ("2480R041", also with "_RegSO2025", before the name or in parentheses), then the
 * name with case, spaces and Unicode form evened out. A missing diacritic, a slip of the pen, part of a name, and a
 * name that stands for different ground on two levels are unknown, with suggestions: never guessed.
 * @param areas of every level
 * @param answers areas by text, null to leave the text's rows out
 * @param preferredLevel the level that the heading names
 * @param mostSuggested unknown texts that get suggestions; 0 when only matches are asked for
 */
export function readAreaTexts(
  texts: readonly string[],
  areas: readonly Area[],
  answers: Readonly<Record<string, AreaId | null>>,
  preferredLevel: LevelId | null = null,
  mostSuggested = MOST_SUGGESTED,
): readonly AreaText[] {
  let suggested = 0
  const { byCode, byName, children, known } = indexOf(areas)

  /** A chain of only children, coarse to fine: all of them cover the same ground. */
  const isSameGround = (candidates: readonly Area[]): boolean => {
    const ids = new Set(candidates.map(({ id }) => id))
    const [top] = candidates.filter(({ parent }) => parent === null || !ids.has(parent))
    let [at, found] = [top, 0]
    while (at && ids.has(at.id)) {
      found++
      const below: readonly Area[] = children.get(at.id) ?? []
      at = below.length === 1 ? below[0] : undefined
    }
    return found === candidates.length
  }

  const readings = texts.map((text): AreaText | readonly Area[] => {
    const plain = evened(text)
    if (Object.hasOwn(answers, text.trim())) {
      const answer = answers[text.trim()]!
      return answer !== null && known.has(answer)
        ? { kind: 'area', area: answer, onTwoLevels: false }
        : { kind: 'skipped' }
    }
    if (plain === '') return { kind: 'blank' }
    const coded = codedArea(plain, byCode)
    const beside = coded ? withoutEnds(coded.rest) : ''
    const besides = coded ? namedInRest(coded.rest, byName) : []
    if (coded && (besides.length > 0 || !isBareNumber(coded.area, beside))) {
      const isItsName = besides.length === 0 || besides.some(({ id }) => id === coded.area.id)
      const other = isItsName ? undefined : besides[0]
      if (other && other.level === coded.area.level)
        return { kind: 'contradiction', code: coded.area.id, name: other.id }
      if (isItsName || !isBareNumber(coded.area, beside))
        return { kind: 'area', area: coded.area.id, onTwoLevels: false }
    }
    if (coded && besides.length === 0)
      return suggested++ < mostSuggested ? unknownOf(beside, areas) : NOTHING_LIKE_IT
    const named = coded ? besides : (byName.get(plain) ?? [])
    if (named.length === 1) return { kind: 'area', area: named[0]!.id, onTwoLevels: false }
    if (named.length > 1) return named
    if (TOTAL.test(plain)) return { kind: 'total' }
    if (UNPLACED.test(plain)) return { kind: 'unplaced' }
    const firstWord = plain.split(/[\s(]/)[0]!
    if (PLACE_CODE.test(firstWord) || PLACE_WORD.test(plain)) return { kind: 'elsewhere' }
    return suggested++ < mostSuggested ? unknownOf(plain, areas) : NOTHING_LIKE_IT
  })

  const level = preferredLevel ?? commonLevel(readings, areas)
  return readings.map((reading): AreaText => {
    if (!Array.isArray(reading)) return reading as AreaText
    const candidates = reading as readonly Area[]
    if (!isSameGround(candidates))
      return { kind: 'unknown', why: 'levels', suggestions: candidates.map(({ id }) => id) }
    const chosen = candidates.find((area) => area.level === level) ?? candidates.at(-1)!
    return { kind: 'area', area: chosen.id, onTwoLevels: true }
  })
}

/** A code without a letter may be any number when other words than a sum's stand beside it. */
const isBareNumber = ({ id }: Area, beside: string): boolean =>
  /^\d+$/.test(id) && /\p{L}/u.test(beside) && !TOTAL.test(beside)

/** What a register is asked for, made once for each. */
interface AreaIndex {
  /** Areas whose identifier holds a digit, in lower case: one without is made from the name. */
  readonly byCode: ReadonlyMap<string, Area>
  readonly byName: ReadonlyMap<string, readonly Area[]>
  readonly children: ReadonlyMap<AreaId, readonly Area[]>
  readonly known: ReadonlySet<AreaId>
  /** Areas to suggest with their bare names; the municipality is suggested to nobody. */
  readonly suggestible: readonly { readonly id: AreaId; readonly name: string }[]
}

const INDEXES = new WeakMap<readonly Area[], AreaIndex>()

function indexOf(areas: readonly Area[]): AreaIndex {
  const earlier = INDEXES.get(areas)
  if (earlier) return earlier
  const byName = new Map<string, Area[]>()
  const children = new Map<AreaId, Area[]>()
  const add = <Key>(map: Map<Key, Area[]>, key: Key, area: Area): void => {
    const list = map.get(key)
    if (list) list.push(area)
    else map.set(key, [area])
  }
  for (const area of areas) {
    for (const name of namesOf(area)) add(byName, name, area)
    if (area.parent !== null) add(children, area.parent, area)
  }
  const tops = areas.filter(({ parent }) => parent === null)
  const whole = tops.length === 1 && areas.length > 1 ? tops[0]!.id : null
  const index: AreaIndex = {
    // A missing diacritic would slip through in an identifier that is made from the name.
    byCode: new Map(
      areas.flatMap((area) => (/\d/.test(area.id) ? [[area.id.toLowerCase(), area] as const] : [])),
    ),
    ...{ byName, children },
    known: new Set(areas.map(({ id }) => id)),
    suggestible: areas.flatMap(({ id, name }) => (id === whole ? [] : [{ id, name: bare(name) }])),
  }
  INDEXES.set(areas, index)
  return index
}

/** The level that most texts are of, when told by a code or a name that is one area's alone. */
function commonLevel(
  readings: readonly (AreaText | readonly Area[])[],
  areas: readonly Area[],
): LevelId | null {
  const levels = new Map(areas.map(({ id, level, parent }) => [id, parent === null ? '' : level]))
  const counts = new Map<LevelId, number>()
  for (const reading of readings) {
    if (Array.isArray(reading) || (reading as AreaText).kind !== 'area') continue
    const level = levels.get((reading as { area: AreaId }).area)!
    // The municipality's own row stands beside areas of any level.
    if (level === '') continue
    counts.set(level, (counts.get(level) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
}

/** Names that an area goes by; a municipality also without the word. */
function namesOf({ name }: Area): readonly string[] {
  const plain = evened(name)
  return /.s? kommun$/.test(plain) ? [plain, plain.replace(/ kommun$/, '')] : [plain]
}

/** The code that stands in a text, and what stands beside it. */
function codedArea(
  plain: string,
  byCode: ReadonlyMap<string, Area>,
): { readonly area: Area; readonly rest: string } | null {
  const whole = byCode.get(plain)
  if (whole) return { area: whole, rest: '' }
  for (const word of plain.split(/[\s(),;:]+/)) {
    const area = byCode.get(word.replace(/_(reg|de)so_?\d{4}$/, ''))
    if (area) return { area, rest: plain.replace(word, ' ') }
  }
  return null
}

/** Areas whose name is what stands beside a code: "Umeå (Namn)", "(Namn)", "- Namn". */
function namedInRest(rest: string, byName: ReadonlyMap<string, readonly Area[]>): readonly Area[] {
  const inside = /\(([^()]+)\)\s*$/.exec(rest)?.[1]
  const parts = [inside ?? '', rest].map(withoutEnds)
  for (const part of parts) {
    const named = part === '' ? undefined : byName.get(part)
    if (named) return named
  }
  return []
}

const withoutEnds = (rest: string): string =>
  rest
    .replace(/[()]/g, ' ')
    .replace(/^[\s,;:–-]+|[\s,;:–-]+$/g, '')
    .replace(/\s+/g, ' ')

const NOTHING_LIKE_IT: AreaText = { kind: 'unknown', why: 'nothing', suggestions: [] }

function unknownOf(plain: string, areas: readonly Area[]): AreaText {
  const asked = bare(plain)
  if (asked.length < 2) return NOTHING_LIKE_IT
  const near = indexOf(areas)
    .suggestible.map(({ id, name }) => ({ id, distance: likeness(asked, name) }))
    .filter(({ distance }) => distance < 1)
    .sort((a, b) => a.distance - b.distance)
  const exact = near.filter(({ distance }) => distance === 0)
  if (exact.length > 0)
    return { kind: 'unknown', why: 'diacritic', suggestions: exact.map(({ id }) => id) }
  return {
    kind: 'unknown',
    why: near.length > 0 ? 'likeness' : 'nothing',
    suggestions: near.slice(0, MOST_SUGGESTIONS).map(({ id }) => id),
  }
}

/** Case, spaces of every kind, and Unicode form evened out. */
export const evened = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .trim()

/** Letters and digits alone, without diacritics: for suggestions, never for a match. */
const bare = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()

/** 0 when the same, below 1 when one begins or holds the other or few letters differ, 1 when unlike. */
function likeness(asked: string, name: string): number {
  if (asked === name) return 0
  if (name.startsWith(asked) || asked.startsWith(name)) return 0.3
  const allowed = Math.max(1, Math.floor(Math.max(asked.length, name.length) / 5))
  if (Math.abs(asked.length - name.length) <= allowed) {
    const distance = editDistance(asked, name)
    if (distance <= allowed) return 0.2 + distance / 50
  }
  const shared = sharedStart(asked, name)
  if (shared >= 5 || (asked.length >= 4 && name.includes(asked))) return 0.9 - shared / 100
  return 1
}

function sharedStart(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

/** Insertions, deletions and substitutions between two words (Levenshtein 1966). */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++)
      current.push(
        Math.min(
          current[column - 1]! + 1,
          previous[column]! + 1,
          previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1),
        ),
      )
    previous = current
  }
  return previous[b.length]!
}
