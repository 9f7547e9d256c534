import { readFileSync } from 'node:fs'
import { csvParse } from 'd3'
import type { Page } from '@playwright/test'
import { choice, forgive, openKarta } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

interface Index {
  readonly indicators: readonly { readonly id: string; readonly name: string }[]
  readonly observations: readonly {
    readonly indicator: string
    readonly level: string
    readonly path: string
  }[]
}

type ReleasedRow = Readonly<Record<'area' | 'period' | 'sex' | 'status', string>>

const index = JSON.parse(readFileSync('dist/package/index.json', 'utf8')) as Index
const rowsOf = (path: string): ReleasedRow[] => [
  ...(csvParse(readFileSync(`dist/package/${path}`, 'utf8')) as unknown as ReleasedRow[]),
]

interface Counted {
  readonly name: string
  readonly shown: number
  readonly hidden: number
}

/** What the released files themselves hold, by indicator. */
const counted: readonly Counted[] = index.indicators.map(({ id, name }) => {
  const rows = index.observations
    .filter(({ indicator }) => indicator === id)
    .flatMap(({ path }) => rowsOf(path))
  const count = (status: string) => rows.filter((row) => row.status === status).length
  return { name, shown: count('value'), hidden: count('hidden') }
})

const share = ({ shown, hidden }: Counted): number => hidden / (shown + hidden)
const integer = (value: number): string => value.toLocaleString('sv-SE').replace(/\s/g, '\u00a0')
const percent = (part: number): string => `${(100 * part).toFixed(1).replace('.', ',')}\u00a0%`

const indicators = (page: Page) => page.getByRole('region', { name: 'Indikatorer' })
const names = (page: Page) => indicators(page).getByRole('rowheader')

async function openLog(page: Page): Promise<void> {
  await page.goto('./#/rojandekontroll')
  await expect(page.getByRole('heading', { level: 1, name: 'Röjandekontroll' })).toBeVisible()
}

test('the page has the totals that the released files give', async ({ page }) => {
  await openLog(page)
  const shown = counted.reduce((sum, one) => sum + one.shown, 0)
  const hidden = counted.reduce((sum, one) => sum + one.hidden, 0)
  expect(hidden).toBeGreaterThan(1000)
  await expect(
    page.getByText(
      `Av ${integer(shown + hidden)}\u00a0celler med uppgift är ${integer(hidden)} dolda (${percent(hidden / (shown + hidden))}).`,
    ),
  ).toContainText('0\u00a0celler är osäkra')
  await expect(names(page)).toHaveCount(counted.length)
  for (const one of counted) {
    const row = indicators(page)
      .getByRole('row')
      .filter({ has: page.getByRole('button', { name: one.name, exact: true }) })
    const cells = (await row.getByRole('cell').allInnerTexts()).map((text) => text.trim())
    expect(cells.slice(0, 4), one.name).toEqual([
      integer(one.hidden),
      percent(share(one)),
      integer(one.shown),
      integer(one.shown + one.hidden),
    ])
    expect(cells[6], one.name).toBe('0')
  }
})

test('what hides most stands first, or what begins with A', async ({ page }) => {
  await openLog(page)
  const { compare } = new Intl.Collator('sv')
  const byShare = counted.toSorted((a, b) => share(b) - share(a) || compare(a.name, b.name))
  await expect(names(page)).toHaveText(byShare.map(({ name }) => name))
  await choice(page, 'Ordning').selectOption({ label: 'A–Ö' })
  await expect(names(page)).toHaveText(counted.map(({ name }) => name).toSorted(compare))
})

test('a row opens by keyboard and says what a coarser publication would bring back', async ({
  page,
}) => {
  await openLog(page)
  const first = indicators(page).getByRole('button').first()
  const advice = indicators(page).getByRole('listitem')
  await expect(advice).toHaveCount(0)
  await first.focus()
  await page.keyboard.press('Enter')
  await expect(first).toHaveAttribute('aria-expanded', 'true')
  await expect(advice.first()).toHaveText(
    /^Publicera .+ i stället för .+: minst [\d\s]+ av [\d\s]+ dolda celler kommer tillbaka\.$/,
  )
  await page.keyboard.press('Enter')
  await expect(advice).toHaveCount(0)
})

test('the release, its signing, its files and the log to keep stand there', async ({ page }) => {
  await openLog(page)
  await expect(page.getByText('Inte signerad.')).toBeVisible()
  await expect(page.getByText('styrker ingens identitet')).toBeVisible()
  await expect(page.getByText('Inga har vägts in.')).toBeVisible()
  await page.getByText('Kontrollsummor (SHA-256)').click()
  await expect(
    page.getByRole('region', { name: 'Kontrollsummor' }).getByRole('rowheader'),
  ).toHaveCount(
    new Set(
      Object.keys(
        (JSON.parse(readFileSync('dist/package/rojandekontroll.json', 'utf8')) as { files: object })
          .files,
      ),
    ).size,
  )
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'rojandekontroll.md' }).click()
  const path = await (await downloading).path()
  expect(readFileSync(path, 'utf8')).toBe(readFileSync('dist/package/rojandekontroll.md', 'utf8'))
})

test('where many areas are hidden, the map says so and leads to the page', async ({ page }) => {
  const crowded = index.observations
    .filter(({ level }) => level === 'stadsdel')
    .flatMap(({ indicator, path }) => {
      const rows = rowsOf(path).filter(({ sex }) => sex === 'T')
      const periods = [...new Set(rows.map(({ period }) => period))]
      return periods.map((period) => {
        const own = rows.filter((row) => row.period === period)
        const hidden = own.filter(({ status }) => status.startsWith('hidden')).length
        const shown = own.filter(({ status }) => status === 'value').length
        return { indicator, period, hidden, shown, all: own.length }
      })
    })
    .find(({ hidden, shown, all }) => hidden > all / 4 && shown > 0)!
  await openKarta(page, `#/karta?indikator=${crowded.indicator}&period=${crowded.period}`)
  await expect(page.getByText(/^För många dolda:/)).toContainText(
    `${crowded.hidden} av ${crowded.all} områden är dolda`,
  )
  await page.getByRole('link', { name: /^Varför områden är dolda/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Röjandekontroll' })).toBeVisible()
})

test('a package without a log says that it has none', async ({ page, watch }) => {
  await page.route('**/package/rojandekontroll.json', (route) => route.fulfill({ status: 404 }))
  await openLog(page)
  await expect(page.getByText('Paketet har ingen logg av röjandekontrollen.')).toBeVisible()
  forgive(watch.faults, /404.*rojandekontroll\.json/)
})

test('a damaged log is refused with its place, and can be tried again', async ({ page }) => {
  const whole = readFileSync('dist/package/rojandekontroll.json', 'utf8')
  let damaged = whole.replace(/"suppressed": \d+/, '"suppressed": "få"')
  await page.route('**/package/rojandekontroll.json', (route) => route.fulfill({ body: damaged }))
  await openLog(page)
  await expect(page.getByRole('alert')).toContainText(
    'rojandekontroll.json, indicators[0].audit.suppressed',
  )
  damaged = whole
  await page.getByRole('button', { name: 'Försök igen' }).click()
  await expect(names(page)).toHaveCount(counted.length)
})
