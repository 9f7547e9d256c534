import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { areaRow, areaRows, choice, follow, inAddress, openKarta } from '../support/karta.ts'
import { droppedText } from '../support/import-page-world.ts'
import {
  button,
  dropFiles,
  goToIndicator,
  heading,
  keptText,
  openImport,
  step,
} from '../support/import-page.ts'
import { expect, test, watchContext } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

const index = JSON.parse(readFileSync('dist/package/index.json', 'utf8')) as {
  register: { areas: { id: string; level: string; name: string; parent: string | null }[] }
}
const regso = index.register.areas.filter(({ level }) => level === 'regso')
const nbsp = '\u00a0'

/** 1234.5 as a Swedish system exports it. */
const swedish = (value: number, decimals: number): string =>
  value
    .toFixed(decimals)
    .replace('.', ',')
    .replace(/\B(?=(\d{3})+(?!\d))/g, nbsp)

/**
 * Months as they come from a register of cases: Windows-1252, titles above, thousands by hard spaces, minus as an en
 * dash, names of those who handled the cases, notes below.
 */
function messyExport(period: string) {
  const rows = regso.map(({ id, name }, position) => {
    const inhabitants = 1200 + 37 * position
    const cases = 40 + ((position * 17) % 60)
    const change = position % 2 === 0 ? `–${swedish(position / 2, 1)}` : swedish(position / 2, 1)
    const area = position % 3 === 0 ? id : position % 3 === 1 ? `${name} (${id})` : ` ${name} `
    const rate = swedish((1000 * cases) / inhabitants, 1)
    return [
      area,
      period,
      swedish(cases, 0),
      swedish(inhabitants, 0),
      rate,
      change,
      'Åsa Öhman',
    ].join(';')
  })
  return droppedText(`skadegorelse ${period.replace(/\W/g, '')}.csv`, [
    'Anmäld skadegörelse;;;;;;',
    'Uttag 2026-01-15;;;;;;',
    'Område;Period;Anmälningar;Invånare;Per 1 000;Förändring;Handläggare',
    ...rows,
    'Källa: Polisens ärenderegister;;;;;;',
    '* folkbokförda den 31 december;;;;;;',
  ])
}

async function readIn(page: Page): Promise<void> {
  await button(page, 'Läs in').click()
  await expect(page.getByTestId('import-summary')).toBeVisible({ timeout: 60_000 })
}

test('a raw Swedish export is dropped, mapped, released and on the map; it stays, and travels in a project file', async ({
  page,
  browser,
  watch,
  site,
}) => {
  test.setTimeout(240_000)
  await openKarta(page)
  await dropFiles(page, [messyExport('2025')])
  await step(page, 1, 'Fil')
  expect(await inAddress(page, 'indikator')).toBeNull()
  await expect(page.getByRole('main')).toContainText(
    `Text, Windows-1252, semikolon. Rubrik på rad 3. 42${nbsp}datarader, 42${nbsp}områden, 1${nbsp}år.`,
  )
  const sheet = page.getByRole('region', { name: 'Tabellen som den står i filen' })
  await expect(sheet.getByRole('row', { name: 'Rad 1', exact: false }).first()).toBeVisible()
  await expect(sheet.getByText('Källa: Polisens ärenderegister')).toBeVisible()
  expect(await page.content()).not.toMatch(/Åsa|Öhman/)

  await button(page, 'Fortsätt till kolumner').click()
  await step(page, 2, 'Kolumner')
  const role = (name: string) => sheet.getByRole('combobox', { name: `Kolumnen ”${name}” är` })
  await expect(role('Område')).toHaveValue('area')
  await expect(role('Period')).toHaveValue(/period|year/)
  await expect(role('Invånare')).toHaveValue('denominator')
  await expect(role('Handläggare')).toHaveValue('dropped')
  await role('Anmälningar').selectOption('numerator')
  await role('Förändring').selectOption('ignored')
  await expect(role('Förändring')).toHaveValue('ignored')
  await button(page, 'Fortsätt till fynd').click()
  await step(page, 3, 'Fynd')
  await expect(page.getByText('42 av 42')).toBeVisible()
  await expect(page.getByRole('heading', { level: 2 })).not.toContainText('fynd stoppar')
  await button(page, 'Fortsätt till indikator').click()
  await step(page, 4, 'Indikator')
  await expect(page.getByLabel('Namn')).toHaveValue('Anmäld skadegörelse')
  await expect(page.getByLabel('Källa')).toHaveValue('Polisens ärenderegister')
  await page.getByLabel('Vad som visas').selectOption('rate')
  await page.getByLabel('Räknat på').fill('invånare')
  await page.getByLabel('Uppgifterna gäller').selectOption('place')
  await readIn(page)
  await expect(heading(page)).toContainText('Anmäld skadegörelse är inläst')

  await page.getByRole('link', { name: 'Visa på kartan' }).click()
  const first = regso[0]!
  const shown = async (on: Page) => {
    await expect(on.getByRole('button', { name: /^Indikator: Anmäld skadegörelse/ })).toBeVisible()
    await choice(on, 'Nivå').selectOption('regso')
    await expect(areaRows(on)).toHaveCount(42)
    // 40 of 1 200 inhabitants.
    await expect(areaRow(on, first.name.replace(/(\p{Ll})-(\p{L})/gu, '$1–$2'))).toContainText(
      '33,3',
    )
    await expect(areaRows(on).filter({ hasText: /dold|saknas/ })).toHaveCount(0)
  }
  await shown(page)
  await page.reload()
  await shown(page)

  await page.getByRole('link', { name: 'Data', exact: true }).click()
  const own = page.getByRole('region', { name: 'Inläst av dig' })
  await expect(own.getByRole('row').filter({ hasText: 'skadegorelse 2025.csv' })).toContainText(
    '42',
  )
  const downloading = page.waitForEvent('download')
  await button(page, 'Spara projektfil').click()
  const download = await downloading
  const project = { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
  expect(project.name).toMatch(/\.zip$/)
  expect(await page.content()).not.toMatch(/Åsa|Öhman/)

  const other = await browser.newContext({ locale: 'sv-SE', serviceWorkers: 'block' })
  watchContext(other, new URL(site.url).host, watch.faults)
  const fresh = await other.newPage()
  await fresh.goto(`${site.url}#/data`)
  await expect(fresh.getByText('Inget är inläst än.')).toBeVisible()
  await dropFiles(fresh, [project])
  await expect(fresh.getByRole('heading', { name: 'Öppna projektfil' })).toBeVisible({
    timeout: 30_000,
  })
  await button(fresh, 'Öppna').click()
  await expect(fresh.getByText('Projektfilen är öppnad')).toBeVisible({ timeout: 60_000 })
  await follow(fresh, '#/karta?indikator=anmald_skadegorelse')
  await shown(fresh)
  await other.close()
})

test('the next file of the same shape needs no questions, and tells what has changed', async ({
  page,
}) => {
  test.setTimeout(180_000)
  const lines = (years: readonly number[], revised: number) => [
    'Område;År;Elever;Frånvarande',
    ...years.flatMap((year) =>
      regso.flatMap(({ id, name }, position) => {
        // An area that is not reported any more.
        if (year === 2025 && position === 0) return []
        const text = position === 4 ? `${name} C` : id
        const isRevised = year === 2024 && position === 7
        // A change of fewer than the threshold would tell of them.
        const isHardlyRevised = year === 2024 && position === 9
        const change = isRevised ? revised : isHardlyRevised ? Math.min(revised, 3) : 0
        const absent = 60 + position + change
        return [`${text};${year};${400 + position};${absent}`]
      }),
    ),
  ]
  await openImport(page)
  await dropFiles(page, [droppedText('franvaro 2024.csv', lines([2023, 2024], 0))])
  await step(page, 1, 'Fil')
  await button(page, 'Fortsätt till kolumner').click()
  await button(page, 'Fortsätt till fynd').click()
  await expect(page.getByRole('heading', { level: 2, name: /^Ett fynd stoppar/ })).toBeVisible()
  await expect(button(page, 'Fortsätt till indikator')).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('combobox', { name: /^Område för/ }).selectOption(regso[4]!.id)
  await expect(button(page, 'Fortsätt till indikator')).toHaveAttribute('aria-disabled', 'false')
  await button(page, 'Fortsätt till indikator').click()
  await page.getByLabel('Namn').fill('Frånvaro')
  await page.getByLabel('Källa').fill('Skolan')
  await readIn(page)

  await button(page, 'Läs in en fil till').click()
  await dropFiles(page, [droppedText('franvaro 2025.csv', lines([2023, 2024, 2025], 12))])
  await goToIndicator(page)
  await expect(page.getByRole('radio', { name: 'En indikator som finns' })).toBeChecked()
  await expect(page.getByText('Det inlästa ersätter det du läste in förut.')).toBeVisible()
  await readIn(page)
  const changes = page.getByRole('region', { name: 'Vad som har ändrats' })
  await expect(changes).toContainText('Nya perioder: 2025')
  await expect(changes).toContainText(/\d+\sändrade värden/)
  await expect(changes.getByRole('row').filter({ hasText: '16,5' })).not.toHaveCount(0)
  await expect(changes.getByRole('row').filter({ hasText: '17,6' })).toHaveCount(0)
  await expect(changes).toContainText(/brott i serie/)
  await expect(
    page.getByText(
      /3 tal är preliminära\. Där ändringen sedan den förra inläsningen rör färre än 10/,
    ),
  ).toBeVisible()
})

test('what was read in can be taken away again', async ({ page }) => {
  test.setTimeout(120_000)
  await page.goto('./#/data')
  await expect(page.getByText('Inget är inläst än.')).toBeVisible()
  const rows = regso.map(({ id }, position) => `${id};2024;${50 + position}`)
  await dropFiles(page, [droppedText('antal.csv', ['Område;År;Antal händelser', ...rows])])
  await goToIndicator(page)
  await page.getByLabel('Namn').fill('Händelser')
  await page.getByLabel('Källa').fill('Egen räkning')
  await readIn(page)
  await page.getByRole('link', { name: 'Till sidan Data' }).click()
  const row = page
    .getByRole('region', { name: 'Inläst av dig' })
    .getByRole('row', { name: /antal\.csv/ })
  await expect(row).toContainText('Händelser')
  await button(page, 'Ta bort Händelser').click()
  await expect(button(page, 'Behåll')).toBeFocused()
  await button(page, 'Ja, ta bort').click()
  await expect(page.getByText('Händelser är borttagen.')).toBeVisible()
  await expect(row).toHaveCount(0)
  await page.reload()
  await expect(page.getByText('Inget är inläst än.')).toBeVisible()
})

test('cancelled in the middle, nothing is left', async ({ page }) => {
  test.setTimeout(120_000)
  await openImport(page)
  const rows = Array.from({ length: 400_000 }, (_, row) => {
    const { id } = regso[row % 42]!
    return `${id};${1990 + (row % 35)}-${String(1 + (row % 12)).padStart(2, '0')};${row % 977};917733${row % 10}`
  })
  await dropFiles(page, [droppedText('stor.csv', ['Område;Månad;Antal;Invånare', ...rows])])
  await expect(page.getByRole('progressbar')).toBeVisible()
  const importers = () =>
    page.workers().filter((worker) => worker.url().includes('import-worker')).length
  await expect.poll(importers).toBe(1)
  await button(page, 'Avbryt').click()
  await expect(page.getByText('Inläsningen avbröts. Inget har lästs in.')).toBeVisible()
  await expect(heading(page)).toBeFocused()
  await expect.poll(importers).toBe(0)
  expect(`${await page.content()}${await keptText(page)}`).not.toContain('917733')
  await follow(page, '#/data')
  await expect(page.getByText('Inget är inläst än.')).toBeVisible()
})

test('leaving the page ends the import', async ({ page }) => {
  await openImport(page)
  await dropFiles(page, [messyExport('2025')])
  await step(page, 1, 'Fil')
  await follow(page, '#/data')
  await expect(page.getByRole('heading', { name: 'Inläst av dig' })).toBeVisible()
  await expect
    .poll(() => page.workers().filter((worker) => worker.url().includes('import-worker')).length)
    .toBe(0)
})

test('damaged, empty and foreign files are refused in words', async ({ page, watch }) => {
  const bytes = (...values: number[]) => Uint8Array.from(values)
  await openImport(page)
  for (const [file, says] of [
    [{ name: 'tom.csv', bytes: bytes() }, /tom/],
    [{ name: 'bild.png', bytes: bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) }, /\S/],
    [{ name: 'trasig.zip', bytes: bytes(0x50, 0x4b, 3, 4, 1, 2, 3) }, /skadad|avkortad/],
    [droppedText('brev.txt', ['Hej,', 'här kommer ingen tabell alls.']), /ingen tabell/i],
  ] as const) {
    await dropFiles(page, [file])
    await expect(page.getByRole('alert')).toContainText(says)
    await expect(button(page, 'Välj en annan fil')).toBeVisible()
  }
  expect(watch.faults).toEqual([])
})
