import type { Cell } from '../core/cell.ts'
import type { Indicator } from '../core/indicator.ts'
import { formatInterval, formatNumber } from '../text/format.ts'
import { sv } from '../text/sv.ts'
import { cellWord, decimalsOf, valueText } from './choropleth.ts'
import type { ReportFigure, ReportWord } from './report.ts'

/** A cell as it may be shown anywhere. */
export function reportFigure(cell: Cell, indicator: Indicator): ReportFigure {
  if (cell.kind !== 'value')
    return {
      kind: cell.kind,
      word: cellWord(cell),
      reason:
        cell.kind === 'hidden' ? sv.cell.hiddenLong[cell.rule] : sv.cell.missingLong[cell.reason],
    }
  const decimals = decimalsOf(indicator)
  const { value, interval, caution } = cell
  return {
    ...{ kind: 'value', value, decimals, unit: unitTextOf(indicator) },
    text: valueText(value, indicator),
    interval: interval && {
      ...{ lower: interval.lower, upper: interval.upper },
      text: formatInterval(interval, decimals),
    },
    caution: caution ? sv.cell.caution[caution] : '',
  }
}

/** What stands after a figure: "%", "per 1 000", nothing after a count. */
const unitTextOf = ({ measure, unit }: Indicator): string => (measure === 'count' ? '' : unit)

/** A plain count, as a figure. */
export function countFigure(count: number): ReportFigure {
  return {
    ...{ kind: 'value', value: count, decimals: 0, unit: '', caution: '', interval: null },
    text: formatNumber(count, 0),
  }
}

/** A figure as text, the word for why there is none, or what is told in a word. */
export const figureText = (figure: ReportFigure | ReportWord): string =>
  figure.kind === 'value' ? figure.text : figure.word
