import { areasAtLevel, wholeArea, type AreaId } from '../../core/area.ts'
import { groupBy } from '../../core/group-by.ts'
import { INDICATOR_CLASSES, type Indicator } from '../../core/indicator.ts'
import { crossTableKey } from '../../core/cross-plan.ts'
import type { Finding } from '../../core/finding.ts'
import type { ActivityPlan } from '../../core/plan.ts'
import { comparePeriods, periodEnd } from '../../core/period.ts'
import { figureOfPlace, type Place } from '../../core/place.ts'
import { sliceAt } from '../../core/released-slice.ts'
import { areaName, formatNumber, periodInWords } from '../../text/format.ts'
import { findingText } from '../../text/findings.ts'
import { planText } from '../../text/plan.ts'
import { FOCUS_PROBLEMS, profileText, type ComparedWith } from '../../text/profile.ts'
import { sv } from '../../text/sv.ts'
import type {
  Report,
  ReportBlock,
  ReportLines,
  ReportMap,
  ReportRow,
  ReportSection,
  ReportTableHeads,
} from '../report.ts'
import { planInArea, type PlanInArea } from '../plan/plan-in-area.ts'
import { reportDefinition } from '../report-definition.ts'
import { figureText } from '../report-figure.ts'
import { contextColumns, contextNames, namedSimilarAreas } from '../similar-context.ts'
import { sourceLine } from '../source-line.ts'
import { profileIncidents } from './profile-incidents.ts'
import { profilePopulation } from './profile-population.ts'
import { ancestorsOf, placeOf, type ProfileQuestion } from './profile-question.ts'
import { profileRows, type NotHere, type ProfileRow, type Reference } from './profile-rows.ts'
import { profileSummary } from './profile-summary.ts'

/** How many likes of an area it is compared with. */
export const MOST_SIMILAR = 3
/** How many lines over time a section shows beside its table. */
const MOST_LINES = 4
/** A line of fewer figures says no more than the table. */
const LEAST_POINTS = 4

export interface ProfileMaking {
  /** ISO date. */
  readonly date: string
  /** The analyst's own words, a paragraph each. */
  readonly words: readonly string[]
  /** Drawn from the boundaries; null where there are none. */
  readonly map: ReportMap | null
  /** The municipality's plan of activities, or why it cannot be read; null where the package has none. */
  readonly plan: ActivityPlan | { readonly fault: Finding } | null
}

/** A profile with what the page needs besides. */
export interface AreaProfile {
  readonly report: Report
  readonly place: Place
  readonly comparedWith: ComparedWith
  /** "3 114 invånare (2025)"; null where the package does not have them by age. */
  readonly inhabitants: string | null
  /** The likes that were found; null where they are not asked for, or cannot be told. */
  readonly similar: readonly { readonly id: AreaId; readonly name: string }[] | null
  /** How the likes were chosen, or why there are none. */
  readonly about: string
  /** What the plan of activities says of the place; null where there is no plan, or none that can be read. */
  readonly plan: PlanInArea | null
  /** Why the plan cannot be read; null where it can, or where there is none. */
  readonly planFault: string | null
}

/**
 * One area, or several together, in all that is known of it: the one report that page, paper, slides, sheets and
 * pictures are made of.
 * @returns null where none of the chosen areas is known
 */
export function areaProfile(
  question: ProfileQuestion,
  { date, words, map, plan }: ProfileMaking,
): AreaProfile | null {
  const { source, choice } = question
  const { register, release } = source
  const place = placeOf(register, choice)
  if (!place) return null
  const compared = comparedWith(question, place)
  const people = inhabitants(question, place)
  const { rows, notHere } = profileRows(question, place, compared.reference)
  const planFault = plan && 'fault' in plan ? planText.inArea.unread(findingText(plan.fault)) : null
  const inPlan = plan && !('fault' in plan) ? planInArea(plan, register, place) : null
  const sections = [
    summarySection(question, place, rows, compared, words, map),
    ...tableSections(question, place, rows, notHere, compared.words),
    ...incidentSections(question, place),
    ...(inPlan ? [planSection(inPlan)] : []),
    ...(planFault === null ? [] : [unreadPlanSection(planFault)]),
  ]
  const own = new Set([...rows.map(({ indicator }) => indicator.id)])
  const definitions = source.indicators
    .filter(({ id, ages }) => own.has(id) || (ages && hasPopulation(sections)))
    .map((indicator) => {
      const row = rows.find(({ indicator: { id } }) => id === indicator.id)?.row
      return reportDefinition(indicator, row?.periodText ?? '')
    })
  const isSynthetic = release.synthetic && definitions.some(({ synthetic }) => synthetic)
  const text = profileText.limits
  return {
    place,
    comparedWith: compared.words,
    inhabitants: people && profileText.inhabitants(people),
    similar: compared.similar,
    about: compared.about,
    plan: inPlan,
    planFault,
    report: {
      ...{ format: 1, kind: 'area-profile', title: place.name, sections, definitions, date },
      subtitle: subtitleOf(question, place),
      sexText: sexOf(question),
      facts: factsOf(question, place, compared.words, people, date),
      synthetic: isSynthetic ? { label: sv.synthetic, sentence: sv.syntheticLong } : null,
      key: profileText.key,
      sources: [
        ...new Set([
          ...definitions.map(({ source: from }) => from),
          ...release.sources.map(({ title, licence }) => `${title} (${licence})`),
        ]),
      ],
      limits: [
        text.cause,
        ...(compared.reference.kind === 'whole' ? [text.reference] : []),
        text.chance,
        ...(rows.some(({ isOwn }) => !isOwn) ? [text.parent] : []),
        ...(place.areas.length > 1 ? [text.group] : []),
        ...release.notes,
      ],
      fileStem: fileStemOf(place, question, date),
      imprint: `${sv.product}, ${sv.release(release.id).toLowerCase()}`,
    },
  }
}

interface Compared {
  readonly reference: Reference
  readonly words: ComparedWith
  readonly similar: AreaProfile['similar']
  readonly about: string
}

function comparedWith(question: ProfileQuestion, place: Place): Compared {
  const { source, choice } = question
  const { register } = source
  const { comparison } = choice
  const text = profileText.comparison
  const wholeName = wholeArea(register)?.name ?? ''
  const whole = (about: string): Compared => ({
    reference: { kind: 'whole' },
    ...{ words: text.whole(areaName(wholeName)), similar: null, about },
  })
  if (comparison.kind === 'area') {
    const other = areasAtLevel(register, place.level).find(({ id }) => id === comparison.area)
    if (!other || place.areas.includes(other.id)) return whole('')
    return {
      reference: { kind: 'area', areas: [other.id] },
      ...{ words: text.area(areaName(other.name)), similar: null, about: '' },
    }
  }
  if (comparison.kind === 'whole') return whole('')
  const columns = contextColumns({ ...question, ...source, ...choice, level: place.level }).filter(
    ({ indicator }) =>
      comparison.likeness.length === 0 || comparison.likeness.includes(indicator.id),
  )
  const [only, ...others] = place.areas
  const similar =
    others.length === 0
      ? namedSimilarAreas(register, place.level, only!, columns, MOST_SIMILAR)
      : null
  if (!similar) return whole(text.noSimilar)
  const names = similar.map(({ name }) => name)
  return {
    reference: { kind: 'similar', areas: similar.map(({ id }) => id) },
    words: text.similar(names),
    similar,
    about: text.similarAbout(names, contextNames(columns)),
  }
}

function subtitleOf({ source: { register } }: ProfileQuestion, place: Place): string {
  const level = register.levels.find(({ id }) => id === place.level)!
  if (place.areas.length > 1)
    return profileText.groupSubtitle(
      place.areas.length,
      level.plural,
      place.areas.map((id) => areaName(register.areas.find((area) => area.id === id)!.name)),
    )
  const whole = wholeArea(register)
  const parents = ancestorsOf(register, place.areas).map((area) => {
    const singular = register.levels.find(({ id }) => id === area.level)!.singular
    return area.id === whole?.id
      ? areaName(area.name)
      : profileText.parentLevel(singular, areaName(area.name))
  })
  return profileText.subtitle(level.singular, parents)
}

function factsOf(
  question: ProfileQuestion,
  place: Place,
  words: ComparedWith,
  people: string | null,
  date: string,
): Report['facts'] {
  const { source, choice } = question
  const text = profileText.facts
  const { register, release } = source
  const names = place.areas.map((id) => {
    const area = register.areas.find((one) => one.id === id)!
    return `${areaName(area.name)} (${id})`
  })
  return [
    { label: place.areas.length > 1 ? text.parts : text.area, text: names.join(', ') },
    ...(people ? [{ label: text.population, text: people }] : []),
    { label: text.comparison, text: words.heading },
    { label: text.sex, text: sexOf(question) },
    {
      label: text.period,
      text: choice.period === null ? profileText.newest : profileText.upTo(choice.period),
    },
    { label: text.release, text: release.id },
    { label: text.made, text: profileText.made(date) },
    { label: text.boundaries, text: register.boundaryVersion.name },
  ]
}

const sexOf = ({ choice: { sex } }: ProfileQuestion): string =>
  sex === 'T' ? profileText.bothSexes : sv.sexes[sex]

/** Inhabitants of all ages: the sum of the ages, where all are shown. */
function inhabitants({ source, tables }: ProfileQuestion, place: Place): string | null {
  let sum = 0
  let newest = ''
  const ages = source.indicators.filter((indicator) => indicator.ages)
  for (const indicator of ages) {
    const table = tables.get(crossTableKey(indicator.id, place.level))
    const period = table?.periods.toSorted(comparePeriods).at(-1)
    const slice = table && period && sliceAt(table, 'T', period)
    const sample = slice ? figureOfPlace(slice, indicator, place.areas).sample : null
    if (!sample) return null
    sum += sample.count
    newest = period!
  }
  return ages.length > 0 ? `${formatNumber(sum, 0)} (${periodInWords(newest)})` : null
}

function summarySection(
  question: ProfileQuestion,
  place: Place,
  rows: readonly ProfileRow[],
  { words: than, about }: Compared,
  words: readonly string[],
  map: ReportMap | null,
): ReportSection {
  const population = profilePopulation(question, place)
  const blocks: ReportBlock[] = [
    {
      ...{ kind: 'text', voice: 'figures', heading: null },
      paragraphs: profileSummary(rows, place, than.than),
    },
    ...(map ? [map] : []),
    ...(population ? [population] : []),
    ...(about !== ''
      ? [{ kind: 'text', voice: 'caveat', heading: null, paragraphs: [about] } as const]
      : []),
    ...(words.length > 0
      ? [
          {
            ...({ kind: 'text', voice: 'analyst', heading: profileText.words } as const),
            paragraphs: words,
          },
        ]
      : []),
  ]
  const ages = question.source.indicators.find((indicator) => indicator.ages)
  return {
    ...{ id: 'i-korthet', heading: profileText.sections.summary, blocks },
    notes: population && ages ? [`${population.title}: ${sourceOf(ages)}`] : [],
  }
}

const sourceOf = ({ source }: Indicator): string => `${profileText.definition.source}: ${source}.`

function tableSections(
  { choice }: ProfileQuestion,
  place: Place,
  rows: readonly ProfileRow[],
  notHere: readonly NotHere[],
  words: ComparedWith,
): ReportSection[] {
  const groups =
    choice.grouping === 'class'
      ? INDICATOR_CLASSES.map((own) => ({
          id: own as string,
          heading: profileText.sections.classes[own],
          holds: (indicator: Indicator) => indicator.class === own,
        }))
      : [
          ...FOCUS_PROBLEMS.map((problem) => ({
            id: `focus-${slug(problem)}`,
            heading: profileText.sections.focus(problem),
            holds: ({ focusProblems }: Indicator) => focusProblems.includes(problem),
          })),
          {
            id: 'focus-other',
            heading: profileText.sections.otherFocus,
            holds: ({ focusProblems }: Indicator) =>
              !focusProblems.some((problem) => FOCUS_PROBLEMS.includes(problem)),
          },
        ]
  return groups.flatMap(({ id, heading, holds }) => {
    const own = rows.filter(({ indicator }) => holds(indicator))
    const absent = notHere.filter(({ indicator }) => holds(indicator))
    if (own.length === 0) return []
    const section: ReportSection = {
      ...{ id, heading },
      blocks: [
        {
          ...{ kind: 'table', id, heads: headsOf(place, words) },
          caption: profileText.tableCaption(heading, place.name, words.than),
          rows: own.map(({ row }) => row),
          elsewhere: groupBy(absent, ({ why }) => why).map((alike) =>
            profileText.notHere.sentence(
              alike[0]!.why,
              alike.map(({ indicator: { name } }) => name),
            ),
          ),
        },
        ...linesOf(own, place, words, `${id}-`),
      ],
      notes: own.map(({ indicator, row }) =>
        [
          `${indicator.name}: ${indicator.definition}`,
          row.period === null ? sourceOf(indicator) : sourceLine(indicator, row.period),
          ...indicator.caveats,
        ].join(' '),
      ),
    }
    return [section]
  })
}

/** Of those that have changed with certainty, then of those that differ with certainty. */
function linesOf(
  rows: readonly ProfileRow[],
  place: Place,
  words: ComparedWith,
  prefix: string,
): ReportLines[] {
  const worth = ({ row, verdict, isOwn, indicator }: ProfileRow): number => {
    const points = row.trend?.points.filter(({ figure }) => figure.kind === 'value').length ?? 0
    if (!isOwn || points < LEAST_POINTS || indicator.class === 'context') return 0
    const { direction } = row.trend!
    if (direction === 'rising' || direction === 'falling') return 2
    return verdict === 'much-higher' || verdict === 'much-lower' ? 1 : 0
  }
  return rows
    .filter((row) => worth(row) > 0)
    .toSorted((a, b) => worth(b) - worth(a))
    .slice(0, MOST_LINES)
    .map(({ row }) => linesOfRow(row, place.name, words.column, prefix)!)
}

/** One indicator over time, beside what it is compared with. @returns null where there is no series */
export function linesOfRow(
  row: ReportRow,
  name: string,
  reference: string,
  prefix = '',
): ReportLines | null {
  const { trend } = row
  if (!trend) return null
  const others = trend.points.map((point) => point.reference)
  // The whole municipality's counts lie on another scale than one area's.
  const isCount = row.figure.kind === 'value' && row.figure.unit === ''
  const hasReference = !isCount && others.some(({ kind }) => kind === 'value')
  return {
    ...{ kind: 'lines', id: `${prefix}${row.indicator}` },
    title: profileText.lines.title(row.name, trend.word),
    alternative: profileText.lines.alternative(
      row.name,
      trend.points.map(({ periodText, figure }) => `${periodText} ${figureText(figure)}`),
      trend.word,
    ),
    unitText: row.unitText === '' ? '%' : row.unitText,
    periods: trend.points.map(({ period, periodText }) => ({ code: period, text: periodText })),
    series: [
      {
        ...{ name: row.place === '' ? name : row.place, role: 'area' },
        figures: trend.points.map(({ figure }) => figure),
      },
      ...(hasReference ? [{ name: reference, role: 'reference', figures: others } as const] : []),
    ],
    note: trend.explanation,
  }
}

function headsOf(place: Place, words: ComparedWith): ReportTableHeads {
  const { heads } = profileText
  return {
    ...heads,
    ...{ value: place.name, middle: words.column, reference: words.column },
    verdict: heads.verdict(words.than),
  }
}

function incidentSections(question: ProfileQuestion, place: Place): ReportSection[] {
  const { source, incidents, choice } = question
  if (!incidents || !source.incidents) return []
  const until = choice.period === null ? null : String(periodEnd(choice.period).year)
  const blocks = profileIncidents(incidents, source.incidents.categories, place, until)
  if (blocks.length === 0) return []
  const ids = new Set(source.incidents.categories.map(({ id }) => id))
  return [
    {
      ...{ id: 'handelser', heading: profileText.sections.incidents, blocks },
      notes: source.indicators
        .filter(({ id }) => ids.has(id))
        .map((indicator) => `${indicator.name}: ${indicator.definition} ${sourceOf(indicator)}`),
    },
  ]
}

/** The plan's efforts as sentences, so that they are in every form of the report. */
const planSection = ({ groups, beyond, caveat, source }: PlanInArea): ReportSection => ({
  ...{ id: 'insatser', heading: planText.inArea.heading },
  blocks: [
    ...groups.map(({ sentence, efforts }): ReportBlock => ({
      ...{ kind: 'text', voice: 'figures', heading: null },
      paragraphs: [sentence, ...efforts.map(({ title, text }) => `${title}: ${text}.`)],
    })),
    { kind: 'text', voice: 'caveat', heading: null, paragraphs: [beyond, caveat] },
  ],
  notes: [source],
})

/** Says where the plan's section would be that it could not be read. */
const unreadPlanSection = (sentence: string): ReportSection => ({
  ...{ id: 'insatser', heading: planText.inArea.heading },
  blocks: [{ kind: 'text', voice: 'caveat', heading: null, paragraphs: [sentence] }],
  notes: [],
})

const hasPopulation = (sections: readonly ReportSection[]): boolean =>
  sections.some(({ blocks }) =>
    blocks.some((block) => block.kind === 'bars' && block.form === 'pyramid'),
  )

/** "omradesprofil-2480R041-alidhem-sodra-2026-11". */
function fileStemOf(place: Place, { choice }: ProfileQuestion, date: string): string {
  const [only, ...others] = place.areas
  const name = slug(place.name)
  const id = others.length > 0 ? 'grupp' : only!.endsWith(name) ? '' : plain(only!)
  const whose = others.length === 0 && id === '' ? plain(only!) : name
  return ['omradesprofil', id, whose, profileText.slugSex[choice.sex], date.slice(0, 7)]
    .filter((part) => part !== '')
    .join('-')
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[^a-zA-Z0-9_]+/g, '-')
    .replace(/^-+|-+$/g, '')

const slug = (text: string): string => plain(text).toLowerCase().slice(0, 60)
