import { zipSync, type Zippable } from 'fflate'
import type { Report } from '../../views/report.ts'

/** The forms that a report can be had in without a browser of its own; PDF is printed. */
export const REPORT_FORMATS = ['pptx', 'xlsx', 'csv', 'html', 'svg', 'png'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

/** What making files needs of the world around. */
export interface ReportTools {
  /** The colour of a design token. */
  colour(token: string): string
  /** `@font-face` rules with the typeface in them. */
  fontFace(): Promise<string>
  /** A drawing as the bytes of a PNG, twice as large as it is drawn. */
  rasterise(svg: string, width: number, height: number): Promise<Uint8Array>
}

export interface ReportFile {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

export const MEDIA_TYPES: Readonly<Record<ReportFormat | 'zip', string>> = {
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv;charset=utf-8',
  html: 'text/html;charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  zip: 'application/zip',
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

/**
 * A report in one form: a single file, but for CSV, of which one is for spreadsheets and one ("…-maskin.csv") for
 * programs, and for pictures, of which there is one a chart. What writes a form is fetched when it is asked for.
 */
export async function reportFiles(
  report: Report,
  format: ReportFormat,
  tools: ReportTools,
): Promise<readonly ReportFile[]> {
  const name = (ending: string): string => `${report.fileStem}${ending}`
  switch (format) {
    case 'pptx': {
      const { reportSlides } = await import('./slides.ts')
      return [{ name: name('.pptx'), bytes: await reportSlides(report, tools) }]
    }
    case 'xlsx': {
      const { reportWorkbook } = await import('./workbook.ts')
      return [{ name: name('.xlsx'), bytes: await reportWorkbook(report) }]
    }
    case 'csv': {
      const { reportCsv } = await import('./csv.ts')
      return [
        { name: name('.csv'), bytes: bytesOf(reportCsv(report, 'swedish')) },
        { name: name('-maskin.csv'), bytes: bytesOf(reportCsv(report, 'machine')) },
      ]
    }
    case 'html': {
      const { reportHtml } = await import('./html.ts')
      const fontFace = await tools.fontFace()
      const html = reportHtml(report, { colour: (token) => tools.colour(token), fontFace })
      return [{ name: name('.html'), bytes: bytesOf(html) }]
    }
    case 'svg':
    case 'png': {
      const { reportPictures } = await import('./pictures.ts')
      const pictures = reportPictures(report, (token) => tools.colour(token))
      return Promise.all(
        pictures.map(async ({ id, svg, width, height }) => ({
          name: name(`-${id}.${format}`),
          bytes:
            format === 'svg'
              ? bytesOf(svg)
              : new Uint8Array(await tools.rasterise(svg, width, height)),
        })),
      )
    }
  }
}

export interface BundleOptions {
  readonly formats: readonly ReportFormat[]
  readonly tools: ReportTools
  /** Told after each report. */
  readonly onProgress?: (done: number, all: number) => void
  /** @throws its reason when it is given up */
  readonly signal?: AbortSignal
}

/** Endings of files that are compressed already. */
const COMPRESSED = /\.(xlsx|pptx|png|zip)$/

/**
 * Several reports in several forms as one zip, each in a folder of its own. Reports are made one after the other and
 * forgotten when they are written, and the page may answer in between.
 * @param reports how each is made
 */
export async function bundleReports(
  reports: readonly (() => Promise<Report | null>)[],
  { formats, tools, onProgress, signal }: BundleOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const files: ReportFile[] = []
  for (const [done, make] of reports.entries()) {
    signal?.throwIfAborted()
    const report = await make()
    if (report)
      for (const format of formats) {
        signal?.throwIfAborted()
        for (const { name, bytes } of await reportFiles(report, format, tools))
          files.push({ name: `${report.fileStem}/${name}`, bytes })
      }
    onProgress?.(done + 1, reports.length)
    await new Promise((resolve) => setTimeout(resolve))
  }
  signal?.throwIfAborted()
  return zipOf(files)
}

/** Files as one zip; of two with one name each is kept. */
export function zipOf(files: readonly ReportFile[]): Uint8Array<ArrayBuffer> {
  const members: Zippable = {}
  for (const { name, bytes } of files) {
    let own = name
    for (let next = 2; own in members; next++)
      own = name.replace(/(\.[a-z]+)$/, (ending) => `-${next}${ending}`)
    members[own] = [bytes, { level: COMPRESSED.test(own) ? 0 : 6 }]
  }
  return zipSync(members)
}
