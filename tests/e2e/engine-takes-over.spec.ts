import { areaRows, legend, openKarta, reached } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

const ENGINE = /duckdb|released-tables|\/cube-|-counts-|release-summary/

test.use({ serviceWorkers: 'block' })

test('the first map is there before DuckDB is asked for, and DuckDB takes over without a flicker', async ({
  page,
}) => {
  let letEngineStart = (): void => undefined
  const looked = new Promise<void>((resolve) => (letEngineStart = resolve))
  await page.route(/duckdb.*\.wasm$/, async (route) => {
    await looked
    await route.continue()
  })

  await openKarta(page, '#/karta?omraden=2480-haga')
  await expect(areaRows(page).first()).toHaveText(/^Berghem\s*17,6/)
  await expect(page.locator('svg text.name').first()).toBeVisible()
  const texts = async () => [
    await legend(page).innerText(),
    ...(await areaRows(page).allInnerTexts()),
  ]
  const textsBefore = await texts()
  expect(textsBefore.length).toBe(29)
  const pictureBefore = await page.screenshot()
  await page.evaluate(() => {
    const scope = window as unknown as { changes: string[] }
    scope.changes = []
    new MutationObserver((records) =>
      scope.changes.push(...records.map(({ type, target }) => `${type} of ${target.nodeName}`)),
    ).observe(document.getElementById('main')!, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    })
  })

  letEngineStart()
  await reached(page, 'engine-ready')
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => drawn(null))))
  expect(await page.evaluate(() => (window as unknown as { changes: string[] }).changes)).toEqual(
    [],
  )
  expect(await texts()).toEqual(textsBefore)
  expect((await page.screenshot()).equals(pictureBefore)).toBe(true)

  const { firstMap, requests } = await page.evaluate(() => ({
    firstMap: performance.getEntriesByName('first-map')[0]!.startTime,
    requests: performance.getEntriesByType('resource').map(({ name, startTime }) => ({
      name,
      startTime,
    })),
  }))
  const ofEngine = requests.filter(({ name }) => ENGINE.test(name))
  expect(ofEngine.some(({ name }) => name.endsWith('.wasm'))).toBe(true)
  expect(ofEngine.filter(({ startTime }) => startTime < firstMap)).toEqual([])
  // Areas, and the one indicator that the address asks for, for the areas and the whole.
  expect(
    requests
      .filter(({ name, startTime }) => startTime < firstMap && name.includes('/package/'))
      .map(({ name }) => name.replace(/^.*\/package\//, ''))
      .sort(),
  ).toEqual([
    'boundaries.json',
    'index.json',
    'observations/kommun/franvaro_10.csv',
    'observations/stadsdel/franvaro_10.csv',
  ])
})

test('a database that cannot be had is named, can be tried again, and the map does not need it', async ({
  page,
  watch,
}) => {
  await page.route(/duckdb.*\.wasm$/, (route) => route.fulfill({ status: 503 }))
  await openKarta(page, '#/karta')
  await expect(areaRows(page).first()).toHaveText(/^Berghem\s*17,6/)
  await page.getByRole('link', { name: 'Data' }).click()
  await expect(
    page.getByText(/Databasen kunde inte startas\. Databasens filer kunde inte hämtas/),
  ).toBeVisible()
  watch.faults.splice(0)
  await page.unroute(/duckdb.*\.wasm$/)
  await page.getByRole('button', { name: 'Försök igen' }).click()
  await expect(page.getByText(/Databasen är igång/)).toBeVisible({ timeout: 40_000 })
})
