import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { csvParse } from 'd3'
import { areaMap, choice, openKarta } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

const incidents = (file: string) =>
  csvParse(readFileSync(`dist/package/incidents/${file}.csv`, 'utf8'))

const sumInWords = (count: number): string =>
  new Intl.NumberFormat('sv-SE').format(count).replace(/\s/g, '\u00a0')

/** Pixels of deck.gl's own canvas that something is drawn on. */
const drawnPixels = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const canvas = [...document.querySelectorAll('canvas')].find(
      (candidate) => !candidate.classList.contains('maplibregl-canvas'),
    )
    if (!canvas) return -1
    return new Promise<number>((resolve) =>
      requestAnimationFrame(() => {
        const copy = document.createElement('canvas')
        ;[copy.width, copy.height] = [canvas.width, canvas.height]
        const context = copy.getContext('2d')!
        context.drawImage(canvas, 0, 0)
        const { data } = context.getImageData(0, 0, copy.width, copy.height)
        let drawn = 0
        for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha]! > 0) drawn++
        resolve(drawn)
      }),
    )
  })

test('rings per area are the counts of the package, added over the period', async ({ page }) => {
  const ofQuarter = incidents('stadsdel').filter(
    ({ category, period }) =>
      category === 'klotter' && ['2024-04', '2024-05', '2024-06'].includes(period!),
  )
  const byArea = new Map<string, number>()
  for (const { area, status, count } of ofQuarter)
    byArea.set(area!, (byArea.get(area!) ?? 0) + (status === 'value' ? Number(count) : NaN))
  const counts = [...byArea.values()].filter((count) => !Number.isNaN(count))
  expect(counts.length).toBeGreaterThan(20)

  await openKarta(page, '#/karta?indikator=klotter&period=2024-K2&handelser=klotter')
  await expect(
    page.getByText(
      `${sumInWords(counts.reduce((sum, count) => sum + count, 0))} händelser i ${counts.length}\u00a0områden`,
    ),
  ).toBeVisible({ timeout: 40_000 })
  await expect(page.locator('svg.rings circle.ring')).toHaveCount(
    counts.filter((count) => count > 0).length,
  )
  const drawn = (await page.locator('svg.rings text').allTextContents()).map((text) =>
    Number(text.replace(/\s/g, '')),
  )
  expect(drawn.length).toBeGreaterThan(3)
  for (const count of drawn) expect(counts).toContain(count)
  expect(drawn).toContain(Math.max(...counts))

  // A category that may point at a home or a person is offered as counts per area only.
  const shapes = choice(page, 'Händelser visas som').getByRole('option')
  await expect(shapes).toHaveText(['antal per område', 'sexhörningar', 'staplar'])
  await choice(page, 'Händelser på kartan').selectOption('smabrott')
  await expect(shapes).toHaveText(['antal per område'])
  await choice(page, 'Händelser på kartan').selectOption('')
  await expect(page.locator('svg.rings')).toHaveCount(0)
})

test('hexagons and columns are drawn, from five incidents on', async ({ page }) => {
  const counts = incidents('hexagons').map(({ count }) => Number(count))
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(5)

  await openKarta(page, '#/karta?handelser=klotter&form=hexagoner')
  await expect(
    page.getByText(/^Klotter, 2025\. Antal per sexhörning; färre än 5 visas inte\.$/),
  ).toBeVisible({ timeout: 40_000 })
  await expect.poll(() => drawnPixels(page), { timeout: 40_000 }).toBeGreaterThan(5_000)
  const flat = await areaMap(page).screenshot()
  await choice(page, 'Händelser visas som').selectOption('columns')
  await expect.poll(() => drawnPixels(page)).toBeGreaterThan(5_000)
  expect((await areaMap(page).screenshot()).equals(flat)).toBe(false)
  await choice(page, 'Händelser på kartan').selectOption('')
  await expect.poll(() => drawnPixels(page)).toBeLessThanOrEqual(0)
})
