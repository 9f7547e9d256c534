import { fileURLToPath } from 'node:url'
import type { Browser, CDPSession, Page } from '@playwright/test'

const IN_PAGE = fileURLToPath(new URL('in-page.js', import.meta.url))
const LIMIT_MS = 60_000

export interface MarkTime {
  /** Milliseconds since the navigation began. */
  readonly sinceStart: number
  /** Milliseconds since 1970. */
  readonly at: number
}

/** Milliseconds from a choice. */
export interface SwitchTime {
  /** Until all that is to be shown is computed: address, classes, map, list, trend. */
  readonly compute: number
  /** Until the page's elements are changed too. */
  readonly drawn: number
  /** Until the frame with the change is painted. */
  readonly painted: number
}

/** What the page's main thread has spent since it began, in milliseconds; and its heap now, in megabytes. */
export interface ThreadTotals {
  readonly script: number
  readonly layout: number
  readonly style: number
  readonly heapMegabytes: number
}

/** The app in a browser context of its own, with nothing kept from before. */
export class PageUnderTest {
  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
    readonly close: () => Promise<void>,
  ) {}

  /** @param serviceWorkers "block" where what they keep in the background would disturb what is measured */
  static async open(
    browser: Browser,
    url: string,
    serviceWorkers: 'allow' | 'block' = 'allow',
  ): Promise<PageUnderTest> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'sv-SE',
      serviceWorkers,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(LIMIT_MS)
    await page.addInitScript({ path: IN_PAGE })
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.goto(url)
    return new PageUnderTest(page, session, () => context.close())
  }

  mark(name: 'first-map' | 'engine-ready'): Promise<MarkTime> {
    return this.ask(`mark('${name}')`)
  }

  settle(): Promise<void> {
    return this.ask('settle()')
  }

  periodCount(): Promise<number> {
    return this.ask('periods()')
  }

  openPicker(): Promise<void> {
    return this.ask('openPicker()')
  }

  choosePeriod(position: number): Promise<SwitchTime> {
    return this.ask(`choosePeriod(${position})`)
  }

  chooseIndicator(id: string): Promise<SwitchTime> {
    return this.ask(`chooseIndicator(${JSON.stringify(id)})`)
  }

  /** Waits until nothing has been fetched for a while. */
  waitForQuietNet(): Promise<void> {
    return this.ask('quiet()')
  }

  async totals(): Promise<ThreadTotals> {
    const { metrics } = await this.session.send('Performance.getMetrics')
    const value = (name: string): number => {
      const found = metrics.find((metric) => metric.name === name)
      if (!found) throw new Error(`Chromium does not tell ${name}`)
      return found.value
    }
    return {
      script: value('ScriptDuration') * 1000,
      layout: value('LayoutDuration') * 1000,
      style: value('RecalcStyleDuration') * 1000,
      heapMegabytes: value('JSHeapUsedSize') / 1e6,
    }
  }

  async startProfile(): Promise<void> {
    await this.session.send('Profiler.enable')
    await this.session.send('Profiler.setSamplingInterval', { interval: 200 })
    await this.session.send('Profiler.start')
  }

  /** @returns the profile in the form that Chromium's own tools open (.cpuprofile) */
  async stopProfile(): Promise<unknown> {
    return (await this.session.send('Profiler.stop')).profile
  }

  private async ask<Answer>(call: string): Promise<Answer> {
    let timer: NodeJS.Timeout | undefined
    try {
      return (await Promise.race([
        this.page.evaluate(`bench.${call}`),
        new Promise<never>((_, failed) => {
          timer = setTimeout(() => failed(new Error(`no answer to ${call}`)), LIMIT_MS)
        }),
      ])) as Answer
    } finally {
      clearTimeout(timer)
    }
  }
}
