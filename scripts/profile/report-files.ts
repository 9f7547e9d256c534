import { rename, writeFile } from 'node:fs/promises'
import {
  REPORT_FORMATS,
  reportFiles,
  type ReportFile,
  type ReportTools,
} from '../../src/exports/report/files.ts'
import type { Report } from '../../src/views/report.ts'
import { UsageError } from '../publish/usage.ts'
import { PdfPrinter, type PaperForm } from './pdf-printer.ts'

/** Of files that the command line writes of a report. */
export const FORMATS = ['pdf', ...REPORT_FORMATS] as const
export type Format = (typeof FORMATS)[number]

/**
 * Starts what prints, where PDF is among the forms.
 * @returns null where it is not, or where there is no browser that prints: then that is said
 */
export async function startPrinter(formats: readonly Format[]): Promise<PdfPrinter | null> {
  const printer = formats.includes('pdf') ? await PdfPrinter.start() : null
  if (formats.includes('pdf') && printer === null)
    process.stderr.write(
      'PDF skrivs inte: ingen Chromium, Chrome eller Edge finns. Installera en, eller ange den i CHROMIUM_PATH. Övriga filer skrivs.\n',
    )
  return printer
}

/** @param form of a lägesbild on paper */
export async function filesOf(
  report: Report,
  format: Format,
  tools: ReportTools,
  printer: PdfPrinter | null,
  form: PaperForm = 'report',
): Promise<readonly ReportFile[]> {
  if (format !== 'pdf') return reportFiles(report, format, tools)
  if (!printer) return []
  const bytes = await printer.print(report, (token) => tools.colour(token), form)
  return [{ name: `${report.fileStem}.pdf`, bytes }]
}

/** Never half a file: it has its name when it is whole. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const beside = `${path}.new-${process.pid}`
  await writeFile(beside, bytes)
  await rename(beside, path)
}

/** Whether a text is a day that there is, ÅÅÅÅ-MM-DD. */
export function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text
}

/** @throws UsageError */
export function formatsOf(text: string): readonly Format[] {
  const wanted = text.split(',').map((one) => one.trim().toLowerCase())
  const unknown = wanted.find((one) => !(FORMATS as readonly string[]).includes(one))
  if (unknown !== undefined)
    throw new UsageError(`Formen "${unknown}" finns inte. Välj bland ${FORMATS.join(', ')}.`)
  return FORMATS.filter((format) => wanted.includes(format))
}
