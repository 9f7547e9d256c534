import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })
test.beforeEach(({ page }) => page.setDefaultTimeout(20_000))

test('the table of a map is a slide of the same rows in the same order, shown and counted', async ({
  page,
}) => {
  await page.goto('./#/karta?flik=tabell&indikator=klotter&niva=regso&ordning=varde')
  const onPage = page.getByRole('table').getByRole('row')
  await expect(onPage.nth(2)).toBeVisible()
  const names = await page.getByRole('table').getByRole('rowheader').allTextContents()
  // The last row is the municipality.
  const plain = names.map((name) => name.trim())
  expect(plain.length).toBeGreaterThan(14)
  await page.getByRole('button', { name: 'Spara till lägesbild', exact: true }).first().click()
  await page.goto('./#/lagesbild?visning=bild')
  const shown = page.locator('.layer:not(.beneath) tbody th')
  await expect(shown).toHaveCount(14)
  expect((await shown.allTextContents()).map((name) => name.trim())).toEqual(plain.slice(0, 14))
  await expect(
    page.getByText(new RegExp(`^14 av ${plain.length - 1} områden visas, `)).first(),
  ).toBeVisible()
  // Nothing is cut off at the foot.
  const [last, foot] = await Promise.all([
    shown.last().boundingBox(),
    page.locator('.layer:not(.beneath) .foot').boundingBox(),
  ])
  expect(last!.y + last!.height).toBeLessThanOrEqual(foot!.y)
})
