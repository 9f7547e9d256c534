import { readFileSync } from 'node:fs'
import { barriers } from '../support/barriers.ts'
import { droppedText } from '../support/import-page-world.ts'
import { button, dropFiles, heading, openImport, step, tabTo } from '../support/import-page.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

const index = JSON.parse(readFileSync('dist/package/index.json', 'utf8')) as {
  register: { areas: { id: string; level: string; name: string }[] }
}
const regso = index.register.areas.filter(({ level }) => level === 'regso')

/** Months without a year, an area that nobody knows, a number that can be read in two ways, and two that disagree. */
const QUESTIONS = droppedText('fall per månad.csv', [
  'Område;Månad;Antal fall;Handläggare',
  ...regso.map(({ id }, position) => {
    const area = position === 5 ? 'Ersboda C' : id
    return `${area};mars;${position === 8 ? '1,234' : 300 + position};Åsa Öhman`
  }),
  `${regso[0]!.id};mars;290;Åsa Öhman`,
])

for (const [screen, viewport] of Object.entries({
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
}))
  test(`every question is answered by keyboard, and axe finds no barrier in any step: ${screen}`, async ({
    page,
  }) => {
    test.setTimeout(240_000)
    await page.setViewportSize(viewport)
    const noBarriers = async (where: string) =>
      expect.soft(await barriers(page), `${where}, ${screen}`).toEqual([])
    const press = async (name: string | RegExp) => {
      await tabTo(page, button(page, name))
      await page.keyboard.press('Enter')
    }
    await openImport(page)
    await noBarriers('empty')
    await dropFiles(page, [QUESTIONS])
    await step(page, 1, 'Fil')
    await expect(heading(page)).toBeFocused()
    await noBarriers('file')
    await press('Fortsätt till kolumner')
    await step(page, 2, 'Kolumner')
    await expect(heading(page)).toBeFocused()
    await noBarriers('columns')
    // What a column means is a native list: letters and arrows choose in it.
    const role = page.getByRole('combobox', { name: 'Kolumnen ”Antal fall” är' }).first()
    await tabTo(page, role)
    await role.press('V')
    await expect(role).toHaveValue('value')
    await role.press('ArrowUp')
    await expect(role).toHaveValue('denominator')
    await role.press('ArrowUp')
    await expect(role).toHaveValue('numerator')
    await press('Fortsätt till fynd')
    await step(page, 3, 'Fynd')
    await noBarriers('findings')

    const reason = page.locator('#import-reason')
    const goOn = button(page, 'Fortsätt till indikator')
    await expect(reason).toContainText('behöver svar först')
    await tabTo(page, goOn)
    await page.keyboard.press('Enter')
    // It cannot be gone on: the focus is at what is asked.
    await step(page, 3, 'Fynd')
    const year = page.getByRole('textbox', { name: 'År' })
    await tabTo(page, year)
    await page.keyboard.type('25')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Skriv ett årtal med fyra siffror.')).toBeVisible()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('2025')
    await page.keyboard.press('Enter')
    await expect(year).toHaveCount(0)
    await expect(page.getByRole('status').filter({ hasText: 'Svaret används.' })).toBeAttached()

    const area = page.getByRole('combobox', { name: 'Område för ”Ersboda C”' })
    await tabTo(page, area)
    await page.keyboard.press('ArrowDown')
    await expect(area).toHaveCount(0)
    await noBarriers('an answer given')

    await press('Punkt är decimaltecken')
    await expect(button(page, 'Punkt är decimaltecken')).toHaveCount(0)
    await press(/^Behåll rad 2$/)
    await expect(goOn).toHaveAttribute('aria-disabled', 'false')
    const answers = page.getByRole('region', { name: 'Dina svar' })
    await expect(answers.getByRole('listitem')).not.toHaveCount(0)
    await tabTo(page, goOn)
    await page.keyboard.press('Enter')

    await step(page, 4, 'Indikator')
    await expect(heading(page)).toBeFocused()
    await noBarriers('new indicator')
    const existing = page.getByRole('radio', { name: 'En ny indikator' })
    await tabTo(page, existing)
    await page.keyboard.press('ArrowLeft')
    await expect(page.getByRole('radio', { name: 'En indikator som finns' })).toBeChecked()
    await noBarriers('existing indicator')
    await page.keyboard.press('ArrowRight')
    const name = page.getByLabel('Namn')
    await tabTo(page, name)
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('Fall')
    await tabTo(page, page.getByLabel('Källa'))
    await page.keyboard.type('Egen räkning')
    await press('Läs in')
    await expect(page.getByTestId('import-summary')).toBeVisible({ timeout: 60_000 })
    await expect(heading(page)).toBeFocused()
    await noBarriers('done')
    await tabTo(page, page.getByRole('link', { name: 'Till sidan Data' }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('region', { name: 'Inläst av dig' })).toContainText('Fall')
    await expect(page.getByText(/^Databasen har räknat/)).toBeVisible({ timeout: 60_000 })
    await noBarriers('Data')
  })

test.describe('at 400 % zoom', () => {
  // A window of 1280 × 1024 magnified four times.
  test.use({ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 })

  test('the page does not scroll sideways in any step', async ({ page }) => {
    test.setTimeout(120_000)
    const sideways = () =>
      page.evaluate(() => {
        const root = document.scrollingElement!
        return root.scrollWidth - root.clientWidth
      })
    await openImport(page)
    expect(await sideways()).toBe(0)
    const rows = regso.map(({ id, name }, position) => `${id} ${name};2024;${300 + position}`)
    await dropFiles(page, [
      droppedText('ett mycket långt filnamn som ingen har kortat, hösten 2025.csv', [
        'Område;År;Antal fall',
        ...rows,
      ]),
    ])
    for (const [number, name] of [
      [1, 'Fil'],
      [2, 'Kolumner'],
      [3, 'Fynd'],
      [4, 'Indikator'],
    ] as const) {
      await step(page, number, name)
      expect(await sideways(), name).toBe(0)
      if (number < 4) await button(page, /^Fortsätt till/).click()
    }
  })
})
