import type { AreaLevel } from '../core/area.ts'
import type { CrossPlan } from '../core/cross-plan.ts'
import type { CrossAnswer } from '../core/cross-together.ts'
import type { CrossValues } from '../core/cross-values.ts'
import type { Release } from '../core/release.ts'
import { crossText, notCrossed } from '../text/cross.ts'
import { sv } from '../text/sv.ts'
import { swedishCsv } from './swedish-csv.ts'

/** A matrix with all that a cell is read by. */
export interface CrossTable {
  readonly release: Pick<Release, 'id'>
  readonly plan: CrossPlan
  readonly values: CrossValues
  readonly answer: CrossAnswer
  readonly levels: readonly AreaLevel[]
}

/** Digits that tell of the figures; more would say nothing. */
const DIGITS = 6

const rounded = (value: number | null): number | null =>
  value === null ? null : Number(value.toPrecision(DIGITS))

/** The whole matrix, one line a pair, in the order of the screen; pairs without a number last in their factor, with why. */
export function crossCsv({ release, plan, values, answer, levels }: CrossTable): string {
  const { csv, lag } = crossText
  const lines = answer.factorOrder.flatMap((f) =>
    answer.eventOrder.map((e) => {
      const [event, factor] = [plan.events[e]!, plan.factors[f]!]
      const pair = values.pairs[e]![f]!
      const cell = answer.cells[e]?.[f] ?? null
      const counts = pair.kind === 'planned' ? pair : pair.counts
      const tested = cell?.kind === 'tested' ? cell : null
      const level = pair.kind === 'planned' ? pair.level : plan.choice.level
      const why =
        pair.kind === 'not-crossed'
          ? notCrossed[pair.reason]
          : cell?.kind === 'untested'
            ? notCrossed[cell.reason]
            : null
      return [
        event.name,
        factor.name,
        sv.classes[factor.class],
        levels.find(({ id }) => id === level)?.singular ?? level,
        pair.kind === 'planned' ? pair.event.period : null,
        pair.kind === 'planned' ? pair.factor.period : null,
        sv.sexes[plan.choice.sex],
        crossText.smoothing[plan.choice.smoothing],
        lag(plan.choice.lag),
        ...[counts?.n ?? null, counts?.hidden ?? null, counts?.missing ?? null],
        rounded(tested?.rho ?? null),
        rounded(tested?.interval?.lower ?? null),
        rounded(tested?.interval?.upper ?? null),
        rounded(tested?.p ?? null),
        rounded(tested?.adjusted ?? null),
        tested && csv.survives[tested.mark],
        why,
        event.synthetic || factor.synthetic ? sv.synthetic : null,
        release.id,
      ]
    }),
  )
  return swedishCsv([csv.heads, ...lines])
}

/** "korsa-regso-2025-utgava-2026-11-03.csv": what it shows, in plain letters. */
export function crossFileName(
  { release, plan: { choice } }: Pick<CrossTable, 'release' | 'plan'>,
  more: readonly string[],
  ending: 'csv' | 'png',
): string {
  const parts = ['korsa', ...more, choice.level, choice.period, 'utgava', release.id]
  return `${parts.join('-').replace(/[^a-zA-Z0-9_-]/g, '-')}.${ending}`
}
