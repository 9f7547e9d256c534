import { effortsOf, type ActivityPlan } from '../../core/plan.ts'
import type { ViewState } from '../../core/view-state.ts'
import { slideText } from '../../text/briefing.ts'
import { planText } from '../../text/plan.ts'
import { filterEfforts, planFilter } from '../plan/plan-filter.ts'
import { planMatrix } from '../plan/plan-matrix.ts'
import { departmentName } from '../plan/plan-table.ts'
import { countFigure } from '../report-figure.ts'
import type { ReportList, ReportListGroup } from '../report.ts'
import type { SlideContent } from './slide-content.ts'

/** More names than this cannot be read from the back row; the others are counted. */
const MOST_EFFORTS = 14

/**
 * The plan's efforts on a slide: how many meet each focus problem, or, where a cell is chosen, which. Counted as
 * presence, never as size. @param day ISO date
 */
export function planSlide(plan: ActivityPlan, state: ViewState, day: string): SlideContent {
  const text = slideText.plan
  const filter = planFilter({ ...state, planSearch: null }, plan)
  const { efforts, isFiltered, ...shown } = filterEfforts(plan, effortsOf(plan), filter)
  const matrix = planMatrix(plan, efforts, state.planMatrix, day)
  const row = matrix.rows.find(({ problem }) => problem === state.planCell[0])
  const cell = row?.cells.find(({ column }) => column === state.planCell[1]) ?? null
  const column = matrix.columns.find(({ id }) => id === cell?.column)?.name ?? ''
  const where = row && cell ? `${row.name}, ${column.toLocaleLowerCase('sv')}` : ''
  const named = cell?.efforts.slice(0, MOST_EFFORTS) ?? []
  const alone = (heading: string): ReportListGroup => ({ heading, mark: null, rows: [] })
  const groups: ReportListGroup[] = cell
    ? [
        ...named.map(({ intervention: { title, department } }) =>
          alone(`${title} (${departmentName(plan, department)})`),
        ),
        ...(cell.efforts.length > named.length
          ? [alone(text.more(cell.efforts.length - named.length))]
          : []),
        ...(cell.efforts.length === 0 ? [alone(cell.word)] : []),
      ]
    : [
        {
          ...{ heading: text.head, mark: null },
          rows: matrix.rows.map(({ name, efforts: count }) => ({
            name,
            figure: countFigure(count),
          })),
        },
      ]
  const { source } = plan
  const list: ReportList = {
    ...{ kind: 'list', id: 'insatser', indicator: '', caption: text.caption(where) },
    ...{ nameHead: text.nameHead, unitText: text.unit, groups },
    periodText: `${source.years.from}–${source.years.to}`,
  }
  return {
    ...{ format: 1, view: 'plan', isCrossed: false, synthetic: false, definitions: [] },
    claim: cell ? text.claimOfCell(cell.efforts.length, where) : text.claim(shown.text),
    blocks: [
      list,
      {
        ...{ kind: 'text', voice: 'caveat', heading: null },
        paragraphs: [planText.presence, planText.about(source.title)],
      },
    ],
    foot: planText.quoted(source.title, source.publisher),
    notes: [...(cell ? [] : matrix.thin), ...(isFiltered ? [shown.text] : [])],
  }
}
