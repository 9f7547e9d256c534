import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from '@playwright/test'
import { barriers } from '../support/barriers.ts'
import { inAddress } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })
test.beforeEach(({ page }) => page.setDefaultTimeout(20_000))

const PART = './#/insatser?insatsdel=flode'
const FIXTURES = fileURLToPath(new URL('../fixtures/flow/', import.meta.url))
const steps = (page: Page): Locator =>
  page.getByRole('list', { name: 'Från inkommen till påbörjad' }).getByRole('listitem')
const answer = (page: Page, heading: string): Locator =>
  page.getByRole('heading', { level: 3, name: heading })
const choose = (page: Page, file: string | { name: string; mimeType: string; buffer: Buffer }) =>
  page
    .locator('input[type="file"][aria-label="Välj fil"]')
    .setInputFiles(typeof file === 'string' ? join(FIXTURES, file) : file)

/** Eighteen months whose small counts are hidden month by month, but not their sums. */
const OWN = [
  'Månad;Inkomna;Lämpliga;Tillfrågade;Påbörjade',
  ...Array.from({ length: 18 }, (_, at) => {
    const month = `${2025 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
    return [month, 31 + at, 17 + (at % 3), 12, 4 + (at % 4)].join(';')
  }),
].join('\r\n')
const own = { name: 'SSPF Ersboda.csv', mimeType: 'text/csv', buffer: Buffer.from(OWN) }

test('the shipped example is the source: what the totals force, and what its text has otherwise', async ({
  page,
}) => {
  await page.goto(PART)
  await expect(page.getByText('Av 37 inkomna bedömdes 25 lämpliga')).toBeVisible()
  await expect(steps(page)).toHaveText([
    /Inkomna IRK\s*37/,
    /Lämpliga\s*25\s*25 av 37, 68.% av de inkomna/,
    /Tillfrågade\s*15\s*15 av 25, 60.% av de lämpliga/,
    /Påbörjade\s*8\s*8 av 15, 53.% av de tillfrågade/,
  ])
  await expect(page.getByText('Exempel ur en annan kommuns rapport')).toBeVisible()
  const march = page.getByRole('row', { name: /^mars 2017/ })
  await expect(march.getByRole('cell')).toHaveText(['0', /^0\*, framräknat ur summan$/, '3', '1'])
  await expect(page.getByText('I avsnitt 4.2 skriver rapporten 27.')).toBeVisible()
  await expect(page.getByText('offentlig vid källan')).toBeVisible()
  // In a month the stages are of different cases, so that there is no share.
  await page
    .getByRole('combobox', { name: 'Period', exact: true })
    .selectOption({ label: 'mars 2017' })
  await expect(steps(page).nth(2)).toHaveText(/^Tillfrågade\s*3\s*De som tillfrågades/)
  expect(await inAddress(page, 'flodesperiod')).toBe('2017-03')
})

test('an own file is protected, kept, presented, and taken away again', async ({ page }) => {
  await page.goto(PART)
  await page.getByRole('button', { name: 'Läs in eget flöde' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Läs in eget flöde' })).toBeFocused()
  await choose(page, own)
  await expect(answer(page, 'Så blir SSPF Ersboda')).toBeFocused()
  await expect(
    page.getByText(/^Visas per kvartal och längre: \d+.antal syns, \d+.är dolda\.$/),
  ).toBeVisible()
  await page.getByRole('combobox', { name: 'Skydd' }).selectOption({ label: 'dölj antal under 5' })
  await expect(page.getByText(/^Visas per månad och längre/)).toBeVisible()
  await page.getByRole('combobox', { name: 'Kortaste period' }).selectOption('half-year')
  await expect(page.getByText(/^Visas per halvår och längre/)).toBeVisible()
  await page.getByRole('button', { name: 'Ta in flödet' }).press('Enter')
  await expect(page.getByText('”SSPF Ersboda” är inläst.')).toBeVisible()
  expect(await inAddress(page, 'flode')).toBe('sspf-ersboda')
  const halves = page.getByRole('table').getByRole('row')
  await expect(halves).toHaveCount(1 + 3 + 1)
  await expect(halves.nth(1)).toHaveText(/201\s*108\s*72\s*31$/)

  // Nothing of any month is in what the browser keeps.
  await page.reload()
  await expect(page.getByText(/^SSPF Ersboda, första/)).toBeVisible()
  const kept = await page.evaluate(async () => {
    const texts: string[] = []
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name!)
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error!)
      })
      for (const store of database.objectStoreNames) {
        const all = await new Promise<unknown>((resolve) => {
          const reading = database.transaction(store).objectStore(store).getAll()
          reading.onsuccess = () => resolve(reading.result)
        })
        texts.push(JSON.stringify(all))
      }
      database.close()
    }
    return texts.join('\n')
  })
  expect(kept).toContain('SSPF Ersboda')
  expect(kept).not.toContain('2025-03')

  await page.getByRole('button', { name: 'Spara till lägesbild' }).press('Enter')
  await page.getByRole('link', { name: 'Till lägesbilden' }).press('Enter')
  await expect(
    page.getByText(/bedömdes \d+ lämpliga och \d+ påbörjade insatsen/).first(),
  ).toBeVisible()
  await page.goBack()

  await page.getByRole('button', { name: 'Ta bort flödet' }).press('Enter')
  await expect(page.getByText('Av 37 inkomna bedömdes 25 lämpliga')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Ångra' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^SSPF Ersboda, första/)).toBeVisible()
})

test('a file with a row a person, or with faults, is refused in plain words', async ({ page }) => {
  await page.goto(PART)
  for (const [file, words] of [
    ['en-rad-per-person.csv', /verkar innehålla personnummer/],
    ['en-rad-per-arende.csv', /en rad per månad, inte en per ärende/],
    ['fel-tal.csv', /”12,5” är inte ett antal/],
    ['inget-flode.csv', /Här finns ingen tabell med ett flöde/],
  ] as const) {
    await choose(page, file)
    await expect(answer(page, `${file} är inte inläst.`)).toBeFocused()
    await expect(page.getByText(words)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Ta in flödet' })).toHaveCount(0)
    await page.getByRole('button', { name: 'Stäng', exact: true }).press('Enter')
  }
  await expect(page.getByText('20101112')).toHaveCount(0)
})

test('the template is a file that the page itself reads', async ({ page }) => {
  await page.goto(PART)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Ladda ner mall' }).press('Enter'),
  ])
  const template = readFileSync((await download.path())!, 'utf8')
  const filled = `${template}2026-01;80;60;40;20\r\n2026-02;81;61;41;21\r\n`
  await choose(page, { name: 'mall.csv', mimeType: 'text/csv', buffer: Buffer.from(filled) })
  await expect(answer(page, 'Så blir mall')).toBeVisible()
  await expect(
    page.getByText(/^Visas per månad och längre: 8.antal syns, 0.är dolda\.$/),
  ).toBeVisible()
})

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const)
  test(`nothing bars the way, nor scrolls sideways, at ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    await page.goto(PART)
    await expect(page.getByRole('button', { name: 'Spara till lägesbild' })).toBeVisible()
    await choose(page, 'fel-summa.csv')
    await expect(page.getByRole('heading', { level: 3, name: /fel-summa/ })).toBeVisible()
    expect(await barriers(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  })
