import type { Page } from '@playwright/test'
import { barriers } from '../support/barriers.ts'
import { choice, inAddress } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })
test.beforeEach(({ page }) => page.setDefaultTimeout(20_000))

const verdict = (page: Page) => page.getByRole('region', { name: 'Bedömning' })
const WITHOUT_CAUSE = /effekt|tack vare|orsakade|berodde/i

test('an effort’s facts lead to its figures before and after, and the address keeps what is chosen, by keyboard', async ({
  page,
}) => {
  await page.goto('./#/insatser?insats=operativa-teamet')
  const link = page
    .getByRole('article')
    .getByRole('link', { name: /^Har det rört sig\? Elever/ })
    .first()
  await link.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Har något rört sig?' })).toBeVisible()
  expect(await inAddress(page, 'insats')).toBe('operativa-teamet')
  await expect(choice(page, 'Område')).toHaveValue('2480-ersboda')
  await expect(verdict(page)).toContainText('Ingen säker skillnad mot jämförelseområdena')
  await expect(verdict(page)).toContainText('med 95 % osäkerhet')
  const main = page.getByRole('main')
  await expect(main).toContainText(
    'Urvalet av de sämsta områdena gör att nästa period ofta ser bättre ut av sig själv.',
  )
  await expect(main).toContainText('Planen väntar sig att värdet går ned.')
  await expect(main).toContainText('Syntetiska demonstrationsdata')
  expect(await main.textContent()).not.toMatch(WITHOUT_CAUSE)
  // The picture's figures are all in the table: thirteen or more terms, none of them left out.
  const rows = page.getByRole('table', { name: 'Period för period' }).getByRole('row')
  await expect(rows).toHaveCount(15)
  await expect(rows.filter({ hasText: 'under införande, räknas inte med' })).toHaveCount(1)

  await choice(page, 'Indikator').focus()
  await choice(page, 'Indikator').selectOption({ label: 'Klotter' })
  await expect(page.getByRole('heading', { name: 'Klotter, Ersboda' })).toBeVisible()
  await choice(page, 'Period').selectOption({ label: 'år' })
  await expect(page.getByRole('rowheader', { name: '2018', exact: true })).toBeVisible()
  expect(await inAddress(page, 'provindikator')).toBe('klotter')
  expect(await inAddress(page, 'provperiod')).toBe('ar')
  const told = await verdict(page).textContent()
  const kept = await page.evaluate(() => location.hash)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Klotter, Ersboda' })).toBeVisible()
  await expect(verdict(page)).toHaveText(told!)
  expect(await page.evaluate(() => location.hash)).toBe(kept)
})

test('opened without choices it begins with what has a verdict, and keeps it while one choice is changed', async ({
  page,
}) => {
  await page.goto('./#/insatser?insatsdel=forandring')
  await expect(verdict(page)).toContainText('Ingen säker skillnad mot jämförelseområdena')
  await expect(choice(page, 'Insats')).toHaveValue('operativa-teamet')
  const area = await choice(page, 'Område').inputValue()
  await choice(page, 'Period').selectOption({ label: 'läsår' })
  await expect.poll(() => inAddress(page, 'provperiod')).toBe('lasar')
  expect(await inAddress(page, 'insats')).toBe('operativa-teamet')
  expect(await inAddress(page, 'provomrade')).toBe(area)
  await expect(choice(page, 'Område')).toHaveValue(area)
})

test('a recent start is too early, a hidden place is not drawn, all of the municipality is set against its past', async ({
  page,
}) => {
  await page.goto('./#/insatser?insatsdel=forandring&insats=pa-ungas-hemmaplan')
  await expect(verdict(page)).toContainText('För tidigt att bedöma')
  await choice(page, 'Insats').selectOption('trygga-miljoer')
  await expect(verdict(page)).toContainText('För tidigt att bedöma')
  await expect(verdict(page)).toContainText('Efter starten behövs minst')
  expect(await inAddress(page, 'insats')).toBe('trygga-miljoer')

  await page.goto('./#/insatser?insatsdel=forandring&insats=utoka-ungdomsboendet')
  await expect(verdict(page)).toContainText('Platsen visas inte')
  await expect(page.getByRole('img')).toHaveCount(0)
  await expect(page.getByRole('table')).toHaveCount(0)

  await page.goto('./#/insatser?insatsdel=forandring&insats=sakerhetssamordnare&provperiod=kvartal')
  await expect(verdict(page)).toContainText('Om tiden före hade fortsatt')
  await expect(page.getByRole('main')).toContainText('inga områden utan den att jämföra med')
  expect(await page.getByRole('main').textContent()).not.toMatch(WITHOUT_CAUSE)
})

test('what is seen is saved to the lägesbild, and stands there in the same words', async ({
  page,
}) => {
  await page.goto('./#/insatser?insatsdel=forandring&insats=operativa-teamet')
  await page.getByRole('button', { name: 'Spara till lägesbild' }).press('Enter')
  await page.getByRole('link', { name: 'Till lägesbilden' }).click()
  await expect(page.getByRole('main')).toContainText(
    'Ingen säker skillnad mot jämförelseområdena: Elever med minst 10 % frånvaro, Ersboda',
  )
})

for (const [name, viewport] of Object.entries({
  desktop: { width: 1440, height: 900 },
  projector: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
}))
  test(`no view has a barrier or scrolls sideways: ${name}`, async ({ page }) => {
    await page.setViewportSize(viewport)
    for (const effort of ['operativa-teamet', 'pa-ungas-hemmaplan', 'sakerhetssamordnare']) {
      await page.goto(`./#/insatser?insatsdel=forandring&insats=${effort}`)
      await expect(verdict(page)).toBeVisible()
      expect(await barriers(page)).toEqual([])
      const [width, window_] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        innerWidth,
      ])
      expect(width).toBeLessThanOrEqual(window_!)
    }
  })
