import { readFileSync } from 'node:fs'
import { read, utils, write } from '@e965/xlsx'
import type { Locator, Page } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { barriers } from '../support/barriers.ts'
import { button, dropFiles, tabTo } from '../support/import-page.ts'
import { inAddress } from '../support/karta.ts'
import { expect, test, watchContext } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })
test.beforeEach(({ page }) => page.setDefaultTimeout(20_000))

const ROUND = '#/insatser?insatsdel=uppfoljning&halvar=2024-H2'
const list = (page: Page): Locator => page.getByRole('navigation', { name: 'Insatser i rundan' })
const rowOf = (page: Page, title: string): Locator => list(page).getByRole('link', { name: title })
const heading = (page: Page, title: string): Locator =>
  page.getByRole('heading', { level: 2, name: title, exact: true })
const statusOf = (page: Page, name: string): Locator =>
  page.getByRole('group', { name: 'Status' }).getByRole('radio', { name: new RegExp(`^${name}`) })
const readingOf = (page: Page, name: string): Locator =>
  page
    .getByRole('group', { name: 'Bedömning' })
    .getByRole('radio', { name: new RegExp(`^${name}`) })
const saved = (page: Page): Locator => page.getByText('Sparat i webbläsaren.')

async function openRound(page: Page, rest = ''): Promise<void> {
  await page.goto(`./${ROUND}${rest}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Halvårsuppföljning' })).toBeVisible()
}

test('the round is gone through by keyboard, and a reload in the middle of a word loses none', async ({
  page,
}) => {
  await openRound(page)
  await expect(page.getByText('0 av 43 insatser följda upp')).toBeVisible()
  const begin = page.getByRole('button', { name: 'Börja med den första som saknas' })
  await begin.focus()
  await page.keyboard.press('Enter')

  // The first: a status, a reading, a number, words.
  const first = 'Pilot för öppenvårdsbehandling i kombination med arbetsrehabiliteringsinsatser'
  await expect(heading(page, first)).toBeFocused()
  await tabTo(page, statusOf(page, 'planerad'))
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
  await expect(statusOf(page, 'pågår')).toBeChecked()
  await tabTo(page, readingOf(page, 'inte bedömt'))
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(readingOf(page, 'på väg')).toBeChecked()
  await tabTo(page, page.getByLabel('Värde, Antal deltagare och hur det gått för dem'))
  await page.keyboard.type('12,5')
  await page.keyboard.press('Tab')
  await page.keyboard.type('personer')
  await tabTo(page, page.getByLabel('Kommentar'))
  await page.keyboard.type('Igång sedan hösten.')
  await expect(saved(page)).toBeVisible()
  await expect(page.getByText('1 av 43 insatser följda upp')).toBeVisible()
  await expect(rowOf(page, first)).toContainText('pågår, på väg')

  // Words of the next one, without a status: no record, and there after a reload.
  await page.keyboard.press('Control+Enter')
  await expect(heading(page, 'Utveckling av inlussmodell')).toBeFocused()
  await tabTo(page, page.getByLabel('Kommentar'))
  await page.keyboard.type('Mitt i en men')
  await page.reload()
  await expect(page.getByLabel('Kommentar')).toHaveValue('Mitt i en men')
  await expect(page.getByText('Det du skrivit ligger kvar i webbläsaren.')).toBeVisible()
  await expect(rowOf(page, 'Utveckling av inlussmodell')).toContainText('påbörjad, inte sparad')
  await expect(page.getByText('1 av 43 insatser följda upp')).toBeVisible()
  await statusOf(page, 'planerad').focus()
  await page.keyboard.press('Space')
  await expect(page.getByText('2 av 43 insatser följda upp')).toBeVisible()

  // Back and forth, and on past what is done.
  await page.keyboard.press('Alt+PageUp')
  await expect(heading(page, first)).toBeFocused()
  await expect(page.getByLabel('Värde, Antal deltagare och hur det gått för dem')).toHaveValue(
    '12,5',
  )
  await page.keyboard.press('Alt+PageDown')
  await expect(heading(page, 'Utveckling av inlussmodell')).toBeFocused()
  await page.keyboard.press('Alt+PageUp')
  await page.keyboard.press('Control+Enter')
  await expect(heading(page, 'Föräldrastöd till utrikesfödda')).toBeFocused()
  expect(await inAddress(page, 'insats')).toBe('salam-familj-vaxer')

  await page.getByRole('link', { name: '← Till översikten' }).press('Enter')
  await page.getByRole('checkbox', { name: 'Visa bara de som saknas' }).press('Space')
  await expect(rowOf(page, first)).toHaveCount(0)
  await expect(list(page).getByRole('link')).toHaveCount(41)
})

test('last time is beside the form and is stored only when it is chosen; what is removed comes back', async ({
  page,
}) => {
  await openRound(page, '&insats=kraft')
  await expect(heading(page, 'KRAFT')).toBeFocused()
  const last = page.getByRole('complementary')
  await expect(last).toContainText('Förra gången, vår 24')
  await expect(last).toContainText('Deltagare som slutfört insatsen: 24 personer')
  await expect(page.getByText('0 av 43 insatser följda upp')).toBeVisible()
  for (const one of await page.getByRole('group', { name: 'Status' }).getByRole('radio').all())
    await expect(one).not.toBeChecked()
  await last.getByRole('button', { name: 'Samma status och bedömning nu' }).press('Enter')
  await expect(statusOf(page, 'ordinarie')).toBeChecked()
  await expect(page.getByText('1 av 43 insatser följda upp')).toBeVisible()
  await expect(page.getByLabel('Värde, Deltagare som slutfört insatsen')).toHaveValue('')

  // What is no number is told at its field, and stays there; all else is stored.
  await page.getByLabel('Värde, Deltagare som slutfört insatsen').fill('tio')
  await page.getByLabel('Värde, Deltagare som fått anställning').fill('3')
  await page.getByLabel('Kommentar').fill('Avslutas i ett utsatt område.')
  await expect(page.getByText('”tio” är inte ett tal.')).toBeVisible()
  await expect(page.getByLabel('Värde, Deltagare som slutfört insatsen')).toHaveAttribute(
    'aria-invalid',
    'true',
  )
  await expect(page.getByText(/”utsatt område” stämplar/i)).toBeVisible()
  await expect(rowOf(page, 'KRAFT')).toContainText('något är inte sparat')
  // A number that could point at single people is moved into words, when that is chosen.
  await page
    .getByRole('button', { name: 'Skriv ”färre än 5” i kommentaren i stället' })
    .press('Enter')
  await expect(page.getByLabel('Kommentar')).toHaveValue(
    'Avslutas i ett utsatt område.\nDeltagare som fått anställning: färre än 5.',
  )
  await page.getByLabel('Värde, Deltagare som slutfört insatsen').fill('31')
  await expect(saved(page)).toBeVisible()

  await page.getByRole('button', { name: 'Ta bort uppföljningen' }).press('Enter')
  await expect(page.getByText('0 av 43 insatser följda upp')).toBeVisible()
  await expect(page.getByLabel('Kommentar')).toHaveValue('')
  const undo = page.getByRole('button', { name: 'Ångra' })
  await expect(undo).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Värde, Deltagare som slutfört insatsen')).toHaveValue('31')
  await page.reload()
  await expect(page.getByLabel('Kommentar')).toHaveValue(/färre än 5\.$/)
})

test('an effort that is not asked for can be followed up all the same, and then counts', async ({
  page,
}) => {
  await page.goto('./#/insatser?insatsdel=uppfoljning&halvar=2026-H1&verksamhet=kultur')
  const count = page.getByText('0 av 2 insatser följda upp')
  await expect(count).toBeVisible()
  await page.getByText('Inte aktuella det här halvåret (4)').click()
  await page.getByRole('link', { name: 'Readers are leaders: planens tid är slut' }).press('Enter')
  await expect(heading(page, 'Readers are leaders')).toBeFocused()
  await statusOf(page, 'avslutad').check()
  await expect(page.getByText('1 av 3 insatser följda upp')).toBeVisible()
  await expect(rowOf(page, 'Readers are leaders')).toContainText('avslutad, inte bedömt')
})

test('two tabs never undo each other', async ({ page, context }) => {
  await openRound(page, '&insats=kraft')
  const other = await context.newPage()
  await openRound(other, '&insats=framtidsverkstan')
  await statusOf(page, 'avslutad').check()
  await expect(other.getByText('1 av 43 insatser följda upp')).toBeVisible()
  await statusOf(other, 'pågår').check()
  await other.getByLabel('Kommentar').fill('Från den andra.')
  await expect(page.getByText('2 av 43 insatser följda upp')).toBeVisible()
  await expect(rowOf(page, 'KRAFT')).toContainText('avslutad')
  await expect(rowOf(page, 'Framtidsverkstan')).toContainText('pågår')
  // Unfinished words of one are seen in the other.
  await other.goto(`./${ROUND}&insats=skolgardar`)
  await other.getByLabel('Kommentar').fill('Halva')
  await expect(rowOf(page, 'Uppfräschning av skolgårdar')).toContainText('påbörjad')
  await rowOf(page, 'Uppfräschning av skolgårdar').click()
  await expect(page.getByLabel('Kommentar')).toHaveValue('Halva')
})

/** The workbook with other words in a column of an effort's first row, as somebody in a department would write them. */
function filledIn(bytes: Uint8Array, id: string, words: Readonly<Record<string, unknown>>): Buffer {
  const book = read(bytes, { cellDates: true })
  const sheet = book.Sheets[book.SheetNames[0]!]!
  const rows = utils.sheet_to_json<unknown[]>(sheet, { header: 1 })
  const heads = rows[0] as readonly string[]
  const at = rows.findIndex((row) => row[heads.indexOf('Id')] === id)
  for (const [head, value] of Object.entries(words))
    utils.sheet_add_aoa(sheet, [[value]], { origin: { r: at, c: heads.indexOf(head) } })
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

test('from the round to a file, changed there, read again, presented, handed out, and on to another browser', async ({
  page,
  browser,
  site,
  watch,
}) => {
  test.setTimeout(180_000)
  const download = async (name: string): Promise<Buffer> => {
    const coming = page.waitForEvent('download')
    await button(page, name).press('Enter')
    return readFileSync(await (await coming).path())
  }
  await openRound(page, '&insats=framtidsverkstan')
  await statusOf(page, 'pågår').focus()
  await page.keyboard.press('Space')
  await page.getByLabel('Kommentar').fill('Åtta unga ledare.')
  await expect(saved(page)).toBeVisible()
  await page.getByRole('link', { name: '← Till översikten' }).press('Enter')

  // Out, changed in the file, and in again.
  const bytes = filledIn(await download('Ladda ner xlsx'), 'framtidsverkstan', {
    ...{ Status: 'avslutad', Bedömning: 'uppnått', Värde: 31, Enhet: 'personer' },
  })
  const files = page.getByRole('region', { name: 'Fyll i som fil' })
  await files
    .getByLabel('Läs in ifylld fil')
    .and(page.locator('input'))
    .setInputFiles({ name: 'ifylld.xlsx', mimeType: 'application/octet-stream', buffer: bytes })
  await expect(files).toContainText('1 ändrad')
  await expect(files).toContainText('Framtidsverkstan, höst 24')
  await expect(files).toContainText('Status: pågår → avslutad')
  await expect(files).toContainText('31 personer')
  await expect(rowOf(page, 'Framtidsverkstan')).toContainText('pågår')
  await button(page, 'Ta in ändringarna').press('Enter')
  await expect(rowOf(page, 'Framtidsverkstan')).toContainText('avslutad, uppnått')
  await rowOf(page, 'Framtidsverkstan').press('Enter')
  await expect(statusOf(page, 'avslutad')).toBeChecked()
  await expect(page.getByLabel('Kommentar')).toHaveValue('Åtta unga ledare.')
  await page.getByRole('link', { name: '← Till översikten' }).press('Enter')

  // Made a lägesbild and shown.
  await button(page, 'Gör lägesbild av rundan').press('Enter')
  const slides = page.getByRole('region', { name: 'Bilder' })
  await expect(slides).toContainText('1 av 43 insatser följda upp, höst 24', { timeout: 60_000 })
  await expect(slides).toContainText('Vad som har ändrats säkert')
  await expect(slides).toContainText('42 insatser saknar uppföljning')
  await button(page, 'Visa bilderna').press('Enter')
  await expect(page.getByRole('heading', { name: '1 av 43 insatser följda upp' })).toBeVisible()
  for (let step = 0; step < 3; step++) await page.keyboard.press('PageDown')
  await expect(
    page.getByRole('heading', { name: 'Arbetsmarknad och integration: 1 av 5' }),
  ).toBeVisible()
  const shown = page.getByRole('definition')
  await expect(shown.first()).toHaveText('avslutad')
  await expect(page.getByRole('term').first()).toHaveText('Framtidsverkstan')
  await page.keyboard.press('Escape')

  // Handed out as slides that can be edited: the same words in a table.
  const parts = unzipSync(await download('PowerPoint'))
  const told = Object.entries(parts)
    .filter(([name]) => /^ppt\/slides\/slide\d+\.xml$/.test(name))
    .map(([, part]) => strFromU8(part))
    .find((xml) => xml.includes('Framtidsverkstan') && xml.includes('avslutad'))
  expect(told).toContain('<a:tbl>')

  // What is written later is on the slides that there are.
  await openRound(page, '&insats=kraft')
  await statusOf(page, 'ordinarie').check()
  await expect(saved(page)).toBeVisible()
  await page.goto('./#/lagesbild')
  await expect(slides).toContainText('2 av 43 insatser följda upp, höst 24', { timeout: 60_000 })

  const project = { name: 'runda.lagesprojekt.zip', bytes: await download('Projektfil') }
  const other = await browser.newContext({ locale: 'sv-SE', serviceWorkers: 'block' })
  watchContext(other, new URL(site.url).host, watch.faults)
  const fresh = await other.newPage()
  fresh.setDefaultTimeout(20_000)
  await fresh.goto(`${site.url}#/data`)
  await expect(fresh.getByText('Inget är inläst än.')).toBeVisible()
  await dropFiles(fresh, [project])
  await button(fresh, 'Öppna').click()
  await expect(fresh.getByText('Projektfilen är öppnad')).toBeVisible({ timeout: 60_000 })
  await fresh.goto(`${site.url}${ROUND}`)
  await expect(rowOf(fresh, 'Framtidsverkstan')).toContainText('avslutad, uppnått')
  await expect(fresh.getByText('2 av 43 insatser följda upp')).toBeVisible()
  await other.close()
})

for (const [name, viewport] of Object.entries({
  desktop: { width: 1440, height: 900 },
  projector: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
}))
  test(`neither the round nor its form has a barrier or scrolls sideways: ${name}`, async ({
    page,
  }) => {
    await page.setViewportSize(viewport)
    await openRound(page)
    const fits = async (what: string) => {
      expect.soft(await barriers(page), `${what}, ${name}`).toEqual([])
      const [whole, seen] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        innerWidth,
      ])
      expect.soft(whole, what).toBeLessThanOrEqual(seen!)
    }
    await fits('overview')
    await openRound(page, '&insats=kraft')
    await statusOf(page, 'avslutad').check()
    await page.getByLabel('Värde, Deltagare som slutfört insatsen').fill('3')
    await page.getByLabel('Värde, Antal deltagare och hur det gått för dem').fill('tio')
    await page.getByRole('button', { name: 'Lägg till mått' }).click()
    await page.getByLabel('Kommentar').fill('Ett utsatt område.')
    await fits('form')
  })
