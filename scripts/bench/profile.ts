import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Browser } from '@playwright/test'
import { ProfileReports } from '../../src/app/profile-reports.ts'
import { REPORT_FORMATS, reportFiles } from '../../src/exports/report/files.ts'
import type { ProfileChoice } from '../../src/views/profile/profile-question.ts'
import { nodeReportTools } from '../profile/node-report-tools.ts'
import { openPackage } from '../profile/package-at.ts'
import { PdfPrinter } from '../profile/pdf-printer.ts'
import { projectRoot } from '../project.mjs'
import { serve } from '../serve.mjs'
import { single, summarised, type Measurement } from './measurement.ts'
import { treeMegabytes } from './memory.ts'
import { median } from './timing.ts'

const AREA = '2480R041'
const REPETITIONS = 10
const ON_THE_PAGE = [
  ['pptx', /^PowerPoint/],
  ['xlsx', /^Excel/],
  ['csv', /^CSV/],
  ['html', /^Webbsida/],
  ['svg, all pictures', /SVG/],
  ['png, all pictures', /PNG/],
] as const
const FORMATS = 'pdf,pptx,xlsx,csv'
/** Milliseconds of one file; of a whole level seconds, and the memory of its last third beside the first. */
const BUDGET = { file: 1000, pdf: 2000, level: 180, memory: 1.2 }

/** A profile as each kind of file, and the profiles of a whole level as the command writes them. */
export async function measureProfiles(
  browser: Browser,
  folder: string,
  say: (line: string) => void,
): Promise<Measurement[]> {
  say('one profile …')
  return [
    ...(await oneProfileOnThePage(browser)),
    ...(await oneProfile(folder)),
    ...(await wholeLevel(folder, say)),
  ]
}

/** From the press of the button until the file is handed over; the first of each, which fetches its code, apart. */
async function oneProfileOnThePage(browser: Browser): Promise<Measurement[]> {
  const site = await serve({ port: 0 })
  const context = await browser.newContext({ locale: 'sv-SE', serviceWorkers: 'block' })
  const group = 'Profile of one area, on the page'
  try {
    const page = await context.newPage()
    await page.goto(`${site.url}#/omraden?profil=${AREA}`)
    const open = page.getByRole('button', { name: 'Ladda ner', exact: true })
    await open.click()
    // What the page does at first is none of what is measured.
    await page.waitForTimeout(3000)
    const measurements: Measurement[] = []
    for (const [name, label] of ON_THE_PAGE) {
      const times: number[] = []
      for (let run = 0; run <= REPETITIONS; run++) {
        const file = page.waitForEvent('download')
        const start = performance.now()
        await page.getByRole('button', { name: label }).first().click()
        await file
        times.push(performance.now() - start)
      }
      const [first, ...others] = times
      measurements.push(
        single(group, `${name}, the first`, 'ms', first!),
        summarised(group, name, 'ms', others, { of: 'median', most: BUDGET.file }),
      )
    }
    return measurements
  } finally {
    await context.close()
    await site.close()
  }
}

async function oneProfile(folder: string): Promise<Measurement[]> {
  const opened = await openPackage(folder)
  if ('findings' in opened) throw new Error(`${folder} cannot be opened`)
  const tools = await nodeReportTools()
  const colour = (token: string): string => tools.colour(token)
  const choice: ProfileChoice = {
    ...{ areas: [AREA], groupName: null, comparison: { kind: 'whole' } },
    ...{ period: null, sex: 'T', grouping: 'class' },
  }
  const details = { date: '2026-11-23', words: [], colour }
  const group = 'Profile of one area, on the command line'
  const reports = new ProfileReports(opened.reader)
  const profile = await reports.make(choice, details)
  const printer = await PdfPrinter.start()
  if (!profile || !printer) throw new Error(`no profile of ${AREA}, or no browser`)
  const { report } = profile
  try {
    const works = [
      ['figures to report, files read', BUDGET.file, () => reports.make(choice, details)],
      ['pdf', BUDGET.pdf, () => printer.print(report, colour)],
      ...REPORT_FORMATS.map((format) => {
        const isPictures = format === 'svg' || format === 'png'
        const name = isPictures ? `${format}, all pictures` : format
        const most = isPictures ? null : BUDGET.file
        return [name, most, () => reportFiles(report, format, tools)] as const
      }),
    ] as const
    const measurements: Measurement[] = []
    for (const [name, most, work] of works) {
      await work()
      const times: number[] = []
      for (let run = 0; run < REPETITIONS; run++) {
        const start = performance.now()
        await work()
        times.push(performance.now() - start)
      }
      const budget = most === null ? null : ({ of: 'median', most } as const)
      measurements.push(summarised(group, name, 'ms', times, budget))
    }
    return measurements
  } finally {
    await printer.close()
  }
}

/** The command itself, its browser included. */
async function wholeLevel(folder: string, say: (line: string) => void): Promise<Measurement[]> {
  const out = await mkdtemp(join(tmpdir(), 'lageskartan-profiles-'))
  try {
    const parameters = ['--all', '--package', folder, '--out', out, '--format', FORMATS]
    const start = performance.now()
    const command = spawn(
      process.execPath,
      ['--import', 'tsx', 'scripts/lage.ts', 'profile', ...parameters],
      { cwd: projectRoot, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const exit = new Promise<number | null>((resolve) => command.once('exit', resolve))
    const megabytes: number[] = []
    let last = ''
    for await (const line of createInterface({ input: command.stderr })) {
      last = line
      const now = command.pid === undefined ? null : await treeMegabytes(command.pid)
      if (now !== null) megabytes.push(now)
      if (megabytes.length % 10 === 0) say(line)
    }
    if ((await exit) !== 0) throw new Error(`profile --all: ${last}`)
    const seconds = (performance.now() - start) / 1000
    const group = `Profiles of a level, ${FORMATS}`
    const third = Math.floor(megabytes.length / 3)
    return [
      single(group, /av (\d+)/.exec(last)?.[1]?.concat(' areas') ?? last, 's', seconds, {
        ...{ of: 'median', most: BUDGET.level },
      }),
      ...(third === 0
        ? []
        : [
            single(group, 'memory, browser included, at most', 'MB', Math.max(...megabytes)),
            single(
              group,
              'memory of the last third beside the first',
              '×',
              median(megabytes.slice(-third)) / median(megabytes.slice(0, third)),
              { of: 'median', most: BUDGET.memory },
            ),
          ]),
    ]
  } finally {
    await rm(out, { recursive: true })
  }
}
