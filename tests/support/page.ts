import { test as base, expect, type BrowserContext } from '@playwright/test'
import { serve } from '../../scripts/serve.mjs'

/** Logged by luma.gl in software GL; nothing fails. */
const HARMLESS = /WebGL uniform block reflection failed/

interface Site {
  /** Where the production build is served, for example "http://127.0.0.1:4173/". */
  readonly url: string
  /** Takes the net away: nothing answers any more. */
  readonly stop: () => Promise<void>
  /** Gives it back at the same address. */
  readonly restart: () => Promise<void>
}

interface SiteOptions {
  /** Served as the data package instead of the published one; null for the published one. */
  packageDirectory: string | null
  /** The path below which the site lies. */
  base: string
}

interface Watch {
  /**
   * What the page has done wrong so far: errors, error messages in the console, requests to other hosts. A test
   * that provokes one takes it out; what is left at the end fails the test.
   */
  readonly faults: string[]
}

/**
 * Tests on the production build, served from this machine. Every test fails on any page error, console error or
 * request to another host.
 */
export const test = base.extend<SiteOptions & { site: Site; watch: Watch }>({
  packageDirectory: [null, { option: true }],
  base: ['/', { option: true }],
  site: async ({ packageDirectory, base: path }, use) => {
    const start = (port: number) =>
      serve({ port, base: path, ...(packageDirectory !== null && { packageDirectory }) })
    const first = await start(0)
    let running: typeof first | null = first
    const stop = async (): Promise<void> => {
      await running?.close()
      running = null
    }
    await use({
      url: first.url,
      stop,
      restart: async () => {
        running ??= await start(first.port)
        expect(running.url).toBe(first.url)
      },
    })
    await stop()
  },
  baseURL: async ({ site }, use) => use(site.url),
  watch: [
    async ({ context, site }, use) => {
      const watch: Watch = { faults: [] }
      watchContext(context, new URL(site.url).host, watch.faults)
      await use(watch)
      expect(watch.faults, 'page errors, console errors and requests to other hosts').toEqual([])
    },
    { auto: true },
  ],
})

/** Adds to `faults` whatever goes wrong on any page of a browser context. */
export function watchContext(context: BrowserContext, host: string, faults: string[]): void {
  context.on('weberror', (error) =>
    faults.push(`page error: ${error.error().stack ?? error.error().message}`),
  )
  context.on('console', (message) => {
    if (message.type() === 'error' && !HARMLESS.test(message.text()))
      faults.push(`console error: ${message.text()} (${message.location().url})`)
  })
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol === 'data:' || url.protocol === 'blob:') return
    if (url.host !== host) faults.push(`request to another host: ${request.url()}`)
  })
}

export { expect }
