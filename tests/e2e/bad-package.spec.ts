import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { areaRows, choice, forgive, openKarta, reached } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

const published = join('public', 'package')
const folder = join('.cache', 'damaged-package')
const OPENING = 'observations/stadsdel/franvaro_10.csv'

const edit = (path: string, change: (text: string) => string): void => {
  const file = join(folder, path)
  const before = readFileSync(file, 'utf8')
  const after = change(before)
  expect(after, `the damage to ${path}`).not.toBe(before)
  writeFileSync(file, after)
}

interface Damage {
  readonly name: string
  readonly file: string
  readonly inflict: () => void
  /** What the page says: place and reason. */
  readonly says: string | RegExp
  /** What the browser itself logs. */
  readonly logged?: RegExp
}

const DAMAGES: readonly Damage[] = [
  {
    name: 'a missing observation file',
    file: OPENING,
    inflict: () => rmSync(join(folder, OPENING)),
    says: `${OPENING}: Filen nämns i indexet men finns inte i paketet.`,
    logged: /404/,
  },
  {
    name: 'a missing index',
    file: 'index.json',
    inflict: () => rmSync(join(folder, 'index.json')),
    says: /^index\.json: .*finns inte/,
    logged: /404/,
  },
  {
    name: 'a wrong type in the index',
    file: 'index.json',
    inflict: () => edit('index.json', (text) => text.replace('"rows":24', '"rows":"tjugofyra"')),
    says: /^index\.json, .*rows: .*"tjugofyra"/,
  },
  {
    name: 'an unknown area in a row',
    file: OPENING,
    inflict: () => edit(OPENING, (text) => text.replace('\n2480-carlshem,', '\n2480-atlantis,')),
    says: `${OPENING}, rad 3, kolumn area: Området "2480-atlantis" finns inte i paketets områdesregister.`,
  },
  {
    name: 'broken JSON in the boundaries',
    file: 'boundaries.json',
    inflict: () => edit('boundaries.json', (text) => text.replace('"arcs"', 'arcs')),
    says: /^boundaries\.json, rad 1.*: Texten är inte giltig JSON/,
  },
  {
    name: 'a huge file',
    file: OPENING,
    inflict: () => truncateSync(join(folder, OPENING), 70_000_000),
    says: `${OPENING}: Filen är för stor (70,0\u00a0MB).`,
  },
  {
    name: 'a truncated file',
    file: OPENING,
    inflict: () => edit(OPENING, (text) => text.slice(0, text.indexOf('\n', 20_000) + 1)),
    says: new RegExp(`^${OPENING}, rad \\d+: Filen är avkortad: `),
  },
  {
    name: 'a changed figure',
    file: OPENING,
    inflict: () => edit(OPENING, (text) => text.replace('value,36,206', 'value,37,206')),
    says: `${OPENING}: Kontrollsumman stämmer inte med indexet`,
  },
]

test.describe('a damaged package', () => {
  test.use({ packageDirectory: folder, serviceWorkers: 'block' })
  test.beforeEach(() => {
    rmSync(folder, { recursive: true, force: true })
    cpSync(published, folder, { recursive: true })
  })

  for (const { name, file, inflict, says, logged } of DAMAGES)
    test(`${name} is named, with the reason; nothing is shown until it is mended`, async ({
      page,
      watch,
    }) => {
      inflict()
      await page.goto('./')
      const fault = page.getByRole('alert')
      await expect(fault.getByRole('heading')).toHaveText(`Filen ${file} gick inte att läsa`)
      await expect(fault.getByRole('paragraph').first()).toHaveText(
        typeof says === 'string' ? new RegExp(`^${escaped(says)}`) : says,
      )
      await expect(areaRows(page)).toHaveCount(0)
      await expect(page.locator('canvas, svg text.name, .legend')).toHaveCount(0)
      if (logged) forgive(watch.faults, logged)

      cpSync(join(published, file), join(folder, file))
      await fault.getByRole('button', { name: 'Försök igen' }).click()
      await reached(page, 'first-map')
      await expect(fault).toHaveCount(0)
      await expect(areaRows(page).first()).toHaveText(/^Berghem\s*17,6/)
    })

  test('a damaged indicator does not stop the others', async ({ page }) => {
    edit('observations/stadsdel/klotter.csv', (text) => text.replace('value', 'secret'))
    await openKarta(page, '#/karta?omraden=2480-haga')
    await page.evaluate(() => (location.hash = '#/karta?indikator=klotter'))
    const fault = page.getByRole('alert')
    await expect(fault).toContainText('observations/stadsdel/klotter.csv, rad 2, kolumn status')
    await expect(areaRows(page)).toHaveCount(0)
    await page.goBack()
    await expect(fault).toHaveCount(0)
    await expect(areaRows(page).first()).toHaveText(/^Berghem\s*17,6/)
    await expect(choice(page, 'Period')).toHaveValue('2024/25')
  })

  test('a damaged plan leaves only its own section out of a profile', async ({ page }) => {
    edit('plan.json', (text) => text.replace('"selektiv"', '"selektivt"'))
    await page.goto('./#/omraden?profil=2480R041')
    const section = page.getByRole('region', { name: 'Insatser i planen' })
    await expect(section).toContainText('Aktivitetsplanen kunde inte läsas')
    await expect(section).toContainText('plan.json, interventions[')
    await expect(page.getByRole('alert')).toHaveCount(0)
  })
})

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
