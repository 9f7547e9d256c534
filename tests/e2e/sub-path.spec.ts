import { areaRows, openKarta, reached } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test.use({ base: '/kommun/karta/', serviceWorkers: 'block' })

test('everything works below a path of the host', async ({ page, site }) => {
  const paths = new Set<string>()
  page.on('request', (request) => paths.add(new URL(request.url()).pathname))
  await openKarta(page)
  await expect(areaRows(page).first()).toHaveText(/^Berghem\s*17,6/)
  await reached(page, 'engine-ready')
  await page.getByRole('combobox', { name: 'Händelser på kartan' }).selectOption('klotter')
  await expect(page.getByText(/Ringens yta visar antalet/)).toBeVisible()
  await page.getByRole('link', { name: 'Metod' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.getByRole('link', { name: 'Lägeskartan' }).click()
  await expect(areaRows(page).first()).toBeVisible()
  expect(new URL(page.url()).pathname).toBe('/kommun/karta/')
  expect(site.url).toContain('/kommun/karta/')
  expect([...paths].filter((path) => !path.startsWith('/kommun/karta/'))).toEqual([])
})
