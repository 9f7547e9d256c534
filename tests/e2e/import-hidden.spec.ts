import { readFileSync } from 'node:fs'
import type { AreaRegister } from '../../src/core/area.ts'
import { ImportReading } from '../../src/app/import/reading.ts'
import { follow } from '../support/karta.ts'
import { droppedText } from '../support/import-page-world.ts'
import { dropFiles, goToIndicator, button, keptText } from '../support/import-page.ts'
import { expect, test } from '../support/page.ts'

const { register } = JSON.parse(readFileSync('dist/package/index.json', 'utf8')) as {
  register: AreaRegister
}
const regso = register.areas.filter(({ level }) => level === 'regso')

/** Six digits each, prime enough to stand nowhere else; every seventh area has but a few. */
const PLANTED = regso.map(({ id }, position) => ({
  id,
  count: position % 7 === 0 ? 3 : 611_953 + 179 * position,
  base: 731_957 + 211 * position,
}))
const FILE = droppedText('planterad.csv', [
  'Område;År;Elever;Frånvarande',
  ...PLANTED.map(({ id, count, base }) => `${id};2024;${base};${count}`),
])

test('of what is hidden nothing is in any page, storage or cache; of what is shown it is', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await page.goto('./#/data')
  await expect(page.getByText('Kan användas utan nät')).toBeVisible({ timeout: 90_000 })
  await dropFiles(page, [FILE])
  await goToIndicator(page)
  await page.getByLabel('Namn').fill('Planterad')
  await page.getByLabel('Källa').fill('Prov')
  await button(page, 'Läs in').click()
  await expect(page.getByTestId('import-summary')).toBeVisible({ timeout: 60_000 })
  await expect
    .poll(() => page.workers().filter((worker) => worker.url().includes('import-worker')).length)
    .toBe(0)

  const { shown, hidden } = await released()
  expect(hidden.length).toBeGreaterThan(10)
  expect(shown.length).toBeGreaterThan(10)
  const found = [await page.content()]
  for (const hash of [
    '#/karta?indikator=planterad&niva=regso&flik=tabell',
    '#/karta?indikator=planterad&niva=regso',
    '#/karta?indikator=planterad&niva=stadsdel&flik=tabell',
    '#/data',
    '#/rojandekontroll',
    '#/importera',
  ]) {
    await follow(page, hash)
    await expect(page.getByRole('main')).toBeVisible()
    await page.waitForTimeout(500)
    found.push(await page.content())
  }
  found.push(await keptText(page))
  const text = found
    .join('\n')
    .replace(/\b[0-9a-f]{64}\b/g, '')
    .replace(/(?<=\d)(\s|&nbsp;)(?=\d{3})/g, '')
  // The search is not blind: what is shown is found.
  for (const figure of shown) expect(text.includes(String(figure)), String(figure)).toBe(true)
  for (const figure of hidden) expect(text.includes(String(figure)), String(figure)).toBe(false)
})

/** What the gate makes of the same file with the same description. */
async function released(): Promise<{ shown: number[]; hidden: number[] }> {
  const reading = await ImportReading.open(
    [FILE],
    { register, recipes: [], areaNames: {}, topology: null, ties: [] },
    { loaders: { sqlite: () => Promise.reject(new Error('not needed')) } },
  )
  const { draftOf, indicatorOf } = await import('../../src/app/import/indicator-draft.ts')
  const draft = { ...draftOf(reading.view().table!, register), name: 'Planterad', source: 'Prov' }
  const answer = await reading.release({
    ...{
      indicator: indicatorOf(draft, []),
      measure: null,
      age: null,
      hexagons: false,
      totals: 'stated',
    },
    ...{ earlier: [], parts: [], importedAt: '2026-11-23T00:00:00.000Z' },
  })
  if (!answer.ok) throw new Error(JSON.stringify(answer.findings))
  const rows = [...answer.files].flatMap(([path, bytes]) =>
    path.includes('/regso/') ? new TextDecoder().decode(bytes).split('\n') : [],
  )
  const shown: number[] = []
  const hidden: number[] = []
  for (const { id, count, base } of PLANTED) {
    const isShown = rows.some((row) => row.startsWith(`${id},2024,T,value,`))
    ;(isShown ? shown : hidden).push(...[count, base].filter((figure) => figure > 1000))
  }
  return { shown, hidden }
}
