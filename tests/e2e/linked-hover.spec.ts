import {
  areaRow,
  areaRows,
  hoveredOutline,
  legend,
  nameOnMap,
  openKarta,
} from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

test('what is pointed at in list, legend or map answers in all of them', async ({ page }) => {
  await openKarta(page)
  const squares = legend(page).locator('rect.square')
  const accent = squares.and(page.locator('[fill="var(--accent)"]'))
  const hoveredRow = areaRows(page).and(page.locator('.hovered'))
  await expect(squares).toHaveCount(28)

  await areaRow(page, 'Haga').hover()
  await expect(hoveredOutline(page)).toHaveCount(1)
  await expect(accent).toHaveCount(1)
  const outlineOfHaga = await hoveredOutline(page).getAttribute('d')
  const squareOfHaga = (await accent.boundingBox())!
  await expect(page.locator('.tip')).toHaveCount(0)

  const ersboda = await nameOnMap(page, 'Ersboda')
  await page.mouse.move(ersboda.x, ersboda.y)
  await expect(hoveredRow).toHaveText(/^Ersboda/)
  await expect(hoveredRow).toHaveCount(1)
  await expect(accent).toHaveCount(1)
  await expect(hoveredOutline(page)).not.toHaveAttribute('d', outlineOfHaga!)
  await expect(page.locator('.tip')).toContainText('Ersboda')
  await expect(page.locator('.tip')).toContainText('13,9')

  await page.mouse.move(
    squareOfHaga.x + squareOfHaga.width / 2,
    squareOfHaga.y + squareOfHaga.height / 2,
  )
  await expect(hoveredRow).toHaveText(/^Haga/)
  await expect(hoveredOutline(page)).toHaveAttribute('d', outlineOfHaga!)

  await page.getByRole('heading', { level: 1 }).hover()
  await expect(hoveredOutline(page)).toHaveCount(0)
  await expect(accent).toHaveCount(0)
})
