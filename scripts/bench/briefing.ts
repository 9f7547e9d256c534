import type { Browser, Page } from '@playwright/test'
import { serve } from '../serve.mjs'
import { single, summarised, type Measurement } from './measurement.ts'

const SLIDES = 60
const CHANGES = 200
/** Milliseconds to the next slide and to a file; how much memory may grow over the changes. */
const BUDGET = { next: 100, pptx: 10_000, filled: 5000, memory: 1.1 }
const FILES = ['PowerPoint', 'Webbsida'] as const

/** A lägesbild of sixty slides: filled from its template and all suggestions, shown, and written to files. */
export async function measureBriefing(
  browser: Browser,
  say: (line: string) => void,
): Promise<Measurement[]> {
  say(`a lägesbild of ${SLIDES} slides …`)
  const site = await serve({ port: 0 })
  const context = await browser.newContext({
    ...{ locale: 'sv-SE', serviceWorkers: 'block' },
    viewport: { width: 1024, height: 768 },
  })
  const group = `Lägesbild of ${SLIDES} slides`
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    await page.goto(`${site.url}#/lagesbild`)
    const template = page.getByRole('button', { name: 'Använd mallen Lägesbild' })
    await template.waitFor()
    // What the page does at first is none of what is measured.
    await page.waitForTimeout(5000)
    const start = performance.now()
    await template.click()
    await rows(page).first().waitFor()
    const filled = performance.now() - start
    await fill(page)
    const files: Measurement[] = []
    for (const name of FILES) {
      const coming = page.waitForEvent('download')
      const pressed = performance.now()
      await page.getByRole('button', { name, exact: true }).click()
      await coming
      const budget = name === 'PowerPoint' ? BUDGET.pptx : null
      files.push(
        single(group, `${name}, slides made`, 'ms', performance.now() - pressed, {
          ...{ of: 'median', most: budget ?? BUDGET.pptx },
        }),
      )
    }
    await page.getByRole('button', { name: 'Visa bilderna' }).click()
    await page.locator('.layer:not([inert]) .slide').waitFor()
    const before = await usedMegabytes(page)
    const times = await stepThrough(page)
    const after = await usedMegabytes(page)
    return [
      single(group, 'template filled with what is certain', 'ms', filled, {
        ...{ of: 'median', most: BUDGET.filled },
      }),
      ...files,
      summarised(group, `the next slide on screen, ${CHANGES} changes`, 'ms', times, {
        ...{ of: 'p95', most: BUDGET.next },
      }),
      single(group, 'memory before', 'MB', before),
      single(group, `memory after ${CHANGES} changes beside before`, '×', after / before, {
        ...{ of: 'median', most: BUDGET.memory },
      }),
    ]
  } finally {
    await context.close()
    await site.close()
  }
}

const rows = (page: Page) => page.getByRole('region', { name: 'Bilder' }).getByRole('listitem')

/** All suggestions, then copies of what is there, until there are enough; waits until each is made. */
async function fill(page: Page): Promise<void> {
  await page.getByText('Förslag ur talen').click()
  const add = page.locator('.suggestions button[aria-disabled="false"]')
  await add.first().waitFor()
  const labels = await add.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!))
  for (const name of labels) await page.getByRole('button', { name, exact: true }).click()
  for (let count = await rows(page).count(); count < SLIDES; count++) {
    await page.getByRole('button', { name: 'Gör en kopia' }).click()
    await rows(page).nth(count).waitFor()
  }
  await page.waitForFunction(
    () => !document.querySelector('.order .name')?.textContent.includes('skillnad mot'),
  )
  await page.waitForTimeout(10_000)
}

/** From the key until the frame after the slide has changed, forwards and, at the end, from the first again. */
const stepThrough = (page: Page): Promise<number[]> =>
  page.evaluate(
    // No functions with names of their own: the compiler's helper for them is not there in the page.
    async ([changes, all]) => {
      const times: number[] = []
      const place = document.querySelector('.audience')!
      let at = Number(place.querySelector('.layer:not([inert]) .foot .number')?.textContent)
      for (let step = 0; step < changes!; step++) {
        const key = at === all ? 'Home' : 'ArrowRight'
        at = at === all ? 1 : at + 1
        const start = performance.now()
        window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
        while (place.querySelector('.layer:not([inert]) .foot .number')?.textContent !== String(at))
          await new Promise((resolve) => requestAnimationFrame(resolve))
        await new Promise((resolve) => requestAnimationFrame(resolve))
        times.push(performance.now() - start)
        // Time to say a word; what is prepared for the next slide is done.
        await new Promise((resolve) => setTimeout(resolve, 700))
      }
      return times
    },
    [CHANGES, SLIDES],
  )

/** Of the page's own heap, after what is not needed is gone. */
async function usedMegabytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / 2 ** 20
}
