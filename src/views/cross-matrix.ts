import type { AreaLevel, LevelId } from '../core/area.ts'
import type { CrossPlan } from '../core/cross-plan.ts'
import type { CrossAnswer } from '../core/cross-together.ts'
import type { CrossValues, CrossValuesPair, NotCrossed } from '../core/cross-values.ts'
import type { Indicator, IndicatorClass } from '../core/indicator.ts'
import type { CrossCell, CrossUndefined, TestedCell } from '../core/stats/crossing.ts'
import { crossText, rhoText } from '../text/cross.ts'
import { sv } from '../text/sv.ts'
import type { ColourToken } from './colour.ts'

/** From here on a relation that survives is drawn in the stronger of its two colours. */
export const STRONG_RHO = 0.6

/** The interval of a cell, as shares of the way from −1 to 1. */
export interface CrossBar {
  readonly from: number
  readonly to: number
  readonly rho: number
  /** Where nothing varies together. */
  readonly zero: number
}

export interface CrossCellView {
  readonly event: Indicator
  readonly factor: Indicator
  /** As places in the plan: what the pair is asked for by. */
  readonly eventPlace: number
  readonly factorPlace: number
  /** Waiting: it is being computed. */
  readonly kind: 'tested' | 'without-value' | 'waiting'
  /** "0,59", "−0,17"; a dash where there is no value, nothing while it is waited for. */
  readonly text: string
  readonly rho: number | null
  readonly survives: boolean
  /** The ground of a cell that survives; null for the others. */
  readonly token: ColourToken | null
  readonly bar: CrossBar | null
  /** Areas that show both, that hide one or both, and that lack one or both; 0 where nobody looked. */
  readonly n: number
  readonly hidden: number
  readonly missing: number
  /** All of it in words, for those who listen, and for those who point. */
  readonly label: string
}

export interface CrossLine {
  readonly factor: Indicator
  /** One for each event, in the order of the heads. */
  readonly cells: readonly CrossCellView[]
}

export interface CrossMatrixView {
  /** Heads of the columns. */
  readonly events: readonly Indicator[]
  /** Lines by class: root causes, then protective factors. */
  readonly groups: readonly {
    readonly class: IndicatorClass
    readonly heading: string
    readonly lines: readonly CrossLine[]
  }[]
  readonly legend: readonly { readonly tokens: readonly ColourToken[]; readonly text: string }[]
  /** What the numbers are; null while they are waited for. */
  readonly caption: string | null
  /** What else must be known to read them. */
  readonly notes: readonly string[]
}

export const CROSS_LEGEND: CrossMatrixView['legend'] = [
  { tokens: ['div-low-2', 'div-low-1'], text: crossText.legend.opposite },
  { tokens: ['div-high-1', 'div-high-2'], text: crossText.legend.together },
  { tokens: [], text: crossText.legend.uncertain },
]

/** The ground of a relation that survives: its sign, in two steps of strength. */
export function strengthToken(rho: number): ColourToken {
  const strong = Math.abs(rho) >= STRONG_RHO
  if (rho < 0) return strong ? 'div-low-2' : 'div-low-1'
  return strong ? 'div-high-2' : 'div-high-1'
}

/**
 * The matrix as it is drawn: events beside one another, factors below one another by class, each group in the order
 * in which structure shows. Indicators that are crossed with nothing are left out; the notes tell how many pairs.
 * @param answer null while it is waited for: everything stands where it was planned, without numbers
 */
export function crossMatrixView(
  plan: CrossPlan,
  values: CrossValues,
  answer: CrossAnswer | null,
  levels: readonly AreaLevel[],
): CrossMatrixView {
  const nameOfLevel = (level: LevelId) => levels.find(({ id }) => id === level)?.singular ?? level
  const cellAt = (event: number, factor: number): CrossCellView =>
    cellView(plan, event, factor, values.pairs[event]![factor]!, answer, nameOfLevel)
  const isCrossed = ({ kind }: CrossValuesPair) => kind === 'planned'
  const events = (answer?.eventOrder ?? [...plan.events.keys()]).filter((event) =>
    values.pairs[event]!.some(isCrossed),
  )
  const factors = (answer?.factorOrder ?? [...plan.factors.keys()]).filter((factor) =>
    values.pairs.some((row) => isCrossed(row[factor]!)),
  )
  const classes = [...new Set(factors.map((factor) => plan.factors[factor]!.class))]
  return {
    events: events.map((event) => plan.events[event]!),
    groups: classes.map((own) => ({
      class: own,
      heading: sv.classes[own],
      lines: factors
        .filter((factor) => plan.factors[factor]!.class === own)
        .map((factor) => ({
          factor: plan.factors[factor]!,
          cells: events.map((event) => cellAt(event, factor)),
        })),
    })),
    legend: CROSS_LEGEND,
    caption: answer && captionOf(answer),
    notes: notesOf(plan, values, answer, nameOfLevel),
  }
}

function cellView(
  plan: CrossPlan,
  eventPlace: number,
  factorPlace: number,
  pair: CrossValuesPair,
  answer: CrossAnswer | null,
  nameOfLevel: (level: LevelId) => string,
): CrossCellView {
  const [event, factor] = [plan.events[eventPlace]!, plan.factors[factorPlace]!]
  const counts = pair.kind === 'planned' ? pair : pair.counts
  const { n, hidden, missing } = counts ?? { n: 0, hidden: 0, missing: 0 }
  const common = { event, factor, eventPlace, factorPlace, n, hidden, missing }
  const plain = { ...common, rho: null, survives: false, token: null, bar: null } as const
  const withCounts = (sentence: string) =>
    [sentence, crossText.cell.counts(hidden, missing)].filter((part) => part !== '').join(' ')
  const without = (reason: NotCrossed | CrossUndefined): CrossCellView => ({
    ...plain,
    ...{ kind: 'without-value', text: crossText.cell.none },
    label: withCounts(crossText.cell.notCrossed(event.name, factor.name, reason)),
  })
  if (pair.kind === 'not-crossed') return without(pair.reason)
  const cell = answer?.cells[eventPlace]?.[factorPlace]
  if (!answer || !cell)
    return {
      ...{ ...plain, kind: 'waiting', text: '' },
      label: crossText.cell.notYet(event.name, factor.name),
    }
  if (cell.kind === 'untested') return without(cell.reason)
  const where = crossText.where(nameOfLevel(pair.level), pair.event.period, pair.factor.period)
  const { rho, interval, mark } = cell
  const survives = mark === 'survives'
  return {
    ...common,
    ...{ kind: 'tested', text: rhoText(rho), rho, survives, bar: barOf(cell) },
    token: survives ? strengthToken(rho) : null,
    label: withCounts(
      crossText.cell.tested(
        ...([{ event, factor, rho }, interval, cell.n, where, mark, answer.familySize] as const),
      ),
    ),
  }
}

const shareOfScale = (rho: number): number => (rho + 1) / 2

function barOf({ rho, interval }: TestedCell): CrossBar | null {
  return (
    interval && {
      from: shareOfScale(interval.lower),
      to: shareOfScale(interval.upper),
      rho: shareOfScale(rho),
      zero: 0.5,
    }
  )
}

const isTested = (cell: CrossCell | null): cell is TestedCell => cell?.kind === 'tested'

function captionOf({ cells, familySize, survivors }: CrossAnswer): string {
  const numbers = cells
    .flat()
    .filter(isTested)
    .map(({ n }) => n)
  return crossText.caption(Math.min(...numbers), Math.max(...numbers), familySize, survivors)
}

function notesOf(
  plan: CrossPlan,
  { pairs }: CrossValues,
  answer: CrossAnswer | null,
  nameOfLevel: (level: LevelId) => string,
): string[] {
  const notes: string[] = []
  const planned = pairs.flat().flatMap((pair) => (pair.kind === 'planned' ? [pair] : []))
  for (const [level, count] of counted(planned.map((pair) => pair.level)))
    if (level !== plan.choice.level) notes.push(crossText.otherLevel(count, nameOfLevel(level)))
  const mixed = planned.filter(
    ({ event, factor }) => plan.choice.lag === null && event.period !== factor.period,
  )
  if (mixed.length > 0) notes.push(crossText.otherPeriods(mixed.length))
  const isRaw = ({ measure }: Indicator) => measure === 'count' || measure === 'survey'
  if (plan.choice.smoothing === 'smoothed' && [...plan.events, ...plan.factors].some(isRaw))
    notes.push(crossText.notSmoothed)
  const reasons = pairs.flatMap((row, event) =>
    row.flatMap((pair, factor) => {
      if (pair.kind === 'not-crossed') return pair.reason
      const cell = answer?.cells[event]?.[factor]
      return cell?.kind === 'untested' ? cell.reason : []
    }),
  )
  for (const [reason, count] of counted(reasons))
    notes.push(crossText.notCrossedCount(count, reason))
  return notes
}

/** How many there are of each, most first. */
function counted<Item>(items: readonly Item[]): (readonly [Item, number])[] {
  const counts = new Map<Item, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)
}
