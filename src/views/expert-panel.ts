import type { AreaId, AreaRegister } from '../core/area.ts'
import { isHidden, type LevelGround } from '../core/cross-values.ts'
import type { Indicator } from '../core/indicator.ts'
import {
  bothOf,
  LEAST_AREAS,
  spatialRefusal,
  spatialVariable,
  type LocalPattern,
  type SpatialAnswer,
  type SpatialChoice,
  type SpatialQuestion,
  type SpatialRefusal,
  type SpatialSource,
  type SpatialVariable,
} from '../core/spatial-panel.ts'
import type { PermutationPlan } from '../core/stats/conditional-permutation.ts'
import type { Quadrant } from '../core/stats/local-moran.ts'
import type { Outcome } from '../core/stats/outcome.ts'
import { expertText, pText, type GlobalMeasure, type PatternReading } from '../text/expert.ts'
import { areaName, compareSwedish, formatNumber } from '../text/format.ts'
import type { ColourToken } from './colour.ts'

/** Shuffled at least so many times, and always in the same way. */
export const EXPERT_RANDOMISATION: PermutationPlan = { permutations: 999, seed: 1 }

/** With fewer areas than this a note says so. */
const FEW_AREAS = 30

const SIGNIFICANCE = 0.05

/** What the panel is about. All of it at one level. */
export interface ExpertSubject {
  readonly choice: SpatialChoice
  readonly register: Pick<AreaRegister, 'levels' | 'areas'>
  readonly level: string
  readonly ground: LevelGround
  readonly event: SpatialSource
  /** Null before one is chosen. */
  readonly factor: SpatialSource | null
}

/** Which of the two the pattern is shown of. */
export type ExpertShown = 'event' | 'factor'

/** The question of a subject with what its figures are made of; without a question where there is none to ask. */
export interface ExpertFigures {
  readonly shown: SpatialVariable
  readonly source: SpatialSource
  readonly refusal: SpatialRefusal | null
  readonly pair: {
    readonly event: SpatialVariable
    readonly factor: SpatialVariable
    readonly refusal: SpatialRefusal | null
    readonly counts: { readonly shown: number; readonly hidden: number }
  } | null
  readonly question: SpatialQuestion | null
}

export type ExpertMark = Quadrant | 'hot' | 'cold' | 'none' | 'island' | 'hidden' | 'missing'

export interface ExpertMapClass {
  readonly mark: ExpertMark
  readonly token: ColourToken
  /** Written in the areas of the class, so that it can be told apart in grey print. */
  readonly letter: string
  readonly text: string
  readonly count: string
  /** In alphabetical order; of the ordinary classes none. */
  readonly names: readonly string[]
}

export interface ExpertMap {
  /** Every area of the level in register order. */
  readonly areas: readonly {
    readonly area: AreaId
    readonly name: string
    readonly mark: ExpertMark
    readonly token: ColourToken
    readonly letter: string
    /** "Grubbe: högt bland höga grannar, p 0,004". */
    readonly label: string
  }[]
  /** Those that occur. */
  readonly classes: readonly ExpertMapClass[]
  readonly found: string
  readonly label: string
}

/** Something to show, or the sentence that stands in its place. */
export type Shown<Thing> =
  | { readonly kind: 'shown'; readonly shown: Thing }
  | { readonly kind: 'none'; readonly sentence: string }

export interface GlobalRow {
  readonly measure: GlobalMeasure
  readonly name: string
  /** A sentence where there is no number. */
  readonly sentence: string | null
  readonly value: string
  readonly expected: string
  readonly z: string
  readonly p: string
  readonly reading: string
}

export interface ExpertCorrelogram {
  readonly points: readonly {
    readonly steps: number
    readonly I: number
    readonly expectation: number
    readonly deviation: number
    readonly stands: boolean
    readonly label: string
  }[]
  readonly reach: string
  /** Why it does not go on; nothing where it does. */
  readonly cut: string
}

export interface ExpertView {
  readonly title: string
  /** Why there are no numbers at all; null where there are. */
  readonly refusal: string | null
  readonly notes: readonly string[]
  readonly globals: readonly GlobalRow[]
  readonly local: Shown<ExpertMap>
  readonly gi: Shown<ExpertMap>
  readonly correlogram: Shown<ExpertCorrelogram>
  /** Null without a factor. */
  readonly pair: {
    readonly title: string
    readonly globals: readonly GlobalRow[]
    readonly map: Shown<ExpertMap>
  } | null
}

/** The figures that a subject is looked at by, and the question to ask of them. */
export function expertFigures(
  subject: ExpertSubject,
  which: ExpertShown,
  plan: PermutationPlan = EXPERT_RANDOMISATION,
): ExpertFigures {
  const { ground, choice, event, factor } = subject
  const source = which === 'factor' && factor ? factor : event
  const ofEvent = spatialVariable(event, ground, choice)
  const ofFactor = factor && spatialVariable(factor, ground, choice)
  const shown = source === event ? ofEvent : ofFactor!
  const refusal = spatialRefusal(shown)
  const counts = ofFactor && bothOf(ofEvent, ofFactor)
  const pair = ofFactor &&
    counts && { event: ofEvent, factor: ofFactor, counts, refusal: spatialRefusal(counts) }
  return {
    ...{ shown, source, refusal, pair },
    question:
      refusal === null
        ? {
            ...{ values: shown.values, parts: shown.parts, weights: ground.weights, plan },
            pair:
              pair && pair.refusal === null
                ? { own: pair.event.values, others: pair.factor.values }
                : null,
          }
        : null,
  }
}

/** All that the panel shows and says. */
export function expertPanel(
  subject: ExpertSubject,
  figures: ExpertFigures,
  answer: SpatialAnswer,
): ExpertView {
  const { shown, source, pair } = figures
  const describe = (places: readonly number[]) => namesOf(subject, places)
  const islands = answer.local.ok
    ? islandsOf(shown.values, answer.local.value.p)
    : ([] as readonly number[])
  return {
    title: titleOf(subject, source, shown),
    refusal: null,
    notes: notesOf(shown, describe(islands), answer, figures.question!),
    globals: globalsOf(answer),
    local: mapOf(subject, shown, answer.local, QUADRANTS),
    gi: mapOf(subject, shown, answer.gi, SPOTS),
    correlogram: correlogramOf(answer),
    pair: pair && subject.factor ? pairOf(subject, pair, subject.factor.indicator, answer) : null,
  }
}

/** The panel where nothing is computed, and why. */
export function refusedExpertPanel(subject: ExpertSubject, figures: ExpertFigures): ExpertView {
  const { shown, source, refusal } = figures
  const sentence = refusal === null ? '' : refusalText(refusal, shown)
  const none = { kind: 'none', sentence } as const
  return {
    ...{ title: titleOf(subject, source, shown), refusal: sentence, notes: [], globals: [] },
    ...{ local: none, gi: none, correlogram: none, pair: null },
  }
}

function refusalText(
  refusal: SpatialRefusal,
  { shown, hidden }: { readonly shown: number; readonly hidden: number },
): string {
  return refusal === 'too-many-hidden'
    ? expertText.refusals[refusal](shown, hidden)
    : expertText.refusals[refusal](shown)
}

function titleOf(
  { register, level }: ExpertSubject,
  { indicator, side }: SpatialSource,
  { isSmoothed }: SpatialVariable,
): string {
  const singular = register.levels.find(({ id }) => id === level)?.singular ?? level
  return side.before === null
    ? expertText.where(indicator.name, singular, side.period, isSmoothed)
    : expertText.change(indicator.name, singular, side.before, side.period)
}

function namesOf({ register, ground }: ExpertSubject, places: readonly number[]): string[] {
  const names = new Map(register.areas.map(({ id, name }) => [id, areaName(name)]))
  return places
    .map((place) => names.get(ground.areas[place]!) ?? ground.areas[place]!)
    .toSorted(compareSwedish)
}

/** Areas that show a value but have no neighbour that does. */
const islandsOf = (values: Float64Array, p: Float64Array): number[] =>
  [...values.keys()].filter((area) => Number.isFinite(values[area]) && Number.isNaN(p[area]))

function notesOf(
  { shown, hidden, missing, isSmoothed, parts }: SpatialVariable,
  islands: readonly string[],
  { permutations }: SpatialAnswer,
  { plan }: SpatialQuestion,
): string[] {
  const { notes } = expertText
  return [
    ...(hidden > 0 ? [notes.hidden(hidden)] : []),
    ...(missing > 0 ? [notes.missing(missing)] : []),
    ...(islands.length > 0 ? [notes.islands(islands)] : []),
    ...(shown < FEW_AREAS ? [notes.few(shown)] : []),
    ...(isSmoothed && parts ? [notes.base] : []),
    notes.permutations(permutations, plan.seed),
  ]
}

const { noNumber } = expertText.global
const orNone = (value: number, text: (value: number) => string): string =>
  Number.isNaN(value) ? noNumber : text(value)
const number = (value: number): string => orNone(value, (known) => formatNumber(known, 3))
const zText = (value: number): string => orNone(value, (known) => formatNumber(known, 2))
const pOrNone = (p: number): string => orNone(p, pText)

interface GlobalFigures {
  readonly value: number
  readonly expectation: number
  readonly z: number
  readonly p: number
  /** Above 0 where neighbours are alike. */
  readonly likeness: number
}

function globalRow(
  measure: GlobalMeasure,
  outcome: Outcome<GlobalFigures>,
  readings: Readonly<Record<PatternReading, string>>,
): GlobalRow {
  const name = expertText.global.names[measure]
  if (!outcome.ok)
    return {
      ...{ measure, name, sentence: expertText.undefined[outcome.reason] },
      ...{ value: '', expected: '', z: '', p: '', reading: '' },
    }
  const { value, expectation, z, p, likeness } = outcome.value
  const reading: PatternReading = Number.isNaN(p)
    ? 'untested'
    : p > SIGNIFICANCE
      ? 'none'
      : likeness > 0
        ? 'alike'
        : 'unlike'
  return {
    ...{ measure, name, sentence: null },
    value: number(value),
    expected: number(expectation),
    z: zText(z),
    p: pOrNone(p),
    reading: readings[reading],
  }
}

function mapped<From, To>(outcome: Outcome<From>, change: (value: From) => To): Outcome<To> {
  return outcome.ok ? { ok: true, value: change(outcome.value) } : outcome
}

function globalsOf({ moran, ebMoran, geary }: SpatialAnswer): GlobalRow[] {
  const { readings } = expertText.global
  const ofMoran = (outcome: typeof moran) =>
    mapped(outcome, ({ I, expectation, z, p }) => ({
      ...{ value: I, expectation, z, p, likeness: I - expectation },
    }))
  return [
    globalRow('moran', ofMoran(moran), readings),
    ...(ebMoran ? [globalRow('eb-moran', ofMoran(ebMoran), readings)] : []),
    globalRow(
      'geary',
      mapped(geary, ({ C, expectation, z, p }) => ({
        ...{ value: C, expectation, z, p, likeness: expectation - C },
      })),
      readings,
    ),
  ]
}

interface MarkWords {
  readonly token: ColourToken
  readonly letter: string
  readonly text: string
}

/** Each a step darker or lighter than the others, so that grey print keeps them apart. */
const TOKENS: Readonly<Record<Quadrant | 'hot' | 'cold', ColourToken>> = {
  'High-High': 'div-high-2',
  'Low-Low': 'div-low-2',
  'High-Low': 'div-high-1',
  'Low-High': 'div-low-1',
  hot: 'div-high-2',
  cold: 'div-low-2',
}

type Words<Kind extends string> = Readonly<Record<Kind, MarkWords>>

const QUADRANT_ORDER: readonly Quadrant[] = ['High-High', 'High-Low', 'Low-High', 'Low-Low']

const quadrantWords = (texts: Readonly<Record<Quadrant, string>>): Words<Quadrant> =>
  Object.fromEntries(
    QUADRANT_ORDER.map((mark) => [
      mark,
      { token: TOKENS[mark], letter: expertText.quadrants[mark].letter, text: texts[mark] },
    ]),
  ) as Record<Quadrant, MarkWords>

const QUADRANTS = quadrantWords({
  'High-High': expertText.quadrants['High-High'].text,
  'High-Low': expertText.quadrants['High-Low'].text,
  'Low-High': expertText.quadrants['Low-High'].text,
  'Low-Low': expertText.quadrants['Low-Low'].text,
})
const SPOTS: Words<'hot' | 'cold'> = {
  hot: { token: TOKENS.hot, ...expertText.spots.hot },
  cold: { token: TOKENS.cold, ...expertText.spots.cold },
}

const PLAIN: Readonly<Record<'none' | 'island' | 'hidden' | 'missing', MarkWords>> = {
  none: { token: 'div-unsure', letter: '', text: expertText.classes.none },
  island: { token: 'missing-ground', letter: '', text: expertText.classes.island },
  hidden: { token: 'hidden-ground', letter: '', text: expertText.classes.hidden },
  missing: { token: 'missing-ground', letter: '', text: expertText.classes.missing },
}

/** Classes too ordinary to be named; who is hidden or missing can be seen on the map. */
const UNNAMED: ReadonlySet<ExpertMark> = new Set<ExpertMark>(['none', 'hidden', 'missing'])

function mapOf<Kind extends Quadrant | 'hot' | 'cold'>(
  subject: ExpertSubject,
  variable: Pick<SpatialVariable, 'values' | 'status'>,
  outcome: Outcome<LocalPattern<Kind>>,
  words: Words<Kind>,
): Shown<ExpertMap> {
  if (!outcome.ok) return { kind: 'none', sentence: expertText.undefined[outcome.reason] }
  const { marks, p, familySize } = outcome.value
  const names = new Map(subject.register.areas.map(({ id, name }) => [id, areaName(name)]))
  const areas = subject.ground.areas.map((area, place) => {
    const found = marks[place] ?? null
    const mark: Kind | keyof typeof PLAIN =
      found === null
        ? withoutPattern(variable, place)
        : found === 'not-significant'
          ? 'none'
          : found
    const { token, letter, text } =
      mark in PLAIN ? PLAIN[mark as keyof typeof PLAIN] : words[mark as Kind]
    const name = names.get(area) ?? area
    const ofP = Number.isNaN(p[place]!) ? '' : `, p ${pText(p[place]!)}`
    return { area, name, mark, token, letter, label: `${name}: ${text}${ofP}` }
  })
  const kinds = [...(Object.keys(words) as Kind[]), 'none', 'island', 'hidden', 'missing'] as const
  const classes = kinds.flatMap((mark): ExpertMapClass[] => {
    const own = areas.filter((area) => area.mark === mark)
    if (own.length === 0) return []
    const { token, letter, text } =
      mark in PLAIN ? PLAIN[mark as keyof typeof PLAIN] : words[mark as Kind]
    return [
      {
        ...{ mark, token, letter, text, count: expertText.count(own.length) },
        names: UNNAMED.has(mark) ? [] : own.map(({ name }) => name).toSorted(compareSwedish),
      },
    ]
  })
  const survivors = areas.filter(({ mark }) => !(mark in PLAIN)).length
  return {
    kind: 'shown',
    shown: {
      ...{ areas, classes, found: expertText.local.found(survivors, familySize) },
      label: classes.map(({ text, count }) => `${text}: ${count}`).join(', '),
    },
  }
}

function withoutPattern(
  { values, status }: Pick<SpatialVariable, 'values' | 'status'>,
  place: number,
): 'island' | 'hidden' | 'missing' {
  if (Number.isFinite(values[place])) return 'island'
  return isHidden(status[place]!) ? 'hidden' : 'missing'
}

function correlogramOf({ correlogram }: SpatialAnswer): Shown<ExpertCorrelogram> {
  const text = expertText.correlogram
  const first = correlogram[0]
  if (first && !first.moran.ok)
    return { kind: 'none', sentence: expertText.undefined[first.moran.reason] }
  const points = correlogram.flatMap(({ moran, adjusted }, order) => {
    if (!moran.ok || moran.value.areas < LEAST_AREAS) return []
    const { I, expectation, variance } = moran.value
    return {
      ...{ steps: order + 1, I, expectation, deviation: Math.sqrt(variance) },
      stands: adjusted !== null && adjusted <= SIGNIFICANCE,
      label: text.label(order + 1, number(I), pOrNone(adjusted ?? NaN)),
    }
  })
  if (points.length === 0)
    return { kind: 'none', sentence: expertText.undefined['statistics-too-few-areas'] }
  let reach = 0
  while (points[reach]?.stands && points[reach]!.I > points[reach]!.expectation) reach++
  const isCut = points.length < correlogram.length
  return {
    kind: 'shown',
    shown: {
      points,
      reach: text.reach(reach),
      cut: isCut ? text.cut(points.length, LEAST_AREAS) : '',
    },
  }
}

function pairOf(
  subject: ExpertSubject,
  { event, factor, refusal, counts }: NonNullable<ExpertFigures['pair']>,
  ofFactor: Indicator,
  { pair }: SpatialAnswer,
): ExpertView['pair'] {
  const ofEvent = subject.event.indicator
  const title = expertText.pairWhere(ofEvent.name, ofFactor.name)
  if (refusal !== null || !pair)
    return {
      title,
      globals: [],
      map: { kind: 'none', sentence: refusal === null ? '' : refusalText(refusal, counts) },
    }
  const { pairReadings } = expertText.global
  const bivariate = mapped(pair.moran, ({ I, pPermutation }) => ({
    ...{ value: I, expectation: NaN, z: NaN, p: pPermutation, likeness: I },
  }))
  const agreement = mapped(pair.lee, (L) => ({
    ...{ value: L, expectation: NaN, z: NaN, p: NaN, likeness: L },
  }))
  return {
    title,
    globals: [
      globalRow('bivariate-moran', bivariate, pairReadings),
      globalRow('lee', agreement, pairReadings),
    ],
    map: mapOf(
      subject,
      {
        values: event.values.map((value, area) => value + factor.values[area]!),
        status: event.status.map((status, area) =>
          isHidden(factor.status[area]!) ? factor.status[area]! : status,
        ),
      },
      pair.local,
      quadrantWords(expertText.pair.quadrants(ofEvent, ofFactor)),
    ),
  }
}
