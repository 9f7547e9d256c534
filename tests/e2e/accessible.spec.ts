import type { Page } from '@playwright/test'
import { barriers } from '../support/barriers.ts'
import { areaRows, choice, follow, legend, openKarta } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

interface State {
  readonly name: string
  readonly hash: string
  /** Brings the page there and waits until it is. */
  readonly show: (page: Page) => Promise<unknown>
}

const STATES: readonly State[] = [
  { name: 'Karta', hash: '#/karta', show: (page) => expect(legend(page)).toBeVisible() },
  {
    name: 'four chosen areas',
    hash: '#/karta?omraden=2480-alidhem,2480-haga,2480-teg,2480-ersboda',
    show: (page) => expect(page.getByRole('heading', { name: 'Valda områden' })).toBeAttached(),
  },
  {
    name: 'table',
    hash: '#/karta?flik=tabell',
    show: (page) => expect(page.getByRole('table')).toBeVisible(),
  },
  {
    name: 'list',
    hash: '#/karta?flik=lista',
    show: (page) => expect(areaRows(page).first()).toBeVisible(),
  },
  {
    name: 'difference',
    hash: '#/karta?visa=skillnad',
    show: (page) => expect(legend(page)).toContainText('skiljer sig inte säkert'),
  },
  {
    name: 'hidden and missing areas',
    hash: '#/karta?indikator=narkotika_brott',
    show: (page) => expect(legend(page)).toContainText(/dold/),
  },
  {
    name: 'ignored parts of a link',
    hash: '#/karta?indikator=finns-inte&kon=X',
    show: (page) => expect(page.getByText('Allt i länken kunde inte visas:')).toBeVisible(),
  },
  {
    name: 'indicator picker',
    hash: '#/karta',
    show: async (page) => {
      await page.getByRole('button', { name: /^Indikator:/ }).click()
      await expect(page.getByRole('dialog', { name: 'Välj indikator' })).toBeVisible()
    },
  },
  {
    name: 'class settings',
    hash: '#/karta?klasser=egna&granser=0,10,20,30',
    show: async (page) => {
      await page.getByRole('button', { name: 'Klasser' }).click()
      await expect(page.getByRole('heading', { name: 'Klassindelning' })).toBeVisible()
    },
  },
  {
    name: 'incidents per area',
    hash: '#/karta?handelser=klotter',
    show: (page) => expect(page.getByText(/Ringens yta visar antalet/)).toBeAttached(),
  },
  {
    name: 'incidents as hexagons',
    hash: '#/karta?handelser=klotter&form=hexagoner',
    show: (page) => expect(page.getByText(/Antal per sexhörning/)).toBeAttached(),
  },
  {
    name: 'Data',
    hash: '#/data',
    show: (page) =>
      expect(page.getByText(/^Databasen har räknat/)).toBeVisible({ timeout: 60_000 }),
  },
  {
    name: 'Röjandekontroll',
    hash: '#/rojandekontroll',
    show: async (page) => {
      const first = page.getByRole('region', { name: 'Indikatorer' }).getByRole('button').first()
      await first.click()
      await expect(first).toHaveAttribute('aria-expanded', 'true')
      await page.getByText('Kontrollsummor (SHA-256)').click()
    },
  },
  {
    name: 'Metod',
    hash: '#/metod',
    show: (page) => expect(page.getByRole('heading', { level: 1 })).toBeVisible(),
  },
]

for (const [screen, viewport] of Object.entries({
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
}))
  test(`axe finds no barrier in any state of any page: ${screen}`, async ({ page }) => {
    test.setTimeout(240_000)
    await page.setViewportSize(viewport)
    await openKarta(page)
    await expect(choice(page, 'Nivå')).toHaveValue('stadsdel')
    for (const { name, hash, show } of STATES)
      await test.step(name, async () => {
        // Another page in between closes what an earlier state has opened.
        await follow(page, '#/metod')
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await follow(page, hash)
        await show(page)
        expect.soft(await barriers(page), `${name}, ${screen}`).toEqual([])
      })
  })

test('axe finds no barrier on the page that says what is wrong with the package', async ({
  page,
  watch,
}) => {
  await page.route('**/package/index.json', (route) => route.fulfill({ body: '{"format":' }))
  await page.goto('./')
  await expect(page.getByRole('alert')).toContainText('index.json')
  expect(await barriers(page)).toEqual([])
  expect(watch.faults).toEqual([])
})
