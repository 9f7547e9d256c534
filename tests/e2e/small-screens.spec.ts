import type { Locator, Page } from '@playwright/test'
import { areaMap, areaRows, choice, legend, openKarta } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

/** How far the page itself scrolls sideways, in pixels. */
const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const root = document.scrollingElement!
    return root.scrollWidth - root.clientWidth
  })

/** Scrolled to, an element lies inside the window and nothing lies over its middle. */
async function canBeReached(control: Locator): Promise<void> {
  await control.scrollIntoViewIfNeeded()
  await expect(control).toBeInViewport()
  await control.click({ trial: true })
}

test.describe('at 400 % zoom', () => {
  // A window of 1280 × 1024 magnified four times.
  test.use({ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 })

  test('the page does not scroll sideways and every control can be reached', async ({ page }) => {
    await openKarta(page)
    expect(await sideways(page)).toBe(0)
    for (const name of ['Period', 'Kön', 'Nivå', 'Visar', 'Värden', 'Händelser på kartan'])
      await canBeReached(choice(page, name))
    for (const name of [
      /^Indikator:/,
      /^Zooma in/,
      'Spela upp perioderna',
      'Klasser',
      'Om indikatorn',
    ])
      await canBeReached(page.getByRole('button', { name }))
    await canBeReached(page.getByRole('slider', { name: 'Period' }))
    for (const [tab, shows] of [
      ['Lista', areaRows(page).first()],
      ['Utveckling', page.getByRole('img', { name: /^Utveckling för/ })],
      ['Tabell', page.getByRole('table')],
      ['Karta', areaMap(page)],
    ] as const) {
      await page.getByRole('group', { name: 'Vyer' }).getByRole('button', { name: tab }).click()
      await shows.scrollIntoViewIfNeeded()
      await expect(shows).toBeInViewport()
      expect(await sideways(page), tab).toBe(0)
    }
    for (const name of ['Data', 'Röjandekontroll', 'Metod']) {
      await page.getByRole('link', { name, exact: true }).click()
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      expect(await sideways(page), name).toBe(0)
    }
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('one thing at a time is shown, by tabs that can be gone back through', async ({ page }) => {
    await openKarta(page)
    const tab = (name: string) =>
      page.getByRole('group', { name: 'Vyer' }).getByRole('button', { name })
    await expect(areaMap(page)).toBeInViewport()
    await expect(legend(page)).toBeInViewport()
    await expect(areaRows(page).first()).toBeHidden()
    await tab('Lista').tap()
    await expect(tab('Lista')).toHaveAttribute('aria-pressed', 'true')
    await expect(areaMap(page)).toBeHidden()
    await areaRows(page).filter({ hasText: 'Haga' }).tap()
    await tab('Utveckling').tap()
    await expect(page.getByRole('img', { name: /^Utveckling för/ })).toHaveAccessibleName(/Haga/)
    await tab('Tabell').tap()
    await expect(page.getByRole('table')).toBeInViewport()
    expect(await sideways(page)).toBe(0)
    await page.goBack()
    await expect(tab('Utveckling')).toHaveAttribute('aria-pressed', 'true')
    for (const control of await page.getByRole('group', { name: 'Vyer' }).getByRole('button').all())
      expect((await control.boundingBox())!.height).toBeGreaterThanOrEqual(44)
  })
})

test.describe('on a projector', () => {
  test.use({ viewport: { width: 1024, height: 768 } })

  test('map, legend, list and trend stand side by side without scrolling', async ({ page }) => {
    await openKarta(page)
    for (const part of [
      areaMap(page),
      legend(page),
      areaRows(page).first(),
      page.getByRole('img', { name: /^Utveckling för/ }),
      page.getByRole('slider', { name: 'Period' }),
      page.getByText('Syntetiska demonstrationsdata').first(),
    ])
      await expect(part).toBeInViewport({ ratio: 0.95 })
    const overflow = await page.evaluate(() => {
      const root = document.scrollingElement!
      return [root.scrollWidth - root.clientWidth, root.scrollHeight - root.clientHeight]
    })
    expect(overflow).toEqual([0, 0])
    const [map, box] = [await areaMap(page).boundingBox(), await legend(page).boundingBox()]
    expect(box!.width * box!.height).toBeLessThan((map!.width * map!.height) / 4)
  })
})

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } })

  test('the camera jumps and nothing is animated', async ({ page }) => {
    await openKarta(page)
    await expect(page.locator('svg text.name').first()).toBeVisible()
    const [before, after] = await page.evaluate(async () => {
      const at = () => document.querySelector('svg text.name tspan')!.getAttribute('x')
      const frames: (string | null)[] = [at()]
      document.querySelector<HTMLElement>('[aria-label="Zooma in"]')!.click()
      for (let frame = 0; frame < 3; frame++) {
        await new Promise((drawn) => requestAnimationFrame(drawn))
        frames.push(at())
      }
      await new Promise((rested) => setTimeout(rested, 400))
      return [frames.at(-1), at()]
    })
    expect(after).toBe(before)
    const moving = await page.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
    )
    expect(moving).toBe(0)
  })
})
