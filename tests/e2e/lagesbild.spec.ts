import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { barriers } from '../support/barriers.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

const save = (page: Page, at = 0) =>
  page.getByRole('button', { name: 'Spara till lägesbild', exact: true }).nth(at).click()

const downloaded = async (page: Page, name: string): Promise<Buffer> => {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name, exact: true }).click()
  return readFile(await (await coming).path())
}

const rows = (page: Page) => page.getByRole('region', { name: 'Bilder' }).getByRole('listitem')

test('views from three screens and words become slides, shown in two windows in step, and files that say the same', async ({
  page,
  context,
}) => {
  page.setDefaultTimeout(20_000)
  await page.goto('./#/karta?indikator=franvaro_10&visa=skillnad')
  await save(page)
  await page.goto('./#/karta?indikator=klotter&omraden=2480R041&niva=regso')
  await expect(page.getByRole('button', { name: 'Spara till lägesbild' })).toHaveCount(2)
  await save(page, 1)
  await page.goto('./#/omraden?profil=2480R041')
  await page.getByRole('button', { name: /^Spara till lägesbild/ }).click()
  await page.goto('./#/lagesbild')
  await expect(rows(page)).toHaveCount(3)
  await expect(rows(page).nth(0)).toContainText('Elever med minst 10 % frånvaro:')
  await expect(rows(page).nth(1)).toContainText('Klotter i Ålidhem södra')
  await expect(rows(page).nth(2)).toContainText('Ålidhem södra har')

  // Words, and advice about them; by keyboard to the front.
  await page.getByRole('button', { name: 'Ny bild av ord' }).click()
  await expect(page.getByLabel('Rubrik', { exact: true })).toBeFocused()
  await page.keyboard.type('Vad vi ser')
  await page
    .getByLabel('Analys och bedömning')
    .fill('Ersboda är ett problemområde.\nVi frågar skolan.')
  await expect(page.getByRole('list', { name: 'Att tänka på i orden' })).toContainText(
    'problemområde',
  )
  await page.getByLabel('Anteckningar för den som visar').fill('Börja lugnt.')
  await expect(rows(page)).toHaveCount(4)
  await rows(page)
    .nth(1)
    .getByRole('button', { name: /Vad vi ser/ })
    .first()
    .focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(rows(page).nth(0)).toContainText('Vad vi ser')

  // Removed and back again.
  await page.keyboard.press('Delete')
  await expect(rows(page)).toHaveCount(3)
  await page.getByRole('button', { name: 'Ångra' }).click()
  await expect(rows(page).nth(0)).toContainText('Vad vi ser')
  expect(await barriers(page)).toEqual([])

  // The tab dies in the middle of typing: the words are there.
  await page.getByLabel('Avsändare').fill('Rådet')
  await expect(page.getByText('Sparat i webbläsaren.')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Avsändare')).toHaveValue('Rådet')
  await expect(page.getByLabel('Analys och bedömning')).toHaveValue(/problemområde/)

  const slides = unzipSync(await downloaded(page, 'PowerPoint'))
  const said = Object.entries(slides)
    .filter(([name]) => /^ppt\/slides\/slide\d+\.xml$/.test(name))
    .map(([, bytes]) => strFromU8(bytes))
    .join('')
  const html = (await downloaded(page, 'Webbsida')).toString('utf8')

  await page.getByRole('button', { name: 'Visa bilderna' }).click()
  await expect(page.getByRole('heading', { name: 'Vad vi ser' })).toBeVisible()
  await page.keyboard.press('ArrowRight')
  const heading = page.getByRole('heading', { name: /^Elever med minst 10/ })
  await expect(heading).toBeVisible()
  // What is shown in the room stands in both files, to the letter.
  const figures = await page.getByRole('main').getByRole('definition').allInnerTexts()
  const names = await page.getByRole('main').getByRole('term').allInnerTexts()
  expect(figures.length).toBeGreaterThan(3)
  for (const text of [...figures, ...names, 'Vi frågar skolan.']) {
    expect(said).toContain(text)
    expect(html).toContain(text)
  }

  // The map answers to its period without leaving the slide.
  const foot = page.getByRole('main').getByText(/, läsåret 20\d\d\/\d\d/)
  const newest = await foot.innerText()
  await page.keyboard.press('ArrowDown')
  await expect(foot).not.toHaveText(newest)
  await page.keyboard.press('ArrowUp')
  await expect(foot).toHaveText(newest)

  const opening = context.waitForEvent('page')
  await page.getByRole('button', { name: 'Öppna presentatörens fönster' }).click()
  const presenter = await opening
  await expect(presenter.getByText('2 av 4')).toBeVisible({ timeout: 30_000 })
  await presenter.keyboard.press('PageDown')
  await expect(page.getByRole('heading', { name: /^Klotter i Ålidhem södra/ })).toBeVisible()
  await page.keyboard.type('1')
  await page.keyboard.press('Enter')
  await expect(presenter.getByText('Börja lugnt.')).toBeVisible()
  await presenter.keyboard.press('b')
  await expect(page.getByRole('heading', { name: 'Vad vi ser' })).toBeHidden()
  await page.keyboard.press('b')
  await expect(page.getByRole('heading', { name: 'Vad vi ser' })).toBeVisible()
  // A reload in the middle loses nothing.
  await page.keyboard.press('End')
  await page.reload()
  await expect(page.getByRole('heading', { name: /^Ålidhem södra har/ })).toBeVisible({
    timeout: 30_000,
  })
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Visa bilderna' })).toBeVisible()
})
