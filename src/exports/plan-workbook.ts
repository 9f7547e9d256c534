import writeExcelFile, { type CellObject, type Row } from 'write-excel-file/universal'
import type { ActivityPlan } from '../core/plan.ts'
import { planSheetText } from '../text/plan-sheet.ts'
import { planSheets, type PlanSheetCell } from '../views/plan/plan-sheets.ts'

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
  return { value: guarded(value), type: String, ...shown, ...more } as CellObject
}

/** Also where apostrophes stand before the sign already, so that one can be taken off again. */
const guarded = (text: string): string => escaped(/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text)

/**
 * "_x000A_" stands for a line break in a workbook, and "_x005F_" for its first sign (ECMA-376, ST_Xstring). So do signs
 * that XML cannot hold, and the first letter of words that the writer's table of texts takes for its own, as
 * "constructor".
 */
function escaped(text: string): string {
  const coded = (sign: string): string =>
    `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
  const plain = text
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, coded)
  return plain in Object.prototype ? coded(plain) + plain.slice(1) : plain
}

function widthOf(values: readonly PlanSheetCell[]): number {
  const longest = Math.max(
    ...values.flatMap((value) => String(value ?? '').split('\n')).map(({ length }) => length),
  )
  return Math.min(WIDEST, Math.max(NARROWEST, longest + 2))
}
