import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { csvParse } from 'd3'
import type { FeatureCollection } from 'geojson'
import { areaRow, areaRows, choice, legend, nameOnMap, openKarta } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

const data = join('..', 'shared', 'data')
const isHere = existsSync(data)
const folder = join('.cache', 'real-package')
const read = (...path: string[]): string => readFileSync(join(data, ...path), 'utf8')

test.describe('Umeå’s own boundaries and the police notices', () => {
  test.use({ packageDirectory: folder, serviceWorkers: 'block' })

  test.beforeAll(() => {
    if (process.env['CI'] === 'true') expect(isHere, `${data} is missing`).toBe(true)
    test.skip(!isHere, `${data} is missing`)
    rmSync(folder, { recursive: true, force: true })
    execFileSync(process.execPath, [
      join('node_modules', 'tsx', 'dist', 'cli.mjs'),
      ...[join('scripts', 'lage.ts'), 'publish'],
      ...['--areas', join(data, 'umea', 'Stadsdelar.json')],
      ...['--observations', join(data, 'police', 'polisen_events_umea_min.csv')],
      ...['--out', folder],
    ])
  })

  test('open as a package: first view, areas, counts, source and limits', async ({ page }) => {
    await openKarta(page)
    await expect(page).toHaveTitle('Alla händelser – Lägeskartan')
    // The first view has something to show.
    await expect(legend(page).locator('rect.square').first()).toBeVisible()
    await expect(page.getByText('saknas: 0\u00a0områden')).toBeVisible()

    const town = (
      JSON.parse(read('umea', 'umea_omraden_simp15m_wgs84.geojson')) as FeatureCollection<
        never,
        { namn: string; niva: string }
      >
    ).features
      .filter(({ properties }) => properties.niva === 'stadsdel')
      .map(({ properties }) => properties.namn)
    expect(town).toHaveLength(21)
    await expect(areaRows(page).first()).toHaveAttribute('aria-setsize', '121')

    const counts = csvParse(read('police', 'umea_counts_stadsdel_month_type.csv'))
    const [month, type] = ['2025-05', 'Stöld']
    await page.getByRole('button', { name: /^Indikator:/ }).click()
    await page.getByRole('combobox', { name: 'Sök indikator' }).fill(type)
    await page
      .getByRole('option', { name: new RegExp(`^${type}`) })
      .first()
      .click()
    await expect(page).toHaveTitle(`${type} – Lägeskartan`)
    await choice(page, 'Periodens längd').selectOption('month')
    await choice(page, 'Period').selectOption(month)
    await page.getByRole('button', { name: 'Tabell' }).first().click()
    const cellsOf = (name: string) =>
      page
        .getByRole('row')
        .filter({ has: page.getByRole('button', { name, exact: true }) })
        .getByRole('cell')
    let sum = 0
    for (const name of town) {
      const row = counts.find(
        ({ stadsdel, manad, typ }) => stadsdel === name && manad === month && typ === type,
      )
      sum += Number(row?.antal ?? 0)
      await expect(cellsOf(name).first(), name).toHaveText(String(row?.antal ?? 0))
    }
    expect(sum).toBeGreaterThan(0)

    await page.getByRole('button', { name: 'Karta' }).first().click()
    await expect(areaRow(page, 'Alvik')).toBeVisible()
    // Ersboda lies north of Teg, on the other side of the river.
    expect((await nameOnMap(page, 'Ersboda')).y).toBeLessThan((await nameOnMap(page, 'Teg')).y)
    await expect(page.getByText('Schematiska gränser')).toHaveCount(0)
    await expect(page.getByText(/Offentlig uppgift hos källan\./)).toBeVisible()
    await page.getByRole('button', { name: 'Om indikatorn' }).click()
    await expect(page.getByRole('dialog')).toContainText('inte brottsstatistik')
    await expect(page.getByRole('dialog')).toContainText('känts igen i text')
    await page.getByRole('button', { name: 'Stäng' }).click()

    for (const name of ['Karta', 'Data', 'Metod']) {
      await page.getByRole('link', { name, exact: true }).click()
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.getByRole('banner')).not.toContainText('Syntetiska')
      if (name !== 'Metod')
        await expect(page.locator('body')).not.toContainText(/syntetisk|slumpade|påhittad/i)
    }
  })
})
