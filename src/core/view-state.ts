import type { AreaId, LevelId } from './area.ts'
import { SEXES, type IndicatorId, type Sex } from './indicator.ts'
import { kindOf, type PeriodCode, type PeriodKind } from './period.ts'
import {
  FOLLOW_UP_STATUSES,
  PREVENTION_LEVELS,
  type DepartmentId,
  type FocusProblemId,
  type FollowUpStatus,
  type InterventionId,
  type PreventionLevel,
} from './plan.ts'
import type { ReleaseId } from './release.ts'

export {
  resolveView,
  tablesOf,
  type ResolvedView,
  type ViewNote,
  type ViewNoteCode,
} from './resolve-view.ts'

export const PAGES = [
  'karta',
  'korsa',
  'omraden',
  'lagesbild',
  'insatser',
  'data',
  'importera',
  'rojandekontroll',
  'metod',
] as const
export type Page = (typeof PAGES)[number]
export type Display = 'value' | 'difference' | 'change'
export type Smoothing = 'raw' | 'smoothed'
export type BreakMethod = 'quantile' | 'natural' | 'equal' | 'own'
/** Five are the most that can be told apart in grey print. */
export const CLASS_COUNTS = [3, 4, 5] as const
export type ClassCount = (typeof CLASS_COUNTS)[number]
export type AreaOrder = 'name' | 'value'
export type IncidentShape = 'areas' | 'hexagons' | 'columns'
export type Tab = 'map' | 'list' | 'trend' | 'table'
/** Levels of a period are crossed, or changes, those of the factor so many steps before those of the event. */
export const LAGS = [
  'none',
  'quarter-0',
  'quarter-1',
  'quarter-2',
  'quarter-3',
  'quarter-4',
  'term-0',
  'term-1',
] as const
export type Lag = (typeof LAGS)[number]
/** What the page that crosses shows: all pairs, one area's signs, or what the methods say of one pair's map. */
export type CrossTab = 'matrix' | 'signs' | 'expert'
/** Whether a lägesbild is being made, shown to all, or shown to who presents it. */
export type Showing = 'none' | 'audience' | 'presenter'
/** Whether a profile's indicators stand by their class or by the focus problems they are signs of. */
export type ProfileGrouping = 'class' | 'focus'
/**
 * What the page of the plan's efforts shows: the plan, need against effort, whether anything has moved, the round of
 * follow-ups of a half-year, work with individuals as monthly counts.
 */
export const PLAN_PARTS = ['plan', 'need', 'moved', 'round', 'flow'] as const
export type PlanPart = (typeof PLAN_PARTS)[number]
/** What the plan's matrix sets the focus problems against. */
export type PlanMatrixBy = 'level' | 'department'
/** How the plan's efforts are shown beside the matrix. */
export const PLAN_VIEWS = ['timeline', 'table', 'map', 'pyramid', 'budget'] as const
export type PlanView = (typeof PLAN_VIEWS)[number]
/** Efforts that no area tells of: for all of the municipality, without a place, of a place that is not shown. */
export const PLAN_PLACES = ['whole', 'not-stated', 'not-shown', 'unplaced'] as const
export type PlanPlace = (typeof PLAN_PLACES)[number]

export interface Camera {
  /** Degrees, WGS 84. */
  readonly longitude: number
  readonly latitude: number
  /** Web Mercator zoom level, 0 … 24. */
  readonly zoom: number
}

/** How many areas may be selected at once: more lines than this cannot be told apart in one chart. */
export const SELECTED_AREAS_MAX = 4

/** How many factors a crossed pair may be compared at equal values of. */
export const CONTROLS_MAX = 2

/** How many areas a profile may take together, and how many indicators it may liken areas by. */
export const PROFILE_AREAS_MAX = 60
export const LIKENESS_MAX = 30

/** How many indicators need may be read from. */
export const NEED_INDICATORS_MAX = 60

/** What a profile is compared with: the whole municipality, likes, or another area by its code. */
export const COMPARE_WHOLE = 'kommunen'
export const COMPARE_SIMILAR = 'liknande'

/**
 * What a link says about the view: all of it that can be shared, and nothing of the data. Null means that the link
 * leaves the choice to the package. What is shown in the end is `resolveView(state, index)`.
 */
export interface ViewState {
  readonly page: Page
  readonly release: ReleaseId | null
  readonly indicator: IndicatorId | null
  readonly level: LevelId | null
  readonly period: PeriodCode | null
  readonly sex: Sex
  readonly display: Display
  /** The earlier period that a change is counted from. */
  readonly since: PeriodCode | null
  readonly smoothing: Smoothing
  readonly breaks: BreakMethod
  readonly classCount: ClassCount
  /** Class edges in the indicator's unit, strictly ascending: none, or 2 … 6 of them (k classes have k + 1). */
  readonly ownBreaks: readonly number[]
  /** Classes are shared by all periods rather than made anew for each. */
  readonly fixedClasses: boolean
  /** At most SELECTED_AREAS_MAX, in the order they were chosen, each once. */
  readonly areas: readonly AreaId[]
  readonly order: AreaOrder
  /** Incident category, or several joined by "+". */
  readonly incidents: string | null
  readonly incidentShape: IncidentShape
  readonly tab: Tab
  /** The pair that is looked at, crossed. */
  readonly crossEvent: IndicatorId | null
  readonly crossFactor: IndicatorId | null
  readonly lag: Lag
  /** Factors that are held constant in the pair: at most CONTROLS_MAX, each once. */
  readonly controls: readonly IndicatorId[]
  readonly crossTab: CrossTab
  /** Whose profile it is, several together as one: at most PROFILE_AREAS_MAX, each once. None: the first chosen area. */
  readonly profileAreas: readonly AreaId[]
  /** COMPARE_WHOLE, COMPARE_SIMILAR or an area's code. */
  readonly compareWith: string
  /** The indicators of context that likes are found by; none: all there are. */
  readonly likeness: readonly IndicatorId[]
  /** The period that a profile is of; null: each indicator's newest. */
  readonly profilePeriod: PeriodCode | null
  readonly profileGrouping: ProfileGrouping
  /** The lägesbild that is worked on or shown; null: the one that was changed last. */
  readonly briefing: string | null
  readonly planPart: PlanPart
  readonly planMatrix: PlanMatrixBy
  readonly planView: PlanView
  readonly planDepartment: DepartmentId | null
  readonly planLevel: PreventionLevel | null
  readonly planProblem: FocusProblemId | null
  /** An area's code, or one of PLAN_PLACES. */
  readonly planPlace: string | null
  /** 'none': nobody has followed it up. */
  readonly planStatus: FollowUpStatus | 'none' | null
  readonly planHalfYear: PeriodCode | null
  /** Focus problem and column of the matrix that are marked, an area where need is shown; none, or both. */
  readonly planCell: readonly string[]
  readonly effort: InterventionId | null
  /** What is looked at before and after an effort's start. */
  readonly movedIndicator: IndicatorId | null
  readonly movedArea: AreaId | null
  readonly movedKind: PeriodKind | null
  /** Whose areas need and effort are set against each other in; null: the plan's own. */
  readonly needLevel: LevelId | null
  /** What need is read from; none: all that the focus problems have. At most NEED_INDICATORS_MAX. */
  readonly needIndicators: readonly IndicatorId[]
  /** The flow of cases that is shown; null: the analyst's own newest, else the first there is. */
  readonly flow: string | null
  /** The period that it is shown for; null: all of it. */
  readonly flowPeriod: PeriodCode | null
  readonly showing: Showing
  /** Its slide, counted from 1. */
  readonly slide: number
  readonly camera: Camera | null
}

export const DEFAULT_VIEW_STATE: ViewState = {
  page: 'karta',
  release: null,
  indicator: null,
  level: null,
  period: null,
  sex: 'T',
  display: 'value',
  since: null,
  smoothing: 'raw',
  breaks: 'quantile',
  classCount: 5,
  ownBreaks: [],
  fixedClasses: true,
  areas: [],
  order: 'name',
  incidents: null,
  incidentShape: 'areas',
  tab: 'map',
  crossEvent: null,
  crossFactor: null,
  lag: 'none',
  controls: [],
  crossTab: 'matrix',
  profileAreas: [],
  compareWith: COMPARE_WHOLE,
  likeness: [],
  profilePeriod: null,
  profileGrouping: 'class',
  briefing: null,
  planPart: 'plan',
  planMatrix: 'level',
  planView: 'timeline',
  planDepartment: null,
  planLevel: null,
  planProblem: null,
  planPlace: null,
  planStatus: null,
  planHalfYear: null,
  planCell: [],
  effort: null,
  movedIndicator: null,
  movedArea: null,
  movedKind: null,
  needLevel: null,
  needIndicators: [],
  flow: null,
  flowPeriod: null,
  showing: 'none',
  slide: 1,
  camera: null,
}

export type IgnoredReason =
  | 'unknown-page'
  | 'unknown-field'
  | 'repeated-field'
  | 'not-readable'
  | 'bad-value'
  | 'too-many'
  /** The link was made by a later version of the app. */
  | 'newer-link'

/** A part of a link that was not used. */
export interface Ignored {
  /** The field's name in the link, "sida" for the page. */
  readonly field: string
  /** The offending text, at most 80 characters. */
  readonly text: string
  readonly reason: IgnoredReason
}

type Ignore = (text: string, reason: IgnoredReason) => void

/** One field's text form. Texts are as they stand in the hash, still percent-encoded. */
interface Codec<Value> {
  readonly write: (value: Value) => string
  /** The value, or undefined (after telling why through `ignore`) when the text is none. */
  readonly read: (text: string, ignore: Ignore) => Value | undefined
}

interface FieldRow<Value> {
  /** The field's name in the hash. */
  readonly name: string
  readonly codec: Codec<Value>
  /** Whether a change of this field alone is a step to go back from. */
  readonly history: 'push' | 'replace'
}

const field = <Value>(
  name: string,
  codec: Codec<Value>,
  history: 'push' | 'replace' = 'push',
): FieldRow<Value> => ({ name, codec, history })

const IDENTIFIER_LENGTH_MAX = 100

/** Identifiers and codes: any text without control characters. */
const identifier: Codec<string> = {
  write: percentEncode,
  read(text, ignore) {
    const value = percentDecode(text)
    if (value === undefined) return void ignore(text, 'not-readable')
    const good =
      value !== '' && value.length <= IDENTIFIER_LENGTH_MAX && !/[\p{Cc}\p{Cs}]/u.test(value)
    return good ? value : void ignore(text, 'bad-value')
  },
}

const PLAN_PLACE_WORDS: Readonly<Record<PlanPlace, string>> = {
  ...{ whole: 'hela', 'not-stated': 'ej-angivet' },
  ...{ 'not-shown': 'visas-inte', unplaced: 'utan-omrade' },
}

/** An area's code, or a word for those that have none. */
const planPlace: Codec<string> = {
  write: (value) => PLAN_PLACE_WORDS[value as PlanPlace] ?? identifier.write(value),
  read(text, ignore) {
    const kind = PLAN_PLACES.find((one) => PLAN_PLACE_WORDS[one] === text)
    return kind ?? identifier.read(text, ignore)
  },
}

const periodCode: Codec<PeriodCode> = {
  write: identifier.write,
  read(text, ignore) {
    const value = percentDecode(text)
    return value !== undefined && kindOf(value) !== null ? value : void ignore(text, 'bad-value')
  },
}

/** A choice between a few values, each with its word in the link. */
const oneOf = <Value extends string | number | boolean>(
  words: ReadonlyMap<Value, string>,
): Codec<Value> => ({
  write: (value) => words.get(value) ?? '',
  read(text, ignore) {
    for (const [value, word] of words) if (word === text) return value
    return void ignore(text, 'bad-value')
  },
})

const words = <Value extends string>(table: Readonly<Record<Value, string>>): Codec<Value> =>
  oneOf(new Map(Object.entries(table) as [Value, string][]))

/** Null is the empty text: it only has to be written where the default is something else. */
const orNull = <Value>(codec: Codec<Value>): Codec<Value | null> => ({
  write: (value) => (value === null ? '' : codec.write(value)),
  read: (text, ignore) => (text === '' ? null : codec.read(text, ignore)),
})

const identifierList = (most: number): Codec<readonly string[]> => ({
  write: (items) => items.map(percentEncode).join(','),
  read(text, ignore) {
    if (text === '') return []
    const items = new Set<string>()
    for (const part of text.split(',')) {
      const item = identifier.read(part, ignore)
      if (item === undefined || items.has(item)) continue
      if (items.size < most) items.add(item)
      else ignore(part, 'too-many')
    }
    return [...items]
  },
})

const NUMBER = /^-?\d{1,25}(\.\d{1,25})?(e[+-]?\d{1,3})?$/

/** Numbers in the short form of JavaScript, with a point; undefined when any is not a finite number. */
function readNumbers(text: string): number[] | undefined {
  const numbers = text.split(',').map((part) => (NUMBER.test(part) ? Number(part) + 0 : NaN))
  return numbers.every(Number.isFinite) ? numbers : undefined
}

const OWN_BREAKS_MAX = 6

const breakList: Codec<readonly number[]> = {
  write: (breaks) => breaks.join(','),
  read(text, ignore) {
    if (text === '') return []
    const breaks = readNumbers(text)
    const good =
      breaks !== undefined &&
      breaks.length >= 2 &&
      breaks.length <= OWN_BREAKS_MAX &&
      breaks.every((edge, index) => index === 0 || edge > breaks[index - 1]!)
    return good ? breaks : void ignore(text, 'bad-value')
  },
}

/** Five decimals are about a metre; two of zoom are not visible. */
const camera: Codec<Camera> = {
  write: ({ longitude, latitude, zoom }) =>
    [rounded(longitude, 5), rounded(latitude, 5), rounded(zoom, 2)].join(','),
  read(text, ignore) {
    const [longitude, latitude, zoom, ...surplus] = readNumbers(text) ?? []
    if (
      longitude === undefined ||
      latitude === undefined ||
      zoom === undefined ||
      surplus.length > 0 ||
      Math.abs(longitude) > 180 ||
      Math.abs(latitude) > 90 ||
      zoom < 0 ||
      zoom > 24
    )
      return void ignore(text, 'bad-value')
    return { longitude, latitude, zoom }
  },
}

/** From 1 to as many as there can be. */
const slideNumber: Codec<number> = {
  write: String,
  read: (text, ignore) =>
    /^[1-9]\d{0,2}$/.test(text) ? Number(text) : void ignore(text, 'bad-value'),
}

const PAGE_FIELD = 'sida'
const VERSION_FIELD = 'v'
const page = words<Page>({
  karta: 'karta',
  korsa: 'korsa',
  omraden: 'omraden',
  lagesbild: 'lagesbild',
  insatser: 'insatser',
  data: 'data',
  importera: 'importera',
  rojandekontroll: 'rojandekontroll',
  metod: 'metod',
})

/**
 * One row per field, in the order they stand in the hash; read both ways. The page is the hash's path.
 * A field of ViewState without a row does not compile.
 */
const FIELDS: { readonly [Name in Exclude<keyof ViewState, 'page'>]: FieldRow<ViewState[Name]> } = {
  release: field('utgava', orNull(identifier)),
  indicator: field('indikator', orNull(identifier)),
  level: field('niva', orNull(identifier)),
  period: field('period', orNull(periodCode)),
  sex: field('kon', oneOf<Sex>(new Map(SEXES.map((sex) => [sex, sex])))),
  display: field('visa', words({ value: 'varde', difference: 'skillnad', change: 'forandring' })),
  since: field('sedan', orNull(periodCode)),
  smoothing: field('utjamning', words({ raw: 'nej', smoothed: 'ja' })),
  breaks: field(
    'klasser',
    words({ quantile: 'kvantil', natural: 'naturliga', equal: 'lika', own: 'egna' }),
  ),
  classCount: field('antal', oneOf(new Map(CLASS_COUNTS.map((count) => [count, String(count)])))),
  ownBreaks: field('granser', breakList),
  fixedClasses: field(
    'fasta',
    oneOf(
      new Map([
        [true, 'ja'],
        [false, 'nej'],
      ]),
    ),
  ),
  areas: field('omraden', identifierList(SELECTED_AREAS_MAX)),
  order: field('ordning', words({ name: 'namn', value: 'varde' })),
  incidents: field('handelser', orNull(identifier)),
  incidentShape: field(
    'form',
    words({ areas: 'omraden', hexagons: 'hexagoner', columns: 'staplar' }),
  ),
  tab: field('flik', words({ map: 'karta', list: 'lista', trend: 'trend', table: 'tabell' })),
  crossEvent: field('symptom', orNull(identifier)),
  crossFactor: field('faktor', orNull(identifier)),
  lag: field(
    'fordrojning',
    oneOf<Lag>(
      new Map(
        LAGS.map((lag) => [
          lag,
          lag.replace('none', 'nej').replace('quarter', 'kvartal').replace('term', 'termin'),
        ]),
      ),
    ),
  ),
  controls: field('kontroll', identifierList(CONTROLS_MAX)),
  crossTab: field('del', words({ matrix: 'matris', signs: 'kannetecken', expert: 'fordjupning' })),
  profileAreas: field('profil', identifierList(PROFILE_AREAS_MAX)),
  compareWith: field('jamfor', identifier),
  likeness: field('likhet', identifierList(LIKENESS_MAX)),
  profilePeriod: field('profilperiod', orNull(periodCode)),
  profileGrouping: field('gruppera', words({ class: 'klass', focus: 'fokusproblem' })),
  briefing: field('lagesbild', orNull(identifier)),
  planPart: field(
    'insatsdel',
    words({
      ...{ plan: 'plan', need: 'behov', moved: 'forandring', round: 'uppfoljning' },
      flow: 'flode',
    }),
  ),
  planMatrix: field('insatsper', words({ level: 'niva', department: 'verksamhet' })),
  planView: field(
    'insatsvy',
    words({
      ...{ timeline: 'tidslinje', table: 'tabell', map: 'karta' },
      ...{ pyramid: 'pyramid', budget: 'budget' },
    }),
  ),
  planDepartment: field('verksamhet', orNull(identifier)),
  planLevel: field(
    'preventionsniva',
    orNull(oneOf<PreventionLevel>(new Map(PREVENTION_LEVELS.map((level) => [level, level])))),
  ),
  planProblem: field('fokusproblem', orNull(identifier)),
  planPlace: field('plats', orNull(planPlace)),
  planStatus: field(
    'uppfoljning',
    orNull(
      oneOf<FollowUpStatus | 'none'>(
        new Map([...FOLLOW_UP_STATUSES.map((one) => [one, one] as const), ['none', 'saknas']]),
      ),
    ),
  ),
  planHalfYear: field('halvar', orNull(periodCode)),
  planCell: field('ruta', identifierList(2)),
  effort: field('insats', orNull(identifier)),
  movedIndicator: field('provindikator', orNull(identifier)),
  movedArea: field('provomrade', orNull(identifier)),
  movedKind: field(
    'provperiod',
    orNull(
      words<PeriodKind>({
        ...{ week: 'vecka', month: 'manad', quarter: 'kvartal', term: 'termin' },
        ...{ 'half-year': 'halvar', 'school-year': 'lasar', year: 'ar' },
      }),
    ),
  ),
  needLevel: field('behovsniva', orNull(identifier)),
  needIndicators: field('behovstal', identifierList(NEED_INDICATORS_MAX)),
  flow: field('flode', orNull(identifier)),
  flowPeriod: field('flodesperiod', orNull(periodCode)),
  showing: field('visning', words({ none: 'nej', audience: 'bild', presenter: 'presentator' })),
  slide: field('bild', slideNumber, 'replace'),
  camera: field('vy', orNull(camera), 'replace'),
}

/** A link taken apart: texts still percent-encoded, by the field's name in the hash. */
export interface LinkParts {
  readonly page: string
  readonly fields: ReadonlyMap<string, string>
}

/**
 * Brings links of version n (1-based, its place in the list) to version n + 1. Must not throw, whatever the parts.
 * Links without a version are version 1. When a field's name or a value's word changes, a row is added here.
 */
export type LinkMigration = (link: LinkParts) => LinkParts

export const LINK_MIGRATIONS: readonly LinkMigration[] = []

/**
 * The hash of a view, e.g. `#/karta?indikator=klotter&niva=stadsdel&period=2025-K4`: only what differs from the
 * defaults, always in the same order. The camera is rounded to five decimals, its zoom to two.
 */
export function encode(
  state: ViewState,
  defaults: ViewState = DEFAULT_VIEW_STATE,
  migrations: readonly LinkMigration[] = LINK_MIGRATIONS,
): string {
  const parts: string[] = []
  if (migrations.length > 0) parts.push(`${VERSION_FIELD}=${migrations.length + 1}`)
  for (const key of fieldKeys()) {
    const text = writeField(key, state)
    if (text !== writeField(key, defaults)) parts.push(`${FIELDS[key].name}=${text}`)
  }
  return `#/${page.write(state.page)}${parts.length > 0 ? `?${parts.join('&')}` : ''}`
}

/**
 * Reads a hash. Never throws: what cannot be used is left at its default and listed in `ignored`.
 * @param hash with or without its "#"
 */
export function decode(
  hash: string,
  defaults: ViewState = DEFAULT_VIEW_STATE,
  migrations: readonly LinkMigration[] = LINK_MIGRATIONS,
): { state: ViewState; ignored: Ignored[] } {
  const ignored: Ignored[] = []
  const ignore =
    (name: string): Ignore =>
    (text, reason) =>
      void ignored.push({ field: name.slice(0, 80), text: text.slice(0, 80), reason })

  const link = migrate(takeApart(hash, ignore), migrations, ignore(VERSION_FIELD))
  const state: Mutable<ViewState> = { ...defaults }
  if (link.page !== '') {
    const found = page.read(link.page, () => ignore(PAGE_FIELD)(link.page, 'unknown-page'))
    if (found !== undefined) state.page = found
  }
  const unused = new Map(link.fields)
  for (const key of fieldKeys()) {
    const { name } = FIELDS[key]
    const text = unused.get(name)
    if (text === undefined) continue
    unused.delete(name)
    readField(key, text, ignore(name), state)
  }
  for (const [name, text] of unused) ignore(name)(text, 'unknown-field')
  return { state, ignored }
}

/** Whether going from one view to the other is a step to go back from: any change but of the camera alone. */
export function pushesHistory(before: ViewState, after: ViewState): boolean {
  return (
    before.page !== after.page ||
    fieldKeys().some(
      (key) => FIELDS[key].history === 'push' && writeField(key, before) !== writeField(key, after),
    )
  )
}

type FieldKey = keyof typeof FIELDS
type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

const fieldKeys = (): FieldKey[] => Object.keys(FIELDS) as FieldKey[]

function writeField<Key extends FieldKey>(key: Key, state: ViewState): string {
  const row: FieldRow<ViewState[Key]> = FIELDS[key]
  return row.codec.write(state[key])
}

function readField<Key extends FieldKey>(
  key: Key,
  text: string,
  ignore: Ignore,
  state: Mutable<ViewState>,
): void {
  const row: FieldRow<ViewState[Key]> = FIELDS[key]
  const value = row.codec.read(text, ignore)
  if (value !== undefined) (state as Mutable<Pick<ViewState, Key>>)[key] = value
}

function takeApart(hash: string, ignore: (name: string) => Ignore): LinkParts {
  const text = hash.startsWith('#') ? hash.slice(1) : hash
  const question = text.indexOf('?')
  const path = question < 0 ? text : text.slice(0, question)
  const fields = new Map<string, string>()
  for (const part of question < 0 ? [] : text.slice(question + 1).split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = equals < 0 ? part : part.slice(0, equals)
    const value = equals < 0 ? '' : part.slice(equals + 1)
    if (fields.has(name)) ignore(name)(value, 'repeated-field')
    else fields.set(name, value)
  }
  return { page: path.replace(/^\//, ''), fields }
}

function migrate(link: LinkParts, migrations: readonly LinkMigration[], ignore: Ignore): LinkParts {
  const fields = new Map(link.fields)
  const text = fields.get(VERSION_FIELD)
  fields.delete(VERSION_FIELD)
  let version = 1
  if (text !== undefined) {
    if (!/^[1-9]\d{0,5}$/.test(text)) ignore(text, 'bad-value')
    else if (Number(text) > migrations.length + 1) {
      ignore(text, 'newer-link')
      version = migrations.length + 1
    } else version = Number(text)
  }
  return migrations
    .slice(version - 1)
    .reduce<LinkParts>((parts, step) => step(parts), { page: link.page, fields })
}

/** Percent-encodes all but what a hash may hold and a reader wants to see: "2023/24", "a+b". */
function percentEncode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(
    /%(2F|3A|2B)/g,
    (code) => decodeURIComponent(code),
  )
}

function percentDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Adding 0 turns −0 into 0. */
function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale + 0
}
