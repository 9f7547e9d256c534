import { dsvFormat } from 'd3'
import type { Finding } from '../../core/finding.ts'
import { decodeText } from './decode-text.ts'
import type { FormatReading } from './dropped-file.ts'
import { GridColumnBuilder, type Grid } from './grid.ts'

const USUAL = [';', '\t', ',', '|']
/** Tried where no usual delimiter parts the rows. */
const UNUSUAL = ['~', '^', '¦', '§', '#', ':']
/** Records looked at to find the delimiter. */
const SAMPLE_RECORDS = 200
const SAMPLE_CHARACTERS = 200_000
/** A first line that tells Excel the delimiter. */
const SEPARATOR_LINE = /^sep=(.)\r?\n/i

/** Says how far the reading has come, 0 … 1. */
export type OnShare = (share: number) => void

/**
 * Reads a text table with any delimiter and any of the encodings of `decodeText`. The delimiter is the one that parts
 * most rows into equally many fields. Quoted fields may hold it, quotes and line breaks (RFC 4180); a quote that is
 * never closed would swallow the rest of the file, so then quotes are read as letters.
 */
export function readDelimited(file: string, bytes: Uint8Array, onShare?: OnShare): FormatReading {
  const { text, encoding, damaged } = decodeText(bytes)
  const findings: Finding[] = []
  const report = (
    severity: Finding['severity'],
    code: string,
    parameters: Readonly<Record<string, string | number>>,
    row: number | null = null,
  ): void => {
    findings.push({ severity, code, file, row, column: null, text: null, parameters })
  }
  if (damaged > 0) report('warning', 'reading-damaged-letters', { count: damaged })
  const told = SEPARATOR_LINE.exec(text)?.[1]
  const sample = text.slice(0, SAMPLE_CHARACTERS)
  const delimiter = told ?? findDelimiter(sample)
  const openQuote = hasOpenQuote(text)
  if (openQuote) report('warning', 'reading-open-quote', {})
  const grid = gridOf(text, file, delimiter, !openQuote, onShare)
  if (grid.rowCount === 0 || grid.columns.every(({ texts }) => texts.every(isBlank)))
    report('error', 'reading-empty', {})
  return { format: 'csv', encoding, delimiter, grids: [grid], boundaries: [], findings }
}

const isBlank = (text: string): boolean => text.trim() === ''

/** Null when the lines are not parted by anything. */
function findDelimiter(sample: string): string | null {
  const usual = best(USUAL, sample, 0)
  if (usual !== null) return usual
  // Any sign may part the rows, but then it must part nearly all of them alike.
  return best(UNUSUAL, sample, 0.8)
}

function best(candidates: readonly string[], sample: string, leastShare: number): string | null {
  let [chosen, highest] = [null as string | null, 0]
  const present = candidates.filter((candidate) => sample.includes(candidate))
  const fitting = present.filter((candidate) => fitsQuotes(candidate, sample))
  for (const candidate of fitting.length > 0 ? fitting : present) {
    const widths: number[] = []
    dsvFormat(candidate).parseRows(sample, (fields) => {
      if (widths.length < SAMPLE_RECORDS && fields.some((field) => !isBlank(field)))
        widths.push(fields.length)
      return null
    })
    const counts = new Map<number, number>()
    for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1)
    for (const [width, count] of counts) {
      const score = count * Math.log2(width)
      if (width > 1 && count >= widths.length * leastShare && score > highest)
        [chosen, highest] = [candidate, score]
    }
  }
  return chosen
}

/** Whether every quoted field begins and ends at the delimiter or a line break: at another sign, it is not this one. */
function fitsQuotes(delimiter: string, sample: string): boolean {
  const edge = (sign: string | undefined): boolean =>
    sign === undefined || sign === '\n' || sign === '\r' || sign === delimiter
  for (const { 0: field, index } of sample.matchAll(/"(?:[^"]|"")*"/g))
    if (!edge(sample[index - 1]) || !edge(sample[index + field.length])) return false
  return true
}

function hasOpenQuote(text: string): boolean {
  let quotes = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes++
  return quotes % 2 === 1
}

const ROWS_PER_REPORT = 50_000

/** Rows that a text has when its lines are as long as the first ones are; a little more, to have room. */
function expectedRows(text: string): number {
  const sample = text.slice(0, SAMPLE_CHARACTERS)
  const lines = sample.split('\n').length
  return Math.ceil((text.length / Math.max(1, sample.length)) * lines * 1.1) + 16
}

function gridOf(
  text: string,
  file: string,
  delimiter: string | null,
  quoted: boolean,
  onShare: OnShare | undefined,
): Grid {
  const builders: GridColumnBuilder[] = []
  const expected = expectedRows(text)
  let widths = new Uint32Array(expected)
  let rowCount = 0
  let characters = 0
  const add = (fields: readonly string[]): void => {
    while (builders.length < fields.length) {
      const builder = new GridColumnBuilder(expected)
      for (let row = 0; row < rowCount; row++) builder.add('')
      builders.push(builder)
    }
    for (let column = 0; column < builders.length; column++)
      builders[column]!.add(fields[column] ?? '')
    if (rowCount === widths.length) {
      const longer = new Uint32Array(widths.length * 2)
      longer.set(widths)
      widths = longer
    }
    widths[rowCount++] = fields.length
    if (!onShare) return
    for (let field = 0; field < fields.length; field++) characters += fields[field]!.length + 1
    if (rowCount % ROWS_PER_REPORT === 0) onShare(Math.min(1, characters / text.length))
  }
  // Without quotes, rows and fields are where their signs are, which is much faster to find.
  if (!quoted || delimiter === null || !text.includes('"'))
    forEachLine(text, (line) => {
      add(delimiter === null ? [line] : line.split(delimiter))
    })
  else
    dsvFormat(delimiter).parseRows(text, (fields) => {
      add(fields)
      return null
    })
  // The line break that ends the last row begins no row.
  while (rowCount > 0 && widths[rowCount - 1] === 1 && isBlank(lastText(builders, rowCount)))
    rowCount--
  return {
    ...{ file, sheet: null, rowCount, merges: [], convention: null },
    columns: builders.map((builder) => builder.build(rowCount)),
    widths: widths.slice(0, rowCount),
  }
}

function forEachLine(text: string, take: (line: string) => void): void {
  // A carriage return alone ends a line too, in files of old.
  if (text.includes('\r') && !text.includes('\n')) {
    for (const line of text.split('\r')) take(line)
    return
  }
  for (let start = 0; start <= text.length;) {
    const at = text.indexOf('\n', start)
    const end = at < 0 ? text.length : at
    take(text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end))
    start = end + 1
  }
}

const lastText = (builders: readonly GridColumnBuilder[], rowCount: number): string =>
  builders[0]?.textAt(rowCount - 1) ?? ''
