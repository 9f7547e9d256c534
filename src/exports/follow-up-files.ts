import writeExcelFile, { type CellObject, type Feature, type Row } from 'write-excel-file/universal'
import {
  getOrderOfSiblings,
  insertElementMarkupAccordingToOrderOfSiblings,
  sanitizeTextContent,
} from 'write-excel-file/utility'
import type { PeriodCode } from '../core/period.ts'
import { FOLLOW_UP_READINGS, FOLLOW_UP_STATUSES, type ActivityPlan } from '../core/plan.ts'
import { FOLLOW_UP_COLUMNS, followUpText, type FollowUpColumn } from '../text/follow-up.ts'
import { planText } from '../text/plan.ts'
import { followUpRows, type FollowUpRow } from '../views/plan/follow-up-rows.ts'
import { swedishCsv } from './swedish-csv.ts'
import { workbookText } from './workbook-text.ts'

/* A half-year's follow-ups for the departments to fill in, and to be read again by files/plan/follow-up-sheet.ts. */

const heads = FOLLOW_UP_COLUMNS.map((column) => followUpText.heads[column])

/** As text for Swedish spreadsheets. */
export const followUpCsv = (plan: ActivityPlan, halfYear: PeriodCode): string =>
  swedishCsv([
    heads,
    ...followUpRows(plan, halfYear).map((row) => FOLLOW_UP_COLUMNS.map((column) => row[column])),
  ])

/** Characters. */
const WIDTHS: Readonly<Record<FollowUpColumn, number>> = {
  ...{ department: 26, number: 5, title: 44, id: 26, halfYear: 10, status: 22, reading: 22 },
  ...{ measure: 44, value: 10, unit: 14, comment: 60, date: 12 },
}
/** What is there to be filled in; the other columns say what the row is about. */
const FILLED: ReadonlySet<FollowUpColumn> = new Set([
  ...(['status', 'reading', 'measure', 'value', 'unit', 'comment', 'date'] as const),
])
const HEAD_GROUND = '#E7EBED'
const QUIET = '#5B666E'

/**
 * As a workbook: status and reading are chosen from lists, and a second sheet says how it is filled in.
 * @returns the bytes of an .xlsx file
 */
export async function followUpWorkbook(
  plan: ActivityPlan,
  halfYear: PeriodCode,
): Promise<Uint8Array<ArrayBuffer>> {
  const rows = followUpRows(plan, halfYear)
  const { title, publisher } = plan.source
  const blob = await writeExcelFile(
    [
      {
        data: [heads.map(headCell), ...rows.map(rowCells)],
        sheet: followUpText.sheet,
        columns: FOLLOW_UP_COLUMNS.map((column) => ({ width: WIDTHS[column] })),
        stickyRowsCount: 1,
        orientation: 'landscape' as const,
      },
      {
        data: followUpText.about(halfYear, title, publisher).map((cells, at): Row =>
          cells.map((value, place) =>
            textCell(value, {
              wrap: place > 0 || cells.length === 1,
              alignVertical: 'top',
              ...(at === 0 ? { fontWeight: 'bold', fontSize: 14 } : {}),
              ...(place === 0 && cells.length > 1 ? { fontWeight: 'bold' } : {}),
            }),
          ),
        ),
        sheet: followUpText.aboutSheet,
        columns: [{ width: 24 }, { width: 90 }],
      },
    ],
    { fontFamily: 'Calibri', fontSize: 11, features: [choicesFrom(rows.length)] },
  ).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

const textCell = (value: string, more: Partial<CellObject> = {}): CellObject =>
  ({ value: workbookText(value), type: String, ...more }) as CellObject

const headCell = (value: string): CellObject =>
  textCell(value, { fontWeight: 'bold', backgroundColor: HEAD_GROUND })

const rowCells = (row: FollowUpRow): Row =>
  FOLLOW_UP_COLUMNS.map((column) => {
    const value = row[column]
    const look = {
      alignVertical: 'top' as const,
      ...(FILLED.has(column) ? { wrap: true } : { textColor: QUIET }),
    }
    if (value === null || value === '') return null
    return typeof value === 'number' ? { value, type: Number, ...look } : textCell(value, look)
  })

/** Rows below the last that the lists reach to, for measures that are added. */
const SPARE_ROWS = 200

/** Lists to choose status and reading from (ECMA-376 part 1, § 18.3.1.32). */
function choicesFrom(rowCount: number): Feature<Blob> {
  const choices: readonly (readonly [FollowUpColumn, readonly string[]])[] = [
    ['status', FOLLOW_UP_STATUSES.map((status) => planText.statuses[status])],
    [
      'reading',
      [...FOLLOW_UP_READINGS.map((reading) => planText.readings[reading]), followUpText.notJudged],
    ],
  ]
  const markup = choices
    .map(([column, words]) => {
      const letter = String.fromCharCode(65 + FOLLOW_UP_COLUMNS.indexOf(column))
      const range = `${letter}2:${letter}${rowCount + 1 + SPARE_ROWS}`
      const list = sanitizeTextContent(`"${words.join(',')}"`)
      return `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${range}"><formula1>${list}</formula1></dataValidation>`
    })
    .join('')
  const element = `<dataValidations count="${choices.length}">${markup}</dataValidations>`
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (content, _options, { sheetIndex }) =>
            sheetIndex > 0
              ? content
              : insertElementMarkupAccordingToOrderOfSiblings(
                  content,
                  element,
                  getOrderOfSiblings('xl/worksheets/sheet{id}.xml', 'worksheet')!,
                  'worksheet',
                ),
        },
      },
    },
  }
}
