import { dsvFormat } from 'd3'
import type { Finding } from '../core/finding.ts'

export interface TableRow {
  /** 1-based, as a spreadsheet shows it. */
  readonly row: number
  /** As many as the header has columns, trimmed. */
  readonly cells: readonly string[]
}

export interface DelimitedTable {
  readonly header: readonly string[]
  readonly rows: readonly TableRow[]
  readonly delimiter: ';' | ',' | '\t'
}

export type TableReading =
  | { readonly ok: true; readonly table: DelimitedTable; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly finding: Finding }

const DELIMITERS = [';', '\t', ','] as const

/**
 * Reads a delimited table whose first row is the header. The delimiter is the one that the header has most of;
 * quoted fields may hold it, quotes and line breaks. Empty rows are passed over, rows with another number of
 * fields than the header are left out with a warning each.
 */
export function readDelimitedTable(text: string, file: string): TableReading {
  const firstLine = /^[^\r\n]*/.exec(text)![0]
  const delimiter = DELIMITERS.reduce((best, candidate) =>
    firstLine.split(candidate).length > firstLine.split(best).length ? candidate : best,
  )
  const records = dsvFormat(delimiter).parseRows(text)
  const header = (records[0] ?? []).map((name) => name.trim())
  const fail = (code: string, row: number | null, offending: string | null): TableReading => ({
    ok: false,
    finding: { severity: 'error', code, file, row, column: null, text: offending },
  })
  if (header.length === 0 || header.every((name) => name === ''))
    return fail('table-empty', 1, null)
  const repeated = header.find((name, index) => name !== '' && header.indexOf(name) < index)
  if (repeated !== undefined) return fail('table-repeated-column', 1, repeated)

  const rows: TableRow[] = []
  const findings: Finding[] = []
  for (let index = 1; index < records.length; index++) {
    const cells = records[index]!.map((cell) => cell.trim())
    if (cells.every((cell) => cell === '')) continue
    if (cells.length === header.length) rows.push({ row: index + 1, cells })
    else
      findings.push({
        severity: 'warning',
        code: 'table-columns',
        file,
        row: index + 1,
        column: null,
        text: null,
        parameters: { found: cells.length, expected: header.length },
      })
  }
  if (rows.length === 0) return fail('table-empty', 2, null)
  return { ok: true, table: { header, rows, delimiter }, findings }
}
