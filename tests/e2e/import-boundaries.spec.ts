import { existsSync, readFileSync } from 'node:fs'
import initSqlJs from 'sql.js'
import { feature } from 'topojson-client'
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification'
import { barriers } from '../support/barriers.ts'
import { areaRow, areaRows, choice, follow, openKarta } from '../support/karta.ts'
import { button, dropFiles, heading, openImport } from '../support/import-page.ts'
import { asGeoPackage, asGeoPackageBlob, type MadeArea } from '../support/made-boundaries.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

interface Area {
  readonly id: string
  readonly level: string
  readonly name: string
}

const { register } = JSON.parse(readFileSync('dist/package/index.json', 'utf8')) as {
  register: { areas: readonly Area[] }
}
const districts = register.areas.filter(({ level }) => level === 'stadsdel')

/** The districts as they are drawn, one of them by another name, in a GeoPackage in degrees. */
async function renamedDistricts(): Promise<Uint8Array> {
  const topology = JSON.parse(readFileSync('dist/package/boundaries.json', 'utf8')) as Topology
  const collection = topology.objects['stadsdel'] as GeometryCollection
  const names = new Map(districts.map(({ id, name }) => [id, name]))
  const rows = feature(topology, collection).features.map(({ id, geometry }) => {
    const { type, coordinates } = geometry as unknown as Polygon & MultiPolygon
    const polygons = (type === ('MultiPolygon' as string) ? coordinates : [coordinates]) as MadeArea
    const name = names.get(String(id))!
    return {
      namn: name === 'Ålidhem' ? 'Ålidhemsområdet' : name,
      geom: asGeoPackageBlob(polygons, { srs: 4326 }),
    }
  })
  return asGeoPackage(await initSqlJs(), [{ table: 'stadsdelar', srs: 4326, rows }])
}

test('boundaries are a new version of their level; a name that differs is asked about once, figures follow the ground', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await openKarta(page, '#/karta?indikator=franvaro_10')
  await expect(areaRows(page)).toHaveCount(districts.length)
  const before = await areaRow(page, 'Ålidhem').innerText()
  const bytes = await renamedDistricts()
  await dropFiles(page, [{ name: 'stadsdelar 2026.gpkg', bytes }])
  await expect(
    page.getByRole('heading', { name: 'Ny version av gränserna för stadsdelar' }),
  ).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('main')).toContainText('GeoPackage, EPSG:4326')
  expect(await barriers(page)).toEqual([])
  const use = button(page, 'Använd gränserna')
  await expect(use).toHaveAttribute('aria-disabled', 'true')
  const question = page.getByRole('combobox', { name: '”Ålidhemsområdet” är samma område som' })
  await expect(question).toHaveValue('')
  await question.selectOption({ index: 1 })
  await expect(use).toHaveAttribute('aria-disabled', 'false')
  await use.click()
  await expect(page.getByText('De nya gränserna används')).toBeVisible({ timeout: 60_000 })
  expect(await barriers(page)).toEqual([])

  const after = async () => {
    await expect(areaRows(page)).toHaveCount(districts.length)
    await expect(areaRow(page, 'Ålidhem')).toHaveCount(0)
    const row = areaRow(page, 'Ålidhemsområdet')
    await expect(row).toBeVisible()
    expect((await row.innerText()).replace('Ålidhemsområdet', 'Ålidhem')).toBe(before)
    // No level is added.
    await expect(choice(page, 'Nivå').locator('option')).toHaveText(['stadsdel', 'RegSO'])
  }
  await page.getByRole('link', { name: 'Visa på kartan' }).click()
  await after()
  await page.reload()
  await after()

  // Dropped again, nothing is asked.
  await dropFiles(page, [{ name: 'stadsdelar 2026.gpkg', bytes }])
  await expect(use).toHaveAttribute('aria-disabled', 'false', { timeout: 60_000 })
  await expect(question).toHaveCount(0)
  await follow(page, '#/data')
  await button(page, 'Ta bort Gränser').click()
  await button(page, 'Ja, ta bort').click()
  await expect(page.getByText('Inget är inläst än.')).toBeVisible()
})

const OFFICIAL = '../shared/data/umea/Stadsdelar.json'

test('the official districts replace the drawn ones', async ({ page }) => {
  test.skip(
    !existsSync(OFFICIAL) && process.env['CI'] !== 'true',
    `the real file is not here (${OFFICIAL})`,
  )
  test.setTimeout(180_000)
  await openImport(page)
  await dropFiles(page, [{ name: 'Stadsdelar.json', bytes: readFileSync(OFFICIAL) }])
  await expect(page.getByRole('main')).toContainText('GeoJSON, UTF-8, EPSG:3006', {
    timeout: 60_000,
  })
  await expect(heading(page)).toContainText('Stadsdelar.json')
  // The same name is not asked about; others wait for an answer.
  await expect(page.getByRole('combobox', { name: '”Teg” är samma område som' })).not.toHaveValue(
    '',
  )
  const asked = page.getByRole('combobox', { name: /är samma område som$/ })
  for (const question of await asked.all())
    if ((await question.inputValue()) === '') await question.selectOption({ index: 1 })
  await button(page, 'Använd gränserna').click()
  await expect(page.getByText('De nya gränserna används')).toBeVisible({ timeout: 60_000 })
  await follow(page, '#/karta?indikator=franvaro_10&niva=stadsdel')
  // Its figures were those of Centrum.
  await expect(areaRow(page, 'Centrala stan')).toContainText(/\d,\d/)
  await expect(areaRows(page).filter({ hasText: 'saknas' })).not.toHaveCount(0)
})
