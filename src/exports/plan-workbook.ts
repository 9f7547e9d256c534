import writeExcelFile, { type CellObject, type Row } from 'write-excel-file/universal'
import type { ActivityPlan } from '../core/plan.ts'
import { planSheetText } from '../text/plan-sheet.ts'
import { planSheets, type PlanSheetCell } from '../views/plan/plan-sheets.ts'
import { workbookText } from './workbook-text.ts'

const FONT = { fontFamily: 'Calibri', fontSize: 11 }
const HEAD_GROUND = '#E7EBED'
const [NARROWEST, WIDEST] = [10, 60]

/**
 * A plan as a workbook that people fill in and `readPlanSheets` reads: its sheets, and one that explains them. No cell
 * holds a formula: text that looks like one is preceded by an apostrophe, which the reader takes off again.
 * @returns the bytes of an .xlsx file
 */
export async function planWorkbook(plan: ActivityPlan): Promise<Uint8Array<ArrayBuffer>> {
  const sheets = planSheets(plan).map(({ name, heads, rows }) => ({
    data: [
      heads.map((head) => cell(head, { fontWeight: 'bold', backgroundColor: HEAD_GROUND })),
      ...rows.map((row): Row => row.map((value) => cell(value))),
    ],
    sheet: name,
    columns: heads.map((head, at) => ({ width: widthOf([head, ...rows.map((row) => row[at]!)]) })),
    stickyRowsCount: 1,
  }))
  const { title, publisher } = plan.source
  const help = planSheetText.help(`${publisher}, ${title}`).map((line): Row => [cell(line)])
  const blob = await writeExcelFile(
    [
      ...sheets,
      { data: help, sheet: planSheetText.explained, columns: [{ width: 110 }], stickyRowsCount: 0 },
    ],
    FONT,
  ).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

function cell(value: PlanSheetCell, more: Partial<CellObject> = {}): CellObject | null {
  if (value === null || value === '') return null
  if (typeof value === 'number') return { value, type: Number, ...more } as CellObject
  const shown = { wrap: value.includes('\n'), alignVertical: 'top' }
  return { value: workbookText(value), type: String, ...shown, ...more } as CellObject
}

function widthOf(values: readonly PlanSheetCell[]): number {
  const longest = Math.max(
    ...values.flatMap((value) => String(value ?? '').split('\n')).map(({ length }) => length),
  )
  return Math.min(WIDEST, Math.max(NARROWEST, longest + 2))
}
