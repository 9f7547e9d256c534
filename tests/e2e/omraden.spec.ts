import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { read, utils } from '@e965/xlsx'
import { strFromU8, unzipSync } from 'fflate'
import { barriers } from '../support/barriers.ts'
import { inAddress } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

async function openProfile(page: Page, hash: string, name: string): Promise<void> {
  await page.goto(`./${hash}`)
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible({
    timeout: 30_000,
  })
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'false')
}

/** What a row of the profile says: the area's value and the comparison's. */
async function valuesOf(page: Page, indicator: string): Promise<string[]> {
  const row = page
    .getByRole('row')
    .filter({ has: page.getByRole('button', { name: indicator, exact: true }) })
  return row.getByRole('cell').allInnerTexts()
}

const downloaded = async (page: Page, form: RegExp): Promise<{ name: string; bytes: Buffer }> => {
  const coming = page.waitForEvent('download')
  await page
    .getByRole('dialog', { name: 'Ladda ner profilen' })
    .getByRole('button', { name: form })
    .click()
  const file = await coming
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

test('an area is chosen by keyboard, compared with likes, and its rows opened; the address keeps it', async ({
  page,
}) => {
  await openProfile(page, '#/omraden?profil=2480R041', 'Ålidhem södra')
  await page.getByRole('button', { name: 'Välj område' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('teg cen')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Teg centrala' })).toBeVisible()
  const code = await inAddress(page, 'profil')
  expect(code).toMatch(/^2480R\d{3}$/)

  await page.getByLabel('Jämförs med').selectOption({ label: 'liknande områden' })
  await expect(
    page.getByText(/^Liknande områden är .*närmast i folkmängd, åldersfördelning/),
  ).toBeVisible()
  await page.getByLabel('Ordnat efter').selectOption({ label: 'fokusproblem' })
  await expect(page.getByRole('heading', { level: 2, name: 'Skolmisslyckande' })).toBeVisible()

  const more = page.getByRole('button', { name: 'Arbetslöshet', exact: true }).first()
  await more.focus()
  await page.keyboard.press('Enter')
  await expect(more).toHaveAttribute('aria-expanded', 'true')
  await expect(
    page.getByRole('img', { name: /^Arbetslöshet över tid: 2018 / }).first(),
  ).toBeVisible()
  await expect(page.getByText('Att tänka på').first()).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Teg centrala' })).toBeVisible()
  await expect(page.getByLabel('Jämförs med')).toHaveValue('liknande')
  expect(await barriers(page)).toEqual([])
})

test('a group is one, its own words are kept, and a hidden figure is a word with its reason', async ({
  page,
}) => {
  await openProfile(
    page,
    '#/omraden?profil=2480R001,2480R002,2480R003',
    'Berghem norra–Fridhem, Berghem södra och Carlshem norra',
  )
  const hidden = await valuesOf(page, 'Behöriga till gymnasiet')
  expect(hidden.slice(0, 2)).toEqual(['dold', 'Dold i röjandekontrollen'])
  await page.getByRole('button', { name: 'Skriv egna ord' }).click()
  const words = page.getByRole('textbox', { name: /^Egna ord om Berghem/ })
  await words.fill('Fritidsgården öppnade i våras.')
  await expect(page.getByText('Sparat i webbläsaren')).toBeVisible()
  await page.reload()
  await expect(words).toHaveValue('Fritidsgården öppnade i våras.')
  expect(await barriers(page)).toEqual([])
})

test('files say what the screen says, and printing has the report', async ({ page }) => {
  await openProfile(page, '#/omraden?profil=2480R041', 'Ålidhem södra')
  const [value, , , reference] = await valuesOf(page, 'Trångboddhet')
  await page.getByRole('button', { name: 'Ladda ner', exact: true }).click()

  const sheet = await downloaded(page, /^Excel/)
  expect(sheet.name).toMatch(/^omradesprofil-2480R041-alidhem-sodra-\d{4}-\d\d\.xlsx$/)
  const book = read(sheet.bytes)
  const rows = utils.sheet_to_json<unknown[]>(book.Sheets['Bakomliggande faktorer']!, { header: 1 })
  const row = rows.find(([name]) => name === 'Trångboddhet')!
  const swedish = (number: unknown) => `${Number(number).toFixed(1).replace('.', ',')}\u00a0%`
  expect([swedish(row[4]), swedish(row[7])]).toEqual([value, reference])

  const csv = (await downloaded(page, /^CSV/)).bytes.toString('utf8')
  expect(csv).toContain('Syntetiska demonstrationsdata')
  const html = (await downloaded(page, /^Webbsida/)).bytes.toString('utf8')
  expect(html).toContain(value!)
  expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/)
  const slides = unzipSync((await downloaded(page, /^PowerPoint/)).bytes)
  const text = Object.entries(slides)
    .filter(([name]) => /^ppt\/slides\/slide\d+\.xml$/.test(name))
    .map(([, bytes]) => strFromU8(bytes))
    .join('')
  expect(text).toContain(value!)
  const colours = Object.entries(slides)
    .filter(([name]) => name.endsWith('.xml'))
    .flatMap(([, bytes]) => [...strFromU8(bytes).matchAll(/<a:srgbClr val="([^"]*)"/g)])
  expect(colours.filter(([, colour]) => !/^[0-9A-F]{6}$/.test(colour!))).toEqual([])
  expect(Object.keys(slides).filter((name) => name.endsWith('.png'))).not.toHaveLength(0)
  for (const [name, bytes] of Object.entries(slides))
    if (name.endsWith('.png')) expect([...bytes.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47])
  const drawings = unzipSync((await downloaded(page, /SVG/)).bytes)
  const map = Object.keys(drawings).find((name) => name.endsWith('-karta.svg'))!
  expect(strFromU8(drawings[map]!)).toContain('Syntetiska demonstrationsdata')

  await page.keyboard.press('Escape')
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await page.emulateMedia({ media: 'print' })
  const paper = page.locator('article.report')
  await expect(paper).toBeVisible()
  await expect(paper).toContainText(value!)
  await expect(paper).toContainText('Dold i röjandekontrollen')
})

test('all profiles of a level come as one zip, and can be given up', async ({ page }) => {
  await openProfile(page, '#/omraden?profil=2480-alidhem', 'Ålidhem')
  await page.getByRole('button', { name: 'Ladda ner', exact: true }).click()
  const panel = page.getByRole('dialog', { name: 'Ladda ner profilen' })
  for (const form of ['pptx', 'xlsx']) await panel.getByRole('checkbox', { name: form }).uncheck()
  await panel.getByRole('checkbox', { name: 'html' }).check()
  await panel.getByRole('button', { name: /^Gör zip/ }).click()
  await panel.getByRole('button', { name: 'Avbryt' }).click()
  await expect(panel.getByText('Avbrutet. Ingen fil sparades.')).toBeVisible()

  const { name, bytes } = await downloaded(page, /^Gör zip/)
  expect(name).toMatch(/^omradesprofiler-stadsdel-\d{4}-\d\d\.zip$/)
  const files = Object.keys(unzipSync(bytes))
  expect(files.length).toBe(28)
  expect(files[0]).toMatch(/^omradesprofil-2480-[\w-]+\/omradesprofil-2480-[\w-]+\.html$/)
})
