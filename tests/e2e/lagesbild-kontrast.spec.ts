import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })
test.beforeEach(({ page }) => page.setDefaultTimeout(20_000))

/** WCAG 2.2, 1.4.6: contrast of normal text, enhanced. */
const LEAST = 7

/** Texts of what is shown whose contrast against the ground behind them is too small, in plain HTML. */
const faint = (page: Page, within: string): Promise<string[]> =>
  page.evaluate(
    ({ within: selector, least }) => {
      const found: string[] = []
      const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number)
      const luminance = (colour: string): number => {
        const [red, green, blue] = channels(colour)
          .slice(0, 3)
          .map((channel) => channel / 255)
          .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
      }
      const roots = document.querySelectorAll(selector)
      for (const root of roots)
        for (const one of root.querySelectorAll<HTMLElement>('*')) {
          const own = [...one.childNodes].filter(
            (node) => node.nodeType === 3 && node.textContent!.trim() !== '',
          )
          if (own.length === 0 || one.closest('svg, .visually-hidden, [inert]')) continue
          let ground: Element | null = one
          while (ground && /, 0\)$|transparent/.test(getComputedStyle(ground).backgroundColor))
            ground = ground.parentElement
          const behind = ground ? getComputedStyle(ground).backgroundColor : 'rgb(255, 255, 255)'
          const [a, b] = [luminance(getComputedStyle(one).color), luminance(behind)]
          const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
          if (contrast < least) found.push(`${contrast.toFixed(1)} ${own[0]!.textContent!.trim()}`)
        }
      return found
    },
    { within, least: LEAST },
  )

const isHigh = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.dataset['contrast'] === 'more')

async function saveThree(page: Page): Promise<void> {
  for (const hash of [
    './#/karta?indikator=klotter',
    './#/karta?flik=tabell&indikator=klotter',
    './#/insatser?insatsdel=flode',
  ]) {
    await page.goto(hash)
    await page.getByRole('button', { name: 'Spara till lägesbild', exact: true }).first().click()
    await expect(page.getByRole('link', { name: 'Till lägesbilden' }).first()).toBeVisible()
  }
}

test('K heightens the contrast in both windows and through a reload; every text is then readable', async ({
  page,
  context,
}) => {
  await saveThree(page)
  await page.goto('./#/lagesbild?visning=bild')
  await expect(page.locator('.layer .slide').first()).toBeVisible()
  expect(await isHigh(page)).toBe(false)
  // What is measured is there to be heightened.
  expect(await faint(page, '.layer:not(.beneath)')).not.toEqual([])
  const popup = context.waitForEvent('page')
  await page.getByRole('button', { name: /presentat/i }).press('Enter')
  const presenter = await popup
  await expect(presenter.getByText('Visas nu')).toBeVisible()
  const toggle = presenter.getByRole('button', { name: /Hög kontrast/ })
  await expect(toggle).toHaveAttribute('aria-pressed', 'false')
  await page.keyboard.press('k')
  await expect.poll(() => isHigh(page)).toBe(true)
  await expect(toggle).toHaveAttribute('aria-pressed', 'true')
  for (let slide = 1; slide <= 3; slide++) {
    await page.keyboard.press(String(slide))
    await page.keyboard.press('Enter')
    await expect(page.locator('.layer:not(.beneath) .slide .number').last()).toHaveText(
      String(slide),
    )
    expect(await faint(page, '.layer:not(.beneath)')).toEqual([])
  }
  await page.reload()
  await expect(page.locator('.layer .slide').first()).toBeVisible()
  expect(await isHigh(page)).toBe(true)
  // Turned off in the other window, here too; and gone when the showing has ended.
  await toggle.press('Enter')
  await expect.poll(() => isHigh(page)).toBe(false)
  await presenter.close()
  await page.keyboard.press('k')
  await expect.poll(() => isHigh(page)).toBe(true)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { level: 1, name: 'Lägesbild' })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.dataset['contrast'])).toBeUndefined()
})

test('it is high from the start where the system asks for it, and can be turned off', async ({
  page,
}) => {
  await page.emulateMedia({ contrast: 'more' })
  await saveThree(page)
  await page.goto('./#/lagesbild?visning=bild')
  await expect(page.locator('.layer .slide').first()).toBeVisible()
  expect(await isHigh(page)).toBe(true)
  expect(await faint(page, '.layer:not(.beneath)')).toEqual([])
  const ink = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--ink-3'))
  const high = await ink()
  await page.keyboard.press('k')
  await expect.poll(ink).not.toBe(high)
})

test('the page that is handed out has it too', async ({ page, browser }, info) => {
  await saveThree(page)
  await page.goto('./#/lagesbild')
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Webbsida', exact: true }).click()
  const path = join(info.outputDir, 'lagesbild.html')
  await (await coming).saveAs(path)
  const elsewhere = await browser.newContext()
  const own = await elsewhere.newPage()
  await own.goto(pathToFileURL(path).href)
  await own.getByRole('button', { name: 'Visa bilderna' }).press('Enter')
  const deck = own.locator('body.contrast')
  await expect(deck).toHaveCount(0)
  await own.keyboard.press('k')
  await expect(deck).toHaveCount(1)
  await own.keyboard.press('ArrowRight')
  await expect(own.locator('.slide.now')).toBeVisible()
  expect(await faint(own, '.slide.now')).toEqual([])
  await own.reload()
  await expect(deck).toHaveCount(1)
  await own.keyboard.press('k')
  await expect(deck).toHaveCount(0)
  await elsewhere.close()
})

test('where colours are forced, what is drawn stays', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await page.goto('./#/insatser?insatsdel=flode')
  const bar = page.locator('.length').first()
  await expect(bar).toBeVisible()
  const [ground, behind] = await bar.evaluate((one) => [
    getComputedStyle(one).backgroundColor,
    getComputedStyle(document.body).backgroundColor,
  ])
  expect(ground).not.toBe(behind)
})
