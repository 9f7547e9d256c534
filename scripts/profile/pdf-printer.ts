import { chromium, type Browser, type Page } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from '../chromium.mjs'

/** Prints pages with a browser that is started once; to be closed. */
export class PdfPrinter {
  private constructor(
    private readonly browser: Browser,
    private readonly page: Page,
  ) {}

  /** @returns null where there is no Chromium, Chrome or Edge */
  static async start(): Promise<PdfPrinter | null> {
    const executablePath = findChromium()
    if (executablePath === null) return null
    const browser = await chromium.launch({
      ...{ executablePath, args: CHROMIUM_FLAGS },
      chromiumSandbox: process.getuid?.() !== 0,
    })
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'sv-SE' })
    return new PdfPrinter(browser, await context.newPage())
  }

  /** A page that stands alone, on paper: tagged, with bookmarks of its headings. */
  async print(html: string): Promise<Uint8Array> {
    await this.page.setContent(html, { waitUntil: 'load' })
    return this.page.pdf({
      ...{ preferCSSPageSize: true, printBackground: true },
      ...{ tagged: true, outline: true },
    })
  }

  close(): Promise<void> {
    return this.browser.close()
  }
}
