import { reportText } from '../../text/report.ts'
import { figureText } from '../../views/report-figure.ts'
import type {
  ReportWord,
  Report,
  ReportDefinition,
  ReportFigure,
  ReportRow,
  ReportTable,
} from '../../views/report.ts'

/** As `figureText`, with the reason. */
export const figureInWords = (figure: ReportFigure | ReportWord): string =>
  figure.kind === 'hidden' || figure.kind === 'missing'
    ? `${figure.word} (${figure.reason})`
    : figureText(figure)

/** What a row's strip shows, for those who do not see it. */
export const rowInWords = (row: ReportRow, { heads, ofAreas }: ReportTable): string =>
  ofAreas
    ? reportText.alternative.area(row.name, figureInWords(row.figure), row.verdictText)
    : reportText.alternative.strip(
        row.name,
        row.place === '' ? heads.value : row.place,
        figureInWords(row.figure),
        `${heads.reference} ${figureInWords(row.reference)}`,
        row.verdictText,
      )

/** As many as can be listened to: the newest. */
const MOST_POINTS = 12

/** What a row's line over time shows, for those who do not see it; nothing where there is none. */
export function trendInWords({ name, trend }: ReportRow): string {
  if (!trend) return ''
  return reportText.alternative.development(
    name,
    trend.word,
    trend.points
      .slice(-MOST_POINTS)
      .map(({ periodText, figure }) => `${periodText}: ${figureText(figure)}`),
  )
}

/** The definition that a chart's figures have: its identifier has the indicator's in it, or it has its name. */
export const definitionOf = (
  { definitions }: Report,
  { id, title }: { readonly id: string; readonly title: string },
): ReportDefinition | undefined =>
  definitions.find(({ indicator }) => `-${id}-`.includes(`-${indicator}-`)) ??
  definitions.find(({ name }) => name === title)
