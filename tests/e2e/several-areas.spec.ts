import {
  addressOf,
  areaRow,
  choice,
  chosenOutlines,
  follow,
  inAddress,
  legend,
  nameOnMap,
  openKarta,
} from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

test('up to four areas are compared, chosen in map, list or legend', async ({ page }) => {
  await openKarta(page)
  const cards = page
    .getByRole('region', { name: /Hela kommunen|Valda områden/ })
    .getByRole('listitem')
  const trend = page.getByRole('img', { name: /^Utveckling för/ })
  await expect(cards).toHaveCount(0)

  const teg = await nameOnMap(page, 'Teg')
  await page.mouse.click(teg.x, teg.y)
  await expect(cards).toHaveText([/^Teg/])
  await areaRow(page, 'Haga').click()
  await areaRow(page, 'Sävar').click()
  await areaRow(page, 'Ersboda').click()
  await expect(cards).toHaveText([/^Teg/, /^Haga/, /^Sävar/, /^Ersboda/])
  await expect(chosenOutlines(page)).toHaveCount(4)
  await expect(trend).toHaveAccessibleName(/Kommunen: .*; Teg: .*; Haga: .*; Sävar: .*; Ersboda: /)
  await expect(legend(page).locator('rect.square[fill="var(--ink)"]')).toHaveCount(4)

  await areaRow(page, 'Berghem').click()
  await expect(cards).toHaveText([/^Haga/, /^Sävar/, /^Ersboda/, /^Berghem/])
  await expect(
    page.getByText('Högst 4 områden jämförs samtidigt. Det först valda togs bort.'),
  ).toBeAttached()
  await page.getByRole('button', { name: 'Ta bort Sävar från valda' }).click()
  await expect(areaRow(page, 'Sävar')).toHaveAttribute('aria-selected', 'false')
  await page.getByRole('button', { name: 'Rensa val' }).click()
  await expect(cards).toHaveCount(0)
  expect(await addressOf(page)).toBe('#/karta')
})

test('a link with more areas than can be told apart shows four of them', async ({ page }) => {
  await openKarta(
    page,
    '#/karta?omraden=2480-haga,2480-teg,2480-savar,2480-ersboda,2480-berghem,2480-obbola',
  )
  await expect(chosenOutlines(page)).toHaveCount(4)
  await expect(page.getByRole('button', { name: /^Ta bort .* från valda$/ })).toHaveCount(4)
})

test('going to a coarser level takes the choice along to the district around it', async ({
  page,
}) => {
  await openKarta(page, '#/karta?niva=regso')
  const index = (await (await page.request.get('package/index.json')).json()) as {
    register: { areas: { id: string; level: string; name: string; parent: string }[] }
  }
  const { areas } = index.register
  const parts = areas.filter(({ level, parent }) => level === 'regso' && parent === '2480-ersboda')
  expect(parts.length).toBeGreaterThan(1)
  await follow(page, `#/karta?niva=regso&omraden=${parts.map(({ id }) => id).join()}`)
  await expect(chosenOutlines(page)).toHaveCount(parts.length)
  await choice(page, 'Nivå').selectOption('stadsdel')
  await expect(areaRow(page, 'Ersboda')).toHaveAttribute('aria-selected', 'true')
  await expect(chosenOutlines(page)).toHaveCount(1)
  expect(await inAddress(page, 'omraden')).toBe('2480-ersboda')
})
