import { read, utils, type WorkBook } from '@e965/xlsx'
import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { reportCsv } from '../../src/exports/report/csv.ts'
import { zipOf } from '../../src/exports/report/files.ts'
import { recordsOf } from '../../src/exports/report/records.ts'
import { reportWorkbook } from '../../src/exports/report/workbook.ts'
import type { Report, ReportFigure, ReportRow } from '../../src/views/report.ts'
import { SAMPLE_REPORT } from '../support/sample-report.ts'

/** Rows of delimited text, by a parser of its own: quotes, doubled quotes, line ends within quotes. */
function parsed(csv: string, delimiter: string): string[][] {
  const rows: string[][] = [[]]
  let field = ''
  let isQuoted = false
  for (let at = 0; at < csv.length; at++) {
    const character = csv[at]!
    if (isQuoted) {
      if (character !== '"') field += character
      else if (csv[at + 1] === '"') {
        field += '"'
        at++
      } else isQuoted = false
    } else if (character === '"') isQuoted = true
    else if (character === delimiter) {
      rows.at(-1)!.push(field)
      field = ''
    } else if (character === '\n') {
      rows.at(-1)!.push(field.replace(/\r$/, ''))
      field = ''
      rows.push([])
    } else field += character
  }
  return rows.slice(0, -1)
}

const COLUMNS = { name: 2, period: 4, part: 5, value: 8, lower: 9, upper: 10, status: 12, why: 13 }

function expectFigure(fields: readonly string[], figure: ReportFigure, point: string): void {
  const numberOf = (text: string): number => (text === '' ? NaN : Number(text.replace(point, '.')))
  if (figure.kind === 'value') {
    expect(numberOf(fields[COLUMNS.value]!)).toBeCloseTo(figure.value, 6)
    expect(fields[COLUMNS.status]).toBe('visas')
    if (figure.interval) {
      expect(numberOf(fields[COLUMNS.lower]!)).toBeCloseTo(figure.interval.lower, 6)
      expect(numberOf(fields[COLUMNS.upper]!)).toBeCloseTo(figure.interval.upper, 6)
    }
  } else {
    const { value, lower, upper } = COLUMNS
    expect([fields[value], fields[lower], fields[upper]]).toEqual(['', '', ''])
    expect([fields[COLUMNS.status], fields[COLUMNS.why]]).toEqual([figure.word, figure.reason])
  }
}

describe('a report as CSV', () => {
  it.each(['swedish', 'machine'] as const)('has every figure once, %s', (form) => {
    const csv = reportCsv(SAMPLE_REPORT, form)
    const isSwedish = form === 'swedish'
    expect(csv.startsWith('\uFEFF')).toBe(isSwedish)
    const rows = parsed(isSwedish ? csv.slice(1) : csv, isSwedish ? ';' : ',')
    const head = rows.findIndex((row) => row[0] === 'Avsnitt')
    const lines = rows.slice(head + 1)
    const records = recordsOf(SAMPLE_REPORT)
    expect(lines).toHaveLength(records.length)
    records.forEach(({ figure }, at) => expectFigure(lines[at]!, figure, isSwedish ? ',' : '.'))
    const above = csv.slice(0, csv.indexOf('Avsnitt'))
    for (const text of [
      ...SAMPLE_REPORT.facts.map((fact) => fact.text),
      ...SAMPLE_REPORT.key.map((one) => one.text),
      ...[SAMPLE_REPORT.synthetic!.label, SAMPLE_REPORT.sources[0]!, SAMPLE_REPORT.limits[0]!],
    ])
      expect(above).toContain(text)
    if (!isSwedish) for (const line of above.trimEnd().split('\r\n')) expect(line).toMatch(/^# /)
  })

  it('keeps any text in its own field, and none a formula', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('=', '+', '@', ''),
        (text, sign) => {
          const name = `${sign}${text}`
          const [section] = withName(name).sections.filter(
            ({ blocks }) => blocks[0]?.kind === 'table',
          )
          const report = { ...SAMPLE_REPORT, sections: [section!] }
          for (const [form, delimiter] of [
            ['swedish', ';'],
            ['machine', ','],
          ] as const) {
            const rows = parsed(reportCsv(report, form), delimiter)
            const head = rows.findIndex((row) => row.at(0)?.endsWith('Avsnitt'))
            const found = rows[head + 1]![COLUMNS.name]!
            expect(found.replace(/^'/, '').replace(/\r\n?/g, '\n')).toBe(
              name.replace(/\r\n?/g, '\n').replace(/^'/, ''),
            )
            expect(found).not.toMatch(/^[=+\-@\t\r]/)
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})

function withName(name: string): Report {
  return {
    ...SAMPLE_REPORT,
    sections: SAMPLE_REPORT.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) =>
        block.kind === 'table'
          ? { ...block, rows: block.rows.map((row): ReportRow => ({ ...row, name })) }
          : block,
      ),
    })),
  }
}

describe('a report as a workbook', () => {
  const cellsOf = (book: WorkBook, sheet: string) =>
    utils.sheet_to_json<(string | number | null)[]>(book.Sheets[sheet]!, {
      ...{ header: 1, raw: true, defval: null, blankrows: true },
    })

  it('has every figure as a number, and for what is not shown its word and why', async () => {
    const book = read(await reportWorkbook(SAMPLE_REPORT))
    expect(book.SheetNames).toEqual([
      'Om',
      'I korthet',
      'Bakomliggande faktorer',
      'Händelser',
      'Utveckling',
      'Definitioner',
    ])
    const [, , heads, ...rows] = cellsOf(book, 'Bakomliggande faktorer')
    const at = (name: string): number => heads!.indexOf(name)
    const table = SAMPLE_REPORT.sections[1]!.blocks[0]!
    if (table.kind !== 'table') throw new Error('no table')
    table.rows.forEach((row, place) => {
      const cells = rows[place]!
      const shown = (figure: ReportFigure | null) =>
        figure === null ? null : figure.kind === 'value' ? figure.value : figure.word
      expect(String(cells[0]).replace(/^'/, '')).toBe(row.name)
      expect(cells[at('Ålidhem södra')]).toBe(shown(row.figure))
      expect(cells[at('Kommunen')]).toBe(shown(row.reference))
      expect(cells[at('Kvinnor')]).toBe(shown(row.women))
      expect(cells[at('Män')]).toBe(shown(row.men))
      expect(cells[at('Nedre gräns')]).toBe(
        row.figure.kind === 'value' ? row.figure.interval!.lower : null,
      )
      if (row.figure.kind !== 'value') expect(cells[at('Anmärkning')]).toBe(row.figure.reason)
    })
    const development = cellsOf(book, 'Utveckling').flat()
    for (const { figure, part, sex } of recordsOf(SAMPLE_REPORT))
      if (part === '' && sex === SAMPLE_REPORT.sexText && figure.kind === 'value')
        expect(development).toContain(figure.value)
    expect(cellsOf(book, 'I korthet').flat()).toContain(171)
    const about = cellsOf(book, 'Om').flat()
    expect(about).toContain("'=Fritidsgården öppnade igen i våras & besöken är fler.")
    for (const { text } of [...SAMPLE_REPORT.facts, ...SAMPLE_REPORT.key])
      expect(about).toContain(text)
    for (const name of book.SheetNames)
      expect(cellsOf(book, name).flat().join(' ')).toContain('Syntetiska demonstrationsdata')
  })

  it('keeps its heads in sight, shows numbers in the Swedish way, and holds no formula', async () => {
    const members = unzipSync(await reportWorkbook(SAMPLE_REPORT))
    const sheets = Object.keys(members).filter((name) => name.startsWith('xl/worksheets/sheet'))
    expect(sheets.length).toBe(6)
    const all = sheets.map((name) => strFromU8(members[name]!))
    for (const sheet of all) expect(sheet).not.toMatch(/<f[ >]/)
    expect(all.filter((sheet) => /<pane [^>]*ySplit="3"/.test(sheet))).toHaveLength(3)
    const styles = strFromU8(members['xl/styles.xml']!)
    expect(styles).toContain('#,##0.0')
    expect(styles).toMatch(/patternType="lightUp"/)
  })

  it('gives sheets names that spreadsheets take, each once', async () => {
    const heading = 'Avsaknad av positiva sammanhang och förebilder: allt/inget?'
    const [first, table] = SAMPLE_REPORT.sections
    const twice = { ...table!, heading }
    const book = read(
      await reportWorkbook({
        ...SAMPLE_REPORT,
        sections: [first!, twice, { ...twice, id: 'igen' }],
      }),
    )
    expect(new Set(book.SheetNames).size).toBe(book.SheetNames.length)
    for (const name of book.SheetNames) expect(name).toMatch(/^[^[\]:*?/\\]{1,31}$/)
  })
})

describe('files in one zip', () => {
  it('keeps two of one name', () => {
    const bytes = new TextEncoder().encode('a')
    const names = Object.keys(
      unzipSync(
        zipOf([
          { name: 'x/a.csv', bytes },
          { name: 'x/a.csv', bytes },
        ]),
      ),
    )
    expect(names).toEqual(['x/a.csv', 'x/a-2.csv'])
  })
})
