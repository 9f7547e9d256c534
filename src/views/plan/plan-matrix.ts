import { phaseOf, tellingsOf } from '../../core/plan-period.ts'
import {
  PREVENTION_LEVELS,
  type ActivityPlan,
  type Effort,
  type FocusProblemId,
  type Intervention,
  type OrdinaryWork,
} from '../../core/plan.ts'
import type { PlanMatrixBy } from '../../core/view-state.ts'
import { planText } from '../../text/plan.ts'

/**
 * What ordinary work is named where a cell stands.
 * problem: for the very problem; general: of the department, not divided by problem; none: none is named
 */
export type OrdinaryNaming = 'problem' | 'general' | 'none'

export interface PlanCell {
  readonly problem: FocusProblemId
  /** A prevention level or a department. */
  readonly column: string
  /** Those that someone tells of with both marks, in the plan's order. */
  readonly efforts: readonly Effort[]
  /** Of them, those whose time is over by the plan's words. */
  readonly over: number
  readonly ordinary: OrdinaryNaming
  /** Shown where there is no effort: "grunduppdrag", or that the plan has none. */
  readonly word: string
  /** All that the cell says, for those who do not see it. */
  readonly label: string
}

export interface PlanMatrixRow {
  readonly problem: FocusProblemId
  readonly name: string
  readonly cells: readonly PlanCell[]
  /** Distinct efforts of the row: one that stands in two cells counts once. */
  readonly efforts: number
}

export interface PlanMatrix {
  readonly by: PlanMatrixBy
  readonly columns: readonly { readonly id: string; readonly name: string }[]
  readonly rows: readonly PlanMatrixRow[]
  /** Efforts that the plan ties to no single problem, and so stand in no cell. */
  readonly beside: readonly Effort[]
  /** "3 av 28 rutor har ingen insats i planen: …" and what ordinary work there is. */
  readonly thin: readonly string[]
}

/**
 * Focus problems against prevention levels or departments. An effort is counted as presence, not as size; one effort
 * may stand in several cells.
 * @param efforts those that are shown
 * @param day ISO date
 */
export function planMatrix(
  plan: ActivityPlan,
  efforts: readonly Effort[],
  by: PlanMatrixBy,
  day: string,
): PlanMatrix {
  const columns =
    by === 'department'
      ? plan.departments
      : PREVENTION_LEVELS.map((id) => ({ id, name: planText.levels[id] }))
  const rows = plan.focusProblems.map(({ id: problem }): PlanMatrixRow => {
    const name = planText.problem(problem)
    const cells = columns.map(({ id: column, name: columnName }): PlanCell => {
      const own = efforts.filter((effort) => hasBoth(effort, problem, column, by))
      const over = own.filter((effort) => phaseOf(effort, day) === 'over').length
      const ordinary = ordinaryAt(plan.ordinaryWork, problem, by === 'department' ? column : null)
      const word = own.length > 0 ? '' : planText.matrix.without[ordinary]
      const titles = own.map(({ intervention }) => intervention.title)
      return {
        ...{ problem, column, efforts: own, over, ordinary, word },
        label: planText.matrix.cell(name, columnName, titles, ordinary, by),
      }
    })
    return {
      ...{ problem, name, cells },
      efforts: new Set(cells.flatMap((cell) => cell.efforts)).size,
    }
  })
  const cells = rows.flatMap((row) => row.cells.map((cell) => ({ row, cell })))
  const bare = cells.filter(
    // A level that says "not for children" is a column, and no level to miss.
    ({ cell }) => cell.efforts.length === 0 && cell.column !== 'inte-relevant',
  )
  const asked = cells.filter(({ cell }) => cell.column !== 'inte-relevant').length
  const names = by === 'level' ? bare.map(({ row, cell }) => thinName(row, cell)) : []
  return {
    ...{ by, columns, rows },
    beside: efforts.filter((effort) =>
      tellingsOf(effort).every(({ focusProblems }) => focusProblems.length === 0),
    ),
    thin: [...planText.matrix.thin(bare.length, asked, names, by), ...fewest(rows)],
  }
}

function fewest(rows: readonly PlanMatrixRow[]): readonly string[] {
  const least = Math.min(...rows.map((row) => row.efforts))
  const own = rows.filter((row) => row.efforts === least)
  if (own.length === rows.length) return []
  return [
    planText.matrix.fewest(
      own.map(({ name }) => name),
      least,
    ),
  ]
}

const thinName = ({ name }: PlanMatrixRow, { column }: PlanCell): string =>
  planText.matrix.thinCell(name, planText.levels[column as keyof typeof planText.levels])

const hasBoth = (
  effort: Effort,
  problem: FocusProblemId,
  column: string,
  by: PlanMatrixBy,
): boolean =>
  tellingsOf(effort).some(
    (one) => one.focusProblems.some(({ id }) => id === problem) && isIn(one, column, by),
  )

const isIn = ({ department, levels }: Intervention, column: string, by: PlanMatrixBy): boolean =>
  by === 'department' ? department === column : levels.some((level) => level === column)

/**
 * Ordinary work has no prevention level in the plan: against levels it is asked for the problem alone.
 * @param department null for all of them
 */
export function ordinaryAt(
  work: readonly OrdinaryWork[],
  problem: FocusProblemId,
  department: string | null,
): OrdinaryNaming {
  const own = work.filter((one) => department === null || one.department === department)
  if (own.some(({ focusProblem }) => focusProblem === problem)) return 'problem'
  return own.some(({ focusProblem }) => focusProblem === null) ? 'general' : 'none'
}

/** The ordinary work that is named where a cell stands: for the problem first, then what is not divided. */
export function ordinaryOf(
  { ordinaryWork }: ActivityPlan,
  { problem, column }: Pick<PlanCell, 'problem' | 'column'>,
  by: PlanMatrixBy,
): readonly OrdinaryWork[] {
  const own = ordinaryWork.filter(({ department }) => by === 'level' || department === column)
  const forProblem = own.filter(({ focusProblem }) => focusProblem === problem)
  if (forProblem.length > 0 || by === 'level') return forProblem
  return own.filter(({ focusProblem }) => focusProblem === null)
}
