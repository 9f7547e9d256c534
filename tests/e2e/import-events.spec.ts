import { readFileSync } from 'node:fs'
import { choice, follow, openKarta } from '../support/karta.ts'
import { droppedText } from '../support/import-page-world.ts'
import { button, dropFiles, goToIndicator } from '../support/import-page.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

/** Graffiti as a municipality registers it: nine at one place, one at another, with who reported it. */
const REGISTER = droppedText('klotteranmalningar.csv', [
  'Diarienr;Datum;Område;Latitud;Longitud;Anmälare',
  ...Array.from(
    { length: 9 },
    (_, day) => `2024/${day};2024-0${day + 1}-03;Haga;63,8361${day};20,2561${day};Åsa Öhman`,
  ),
  '2024/99;2024-12-30;Ersboda;63,85901;20,30921;Per Ek',
])

test('a register of events is counted by area, and its places are hexagons on the map', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await openKarta(page)
  await dropFiles(page, [REGISTER])
  await goToIndicator(page)
  const places = page.getByRole('checkbox', { name: /som sexhörningar/ })
  // About people, until it is said that they are about places.
  await expect(places).toBeDisabled()
  await page.getByLabel('Uppgifterna gäller').selectOption('place')
  await places.check()
  await page.getByLabel('Källa').fill('Kommunens klottersanering')
  await button(page, 'Läs in').click()
  await expect(page.getByTestId('import-summary')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('1 sexhörning har minst 5 händelser')).toBeVisible()
  await expect(page.getByText(/områden och månader utan händelser räknas som 0/)).toBeVisible()

  await page.getByRole('link', { name: 'Visa på kartan' }).click()
  const shown = async () => {
    const events = choice(page, 'Händelser på kartan')
    await expect(events.locator('option')).toHaveText(['inga', 'Klotteranmalningar'], {
      timeout: 30_000,
    })
    await events.selectOption('klotteranmalningar')
    await expect(choice(page, 'Händelser visas som').locator('option')).toHaveText([
      'sexhörningar',
      'staplar',
    ])
    await expect(page.getByText(/Klotteranmalningar.*2024/).first()).toBeVisible()
    await expect(page.locator('.incidents')).toContainText('färre än 5 visas inte', {
      timeout: 40_000,
    })
  }
  await shown()
  await page.reload()
  await shown()

  await follow(page, '#/data')
  const downloading = page.waitForEvent('download')
  await button(page, 'Spara projektfil').click()
  const project = readFileSync(await (await downloading).path()).toString('latin1')
  expect(project).toContain('hexagons.csv')
  expect(await page.content()).not.toMatch(/Öhman|63[.,]8361/)
})
