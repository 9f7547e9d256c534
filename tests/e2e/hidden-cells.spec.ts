import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { csvParse } from 'd3'
import type { Page } from '@playwright/test'
import { assemblePackage } from '../../scripts/publish/assemble.ts'
import { readDemonstration } from '../../scripts/publish/demonstration.ts'
import { replaceFolder } from '../../scripts/publish/package-folder.ts'
import { aggregatePeriods } from '../../src/core/aggregate.ts'
import { cellIndex } from '../../src/core/observation.ts'
import { areaRow, areaRows, choice, follow, legend, openKarta } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'
import { plantedRelease } from '../support/planted-release.ts'

test.use({ serviceWorkers: 'block' })

const PERIOD = '2018-K1'
const LEVEL = 'stadsdel'

interface ReleasedRow {
  readonly area: string
  readonly period: string
  readonly sex: string
  readonly status: string
  readonly numerator: string
  readonly denominator: string
}

const releasedRows = (indicator: string): ReleasedRow[] => [
  ...(csvParse(
    readFileSync(`dist/package/observations/${LEVEL}/${indicator}.csv`, 'utf8'),
  ) as unknown as ReleasedRow[]),
]

/** The figure that the gate was given, drawn anew from the seed, for the areas of one period. */
async function rawFigures(indicator: string): Promise<Map<string, number>> {
  const reading = await readDemonstration()
  if (!reading.ok) throw new Error('the demonstration cannot be read')
  const { tables, indicators } = reading.source
  const table = tables.find((one) => one.indicator === indicator && one.level === LEVEL)!
  const { plan, periodAggregation } = indicators.find(({ id }) => id === indicator)!
  const complete = aggregatePeriods(table, plan.periodChain, periodAggregation)
  const period = complete.periods.indexOf(PERIOD)
  const sex = complete.sexes.indexOf('T')
  return new Map(
    complete.areas.map((area, index) => [
      area,
      complete.numerator[cellIndex(complete, sex, period, index)]!,
    ]),
  )
}

const tableRow = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('button', { name, exact: true }) })

test('a hidden figure is nowhere: not on screen, not in the file', async ({ page }) => {
  const indicator = 'narkotika_brott'
  const raw = await rawFigures(indicator)
  const rows = releasedRows(indicator).filter(({ period, sex }) => period === PERIOD && sex === 'T')
  const hidden = rows.filter(({ status }) => status === 'hidden')
  const atSource = rows.filter(({ status }) => status === 'hidden-at-source')
  const shown = rows.filter(({ status }) => status === 'value')
  const zeros = shown.filter(({ numerator }) => numerator === '0')
  expect([hidden, atSource, zeros].map((group) => group.length > 0)).toEqual([true, true, true])
  // Some are small themselves; the others are hidden so that those cannot be worked out.
  const small = [...raw].filter(([, figure]) => figure > 0 && figure < 5)
  expect(small.length).toBeGreaterThan(0)
  const hiddenAreas = hidden.map(({ area }) => area)
  for (const [area] of small) expect(hiddenAreas).toContain(area)
  // The figures are those of the published release, so the hidden ones are the true ones.
  for (const { area, numerator } of shown) expect(raw.get(area), area).toBe(Number(numerator))
  for (const { numerator, denominator } of [...hidden, ...atSource])
    expect([numerator, denominator]).toEqual(['', ''])

  const index = JSON.parse(readFileSync('dist/package/index.json', 'utf8')) as {
    register: { areas: { id: string; level: string; name: string }[] }
  }
  const nameOf = new Map(
    index.register.areas
      .filter(({ level }) => level === LEVEL)
      .map(({ id, name }) => [id, name.replace(/(\p{Ll})-(\p{L})/gu, '$1–$2')]),
  )

  const view = `indikator=${indicator}&period=${PERIOD}`
  await openKarta(page, `#/karta?${view}&omraden=${hidden[0]!.area}`)
  await expect(areaRows(page)).toHaveCount(28)
  for (const { area } of hidden)
    await expect(areaRow(page, nameOf.get(area)!)).toHaveText(
      /^\D+\s+dold\s+Dold i röjandekontrollen\s*$/,
    )
  for (const { area } of atSource)
    await expect(areaRow(page, nameOf.get(area)!)).toHaveText(
      /^\D+\s+dold\s+Dold redan hos källan\s*$/,
    )
  for (const { area } of zeros) {
    await expect(areaRow(page, nameOf.get(area)!)).toContainText('0,0')
    await expect(areaRow(page, nameOf.get(area)!)).not.toContainText('dold')
  }
  await expect(legend(page)).toContainText(`dold: ${hidden.length + atSource.length}\u00a0områden`)
  await expect(legend(page).locator('rect.square')).toHaveCount(shown.length)
  await expect(page.locator('svg path[fill="url(#map-hidden)"]')).toHaveCount(1)
  await expect(page.locator('svg path[fill="url(#map-missing)"]')).toHaveCount(0)
  const card = page.getByRole('region', { name: 'Valda områden' }).getByRole('listitem')
  await expect(card).toHaveText(/^\D+$/)
  await expect(card).toContainText('dold')
  await expect(page.getByRole('img', { name: /^Utveckling för/ })).toHaveAccessibleName(/: dold$/)

  await page.getByRole('button', { name: 'Tabell' }).first().click()
  for (const { area } of hidden)
    await expect(tableRow(page, nameOf.get(area)!)).toHaveText(/^\D+dold\D*$/)

  await follow(page, `#/karta?${view}&ordning=varde`)
  const order = (await areaRows(page).allInnerTexts()).map((text) => text.split('\n')[0]!)
  const last = order.slice(-hidden.length - atSource.length)
  expect(last).toEqual(last.toSorted(new Intl.Collator('sv').compare))
})

test('missing is not hidden and not zero', async ({ page }) => {
  const rows = releasedRows('nedskrap').filter(({ period }) => period === '2018-01')
  const missing = rows.filter(({ status }) => status.startsWith('missing'))
  const zeros = rows.filter(({ status, numerator }) => status === 'value' && numerator === '0')
  await openKarta(page, '#/karta?indikator=nedskrap&period=2018-01')
  await expect(areaRows(page)).toHaveCount(28)
  await expect(areaRows(page).filter({ hasText: /saknas\s+Saknas: / })).toHaveCount(missing.length)
  await expect(areaRows(page).filter({ hasText: 'dold' })).toHaveCount(0)
  await expect(areaRows(page).filter({ hasText: /\D0\s*(\(|$)/ })).toHaveCount(zeros.length)
  await expect(page.locator('svg path[fill="url(#map-missing)"]')).toHaveCount(1)
  await expect(page.locator('svg path[fill="url(#map-hidden)"]')).toHaveCount(0)
  await expect(legend(page)).toContainText(`saknas: ${missing.length}\u00a0områden`)
})

test('the database has counted the hidden cells of every file as they stand there', async ({
  page,
}) => {
  await openKarta(page, '#/data')
  await expect(page.getByText(/^Databasen har räknat .* celler/)).toBeVisible({ timeout: 60_000 })
  const line = page
    .getByRole('row')
    .filter({ hasText: 'Anmälda narkotikabrott' })
    .filter({ has: page.getByRole('cell', { name: LEVEL, exact: true }) })
  const rows = releasedRows('narkotika_brott')
  const counted = (status: RegExp) => String(rows.filter((row) => status.test(row.status)).length)
  const cells = (await line.getByRole('cell').allInnerTexts()).map((text) =>
    text.replace(/\s/g, ''),
  )
  expect(cells.slice(2, 7)).toEqual([
    String(rows.length),
    counted(/^value$/),
    counted(/^hidden$/),
    counted(/^hidden-at-source$/),
    counted(/^missing/),
  ])
  await expect(choice(page, 'Period')).toHaveCount(0)
})

const plantedPackage = join('.cache', 'planted-package')
const { source, shown, hidden } = plantedRelease()

test.describe('figures that stand nowhere else', () => {
  test.use({
    packageDirectory: plantedPackage,
    serviceWorkers: 'allow',
    permissions: ['clipboard-read', 'clipboard-write'],
  })

  test('are in no page, no storage, no cache and on no clipboard when they are hidden', async ({
    page,
  }) => {
    test.setTimeout(120_000)
    await replaceFolder(plantedPackage, assemblePackage(source))
    await openKarta(page)
    await follow(page, '#/data')
    await expect(page.getByText('Kan användas utan nät')).toBeVisible({ timeout: 90_000 })
    await expect(page.getByText(/^Databasen har räknat .* celler/)).toBeVisible({ timeout: 60_000 })

    const found: string[] = []
    for (const hash of [
      '#/karta',
      '#/karta?flik=tabell',
      '#/karta?flik=tabell&period=2024-01&omraden=a,b',
      '#/karta?visa=skillnad&period=2024-01&ordning=varde',
      '#/data',
      '#/rojandekontroll',
      '#/metod',
    ]) {
      await follow(page, hash)
      await expect(page.getByRole('main')).toBeVisible()
      await expect(page.getByText('Läser loggen')).toHaveCount(0)
      found.push(await page.content(), await copiedFrom(page))
    }
    found.push(...(await keptBy(page)))
    const text = found.join('\n').replace(/\b[0-9a-f]{64}\b/g, '')
    const figures = text.replace(/(?<=\d)(\s|&nbsp;)(?=\d{3})/g, '')

    // The search is not blind: what is shown is found, on the screen, in the cache and on the clipboard.
    const around = (figure: number): string[] =>
      [...figures.matchAll(new RegExp(`.{0,60}${figure}.{0,20}`, 'g'))].map(([line]) => line)
    for (const figure of shown) expect(around(figure), String(figure)).not.toEqual([])
    expect(hidden.length).toBeGreaterThan(4)
    for (const figure of hidden) expect(around(figure), String(figure)).toEqual([])
  })
})

/** Everything that can be marked on the page, as it lies on the clipboard when it is copied. */
async function copiedFrom(page: Page): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(''))
  await page.getByRole('main').focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('ControlOrMeta+C')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).not.toBe('')
  return copied
}

/** What the site keeps in the browser: storages, databases, the address and the cached package. */
async function keptBy(page: Page): Promise<string[]> {
  const { kept, cached } = await page.evaluate(async () => {
    const kept = [
      location.href,
      JSON.stringify(history.state),
      document.cookie,
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
    ]
    const answer = <Result>(request: IDBRequest<Result>): Promise<Result> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error(String(request.error)))
      })
    for (const { name } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name!))
      for (const store of database.objectStoreNames) {
        const reading = database.transaction(store).objectStore(store)
        kept.push(store, JSON.stringify(await answer(reading.getAll())))
      }
    }
    const cached: string[] = []
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        cached.push(request.url)
        // The app's own code holds no figure of a package, and too many digits to search.
        if (!request.url.includes('/package/')) continue
        kept.push(await (await cache.match(request))!.text())
      }
    }
    return { kept, cached }
  })
  const named = (file: string) => cached.filter((url) => url.endsWith(`/package/${file}`)).length
  for (const file of ['index.json', 'observations/stadsdel/prov.csv', 'rojandekontroll.json'])
    expect(named(file), file).toBe(1)
  return kept
}
