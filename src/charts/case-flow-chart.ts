import { FLOW_STAGES, type FlowStage } from '../core/case-flow.ts'
import type { FlowView } from '../views/plan/case-flow.ts'

/** One period's count of a stage, or the mark that there is none. */
export interface FlowBar {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly kind: 'value' | 'hidden' | 'missing'
  /** The count, where there is room for it above the bar. */
  readonly text: string
  readonly title: string
  readonly isDerived: boolean
}

export interface FlowChartRow {
  readonly stage: FlowStage
  readonly name: string
  /** Where the name stands. */
  readonly nameY: number
  readonly base: number
  readonly bars: readonly FlowBar[]
}

export interface FlowChart {
  readonly height: number
  readonly left: number
  readonly right: number
  /** One below the other, on one scale. */
  readonly rows: readonly FlowChartRow[]
  readonly ticks: readonly { readonly x: number; readonly text: string }[]
}

const BAR_MOST = 34
const GAP = 2
const TEXT_ROOM = 20
const NAME_HEIGHT = 13
const ROW_GAP = 16
const FOOT = 22
/** Narrower steps than this have no room for a count of two digits. */
const STEP_FOR_TEXT = 16
const LABEL_ROOM = 52
const MARK = 9

/**
 * A flow's stages over time, one row of columns each, on one scale so that the rows can be compared.
 * @param size in pixels; `rowHeight` is the longest column's
 */
export function caseFlowChart(
  { rows, flow }: Pick<FlowView, 'rows' | 'flow'>,
  size: { readonly width: number; readonly rowHeight: number },
): FlowChart {
  const left = 2
  const right = size.width - 2
  const step = (right - left) / Math.max(1, rows.length)
  const width = Math.max(1, Math.min(BAR_MOST, step - GAP))
  const hasText = step >= STEP_FOR_TEXT
  const most =
    Math.max(
      0,
      ...rows.flatMap(({ cells }) =>
        FLOW_STAGES.map((stage) => {
          const { figure } = cells[stage]
          return figure.kind === 'value' ? figure.value : 0
        }),
      ),
    ) || 1
  let top = 0
  const placed = FLOW_STAGES.map((stage): FlowChartRow => {
    const heights = rows.map(({ cells }) => {
      const { figure } = cells[stage]
      return figure.kind === 'value' ? (figure.value / most) * size.rowHeight : MARK
    })
    const nameY = top + NAME_HEIGHT
    const base = Math.round(nameY + TEXT_ROOM + Math.max(...heights))
    top = base + ROW_GAP
    return {
      ...{ stage, name: flow.stages[stage].name, nameY, base },
      bars: rows.map(({ text: period, cells }, at): FlowBar => {
        const { figure, isDerived } = cells[stage]
        const told = figure.kind === 'value' ? figure.text : figure.word
        const height = heights[at]!
        return {
          x: left + at * step + (step - width) / 2,
          ...{ y: base - height, width, height, kind: figure.kind, isDerived },
          text: figure.kind === 'value' && hasText ? figure.text + (isDerived ? '*' : '') : '',
          title: `${flow.stages[stage].name}, ${period}: ${told}`,
        }
      }),
    }
  })
  const every = Math.max(1, Math.ceil(LABEL_ROOM / step))
  return {
    ...{ height: top - ROW_GAP + FOOT, left, right, rows: placed },
    ticks: rows.flatMap(({ short }, at) =>
      at % every === 0 ? [{ x: left + (at + 0.5) * step, text: short }] : [],
    ),
  }
}
