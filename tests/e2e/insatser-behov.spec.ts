import type { Page } from '@playwright/test'
import { barriers } from '../support/barriers.ts'
import { inAddress } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })
test.beforeEach(({ page }) => page.setDefaultTimeout(20_000))

const PART = './#/insatser?insatsdel=behov'
const grid = (page: Page) => page.getByRole('grid', { name: /^Behov och insats per stadsdel/ })
const right = (page: Page) => page.getByRole('region', { name: 'Var möts de inte?' })

test('a cell is opened and closed by keyboard alone, and its address is kept', async ({ page }) => {
  await page.goto(PART)
  await expect(grid(page)).toBeVisible()
  const entry = grid(page).locator('button[tabindex="0"]')
  await expect(entry).toHaveCount(1)
  await entry.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const heading = right(page).getByRole('heading', { level: 2, name: 'Skolmisslyckande, Carlshem' })
  await expect(heading).toBeFocused()
  expect(await inAddress(page, 'ruta')).toMatch(/^skolmisslyckande,2480-carlshem$/)
  await expect(right(page)).toContainText('Syntetiska demonstrationsdata')
  await page.reload()
  await expect(heading).toBeVisible()
  await page.getByRole('button', { name: '← Var möts de inte?' }).press('Enter')
  await expect(page.locator('table [data-cell="skolmisslyckande,2480-carlshem"]')).toBeFocused()
})

test('the figures that need is read from stand in the address', async ({ page }) => {
  await page.goto(PART)
  await page.locator('summary', { hasText: 'Alla 21 behovstal' }).click()
  await page.getByRole('checkbox', { name: /^Arbetslöshet/ }).uncheck()
  await expect(page.locator('summary', { hasText: '20 av 21 behovstal' })).toBeVisible()
  expect(await inAddress(page, 'behovstal')).not.toMatch(/arblos/)
  await page.reload()
  await expect(page.locator('summary', { hasText: '20 av 21 behovstal' })).toBeVisible()
})

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const)
  test(`nothing bars the way, nor scrolls sideways, at ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    for (const cell of ['', '&ruta=skolmisslyckande,2480-ersboda']) {
      await page.goto(PART + cell)
      await expect(page.getByRole('button', { name: 'Spara till lägesbild' })).toBeVisible()
      if (cell) await expect(right(page).getByRole('article')).toBeVisible()
      expect(await barriers(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    }
  })
