import {
  areasAtLevel,
  lineage,
  wholeArea,
  type Area,
  type AreaId,
  type AreaRegister,
  type LevelId,
} from '../../core/area.ts'
import type { DisclosedTable } from '../../core/disclosure/gate.ts'
import type { Indicator, IndicatorId } from '../../core/indicator.ts'
import { phaseOf, tellingsOf } from '../../core/plan-period.ts'
import {
  effortsOf,
  type ActivityPlan,
  type Effort,
  type FocusProblemId,
  type OrdinaryWork,
} from '../../core/plan.ts'
import type { FiveStepVerdict } from '../../core/stats/comparison.ts'
import type { ViewState } from '../../core/view-state.ts'
import { areaName, compareSwedish } from '../../text/format.ts'
import { needText } from '../../text/need-effort.ts'
import { profileRows, type ProfileRow } from '../profile/profile-rows.ts'
import {
  fileOf,
  profileTables,
  type ProfileChoice,
  type ProfileSource,
} from '../profile/profile-question.ts'
import type { ReportRow } from '../report.ts'
import { statusOf } from './plan-filter.ts'
import { ordinaryAt, ordinaryOf, type OrdinaryNaming } from './plan-matrix.ts'
import { placeOfEffort } from './plan-places.ts'

/**
 * What an area's figure says of need, against the rest of the municipality.
 * certain, likely: it points to greater need, at 99.8 % or only at 95 %; unsure: it may be chance
 * lesser: it points the other way; undecided: nobody has said which way is worse, or it is a count
 * around: it is known only for a larger area
 */
export const NEED_STANDINGS = [
  'certain',
  'likely',
  'unsure',
  'lesser',
  'hidden',
  'missing',
  'around',
  'undecided',
] as const
export type NeedStanding = (typeof NEED_STANDINGS)[number]

/** Those that the share of a cell is made of; a hidden or missing figure is never one of them. */
const COMPARED: ReadonlySet<NeedStanding> = new Set(['certain', 'likely', 'unsure', 'lesser'])

export interface NeedSign {
  readonly indicator: Indicator
  readonly standing: NeedStanding
  /** "troligen högre än resten av kommunen", or why it does not count. */
  readonly word: string
  /** As in the area's profile; null where the profile has none. */
  readonly row: ReportRow | null
}

/** here: names the area or a part of it; around: names an area that it lies in; whole: for all of the municipality */
export type EffortWhere = 'here' | 'around' | 'whole'
export type EffortTime = 'now' | 'ahead' | 'over'

export interface PresentEffort {
  readonly effort: Effort
  readonly where: EffortWhere
  readonly time: EffortTime
}

export interface NeedCell {
  readonly problem: FocusProblemId
  readonly area: AreaId
  /** Certain first, those that do not count last. */
  readonly signs: readonly NeedSign[]
  readonly certain: number
  /** How many figures were compared: what `certain` is a part of. */
  readonly compared: number
  /** In the plan's order. */
  readonly efforts: readonly PresentEffort[]
  readonly ordinary: OrdinaryNaming
  /** "2 av 5", or why there is nothing to count. */
  readonly text: string
  /** All that the cell says, for those who do not see it. */
  readonly label: string
}

export interface NeedColumn {
  readonly problem: FocusProblemId
  readonly name: string
  readonly indicators: readonly Indicator[]
  /** Against the problem, but in no cell: no place is told, or none that can be. */
  readonly withoutPlace: readonly Effort[]
  readonly ordinaryWork: readonly OrdinaryWork[]
}

export interface NeedRow {
  readonly area: AreaId
  readonly name: string
  readonly cells: readonly NeedCell[]
}

/** In words: which areas, and what else meets the problem there. */
export interface NeedUnmet {
  readonly heading: string
  readonly areas: string
  readonly beside: string
}

export interface NeedEffort {
  readonly level: { readonly id: LevelId; readonly singular: string; readonly plural: string }
  readonly columns: readonly NeedColumn[]
  /** By name: no order of need. */
  readonly rows: readonly NeedRow[]
  /** Each problem with areas where a figure is certain and no placed effort is under way. */
  readonly unmet: readonly NeedUnmet[]
  /** The other way about: a placed effort, and no figure that points to greater need. */
  readonly converse: readonly string[]
  /** Areas and problems that `unmet` tells of. */
  readonly unmetCells: readonly NeedCell[]
  /** Comparisons made for the whole matrix, each figure of an area once. */
  readonly comparisons: number
  /** Efforts tied to no single focus problem. */
  readonly beside: readonly Effort[]
  readonly synthetic: boolean
}

export interface NeedQuestion {
  readonly source: ProfileSource
  readonly plan: ActivityPlan
  readonly level: LevelId
  readonly indicators: readonly Indicator[]
  /** By crossTableKey: those of `needTables`. */
  readonly tables: ReadonlyMap<string, DisclosedTable>
  /** ISO date. */
  readonly day: string
}

/** Indicators that name a focus problem of the plan, in the register's order. */
export const needIndicators = (
  { indicators }: Pick<ProfileSource, 'indicators'>,
  plan: ActivityPlan,
): readonly Indicator[] =>
  indicators.filter(
    ({ focusProblems, ages }) =>
      !ages && plan.focusProblems.some(({ id }) => focusProblems.includes(id)),
  )

/** The levels below the whole where an indicator of need has figures, the coarsest first. */
export function needLevels(
  source: Pick<ProfileSource, 'register' | 'indicators' | 'observations'>,
  plan: ActivityPlan,
): NeedEffort['level'][] {
  const wanted = needIndicators(source, plan)
  const whole = wholeArea(source.register)
  return source.register.levels
    .filter(({ id }) => id !== whole?.level && wanted.some((one) => fileOf(source, one.id, id)))
    .toSorted((a, b) => a.rank - b.rank)
}

/** What an address asks for; what the package does not have is as if it were not asked for. */
export function needChoice(
  source: Pick<ProfileSource, 'register' | 'indicators' | 'observations'>,
  plan: ActivityPlan,
  { needLevel, needIndicators: asked }: Pick<ViewState, 'needLevel' | 'needIndicators'>,
): { readonly level: LevelId | null; readonly indicators: readonly Indicator[] } {
  const levels = needLevels(source, plan)
  const all = needIndicators(source, plan)
  const chosen = all.filter(({ id }) => asked.includes(id))
  return {
    level: (levels.find(({ id }) => id === needLevel) ?? levels[0])?.id ?? null,
    indicators: chosen.length > 0 ? chosen : all,
  }
}

const choiceOf = (area: AreaId): ProfileChoice => ({
  ...{ areas: [area], groupName: null, comparison: { kind: 'whole' } },
  ...{ period: null, sex: 'T', grouping: 'class' },
})

/** What must be read, each table once. */
export function needTables(
  source: ProfileSource,
  level: LevelId,
  indicators: readonly Indicator[],
): readonly { readonly indicator: IndicatorId; readonly level: LevelId }[] {
  const asked = { ...source, indicators }
  const wanted = areasAtLevel(source.register, level).flatMap(({ id }) =>
    profileTables(asked, choiceOf(id)),
  )
  return [...new Map(wanted.map((one) => [`${one.indicator} ${one.level}`, one])).values()]
}

/**
 * Areas against focus problems: what the figures say of need, compared as in the area's profile (its newest figure
 * against the rest of the municipality), and which of the plan's efforts are there. An effort is counted as presence,
 * never as size; one for all of the municipality is everywhere.
 */
export function needEffort(question: NeedQuestion): NeedEffort {
  const { source, plan, level, indicators, tables, day } = question
  const { register } = source
  const areas = areasAtLevel(register, level).toSorted((a, b) =>
    compareSwedish(areaName(a.name), areaName(b.name)),
  )
  const asked = { ...source, indicators }
  const signs = new Map(
    areas.map(({ id, name }) => {
      const place = { level, areas: [id], name: areaName(name) }
      const { rows } = profileRows(
        { source: asked, choice: choiceOf(id), tables, incidents: null },
        place,
        { kind: 'whole' },
      )
      return [id, indicators.map((indicator) => signOf(indicator, rows))] as const
    }),
  )
  const efforts = effortsOf(plan)
  const whole = wholeArea(register)
  const columns = plan.focusProblems.map(
    ({
      id: problem,
    }): NeedColumn & {
      readonly placed: readonly Placed[]
    } => {
      const own = efforts.filter((effort) => isAgainst(effort, problem))
      const placed = own.map((effort) => ({
        ...{ effort, time: timeOf(plan, effort, day) },
        at: presence(effort, areas, register, whole),
      }))
      return {
        ...{ problem, name: needText.problem(problem), placed },
        indicators: indicators.filter(({ focusProblems }) => focusProblems.includes(problem)),
        withoutPlace: placed.filter(({ at }) => at.size === 0).map(({ effort }) => effort),
        ordinaryWork: ordinaryOf(plan, { problem, column: '' }, 'level'),
      }
    },
  )
  const rows = areas.map(({ id: area, name }): NeedRow => ({
    ...{ area, name: areaName(name) },
    cells: columns.map(({ problem, name: problemName, placed }): NeedCell => {
      const own = signs
        .get(area)!
        .filter(({ indicator }) => indicator.focusProblems.includes(problem))
        .toSorted((a, b) => NEED_STANDINGS.indexOf(a.standing) - NEED_STANDINGS.indexOf(b.standing))
      const count = (standing: NeedStanding): number =>
        own.filter((sign) => sign.standing === standing).length
      const facts = {
        certain: count('certain'),
        compared: own.filter(({ standing }) => COMPARED.has(standing)).length,
        ...{ hidden: count('hidden'), missing: count('missing'), around: count('around') },
      }
      const present = placed.flatMap(({ effort, time, at }): PresentEffort[] => {
        const where = at.get(area)
        return where ? [{ effort, where, time }] : []
      })
      const ordinary = ordinaryAt(plan.ordinaryWork, problem, null)
      return {
        ...{ problem, area, signs: own, efforts: present, ordinary },
        ...{ certain: facts.certain, compared: facts.compared },
        text: needText.cell.short(facts),
        label: needText.cell.label(
          areaName(name),
          problemName,
          facts,
          countPresent(present),
          ordinary,
        ),
      }
    }),
  }))
  const cells = rows.flatMap((row) => row.cells)
  const unmetCells = cells.filter((cell) => cell.certain > 0 && !hasPlacedNow(cell))
  const converseCells = cells.filter(
    (cell) =>
      cell.compared > 0 &&
      hasPlacedNow(cell) &&
      cell.signs.every(({ standing }) => standing !== 'certain' && standing !== 'likely'),
  )
  const nameOf = (area: AreaId): string => rows.find((row) => row.area === area)!.name
  const told = (some: readonly NeedCell[], problem: FocusProblemId) =>
    some
      .filter((cell) => cell.problem === problem)
      .map((cell) => ({ ...cell, name: nameOf(cell.area) }))
  return {
    level: register.levels.find(({ id }) => id === level)!,
    columns,
    rows,
    unmetCells,
    unmet: columns.flatMap(({ problem, name, withoutPlace }) => {
      const own = told(unmetCells, problem)
      if (own.length === 0) return []
      const now = countPresent(own[0]!.efforts)
      const { unmet } = needText
      return [
        {
          heading: unmet.problem(name, own.length),
          areas: unmet.areas(own),
          beside: unmet.beside(now.whole, withoutPlace.length, own[0]!.ordinary),
        },
      ]
    }),
    converse: columns.flatMap(({ problem, name }) => {
      const own = told(converseCells, problem)
      return own.length === 0 ? [] : [needText.converse.sentence(name, own)]
    }),
    comparisons: [...signs.values()].flat().filter(({ standing }) => COMPARED.has(standing)).length,
    beside: efforts.filter((effort) =>
      plan.focusProblems.every(({ id }) => !isAgainst(effort, id)),
    ),
    synthetic: source.release.synthetic && indicators.some(({ synthetic }) => synthetic),
  }
}

interface Placed {
  readonly effort: Effort
  readonly time: EffortTime
  /** By area; none where no place is told, or none that can be. */
  readonly at: ReadonlyMap<AreaId, EffortWhere>
}

const isAgainst = (effort: Effort, problem: FocusProblemId): boolean =>
  tellingsOf(effort).some(({ focusProblems }) => focusProblems.some(({ id }) => id === problem))

/** Where an effort counts among areas of one level. */
function presence(
  effort: Effort,
  areas: readonly Area[],
  register: AreaRegister,
  whole: Area | null,
): ReadonlyMap<AreaId, EffortWhere> {
  const place = placeOfEffort(effort)
  const everywhere = (): Map<AreaId, EffortWhere> => new Map(areas.map(({ id }) => [id, 'whole']))
  if (place.kind === 'whole') return everywhere()
  if (place.kind !== 'areas') return new Map()
  const named = new Set(place.areas)
  const containing = new Set(place.areas.flatMap((id) => lineage(register, id)))
  const found = areas.flatMap(({ id }): (readonly [AreaId, EffortWhere])[] => {
    if (containing.has(id)) return [[id, 'here']]
    const around = lineage(register, id).some((one) => named.has(one) && one !== whole?.id)
    return around ? [[id, 'around']] : []
  })
  const rest = whole && named.has(whole.id) ? everywhere() : new Map<AreaId, EffortWhere>()
  return new Map([...rest, ...found])
}

function timeOf(plan: ActivityPlan, effort: Effort, day: string): EffortTime {
  if (statusOf(plan, effort) === 'avslutad') return 'over'
  const phase = phaseOf(effort, day)
  return phase === 'within' ? 'now' : phase
}

/** How many of a cell's efforts are under way by where they are, and how many are not. */
export function countPresent(efforts: readonly PresentEffort[]): {
  readonly placed: number
  readonly whole: number
  readonly ahead: number
  readonly over: number
} {
  const now = efforts.filter(({ time }) => time === 'now')
  const whole = now.filter(({ where }) => where === 'whole').length
  return {
    ...{ placed: now.length - whole, whole },
    ahead: efforts.filter(({ time }) => time === 'ahead').length,
    over: efforts.filter(({ time }) => time === 'over').length,
  }
}

const hasPlacedNow = ({ efforts }: NeedCell): boolean => countPresent(efforts).placed > 0

/** What a verdict of the profile says of need, by which way is worse. */
function signOf(indicator: Indicator, rows: readonly ProfileRow[]): NeedSign {
  const found = rows.find((row) => row.indicator.id === indicator.id)
  const standing = standingOf(indicator, found)
  const row = found?.row ?? null
  const word =
    row && COMPARED.has(standing)
      ? needText.compared(row.verdictText)
      : row && standing === 'around'
        ? needText.around(row.place)
        : row && row.figure.kind !== 'value'
          ? row.figure.reason
          : needText.notCounted[standing === 'undecided' ? 'undecided' : 'missing']
  return { indicator, standing, word, row }
}

function standingOf({ polarity }: Indicator, found: ProfileRow | undefined): NeedStanding {
  if (!found) return 'missing'
  const { row, verdict, isOwn } = found
  if (!isOwn) return 'around'
  if (row.figure.kind !== 'value') return row.figure.kind
  if (polarity === 'neutral') return 'undecided'
  if (verdict === null) return 'missing'
  return STANDING[verdict][polarity]
}

const STANDING: Readonly<
  Record<FiveStepVerdict, Record<'lower-better' | 'higher-better', NeedStanding>>
> = {
  'much-higher': { 'lower-better': 'certain', 'higher-better': 'lesser' },
  higher: { 'lower-better': 'likely', 'higher-better': 'lesser' },
  uncertain: { 'lower-better': 'unsure', 'higher-better': 'unsure' },
  lower: { 'lower-better': 'lesser', 'higher-better': 'likely' },
  'much-lower': { 'lower-better': 'lesser', 'higher-better': 'certain' },
}
