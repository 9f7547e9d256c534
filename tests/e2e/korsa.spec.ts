import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { barriers } from '../support/barriers.ts'
import { choice, inAddress } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

const matrix = (page: Page): Locator =>
  page.getByRole('grid', { name: /^Oönskade händelser mot bakomliggande/ })
const pair = (page: Page): Locator => page.getByRole('region', { name: 'Valt par' })
/** The cell of an event and a factor, by what it says. */
const cell = (page: Page, event: string, factor: string): Locator =>
  matrix(page).getByRole('button', { name: new RegExp(`^${event} och ${factor}`) })

async function openKorsa(page: Page, hash = '#/korsa'): Promise<void> {
  await page.goto(`./${hash}`)
  await expect(matrix(page)).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 })
}

test('the planted relation is found, and its pair is opened by pointer and by keyboard and kept by the address', async ({
  page,
}) => {
  await openKorsa(page)
  const found = cell(page, 'Skadegörelse', 'elever med minst 10 % frånvaro')
  await expect(found).toHaveAccessibleName(/per RegSO.*ρ 0,70.*40.områden\. Står sig/)
  await expect(page.getByTestId('cross-caption')).toContainText('Spearmans ρ med 95 % intervall')

  await cell(page, 'Klotter', 'hushåll med försörjningsstöd').click()
  await expect(pair(page)).toContainText('Klotter × hushåll med försörjningsstöd')
  expect(await inAddress(page, 'symptom')).toBe('klotter')
  expect(await inAddress(page, 'faktor')).toBe('ek_bistand')
  await expect(pair(page).getByRole('img', { name: /^0: r/ })).toBeVisible()

  // One stop for Tab; from there the arrows go, and Enter opens.
  await cell(page, 'Klotter', 'hushåll med försörjningsstöd').focus()
  const before = await page.evaluate(() => document.activeElement?.firstElementChild?.textContent)
  await page.keyboard.press('ArrowUp')
  const label = await page.evaluate(
    () => document.activeElement?.firstElementChild?.textContent ?? '',
  )
  expect(label).not.toBe(before)
  expect(label).toMatch(/^Klotter och/)
  await page.keyboard.press('Enter')
  const factor = /^Klotter och (.*?)[,:]/.exec(label)![1]!
  await expect(pair(page)).toContainText(`Klotter × ${factor}`)
  expect(await matrix(page).locator('button[tabindex="0"]').count()).toBe(1)

  const opened = await page.evaluate(() => location.hash)
  await page.reload()
  await expect(pair(page)).toContainText(`Klotter × ${factor}`, { timeout: 60_000 })
  expect(await page.evaluate(() => location.hash)).toBe(opened)
})

test('a pair says what it hangs on, the other level and what is left with another factor held; and hover is linked', async ({
  page,
}) => {
  await openKorsa(page, '#/korsa?niva=regso&symptom=skadegorelse&faktor=franvaro_10')
  const panel = pair(page)
  await expect(panel).toContainText(/Det hänger inte på ett enda område \(0,\d\d–0,\d\d när/)
  await expect(panel).toContainText('Det säger inget om orsak.')
  await expect(panel).toContainText(/Per stadsdel pekar sambandet åt samma håll: ρ.=.0,\d\d/)
  await expect(panel).toContainText('redovisas inte båda per kvartal eller termin')
  await choice(page, 'Faktor 1 att hålla lika').selectOption({ label: 'Arbetslöshet' })
  await expect(panel).toContainText(/Med ”arbetslöshet” lika: ρ.=.0,\d\d \(.*\), \d+.områden/)
  expect(await inAddress(page, 'kontroll')).toBe('arblos')

  const name = panel.getByRole('listitem').first()
  await name.hover()
  const area = (await name.innerText()).replace(/,\s*$/, '')
  await expect(panel.locator('.read')).toContainText(`${area}: `)
  await expect(panel.locator('.shown circle')).toBeVisible()
  await expect(panel.locator('path.outline')).toBeAttached()
})

test('a crossing can be cancelled, and started again', async ({ page }) => {
  // A worker that never comes: the crossing goes on for as long as the test wants.
  await page.route(/cross-worker/, () => undefined)
  await page.goto('./#/korsa')
  await page.getByRole('button', { name: 'Avbryt' }).click({ timeout: 60_000 })
  await expect(page.getByText('Korsningen är avbruten.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Avbryt' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Räkna', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Avbryt' })).toBeVisible()
})

test('the saved table says what the matrix does, and pictures are made', async ({ page }) => {
  await openKorsa(page, '#/korsa?niva=regso&symptom=skadegorelse&faktor=franvaro_10')
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Spara till CSV' }).click()
  const download = await saved
  expect(download.suggestedFilename()).toBe('korsa-regso-2025-utgava-2026-11-03.csv')
  const text = await readFile(await download.path(), 'utf8')
  const [heads, ...lines] = text
    .slice(1)
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(';'))
  const at = (line: readonly string[], head: string) => line[heads!.indexOf(head)] ?? ''
  const numbers = new Map(
    lines.map((line) => [`${at(line, 'Oönskad händelse')} och ${at(line, 'Faktor')}`, line]),
  )
  const shown = await matrix(page)
    .locator('tbody button')
    .evaluateAll((cells) =>
      cells.map((one) => ({
        label: one.querySelector('.visually-hidden')?.textContent ?? '',
        rho: one.querySelector('.rho')?.textContent ?? '',
        survives: one.classList.contains('survives'),
      })),
    )
  const byLabel = [...numbers].map(([key, line]) => ({ key: key.toLowerCase(), line }))
  expect(shown.length).toBeGreaterThan(200)
  for (const { label, rho, survives } of shown) {
    const own = byLabel.find(({ key }) => new RegExp(`^${key}[,:]`).test(label.toLowerCase()))
    expect(own, label).toBeDefined()
    const written = at(own!.line, 'ρ')
    if (rho === '–') expect(written).toBe('')
    else
      expect(Number(written.replace(',', '.')).toFixed(2).replace('-0.00', '0.00')).toBe(
        rho.replace(',', '.').replace('−', '-'),
      )
    expect(at(own!.line, 'Står sig efter korrigering') === 'ja').toBe(survives)
    expect(at(own!.line, 'Data')).toBe('Syntetiska demonstrationsdata')
  }
  for (const button of ['Spara bild (PNG)', 'Spara paret som bild (PNG)']) {
    const picture = page.waitForEvent('download')
    await page.getByRole('button', { name: button, exact: true }).click()
    const file = await picture
    expect(file.suggestedFilename()).toMatch(/^korsa-.*\.png$/)
    const bytes = await readFile(await file.path())
    expect(bytes.readUInt32BE(16)).toBeGreaterThan(1500)
  }
})

for (const [screen, size] of Object.entries({
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
}))
  test(`axe finds no barrier, and the page does not scroll sideways: ${screen}`, async ({
    page,
  }) => {
    await page.setViewportSize(size)
    await openKorsa(page)
    await expect(pair(page).getByRole('heading', { level: 2 })).toBeVisible()
    expect(await barriers(page)).toEqual([])
    const sideways = await page.evaluate(() => {
      const root = document.scrollingElement!
      return root.scrollWidth - root.clientWidth
    })
    expect(sideways).toBe(0)
  })

test('a pair is saved for the meeting, found on the page Lägesbild, and taken away again', async ({
  page,
}) => {
  await openKorsa(page, '#/korsa?niva=regso&symptom=skadegorelse&faktor=franvaro_10')
  const [, rho] = /ρ\s=\s(−?\d,\d\d)/.exec(await pair(page).innerText())!
  await pair(page).getByRole('button', { name: 'Spara till lägesbilden' }).click()
  await expect(pair(page).getByRole('button', { name: 'Sparad till lägesbilden' })).toBeDisabled()
  await pair(page).getByRole('link', { name: 'Till lägesbilden' }).click()
  const saved = page.getByRole('region', { name: 'Bilder' }).getByRole('listitem')
  await expect(saved).toContainText(/oftare mer skadegörelse/)
  await expect(page.getByRole('main')).toContainText('Skadegörelse × elever med minst 10 %')
  await expect(page.getByRole('definition').first()).toHaveText(rho!)
  await page.reload()
  await expect(saved).toHaveCount(1)
  await page.getByRole('link', { name: 'Öppna vyn' }).click()
  await expect(pair(page)).toContainText('Skadegörelse × elever med minst 10 %', {
    timeout: 60_000,
  })
  await page.goto('./#/lagesbild')
  await page.getByRole('button', { name: 'Ta bort bilden' }).click()
  await expect(saved).toHaveCount(0)
})

test('one area has its signs, and experts their numbers, without barriers', async ({ page }) => {
  await page.goto('./#/korsa?niva=regso&del=kannetecken&omraden=2480R025')
  await expect(page.getByText(/skiljer sig säkert från övriga kommunen/)).toBeVisible({
    timeout: 60_000,
  })
  expect(await barriers(page)).toEqual([])
  await page.getByRole('link', { name: 'Fördjupning' }).click()
  await expect(page.getByRole('rowheader', { name: 'Morans I', exact: true })).toBeVisible({
    timeout: 60_000,
  })
  expect(await barriers(page)).toEqual([])
})
