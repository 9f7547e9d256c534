import type { Finding } from '../../core/finding.ts'
import { openArchive, unpackMember } from './archive.ts'
import { stopped, type FileFormat, type FormatReading } from './dropped-file.ts'
import type { Grid } from './grid.ts'
import { holdsCells, readOfficeOpen } from './office-open.ts'
import { readOpenDocument } from './open-document.ts'
import { TooManyCells, type Sheet } from './workbook-sheet.ts'

/**
 * Reads the visible sheets of an xlsx, xlsm or ods: one grid for each that holds anything, its rows and columns
 * counted as the spreadsheet counts them. A cell is what its format says it is: a code with its leading zeros, a
 * percentage in per cent, a date as "2024-03-01" or "2024-03"; a number is the stored one, not the rounded one that
 * is shown. Formulas are not evaluated: their stored value is read. What cannot be read is a finding; never throws.
 */
export async function readWorkbook(
  file: string,
  bytes: Uint8Array,
  format: 'xlsx' | 'ods',
): Promise<FormatReading> {
  const opened = openArchive(file, bytes)
  if (!opened.ok) return stoppedBy(opened.finding, format)
  const parts: Record<string, Uint8Array> = {}
  for (const entry of opened.entries) {
    const isNeeded =
      format === 'ods' ? OPEN_DOCUMENT_PARTS.test(entry.name) : holdsCells(entry.name)
    if (!isNeeded || entry.name.endsWith('/')) continue
    const unpacked = unpackMember(file, bytes, entry)
    if (!unpacked.ok) return stoppedBy(unpacked.finding, format)
    parts[entry.name] = unpacked.bytes
  }
  try {
    if (format === 'xlsx') return readingOf(file, format, await readOfficeOpen(file, parts))
    const text = (name: string): string => new TextDecoder().decode(parts[name])
    if (text('META-INF/manifest.xml').includes('encryption-data'))
      return stopped(format, file, 'format-password')
    if (!parts['content.xml']) return stopped(format, file, 'format-workbook-damaged')
    return readingOf(file, format, readOpenDocument(file, text('content.xml')))
  } catch (error) {
    const isTooLarge = error instanceof TooManyCells
    return stopped(
      format,
      file,
      isTooLarge ? 'format-workbook-too-large' : 'format-workbook-damaged',
    )
  }
}

const OPEN_DOCUMENT_PARTS = /^(content\.xml|META-INF\/manifest\.xml)$/

function stoppedBy(finding: Finding, format: FileFormat): FormatReading {
  const nothing = { encoding: null, delimiter: null, grids: [], boundaries: [] }
  return { ...nothing, format, findings: [finding] }
}

function readingOf(file: string, format: FileFormat, sheets: readonly Sheet[]): FormatReading {
  const visible = sheets.filter(({ isHidden }) => !isHidden)
  const hidden = sheets.length - visible.length
  const grids = visible.flatMap(({ grid }): readonly Grid[] => (grid ? [grid] : []))
  const findings = visible.flatMap((sheet) => findingsOf(file, sheet))
  if (hidden > 0) findings.push(found(file, 'note', 'format-hidden-sheets', { count: hidden }))
  if (grids.length === 0 && !findings.some(({ severity }) => severity === 'error'))
    findings.push(found(file, 'error', 'format-workbook-empty', {}))
  return {
    ...{ format, encoding: null, delimiter: null, boundaries: [], findings },
    grids: grids.length === 1 ? [{ ...grids[0]!, sheet: null }] : grids,
  }
}

function findingsOf(file: string, { name: sheet, isDamaged, grid, remarks }: Sheet): Finding[] {
  if (isDamaged) return [found(file, 'error', 'format-sheet-damaged', { sheet })]
  if (!grid) return []
  const {
    hiddenRows: rows,
    hiddenColumns: columns,
    unvaluedFormulas: count,
    firstUnvalued,
  } = remarks
  return [
    ...(rows + columns > 0
      ? [found(file, 'note', 'format-sheet-hidden-rows', { sheet, rows, columns })]
      : []),
    ...(count > 0
      ? [
          {
            ...found(file, 'warning', 'format-formula-without-value', { sheet, count }),
            ...{ row: firstUnvalued?.row ?? null, column: firstUnvalued?.column ?? null },
          },
        ]
      : []),
  ]
}

function found(
  file: string,
  severity: Finding['severity'],
  code: string,
  parameters: Readonly<Record<string, string | number>>,
): Finding {
  return { severity, code, file, row: null, column: null, text: null, parameters }
}
