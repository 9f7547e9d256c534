import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { reportHtml } from '../../src/exports/report/html.ts'
import { slidesPage } from '../../src/exports/report/slides-page.ts'
import type { Report } from '../../src/views/report.ts'
import { CHROMIUM_FLAGS, findChromium } from '../chromium.mjs'
import { Refusal } from '../project.mjs'
import { printFontFaces } from './node-report-tools.ts'

/** Running text on portrait paper, or a slide a page. */
export type PaperForm = 'report' | 'slides'

/** Reports that one page prints: it keeps what it has printed, and a new one takes a second to warm up. */
const REPORTS_PER_PAGE = 8

/** Prints reports with a browser that is started once; to be closed. */
export class PdfPrinter {
  private page: Page | null = null
  private printed = 0

  private constructor(
    private readonly browser: Browser,
    private readonly context: BrowserContext,
    private readonly fontFace: string,
  ) {}

  /** @returns null where there is no Chromium, Chrome or Edge */
  static async start(): Promise<PdfPrinter | null> {
    const executablePath = chromiumPath()
    if (executablePath === null) return null
    const browser = await chromium.launch({
      ...{ executablePath, args: [...CHROMIUM_FLAGS, '--disable-gpu'] },
      chromiumSandbox: process.getuid?.() !== 0,
    })
    const context = await browser.newContext({
      ...{ javaScriptEnabled: false, locale: 'sv-SE' },
      // On the screen nobody looks at it.
      viewport: { width: 800, height: 10 },
    })
    return new PdfPrinter(browser, context, await printFontFaces())
  }

  /** A report on paper: tagged, with bookmarks of its headings. @param form slides are a lägesbild's */
  async print(
    report: Report,
    colour: (token: string) => string,
    form: PaperForm = 'report',
  ): Promise<Uint8Array<ArrayBuffer>> {
    const tools = { colour, fontFace: this.fontFace }
    const html = form === 'slides' ? slidesPage(report, tools) : reportHtml(report, tools)
    const page = await this.nextPage()
    await page.setContent(html, { waitUntil: 'load' })
    const pdf = await page.pdf({
      ...{ preferCSSPageSize: true, printBackground: true },
      ...{ tagged: true, outline: true },
    })
    return new Uint8Array(pdf)
  }

  private async nextPage(): Promise<Page> {
    if (this.printed++ % REPORTS_PER_PAGE === 0) {
      await this.page?.close()
      this.page = await this.context.newPage()
    }
    return this.page!
  }

  close(): Promise<void> {
    return this.browser.close()
  }
}

/** Null also where the environment names one that does not start. */
function chromiumPath(): string | null {
  try {
    return findChromium()
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
