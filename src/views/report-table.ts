import { slideText } from '../text/briefing.ts'
import type { ReportFigure, ReportRow, ReportTable } from './report.ts'

/** Whether a table has a column of strips: one of areas has none where nothing is compared. */
export const hasStrips = ({ ofAreas, rows }: ReportTable): boolean =>
  ofAreas === undefined || rows.some(({ spine }) => spine !== null)

/** What all areas of a table are compared with, which stands once; null where there is no such figure. */
export const commonReference = ({ ofAreas, heads, rows }: ReportTable): ReportFigure | null =>
  ofAreas === undefined || heads.reference === '' ? null : (rows[0]?.reference ?? null)

/** Areas that can be read from the back row of a slide of 1024 by 768, alone and with words below them. */
const MOST_AREAS = { alone: 14, withWords: 9 }

/** A table as it has room on one slide: its rows, and in sentences what is not among them. */
export function tableOnSlide(
  table: ReportTable,
  hasWords: boolean,
): { readonly rows: readonly ReportRow[]; readonly said: readonly string[] } {
  const { ofAreas, rows, elsewhere } = table
  const most = hasWords ? MOST_AREAS.withWords : MOST_AREAS.alone
  if (ofAreas === undefined || rows.length <= most) return { rows, said: elsewhere }
  return {
    rows: rows.slice(0, most),
    said: [cutInWords(rows, most, ofAreas.order), ...elsewhere],
  }
}

/** How many rows are shown, and what the others hide. */
export function cutInWords(
  rows: readonly ReportRow[],
  shown: number,
  order: NonNullable<ReportTable['ofAreas']>['order'],
): string {
  const rest = rows.slice(shown)
  const count = (kind: ReportFigure['kind']): number =>
    rest.filter(({ figure }) => figure.kind === kind).length
  const { cut, order: orders } = slideText.table
  return cut(shown, rows.length, orders[order], count('hidden'), count('missing'))
}
