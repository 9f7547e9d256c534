import {
  areaRow,
  areaRows,
  choice,
  follow,
  inAddress,
  legend,
  openKarta,
} from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

test('difference, change and smoothed values each say what they are', async ({ page }) => {
  await openKarta(page)
  const verdicts = legend(page).getByRole('listitem')
  await choice(page, 'Visar').selectOption('difference')
  await expect(verdicts).toHaveText([
    /^\s*mycket lägre\s*\d+$/,
    /^\s*lägre\s*\d+$/,
    /^\s*skiljer sig inte säkert\s*\d+$/,
    /^\s*högre\s*\d+$/,
    /^\s*mycket högre\s*\d+$/,
  ])
  const counts = await verdicts.locator('b').allInnerTexts()
  expect(counts.map(Number).reduce((sum, count) => sum + count, 0)).toBe(28)
  await expect(areaRow(page, 'Röbäck')).toContainText(/−\d/)
  await expect(choice(page, 'Värden')).toHaveCount(0)

  await choice(page, 'Visar').selectOption('change')
  await expect(legend(page)).toContainText('Förändring från läsåret 2023/24 till läsåret 2024/25')
  await choice(page, 'Jämfört med').selectOption('2018/19')
  await expect(legend(page)).toContainText('Förändring från läsåret 2018/19 till läsåret 2024/25')
  await expect(verdicts.nth(2)).toContainText('har inte säkert ändrats')
  expect(await inAddress(page, 'sedan')).toBe('2018/19')

  await choice(page, 'Visar').selectOption('value')
  const raw = await areaRows(page).allInnerTexts()
  await choice(page, 'Värden').selectOption('smoothed')
  await expect(page.getByText(/Utjämnade värden drar små områden mot kommunens nivå/)).toBeVisible()
  const smoothed = await areaRows(page).allInnerTexts()
  expect(smoothed).toHaveLength(28)
  expect(smoothed).not.toEqual(raw)
  expect(smoothed.join()).not.toContain('–27')

  await follow(page, '#/karta?indikator=stenkast')
  await expect(page).toHaveTitle('Stenkastning – Lägeskartan')
  await expect(choice(page, 'Värden')).toHaveCount(0)
  await expect(choice(page, 'Visar').getByRole('option')).toHaveText(['värde', 'förändring'])
})

test('own class edges are checked, kept in the address and drawn in the legend', async ({
  page,
}) => {
  await openKarta(page)
  await page.getByRole('button', { name: 'Klasser' }).click()
  await page.getByRole('radio', { name: 'Lika breda klasser' }).check()
  await expect.poll(() => inAddress(page, 'klasser')).toBe('lika')
  await page.getByRole('radio', { name: 'Egna gränser' }).check()
  const edges = page.getByRole('textbox', { name: /^Alla gränser/ })
  for (const bad of ['tio; tjugo', '20; 10', '12', '']) {
    await edges.fill(bad)
    await edges.press('Enter')
    await expect(edges).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByText(/^Skriv två till sex tal/)).toBeVisible()
  }
  await edges.fill('0; 12,5; 20; 30')
  await edges.press('Enter')
  await expect(edges).toHaveAttribute('aria-invalid', 'false')
  await expect(page.getByText(/^Skriv två till sex tal/)).toHaveCount(0)
  await expect.poll(() => inAddress(page, 'granser')).toBe('0,12.5,20,30')
  await expect(legend(page).locator('svg text').filter({ hasText: '12,5' })).toHaveCount(1)
  const colours = await legend(page)
    .locator('rect.square')
    .evaluateAll((squares) => new Set(squares.map((square) => getComputedStyle(square).fill)).size)
  expect(colours).toBe(3)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Klasser' })).toBeFocused()
})

test('classes are the same for all periods unless asked otherwise', async ({ page }) => {
  await openKarta(page, '#/karta?indikator=klotter&period=2024')
  const edges = () => legend(page).locator('svg text[text-anchor]').allTextContents()
  const ticks = async () => (await edges()).filter((text) => !text.startsWith('kommunen'))
  const change = async (period: string) => {
    await choice(page, 'Period').selectOption(period)
    await expect(page.getByText(`, ${period}. Osäkerhet`)).toBeVisible()
  }
  await expect(legend(page)).toBeVisible()
  const in2024 = await ticks()
  expect(in2024.length).toBeGreaterThan(2)
  await change('2019')
  expect(await ticks()).toEqual(in2024)

  await page.getByRole('button', { name: 'Klasser' }).click()
  await page.getByRole('checkbox', { name: 'Samma klasser för alla perioder' }).uncheck()
  await expect(page.getByText('Klasser för bara den här perioden')).toBeVisible()
  const own2019 = await ticks()
  expect(own2019).not.toEqual(in2024)
  await change('2024')
  expect(await ticks()).not.toEqual(own2019)
})
