import type { Locator, Page } from '@playwright/test'
import { expect } from './page.ts'

/** Moments that the app marks on its own time line (src/main.ts). */
export type Milestone = 'first-map' | 'engine-ready'

export async function reached(page: Page, milestone: Milestone): Promise<void> {
  await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, milestone, {
    timeout: 40_000,
  })
}

/** Opens a view by its link and waits until the map is on screen. */
export async function openKarta(page: Page, hash = ''): Promise<void> {
  await page.goto(`./${hash}`)
  await reached(page, 'first-map')
}

/** Goes to another view in the open page, as a followed link does. */
export async function follow(page: Page, hash: string): Promise<void> {
  await page.evaluate((link) => (location.hash = link), hash)
}

export const addressOf = (page: Page): Promise<string> => page.evaluate(() => location.hash)

/** The value of one field in the address; null when the link leaves it out. */
export const inAddress = async (page: Page, field: string): Promise<string | null> =>
  new URLSearchParams((await addressOf(page)).split('?')[1] ?? '').get(field)

/** One of the choices in the sentence under the indicator's name. */
export const choice = (page: Page, name: string): Locator =>
  page.getByRole('combobox', { name, exact: true })

export const areaMap = (page: Page): Locator => page.getByRole('application')

export const legend = (page: Page): Locator =>
  page.getByRole('region', { name: 'Teckenförklaring och fördelning' })

export const areaRows = (page: Page): Locator =>
  page.getByRole('listbox', { name: /^Områden,/ }).getByRole('option')

/** The list's row of an area. */
export const areaRow = (page: Page, name: string): Locator =>
  areaRows(page).filter({ has: page.getByTitle(name, { exact: true }) })

/** Outlines drawn over the map: of what is chosen, and of what is pointed at. */
export const chosenOutlines = (page: Page): Locator => page.locator('svg path.line-chosen')
export const hoveredOutline = (page: Page): Locator => page.locator('svg path.line-hovered')

/** Where an area's name stands on the map, in pixels of the page. */
export async function nameOnMap(page: Page, name: string): Promise<{ x: number; y: number }> {
  const label = page.locator('svg text.name').filter({ hasText: name }).first()
  await expect(areaMap(page)).toHaveAttribute('aria-busy', 'false')
  await expect(label).toBeVisible()
  const box = (await label.boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Takes out of a list of faults what a test has provoked; at least one must be there. */
export function forgive(faults: string[], provoked: RegExp): void {
  const left = faults.filter((fault) => !provoked.test(fault))
  expect(left.length, `faults like ${String(provoked)}`).toBeLessThan(faults.length)
  faults.splice(0, faults.length, ...left)
}
