import type { Page } from '@playwright/test'
import {
  addressOf,
  areaMap,
  areaRow,
  areaRows,
  choice,
  inAddress,
  legend,
  openKarta,
} from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

const historyLength = (page: Page): Promise<number> => page.evaluate(() => history.length)

const seen = async (page: Page) => ({
  address: await addressOf(page),
  legend: await legend(page).innerText(),
  rows: await areaRows(page).allInnerTexts(),
})

test('each choice is one step back, a camera move is none; reload and a sent link open the same view', async ({
  page,
  context,
}) => {
  await openKarta(page, '#/karta')
  const choices: readonly (() => Promise<unknown>)[] = [
    () => choice(page, 'Period').selectOption('2022/23'),
    () => choice(page, 'Kön').selectOption('K'),
    () => areaRow(page, 'Haga').click(),
    () => choice(page, 'Nivå').selectOption('regso'),
    () => choice(page, 'Visar').selectOption('difference'),
    () => page.getByRole('combobox', { name: 'Ordning' }).selectOption('value'),
  ]
  const visited = [await addressOf(page)]
  const length = await historyLength(page)
  for (const choose of choices) {
    await choose()
    await expect.poll(() => addressOf(page)).not.toBe(visited.at(-1))
    visited.push(await addressOf(page))
    expect(await historyLength(page)).toBe(length + visited.length - 1)
  }

  await page.getByRole('button', { name: 'Zooma in' }).click()
  await expect.poll(() => inAddress(page, 'vy')).not.toBeNull()
  const zoomed = await addressOf(page)
  await areaMap(page).focus()
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(() => addressOf(page)).not.toBe(zoomed)
  expect(await historyLength(page)).toBe(length + choices.length)
  visited[visited.length - 1] = await addressOf(page)

  for (const address of visited.slice(0, -1).toReversed()) {
    await page.goBack()
    await expect.poll(() => addressOf(page)).toBe(address)
  }
  await expect(choice(page, 'Kön')).toHaveValue('T')
  await expect(choice(page, 'Nivå')).toHaveValue('stadsdel')
  await expect(areaRows(page).first()).toHaveText(/^Berghem\s*17,6/)
  for (const address of visited.slice(1)) {
    await page.goForward()
    await expect.poll(() => addressOf(page)).toBe(address)
  }
  await expect(legend(page)).toContainText('skiljer sig inte säkert')
  const before = await seen(page)
  expect(before.rows.length).toBeGreaterThan(20)

  await page.reload()
  await expect(legend(page)).toBeVisible()
  expect(await seen(page)).toEqual(before)

  const other = await context.newPage()
  await openKarta(other, before.address)
  expect(await seen(other)).toEqual(before)

  // What the address says is what was chosen, never a figure of an area.
  expect([...new URLSearchParams(before.address.split('?')[1]).keys()].sort()).toEqual([
    'kon',
    'niva',
    'ordning',
    'period',
    'visa',
    'vy',
  ])
})

test('pages are steps too, and going between them keeps the view', async ({ page }) => {
  await openKarta(page, '#/karta?indikator=klotter&omraden=2480-haga')
  for (const name of ['Metod', 'Karta']) {
    await page.getByRole('link', { name, exact: true }).click()
    await expect(page).toHaveTitle(
      name === 'Karta' ? /^Klotter – Lägeskartan$/ : `${name} – Lägeskartan`,
    )
  }
  await expect(areaRow(page, 'Haga')).toHaveAttribute('aria-selected', 'true')
  await page.goBack()
  await expect(page).toHaveTitle('Metod – Lägeskartan')
  await page.goBack()
  await expect(areaRow(page, 'Haga')).toHaveAttribute('aria-selected', 'true')
})
