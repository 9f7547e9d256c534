import type { Page } from '@playwright/test'
import {
  areaMap,
  areaRow,
  areaRows,
  choice,
  chosenOutlines,
  hoveredOutline,
  inAddress,
  openKarta,
} from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

/** Whether what has focus looks otherwise than without it: the element itself, or what frames it. */
const focusShows = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const focused = document.activeElement as HTMLElement
    const look = () =>
      [focused, focused.parentElement!, focused.previousElementSibling ?? focused]
        .flatMap((element) => [null, '::before', '::after'].map((part) => [element, part] as const))
        .map(([element, part]) => {
          const { boxShadow, outline, borderColor, clipPath } = getComputedStyle(element, part)
          return [boxShadow, outline, borderColor, clipPath].join()
        })
        .join()
    const withFocus = look()
    focused.blur()
    const without = look()
    focused.focus()
    return withFocus !== without
  })

const announced = (page: Page) => page.locator('[aria-live="polite"]')

test('an area is chosen on the map with the keyboard alone', async ({ page }) => {
  await openKarta(page)
  const unseen: string[] = []
  let stops = 0
  for (; stops < 40; stops++) {
    await page.keyboard.press('Tab')
    const name = await page.evaluate(
      () =>
        document.activeElement!.getAttribute('aria-label') ?? document.activeElement!.textContent,
    )
    if (!(await focusShows(page))) unseen.push(String(name).trim())
    if (await areaMap(page).evaluate((map) => map === document.activeElement)) break
  }
  expect(stops).toBeLessThan(40)
  expect(unseen, 'stops whose focus cannot be seen').toEqual([])

  await page.keyboard.press('ArrowRight')
  await expect(hoveredOutline(page)).toHaveCount(1)
  const first = await hoveredOutline(page).getAttribute('d')
  await expect(announced(page).first()).toHaveText(/^\S.*: [\d,]+\s%\. .*övriga kommunen/)
  await page.keyboard.press('ArrowUp')
  await expect(hoveredOutline(page)).not.toHaveAttribute('d', first!)
  const name = (await announced(page).first().innerText()).split(':')[0]!

  await page.keyboard.press('Enter')
  await expect(announced(page).nth(1)).toHaveText(`${name}, valt`)
  await expect(areaRow(page, name)).toHaveAttribute('aria-selected', 'true')
  await expect(chosenOutlines(page)).toHaveCount(1)
  await expect(page.getByRole('img', { name: /^Utveckling för/ })).toHaveAccessibleName(
    new RegExp(`Kommunen: .*; ${name}: `),
  )
  expect(await inAddress(page, 'omraden')).toMatch(/^2480-\w+/)

  await page.keyboard.press('Enter')
  await expect(chosenOutlines(page)).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(hoveredOutline(page)).toHaveCount(0)
})

test('the list and the periods follow the arrow keys', async ({ page }) => {
  await openKarta(page, '#/karta?niva=regso')
  const list = page.getByRole('listbox', { name: /^Områden,/ })
  const active = async () => {
    const id = await list.getAttribute('aria-activedescendant')
    const option = page.locator(`[id="${id}"]`)
    await expect(option).toBeInViewport()
    return option
  }
  await list.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(await active()).toHaveAttribute('aria-posinset', '3')
  await expect(hoveredOutline(page)).toHaveCount(1)
  await page.keyboard.press('End')
  await expect(list.getByRole('option').last()).toHaveAttribute('aria-posinset', '42')
  await expect(await active()).toHaveAttribute('aria-posinset', '42')
  await page.keyboard.press('Enter')
  await expect(await active()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Home')
  await page.keyboard.press(' ')
  await expect(await active()).toHaveAttribute('aria-selected', 'true')
  expect((await inAddress(page, 'omraden'))!.split(',')).toHaveLength(2)

  const periods = page.getByRole('slider', { name: 'Period' })
  await periods.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(periods).toHaveAttribute('aria-valuetext', 'läsåret 2023/24')
  await expect(choice(page, 'Period')).toHaveValue('2023/24')
  await page.keyboard.press('Home')
  await expect(choice(page, 'Period')).toHaveValue('2018/19')
  expect(await focusShows(page)).toBe(true)
})

test('an indicator is found by typing; the focus comes back to where it was', async ({ page }) => {
  await openKarta(page)
  const button = page.getByRole('button', { name: /^Indikator:/ })
  const search = page.getByRole('combobox', { name: 'Sök indikator' })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(search).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
  await expect(search).toHaveCount(0)

  await page.keyboard.press('ArrowDown')
  await page.keyboard.type('zzz')
  await expect(page.getByText('Ingen indikator passar ”zzz”.')).toBeVisible()
  await search.fill('TRYGG')
  await expect(page.getByRole('option', { name: /Otrygg ute sen kväll/ })).toBeVisible()
  await search.fill('klott')
  await expect(page.getByRole('dialog').getByRole('option', { name: /^Klotter/ })).toHaveId(
    (await search.getAttribute('aria-activedescendant'))!,
  )
  await page.keyboard.press('Enter')
  await expect(button).toBeFocused()
  await expect(button).toHaveAccessibleName('Indikator: Klotter. Välj en annan')
  await expect(page).toHaveTitle('Klotter – Lägeskartan')
  await expect(areaRows(page).first()).toBeVisible()
  expect(await inAddress(page, 'indikator')).toBe('klotter')
})
