import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { strFromU8, unzipSync } from 'fflate'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { HeldFiles } from '../../../src/app/package-files.ts'
import { PackageReader, readBasePackage } from '../../../src/app/load.ts'
import { ProfileReports } from '../../../src/app/profile-reports.ts'
import { reportFiles, type ReportTools } from '../../../src/exports/report/files.ts'
import type { Report, ReportFigure } from '../../../src/views/report.ts'
import { assemblePackage } from '../../publish/assemble.ts'
import { nodeReportTools } from '../../profile/node-report-tools.ts'
import { readDemonstration } from '../../publish/demonstration.ts'
import { addTallies, fail, type Check, type Tally } from '../check.ts'

const run = promisify(execFile)

/** One with most of its figures shown, one with much hidden. */
const AREAS = ['2480R041', '2480R034'] as const
const MADE_ON = '2026-11-23'

export const officeFiles: Check = {
  name: 'office-files',
  claim:
    'LibreOffice opens the slides and the workbook of a profile, shows a page a slide, and every figure of its tables, with intervals and words in place of figures',
  unit: 'profiles',
  seed: 0,
  count: AREAS.length,
  batchSize: AREAS.length,
  async run({ first, count }) {
    if (!(await isInstalled())) return { 'skipped: LibreOffice is not installed': count }
    const tools = await nodeReportTools()
    const profiles = await demonstrationProfiles()
    let tally: Tally = {}
    for (const area of AREAS.slice(first, first + count)) {
      const report = await reportOf(profiles, area, tools)
      const folder = await mkdtemp(join(tmpdir(), 'lageskartan-office-'))
      try {
        tally = addTallies(tally, await checkSlides(report, folder, tools))
        tally = addTallies(tally, await checkWorkbook(report, folder, tools))
      } finally {
        await rm(folder, { recursive: true })
      }
    }
    return tally
  },
}

const isInstalled = (): Promise<boolean> =>
  run('soffice', ['--version']).then(
    () => true,
    () => false,
  )

async function demonstrationProfiles(): Promise<ProfileReports> {
  const reading = await readDemonstration()
  if (!reading.ok) return fail('the demonstration has faults')
  const files = assemblePackage(reading.source)
  const held = new HeldFiles((path) => {
    const text = files.get(path)
    return Promise.resolve(text === undefined ? null : new TextEncoder().encode(text))
  })
  return new ProfileReports(new PackageReader(await readBasePackage(held)))
}

async function reportOf(
  profiles: ProfileReports,
  area: string,
  tools: ReportTools,
): Promise<Report> {
  const profile = await profiles.make(
    {
      ...{ areas: [area], groupName: null, comparison: { kind: 'whole' } },
      ...{ period: null, sex: 'T', grouping: 'class' },
    },
    {
      ...{ date: MADE_ON, words: ['Egna ord & =1+1'] },
      colour: (token) => tools.colour(token),
    },
  )
  return profile?.report ?? fail(`${area} has no profile`)
}

/** Without spaces: where a line is broken is the program's own choice. */
const solid = (text: string): string => text.replace(/[\s\u00ad]/g, '')

interface Printed {
  readonly pages: number
  readonly text: string
}

/** A file as LibreOffice prints it. */
async function printed(bytes: Uint8Array, name: string, folder: string): Promise<Printed> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  const profile = `-env:UserInstallation=file://${join(folder, 'office')}`
  const options = ['--headless', profile, '--convert-to', 'pdf', '--outdir', folder, path]
  await run('soffice', options, { timeout: 120_000 })
  const data = new Uint8Array(await readFile(path.replace(/\.\w+$/, '.pdf')))
  const loading = getDocument({ data, verbosity: 0 })
  const pdf = await loading.promise
  const pages: string[] = []
  for (let page = 1; page <= pdf.numPages; page++) {
    const { items } = await (await pdf.getPage(page)).getTextContent()
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''))
  }
  await loading.destroy()
  return { pages: pages.length, text: solid(pages.join('')) }
}

const tablesOf = (report: Report) =>
  report.sections.flatMap(({ blocks }) => blocks.flatMap((b) => (b.kind === 'table' ? [b] : [])))

async function checkSlides(report: Report, folder: string, tools: ReportTools): Promise<Tally> {
  const [file] = await reportFiles(report, 'pptx', tools)
  if (!file) return fail('no slides')
  const slides = Object.keys(unzipSync(file.bytes)).filter((name) =>
    /^ppt\/slides\/slide\d+\.xml$/.test(name),
  ).length
  const { pages, text } = await printed(file.bytes, 'slides.pptx', folder)
  if (pages !== slides) fail(`${report.title}: ${slides} slides on ${pages} pages`)
  const wanted = tablesOf(report).flatMap(({ rows }) =>
    rows.flatMap((row) => [
      row.name,
      row.verdictText,
      row.figure.kind === 'value' ? (row.figure.interval?.text ?? '') : row.figure.reason,
      ...[row.figure, row.reference, row.women, row.men].flatMap(wordsOf),
    ]),
  )
  const found = new Set(wanted.filter((words) => words !== ''))
  for (const words of found)
    if (!text.includes(solid(words))) fail(`${report.title}: no "${words}" on the slides`)
  return { slides, 'texts on slides': found.size }
}

const wordsOf = (figure: ReportFigure | null): string[] =>
  figure === null ? [] : [figure.kind === 'value' ? figure.text : figure.word]

async function checkWorkbook(report: Report, folder: string, tools: ReportTools): Promise<Tally> {
  const [file] = await reportFiles(report, 'xlsx', tools)
  if (!file) return fail('no workbook')
  const members = unzipSync(file.bytes)
  const sheets = strFromU8(members['xl/workbook.xml']!).match(/<sheet /g)?.length ?? 0
  const { pages, text } = await printed(file.bytes, 'workbook.xlsx', folder)
  if (pages < sheets) fail(`${report.title}: ${sheets} sheets on ${pages} pages`)
  const rows = tablesOf(report).flatMap((table) => table.rows)
  const found = new Set(rows.flatMap((row) => [row.name, row.verdictText]))
  for (const words of found)
    if (!text.includes(solid(words))) fail(`${report.title}: no "${words}" in the workbook`)
  return { sheets, 'texts in the workbook': found.size }
}
