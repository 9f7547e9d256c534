import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { BriefingSlides } from '../../src/app/briefing-slides.ts'
import { crossHere } from '../../src/app/cross/cross-once.ts'
import { damagedSlides } from '../../src/app/fixed-slides.ts'
import { PackageFault } from '../../src/app/package-files.ts'
import { isMade, shownAs, withKept } from '../../src/app/slide-making.ts'
import { approximateWidth } from '../../src/charts/report-marks.ts'
import { briefingPageText } from '../../src/text/briefing-page.ts'
import { currentBriefing, type Briefing } from '../../src/views/briefing/briefing.ts'
import { briefingReport } from '../../src/views/briefing/briefing-report.ts'
import type { ShownSlide } from '../../src/views/briefing/shown-slide.ts'
import { printFindings } from '../publish/print-findings.ts'
import { UsageError } from '../publish/usage.ts'
import { nodeReportTools } from './node-report-tools.ts'
import { openPackage } from './package-at.ts'
import type { PaperForm } from './pdf-printer.ts'
import { filesOf, formatsOf, isDay, startPrinter, writeWhole } from './report-files.ts'

const OPTIONS = {
  project: { type: 'string' },
  lagesbild: { type: 'string' },
  out: { type: 'string' },
  format: { type: 'string' },
  form: { type: 'string' },
  date: { type: 'string' },
} as const

const FORMS: Readonly<Record<string, PaperForm>> = { bilder: 'slides', rapport: 'report' }

/**
 * `briefing`: writes a lägesbild of a project file as files.
 * @returns 0 done, 1 when the project has faults, 2 when PDF is asked for and there is no browser that prints
 * @throws UsageError
 */
export async function briefingCommand(parameters: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...parameters], options: OPTIONS, strict: true })
  const { project, out, form: formName = 'bilder' } = values
  if (project === undefined) throw new UsageError('Ange projektfilen: --project FIL')
  if (out === undefined) throw new UsageError('Ange var filerna ska skrivas: --out MAPP')
  const formats = formatsOf(values.format ?? 'pdf,pptx,xlsx,csv,html')
  const form = Object.hasOwn(FORMS, formName) ? FORMS[formName]! : null
  if (form === null) throw new UsageError(`--form är bilder eller rapport, inte "${formName}".`)
  const date = values.date ?? new Date().toLocaleDateString('sv-SE')
  if (!isDay(date)) throw new UsageError(`"${date}" är inget datum ÅÅÅÅ-MM-DD.`)
  try {
    const opened = await openPackage(project)
    if ('findings' in opened) {
      printFindings(opened.findings)
      return 1
    }
    const { reader, briefings } = opened
    const briefing = chosen(briefings, values.lagesbild ?? null)
    const tools = await nodeReportTools()
    const slides = new BriefingSlides(withKept(reader, opened), {
      ...{ date, colour: (token) => tools.colour(token) },
      measure: (words) => approximateWidth(words, MAP_TEXT),
      cross: crossHere,
    })
    const shown = await shownSlides(briefing, slides)
    const report = briefingReport(briefing, shown, { release: reader.index.release, date })
    const printer = await startPrinter(formats)
    try {
      await mkdir(out, { recursive: true })
      const made = await Promise.all(
        formats.map((format) => filesOf(report, format, tools, printer, form)),
      )
      for (const { name, bytes } of made.flat()) await writeWhole(join(out, name), bytes)
      process.stderr.write(
        `${report.title}: ${made
          .flat()
          .map(({ name }) => name)
          .join(', ')}\n`,
      )
    } finally {
      await printer?.close()
    }
    return formats.includes('pdf') && printer === null ? 2 : 0
  } catch (fault) {
    if (!(fault instanceof PackageFault)) throw fault
    printFindings([fault.finding])
    return 1
  }
}

/** Pixels of names on maps. */
const MAP_TEXT = 12

/** As the page shows them; a slide whose figures cannot be shown says why, and so does the command. */
async function shownSlides(
  briefing: Briefing,
  slides: BriefingSlides,
): Promise<readonly ShownSlide[]> {
  const damaged = new Set(await damagedSlides(briefing))
  const shown: ShownSlide[] = []
  for (const slide of briefing.slides) {
    const one = shownAs(slide, isMade(slide) ? await slides.make(slide.address) : null)
    shown.push(one)
    for (const said of [one.fault, damaged.has(slide.id) ? briefingPageText.damaged : ''])
      if (said !== '') process.stderr.write(`Bild ${shown.length}, ${one.title}: ${said}\n`)
  }
  return shown
}

/** By its title; else the one that was changed last. @throws UsageError that names those there are */
function chosen(briefings: readonly Briefing[], title: string | null): Briefing {
  const named = title === null ? briefings : briefings.filter((one) => one.title === title)
  const briefing = currentBriefing(named)
  if (briefing) return briefing
  if (briefings.length === 0) throw new UsageError('I projektet finns ingen lägesbild.')
  const titles = [...new Set(briefings.map((one) => `"${one.title}"`))].join(', ')
  throw new UsageError(`Lägesbilden "${title!}" finns inte. Välj bland ${titles}.`)
}
