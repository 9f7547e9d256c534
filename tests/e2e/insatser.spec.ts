import type { Locator, Page } from '@playwright/test'
import { barriers } from '../support/barriers.ts'
import { choice, inAddress } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'
import { servedPackage } from '../support/own-files.ts'

test.use({ serviceWorkers: 'block' })
test.beforeEach(({ page }) => page.setDefaultTimeout(20_000))

const matrix = (page: Page): Locator =>
  page.getByRole('grid', { name: /^Antal insatser per fokusproblem/ })
const cell = (page: Page, problem: string, column: string): Locator =>
  matrix(page).getByRole('button', { name: new RegExp(`^${problem}, ${column}:`) })
const right = (page: Page): Locator =>
  page.getByRole('region', { name: 'Genomförande och uppföljning' })
const tabs = (page: Page): Locator => page.getByRole('navigation', { name: 'Visa insatserna som' })

async function openInsatser(page: Page, hash = '#/insatser'): Promise<void> {
  await page.goto(`./${hash}`)
  await expect(matrix(page)).toBeVisible()
}

test('a cell is chosen, its rows marked, an effort opened and kept by the address, by keyboard alone', async ({
  page,
}) => {
  await page.goto('./')
  await page.getByRole('link', { name: 'Insatser', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(
    page.getByRole('heading', { level: 1, name: 'Insatser mot fokusproblem' }),
  ).toBeVisible()
  await expect(right(page)).toContainText('44 insatser, 10 verksamheter.')

  // One stop for Tab; from there the arrows go, and Enter marks.
  expect(await matrix(page).locator('button[tabindex="0"]').count()).toBe(1)
  await matrix(page).locator('button[tabindex="0"]').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(cell(page, 'Skolmisslyckande', 'Universell')).toHaveAttribute('aria-pressed', 'true')
  expect(await inAddress(page, 'ruta')).toBe('skolmisslyckande,universell')
  await expect(right(page)).toContainText('Markerat: skolmisslyckande, universell (4).')

  await tabs(page).getByRole('link', { name: 'Tabell' }).focus()
  await page.keyboard.press('Enter')
  expect(await inAddress(page, 'insatsvy')).toBe('tabell')
  const rows = right(page).getByRole('row')
  await expect(rows).toHaveCount(45)
  await expect(rows.and(page.locator('.marked'))).toHaveCount(4)

  const effort = right(page).getByRole('button', { name: 'Föräldrasupporten' })
  await effort.focus()
  await page.keyboard.press('Enter')
  const heading = page.getByRole('heading', { name: 'Föräldrasupporten' })
  await expect(heading).toBeFocused()
  expect(await inAddress(page, 'insats')).toBe('foraldrasupporten')
  await expect(page.getByRole('article')).toContainText(
    'Uppstartat 1 mars med en utökning under 2024',
  )

  const kept = await page.evaluate(() => location.hash)
  await page.reload()
  await expect(heading).toBeVisible()
  await expect(right(page)).toContainText('Markerat: skolmisslyckande, universell (4).')
  expect(await page.evaluate(() => location.hash)).toBe(kept)

  await page.getByRole('button', { name: '← Tabell' }).focus()
  await page.keyboard.press('Enter')
  await expect(rows).toHaveCount(45)
  expect(await inAddress(page, 'insats')).toBeNull()
})

test('closed, an effort gives the focus back to where it was opened', async ({ page }) => {
  await openInsatser(page)
  const row = right(page).getByRole('button', { name: 'KRAFT', exact: true })
  await row.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article')).toContainText(
    'Deltagare som slutfört insatsen: 24 personer',
  )
  await page.getByRole('button', { name: '← Tidslinje' }).press('Enter')
  await expect(row).toBeFocused()
})

test('the choices count what they let through, stay in the address, and lead to the map of an indicator', async ({
  page,
}) => {
  await openInsatser(page)
  await choice(page, 'Område').selectOption({ label: 'Ersboda' })
  await expect(right(page)).toContainText('7 av 44 insatser')
  await page.getByText('Fler val').click()
  await choice(page, 'Verksamhet').selectOption({ label: 'Stöd och omsorg' })
  await expect(right(page)).toContainText('1 av 44 insatser, 1 verksamhet.')
  expect(await inAddress(page, 'plats')).toBe('2480-ersboda')
  expect(await inAddress(page, 'verksamhet')).toBe('stod-och-omsorg')
  await page.reload()
  await expect(right(page)).toContainText('1 av 44 insatser')
  await expect(choice(page, 'Verksamhet')).toHaveValue('stod-och-omsorg')

  await right(page).getByRole('button', { name: 'Utveckling av Operativa teamet' }).click()
  const facts = page.getByRole('article')
  await expect(facts).toContainText('Berättas också av Stöd och omsorg')
  await expect(facts).toContainText('Syntetiska demonstrationsdata')
  await facts
    .getByRole('link', { name: /^Närmaste indikator:/ })
    .first()
    .click()
  await expect(page.getByRole('button', { name: /^Indikator: .*frånvaro/i })).toBeVisible()
  // On the area that the effort names.
  expect(await inAddress(page, 'omraden')).toBe('2480-ersboda')

  await page.goBack()
  await page.getByRole('button', { name: '← Tidslinje' }).click()
  await page.getByRole('button', { name: 'Rensa urvalet' }).click()
  await page.getByRole('searchbox', { name: 'Sök i planen' }).fill('selam')
  await expect(right(page)).toContainText('1 av 44 insatser')
  await page.getByRole('searchbox').fill('finns inte alls')
  await expect(right(page)).toContainText('Ingen insats i planen passar urvalet.')
})

test('the map has the areas that the plan names, and beside it what it names no area for', async ({
  page,
}) => {
  await openInsatser(page, '#/insatser?insatsvy=karta')
  await expect(right(page).getByRole('img', { name: /^Karta över 6 områden/ })).toBeVisible()
  await expect(right(page).getByRole('button', { name: 'Ålidhem: 6 insatser' })).toBeVisible()
  for (const beside of ['Hela kommunen: 3', 'Ej angivet: 27', 'Plats visas inte: 2'])
    await expect(right(page).getByRole('heading', { name: beside })).toBeVisible()
  await right(page).getByRole('button', { name: 'Ålidhem: 6 insatser' }).click()
  expect(await inAddress(page, 'plats')).toBe('2480-alidhem')
  await expect(right(page)).toContainText('6 av 44 insatser')
})

test('a profile tells what the plan does there, and opens it in the plan', async ({ page }) => {
  await page.goto('./#/omraden?profil=2480-alidhem')
  const section = page.getByRole('region', { name: 'Insatser i planen' })
  await expect(section).toContainText('6 insatser i aktivitetsplanen namnger Ålidhem.')
  await section.getByRole('link', { name: 'Extra städning i vissa områden, utomhus' }).click()
  await expect(page.getByRole('article')).toContainText('Sommar 2024')
})

for (const [name, viewport] of Object.entries({
  desktop: { width: 1440, height: 900 },
  projector: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
}))
  test(`no view has a barrier or scrolls sideways: ${name}`, async ({ page }) => {
    await page.setViewportSize(viewport)
    await openInsatser(page, '#/insatser?ruta=utanf%C3%B6rskap,selektiv')
    const views = [
      ...['', '&insatsvy=tabell', '&insatsvy=karta', '&insatsvy=pyramid', '&insatsvy=budget'],
      ...['&insatsper=verksamhet&plats=visas-inte', '&insats=kraft'],
    ]
    for (const view of views)
      await test.step(view, async () => {
        await page.evaluate(
          (hash) => (location.hash = hash),
          `#/insatser?ruta=utanf%C3%B6rskap,selektiv${view}`,
        )
        await expect(right(page)).toBeVisible()
        expect.soft(await barriers(page), `${view}, ${name}`).toEqual([])
        const [page_, window_] = await page.evaluate(() => [
          document.documentElement.scrollWidth,
          innerWidth,
        ])
        expect.soft(page_, view).toBeLessThanOrEqual(window_!)
      })
    // The menu with all its pages lies within the window.
    const menu = page.getByRole('navigation', { name: 'Huvudmeny' }).getByRole('link')
    for (const link of await menu.all()) {
      const box = (await link.boundingBox())!
      expect(box.x + box.width).toBeLessThanOrEqual(viewport.width)
    }
  })

test('the first map asks for neither plan nor page; a package without a plan says so', async ({
  page,
}) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto('./')
  await expect(page.getByRole('application')).toBeVisible()
  expect(asked.filter((url) => /plan\.json|InsatserPage|read-plan/.test(url))).toEqual([])

  const { files } = servedPackage()
  await page.route('**/package/**', (route) => {
    const path = new URL(route.request().url()).pathname.split('/package/')[1]!
    const body = files.get(path)
    return route.fulfill(body === undefined ? { status: 404 } : { body })
  })
  await page.goto('./#/insatser')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Paketet har ingen aktivitetsplan',
  )
})
