import { areaRows, legend, openKarta, reached } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test('after the first visit everything works without a net, what was never opened included', async ({
  page,
  context,
  site,
}) => {
  await openKarta(page)
  // Only the map has been opened: no other page, no hexagons, no picture.
  await expect
    .poll(
      () =>
        page.evaluate(
          async () =>
            (await caches.keys()).length > 0 && navigator.serviceWorker.controller !== null,
        ),
      { timeout: 60_000 },
    )
    .toBe(true)
  await page.getByRole('link', { name: 'Data' }).click()
  await expect(page.getByText('Kan användas utan nät')).toBeVisible({ timeout: 90_000 })
  await page.getByRole('link', { name: 'Karta', exact: true }).click()

  await context.setOffline(true)
  await site.stop()
  await page.reload()
  await reached(page, 'first-map')
  await expect(areaRows(page).first()).toHaveText(/^Berghem\s*17,6/)

  await page.getByRole('link', { name: 'Röjandekontroll' }).click()
  await expect(page.getByText('Inte signerad.')).toBeVisible()
  await page.getByRole('link', { name: 'Metod' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.getByRole('link', { name: 'Data' }).click()
  await expect(page.getByText(/^Databasen har räknat .* celler/)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('Kan användas utan nät')).toBeVisible()

  await page.getByRole('link', { name: 'Karta', exact: true }).click()
  await expect(legend(page)).toBeVisible()
  await page.getByRole('combobox', { name: 'Händelser på kartan' }).selectOption('klotter')
  await page.getByRole('combobox', { name: 'Händelser visas som' }).selectOption('hexagons')
  await expect(page.getByText(/Antal per sexhörning/)).toBeVisible()
  await expect(page.locator('canvas:not(.maplibregl-canvas)')).toHaveCount(1)
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Ladda ner bild' }).click()
  expect((await downloading).suggestedFilename()).toMatch(/\.png$/)
})
