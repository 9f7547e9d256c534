import { expect, test } from '@playwright/test'
import { getDocument, OPS, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { nodeReportTools } from '../../scripts/profile/node-report-tools.ts'
import { openPackage } from '../../scripts/profile/package-at.ts'
import { PdfPrinter } from '../../scripts/profile/pdf-printer.ts'
import { ProfileReports } from '../../src/app/profile-reports.ts'
import type { ProfileChoice } from '../../src/views/profile/profile-question.ts'
import type { Report, ReportFigure, ReportRow, ReportTable } from '../../src/views/report.ts'

/** An element of a tagged PDF: its role, its words for those who do not see it, and all text in it. */
interface Tagged {
  readonly role: string
  readonly alternative: string | null
  readonly text: string
  readonly children: readonly Tagged[]
}

interface Structure {
  readonly role?: string
  readonly alt?: string
  readonly id?: string
  readonly children?: readonly Structure[]
}

/** Lines are broken where there is room; what is said does not change by it. */
const flat = (text: string): string => text.replace(/\s+/g, '')

/** Text by the identifier of its marked content; what has none is of the page itself: headers and footers. */
async function readPage(pdf: PDFDocumentProxy, at: number) {
  const page = await pdf.getPage(at)
  const { items } = await page.getTextContent({ includeMarkedContent: true })
  const text = new Map<string, string>()
  let outside = ''
  const open: (string | null)[] = []
  for (const item of items)
    if ('str' in item) {
      const id = open.findLast((one) => one !== null)
      if (id === undefined || id === null) outside += item.str
      else text.set(id, (text.get(id) ?? '') + item.str)
    } else if (item.type === 'endMarkedContent') open.pop()
    else open.push(item.type === 'beginMarkedContentProps' ? item.id : null)
  const tagged = (node: Structure): Tagged => {
    const children = (node.children ?? []).map(tagged)
    const own = node.id === undefined ? '' : (text.get(node.id) ?? '')
    return {
      ...{ role: node.role ?? '', alternative: node.alt ?? null, children },
      text: flat(own + children.map((child) => child.text).join('')),
    }
  }
  return { outside: flat(outside), root: tagged((await page.getStructTree()) as Structure) }
}

const elements = (root: Tagged): Tagged[] => [
  root,
  ...root.children.flatMap((child) => elements(child)),
]

const withRole = (all: readonly Tagged[], role: string): Tagged[] =>
  all.filter((one) => one.role === role)

/** The cells of a row as the report has them; null where a drawing stands, whose words are asked for elsewhere. */
function cellsOf(row: ReportRow): (string | null)[] {
  const { figure, reference, women, men, trend } = row
  const beside = (one: ReportFigure | null): string =>
    one === null
      ? ''
      : one.kind === 'value'
        ? one.text + (one.interval ? `(${one.interval.text})` : '')
        : one.word + one.reason
  return [
    ...(figure.kind === 'value'
      ? [figure.text, figure.interval?.text ?? '']
      : [figure.word + figure.reason]),
    null,
    row.verdictText,
    beside(reference),
    trend?.word ?? '',
    beside(women),
    beside(men),
    row.periodText,
  ].map((words) => words && flat(words))
}

const CHOICES: Readonly<Record<string, Partial<ProfileChoice>>> = {
  'a RegSO': { areas: ['2480R041'] },
  'an area with much that is hidden, by focus problem': {
    areas: ['2480-norra-landsbygden'],
    grouping: 'focus',
  },
  'a group of areas': { areas: ['2480R001', '2480R002', '2480R003'] },
  'women alone, beside another area with a long name': {
    areas: ['2480R012'],
    comparison: { kind: 'area', area: '2480R037' },
    sex: 'K',
  },
}

const WORDS = ['Första stycket: så säger vi.', '=2+2 är ingen formel på papper']

let printer: PdfPrinter
let make: (choice: Partial<ProfileChoice>) => Promise<{ report: Report; pdf: Uint8Array }>

test.beforeAll(async () => {
  const opened = await openPackage('public/package')
  if ('findings' in opened) throw new Error('no package')
  const reports = new ProfileReports(opened.reader)
  const tools = await nodeReportTools()
  const colour = (token: string): string => tools.colour(token)
  const started = await PdfPrinter.start()
  if (!started) throw new Error('no browser')
  printer = started
  make = async (choice) => {
    const whole: ProfileChoice = {
      ...{ areas: [], groupName: null, comparison: { kind: 'whole' } },
      ...{ period: null, sex: 'T', grouping: 'class', ...choice },
    }
    const profile = await reports.make(whole, { date: '2026-11-23', words: WORDS, colour })
    return { report: profile!.report, pdf: await printer.print(profile!.report, colour) }
  }
})

test.afterAll(() => printer.close())

for (const [name, choice] of Object.entries(CHOICES))
  test(`a profile on paper says what the profile says, and is tagged: ${name}`, async () => {
    const { report, pdf: bytes } = await make(choice)
    const pdf = await getDocument({ data: bytes, fontExtraProperties: true, verbosity: 0 }).promise
    const pages = await Promise.all(
      Array.from({ length: pdf.numPages }, (_, at) => readPage(pdf, at + 1)),
    )
    const all = pages.flatMap(({ root }) => elements(root))
    const text = flat(pages.map(({ root }) => root.text).join(''))

    await test.step('every row of every table, cell by cell', () => {
      const rows = withRole(all, 'TR').map(({ children }) => children)
      for (const table of tablesOf(report))
        for (const row of table.rows) {
          const about = [row.place, row.unitText].filter((words) => words !== '').join(', ')
          const head = flat(row.name + about)
          const said = rows.filter(([first]) => first?.role === 'TH' && first.text.startsWith(head))
          const wanted = cellsOf(row)
          const matching = said.filter((cells) => {
            const own = cells.slice(1)
            return (
              own.length === wanted.length &&
              own.every((cell, at) => wanted[at] === null || cell.text === wanted[at])
            )
          })
          expect(
            matching.length,
            `${row.name}: ${JSON.stringify(wanted)} in ${JSON.stringify(said.map((cells) => cells.map((cell) => cell.text)))}`,
          ).toBeGreaterThan(0)
        }
    })

    await test.step('every figure of every chart, and every sentence', () => {
      const rows = withRole(all, 'TR').map((row) => row.text)
      for (const { blocks } of report.sections)
        for (const block of blocks)
          if (block.kind === 'bars' || block.kind === 'lines') {
            const categories =
              block.kind === 'bars' ? block.categories : block.periods.map((period) => period.text)
            for (const [at, category] of categories.entries())
              expect(rows).toContain(
                flat(
                  category +
                    block.series
                      .map(({ figures }) => figures[at]!)
                      .map((one) =>
                        one.kind === 'value'
                          ? one.text + (one.interval ? `(${one.interval.text})` : '')
                          : one.word + one.reason,
                      )
                      .join(''),
                ),
              )
          } else if (block.kind === 'text')
            for (const paragraph of block.paragraphs) expect(text).toContain(flat(paragraph))
      for (const words of [
        ...report.facts.map((fact) => fact.label + fact.text),
        ...report.key.map((fact) => fact.label + fact.text),
        ...report.limits,
        ...report.sources,
        ...report.definitions.map(({ definition }) => definition),
        report.synthetic!.sentence,
      ])
        expect(text).toContain(flat(words))
    })

    await test.step('every picture has words', () => {
      const pictures = withRole(all, 'Figure')
      expect(pictures.filter(({ alternative }) => !alternative)).toEqual([])
      const said = pictures.map(({ alternative }) => flat(alternative!))
      for (const { blocks } of report.sections)
        for (const block of blocks)
          if (block.kind === 'bars' || block.kind === 'lines' || block.kind === 'map')
            expect(said).toContain(flat(block.alternative))
    })

    await test.step('headings, and bookmarks of them', async () => {
      expect(withRole(all, 'H1').map((one) => one.text)).toEqual([flat(report.title)])
      const headings = withRole(all, 'H2').map((one) => one.text)
      expect(headings.slice(0, report.sections.length)).toEqual(
        report.sections.map(({ heading }) => flat(heading)),
      )
      const [outline, ...others] = await pdf.getOutline()
      expect(others).toEqual([])
      expect(flat(outline!.title)).toBe(flat(report.title))
      expect(outline!.items.map(({ title }) => flat(title))).toEqual(headings)
    })

    await test.step('the document, its pages and its fonts', async () => {
      expect((await pdf.getMarkInfo())?.Marked).toBe(true)
      expect((await pdf.getMetadata()).info).toMatchObject({
        Title: `${report.title}. ${report.imprint}`,
        Language: 'sv',
      })
      for (const [at, { outside, root }] of pages.entries()) {
        expect(outside).toContain(flat(report.imprint))
        expect(outside).toContain(flat(`sida ${at + 1} (${pages.length})`))
        expect(at === 0 ? root.text : outside).toContain(flat(report.synthetic!.label))
        expect(at === 0 ? root.text : outside).toContain(flat(report.title))
      }
      expect(await fontsOf(pdf)).toEqual([])
    })
  })

const tablesOf = ({ sections }: Report): ReportTable[] =>
  sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'table'))

/** The fonts that are not in the document itself, or not the design's. */
async function fontsOf(pdf: PDFDocumentProxy): Promise<string[]> {
  const wrong: string[] = []
  for (let at = 1; at <= pdf.numPages; at++) {
    const page = await pdf.getPage(at)
    const { fnArray, argsArray } = await page.getOperatorList()
    for (const [place, operator] of fnArray.entries()) {
      if (operator !== OPS.setFont) continue
      const [id] = argsArray[place] as [string]
      const font = page.commonObjs.get(id) as { name: string; missingFile?: boolean }
      if (font.missingFile || !/SourceSans3/.test(font.name)) wrong.push(`${at}: ${font.name}`)
    }
  }
  return wrong
}
