import type * as SheetJs from '@e965/xlsx'
import type { CellObject, WorkSheet } from '@e965/xlsx'
import { zipSync } from 'fflate'
import { readNumberFormat, type NumberFormatKind } from './number-format.ts'
import { dateText, numberText, percentOf, percentText, type DateParts } from './typed-text.ts'
import {
  attributeOf,
  NO_REMARKS,
  SheetBuilder,
  unescapeXml,
  type Sheet,
  type SheetRemarks,
} from './workbook-sheet.ts'

type Parts = Record<string, Uint8Array>

/** Parts of a workbook that hold no cells. */
const WITHOUT_CELLS =
  /^(customXml|xl\/(media|drawings|charts|embeddings|externalLinks|printerSettings|pivotCache|pivotTables|ctrlProps|activeX|worksheets\/_rels|vbaProject))/

/** Whether a member of the workbook's zip has to be unpacked for its cells to be read. */
export const holdsCells = (name: string): boolean => !WITHOUT_CELLS.test(name)

/**
 * Reads the sheets of an xlsx or xlsm from its unpacked parts. The library reads the cells; what it passes over
 * (hidden rows, formulas without a value) is read from the parts themselves.
 * @throws when the workbook is damaged
 */
export async function readOfficeOpen(file: string, parts: Parts): Promise<readonly Sheet[]> {
  const spreadsheets = await import('@e965/xlsx')
  const { remarks, safeParts } = scanParts(parts)
  const workbook = spreadsheets.read(zipSync(safeParts, { level: 0 }), {
    ...{ type: 'array', dense: true, cellDates: true, cellNF: true },
    ...{ cellFormula: false, cellHTML: false, cellText: false },
  })
  const isFrom1904 = workbook.Workbook?.WBProps?.date1904 === true
  const showCell = cellsOf(spreadsheets, isFrom1904)
  return workbook.SheetNames.flatMap((name, index) => {
    const worksheet = workbook.Sheets[name]
    const isHidden = (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) > 0
    if (worksheet?.['!type'] && worksheet['!type'] !== 'sheet') return []
    return [
      {
        ...{ name, isHidden, isDamaged: !worksheet },
        grid: worksheet && !isHidden ? gridOf(file, name, worksheet, showCell) : null,
        remarks: remarks.get(name) ?? NO_REMARKS,
      },
    ]
  })
}

interface ShownCell {
  readonly text: string
  readonly number: number
}

function gridOf(
  file: string,
  sheet: string,
  worksheet: WorkSheet,
  showCell: (cell: CellObject) => ShownCell,
): Sheet['grid'] {
  const rows: readonly (readonly (CellObject | undefined)[])[] = worksheet['!data'] ?? []
  const builder = new SheetBuilder()
  // By the rows and cells that exist: a sheet may claim a million.
  for (const row of Object.keys(rows))
    for (const column of Object.keys(rows[Number(row)]!)) {
      const cell = rows[Number(row)]![Number(column)]
      if (!cell) continue
      const { text, number } = showCell(cell)
      builder.add(Number(row), Number(column), text, number)
    }
  return builder.build(
    ...([file, sheet] as const),
    (worksheet['!merges'] ?? [])
      .filter(({ s, e }) => s.r >= 0 && s.c >= 0 && e.r >= s.r && e.c >= s.c)
      .map(({ s, e }) => ({ firstRow: s.r, lastRow: e.r, firstColumn: s.c, lastColumn: e.c })),
  )
}

const DAY_MILLISECONDS = 86_400_000
const FIRST_DAY = Date.UTC(1899, 11, 30)
/** Days between the two calendars that workbooks count from. */
const DAYS_TO_1904 = 1462

/** The stored number of a moment; the calendar from 1900 has a day too many, 29 February 1900. */
function serialOf(moment: Date, isFrom1904: boolean): number {
  const days = (moment.getTime() - FIRST_DAY) / DAY_MILLISECONDS
  return isFrom1904 ? days - DAYS_TO_1904 : days < 61 ? days - 1 : days
}

/** How cells of one workbook are shown; each format is interpreted once. */
function cellsOf({ SSF }: typeof SheetJs, isFrom1904: boolean): (cell: CellObject) => ShownCell {
  const formats = new Map<string, (value: number) => NumberFormatKind>()
  const kindOf = (format: string, value: number): NumberFormatKind => {
    let kindFor = formats.get(format)
    if (!kindFor) formats.set(format, (kindFor = readNumberFormat(format)))
    return kindFor(value)
  }
  return ({ t: type, v: value, z }) => {
    const format = typeof z === 'string' ? z : 'General'
    if (value instanceof Date) {
      if (Number.isNaN(value.getTime())) return shownText('')
      const serial = serialOf(value, isFrom1904)
      const kind = kindOf(format, serial)
      if (kind === 'duration' || kind === 'mark')
        return shownText(SSF.format(format, serial).trim())
      return shownText(dateText(value, isDateKind(kind) ? kind : 'date-time'))
    }
    if (type === 'b') return shownText(value ? 'TRUE' : 'FALSE')
    if (type === 'e') return shownText(ERROR_TEXTS[Number(value)] ?? '#N/A')
    if (typeof value !== 'number') return shownText(String(value ?? ''))
    if (!Number.isFinite(value)) return shownText('#NUM!')
    switch (kindOf(format, value)) {
      case 'percent':
        return { text: percentText(value), number: percentOf(value) }
      case 'code':
        return { text: SSF.format(format, value), number: value }
      case 'mark':
        return shownText(SSF.format(format, value).trim())
      default:
        return { text: numberText(value), number: value }
    }
  }
}

const shownText = (text: string): ShownCell => ({ text, number: NaN })

const isDateKind = (kind: NumberFormatKind): kind is DateParts =>
  /^(date|month|year|date-time|time)$/.test(kind)

/** Error values by their number (MS-XLS § 2.5.10). */
const ERROR_TEXTS: Readonly<Record<number, string>> = {
  0x00: '#NULL!',
  0x07: '#DIV/0!',
  0x0f: '#VALUE!',
  0x17: '#REF!',
  0x1d: '#NAME?',
  0x24: '#NUM!',
  0x2a: '#N/A',
  0x2b: '#GETTING_DATA',
}

function scanParts(parts: Parts): {
  readonly remarks: ReadonlyMap<string, SheetRemarks>
  readonly safeParts: Parts
} {
  const remarks = new Map<string, SheetRemarks>()
  const safeParts = { ...parts }
  const targets = new Map<string, string>()
  for (const [tag] of textOf(parts, 'xl/_rels/workbook.xml.rels').matchAll(RELATION)) {
    const [id, target] = [attributeOf(tag, 'Id'), attributeOf(tag, 'Target')]
    if (id !== null && target !== null)
      targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`)
  }
  for (const [tag] of textOf(parts, 'xl/workbook.xml').matchAll(SHEET)) {
    const [name, id] = [attributeOf(tag, 'name'), RELATION_ID.exec(tag)?.[1]]
    const path = targets.get(id ?? '')
    if (name === null || path === undefined || !parts[path]) continue
    const xml = textOf(parts, path)
    remarks.set(unescapeXml(name), remarksOf(xml))
    // The library makes a cell of each that a link covers, and a link may cover the whole sheet.
    if (xml.includes('hyperlink'))
      safeParts[path] = new TextEncoder().encode(xml.replace(HYPERLINK, ''))
  }
  return { remarks, safeParts }
}

const RELATION = /<(?:\w+:)?Relationship\s[^<>]*>/g
const SHEET = /<(?:\w+:)?sheet\s[^<>]*>/g
const RELATION_ID = /\s[\w.-]+:id=["']([^"']*)["']/
const HYPERLINK = /<(?:\w+:)?hyperlink\s[^<>]*>/g
const HIDDEN_ROW = /<(?:\w+:)?row\s[^<>]*\shidden=["'](?:1|true)["']/g
const HIDDEN_COLUMNS = /<(?:\w+:)?col\s[^<>]*\shidden=["'](?:1|true)["'][^<>]*>/g
const UNVALUED_FORMULA =
  /<(?:\w+:)?f\b[^<>]*(?:\/>|>[^<]*<\/(?:\w+:)?f>)\s*(?:<(?:\w+:)?v>\s*<\/(?:\w+:)?v>\s*|<(?:\w+:)?v\s*\/>\s*)?<\/(?:\w+:)?c>/g

function remarksOf(xml: string): SheetRemarks {
  let [hiddenRows, hiddenColumns, unvaluedFormulas] = [0, 0, 0]
  let firstUnvalued: SheetRemarks['firstUnvalued'] = null
  for (const _ of xml.matchAll(HIDDEN_ROW)) hiddenRows++
  for (const [tag] of xml.matchAll(HIDDEN_COLUMNS)) {
    const [first, last] = [Number(attributeOf(tag, 'min')), Number(attributeOf(tag, 'max'))]
    if (first <= last) hiddenColumns += last - first + 1
  }
  for (const { index } of xml.matchAll(UNVALUED_FORMULA)) {
    unvaluedFormulas++
    if (firstUnvalued) continue
    const cell = xml.slice(xml.lastIndexOf('<', index - 1), index)
    const reference = /^([A-Z]{1,3})(\d{1,7})$/.exec(attributeOf(cell, 'r') ?? '')
    if (reference) firstUnvalued = { column: reference[1]!, row: Number(reference[2]) }
  }
  return { hiddenRows, hiddenColumns, unvaluedFormulas, firstUnvalued }
}

function textOf(parts: Parts, name: string): string {
  const part = parts[name]
  return part ? new TextDecoder().decode(part) : ''
}
