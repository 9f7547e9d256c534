import type { ActivityPlan } from '../../core/plan.ts'
import type { ViewState } from '../../core/view-state.ts'
import { needText } from '../../text/need-effort.ts'
import { planText } from '../../text/plan.ts'
import { countPresent, type NeedCell, type NeedEffort } from '../plan/need-effort.ts'
import { departmentName } from '../plan/plan-table.ts'
import { reportDefinition } from '../report-definition.ts'
import { countFigure } from '../report-figure.ts'
import type { ReportList, ReportListGroup } from '../report.ts'
import type { SlideContent } from './slide-content.ts'

/** More rows than this cannot be read from the back row; the others are counted. */
const MOST_EFFORTS = 8

/**
 * Need against effort on a slide: where a figure is certain and no placed effort is under way, or, where a cell is
 * chosen, its figures and its efforts. Efforts are named, never summed.
 */
export function needSlide(view: NeedEffort, plan: ActivityPlan, state: ViewState): SlideContent {
  const text = needText.slide
  const row = view.rows.find(({ area }) => area === state.planCell[1])
  const cell = row?.cells.find(({ problem }) => problem === state.planCell[0]) ?? null
  const signs = (cell ? [cell] : view.rows.flatMap(({ cells }) => cells)).flatMap(
    (one) => one.signs,
  )
  const shown = new Map(signs.map((sign) => [sign.indicator.id, sign]))
  const definitions = [...shown.values()].map(({ indicator, row: own }) =>
    reportDefinition(indicator, own?.periodText ?? ''),
  )
  const list: ReportList = {
    ...{ kind: 'list', id: 'behov', indicator: '', nameHead: text.nameHead, periodText: '' },
    ...(cell && row ? cellList(plan, cell, row.name) : { ...unmetList(view), unitText: text.unit }),
  }
  return {
    ...{ format: 1, view: 'plan', isCrossed: false, definitions },
    synthetic: definitions.some(({ synthetic }) => synthetic) && view.synthetic,
    claim:
      cell && row
        ? text.claimOfCell(
            needText.problem(cell.problem),
            row.name,
            { ...cell, name: row.name },
            countPresent(cell.efforts).placed,
          )
        : text.claim(new Set(view.unmetCells.map(({ area }) => area)).size),
    blocks: [
      list,
      {
        ...{ kind: 'text', voice: 'caveat', heading: null },
        paragraphs: [needText.presence, needText.cause],
      },
    ],
    foot: [
      text.foot(view.level.singular, plan.source.title),
      planText.quoted(plan.source.title, plan.source.publisher),
    ].join('. '),
    notes: [
      ...(cell
        ? []
        : view.unmet.map(({ heading, areas, beside }) => `${heading}: ${areas} ${beside}`)),
      needText.direction,
      needText.hiddenNote,
      needText.chance(view.comparisons),
    ],
  }
}

/** How many areas of each problem; which they are stands in the notes, for more names than that cannot be read. */
function unmetList(view: NeedEffort): Pick<ReportList, 'caption' | 'groups'> {
  const { caption, head } = needText.slide
  const rows = view.columns.map(({ problem, name }) => ({
    name,
    figure: countFigure(view.unmetCells.filter((cell) => cell.problem === problem).length),
  }))
  return { caption, groups: [{ heading: head, mark: null, rows }] }
}

function cellList(
  plan: ActivityPlan,
  { problem, signs, efforts, ordinary }: NeedCell,
  area: string,
): Pick<ReportList, 'caption' | 'groups' | 'unitText' | 'nameHead'> {
  const { slide, opened, standing } = needText
  const alone = (heading: string): ReportListGroup => ({ heading, mark: null, rows: [] })
  const named = efforts.slice(0, MOST_EFFORTS)
  return {
    ...{ caption: slide.cellCaption(needText.problem(problem), area), unitText: '' },
    nameHead: opened.indicator,
    groups: [
      {
        ...{ heading: opened.need, mark: null },
        rows: signs.flatMap(({ indicator, standing: own, row }) =>
          row
            ? [
                {
                  name: `${indicator.name} (${standing[own]})`,
                  ...{ figure: row.figure, unitText: row.unitText },
                },
              ]
            : [],
        ),
      },
      ...named.map(({ effort: { intervention }, where, time }) =>
        alone(
          [
            `${intervention.title} (${departmentName(plan, intervention.department)})`,
            opened.groups[where].toLocaleLowerCase('sv'),
            ...(time === 'now' ? [] : [opened.ended[time]]),
          ].join(', '),
        ),
      ),
      ...(efforts.length > named.length ? [alone(slide.more(efforts.length - named.length))] : []),
      ...(efforts.length === 0 ? [alone(opened.noPlaced)] : []),
      ...(ordinary === 'none' ? [] : [alone(slide.ordinary[ordinary])]),
    ],
  }
}
