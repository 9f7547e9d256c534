import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { publish, build } from './build.mjs'
import { CHROMIUM_FLAGS, ensureChromium } from './chromium.mjs'
import { projectRoot } from './project.mjs'
import { serve } from './serve.mjs'

/** The README's pictures, taken of the production build as a visitor meets it. Run again when a screen changes. */
const PICTURES = [
  {
    name: 'karta',
    size: [1440, 900],
    hash: '#/karta?niva=regso&indikator=franvaro_10&period=2025-VT&omraden=2480R025,2480R028',
  },
  {
    name: 'skillnad',
    size: [1440, 900],
    hash: '#/karta?niva=regso&indikator=franvaro_10&visa=skillnad&omraden=2480R017',
  },
  {
    name: 'handelser',
    size: [1440, 900],
    hash: '#/karta?indikator=klotter&period=2025&handelser=klotter&form=hexagoner',
    until: (page: Page) => page.getByText('40 eller fler').waitFor({ timeout: 90_000 }),
  },
  {
    name: 'korsa',
    size: [1440, 900],
    hash: '#/korsa?niva=regso&symptom=skadegorelse&faktor=franvaro_10',
    until: (page: Page) => page.getByRole('region', { name: 'Valt par' }).locator('h2').waitFor(),
  },
  {
    name: 'omraden',
    size: [1440, 900],
    hash: '#/omraden?profil=2480R041',
    until: (page: Page) => page.getByRole('heading', { name: 'Ålidhem södra' }).waitFor(),
  },
  {
    name: 'lagesbild',
    size: [1440, 900],
    hash: '#/lagesbild',
    until: fromTemplate,
  },
  {
    name: 'insatser',
    size: [1440, 900],
    hash: '#/insatser?ruta=skolmisslyckande,universell',
    until: (page: Page) => page.getByRole('grid').waitFor(),
  },
  {
    name: 'individflode',
    size: [1440, 900],
    hash: '#/insatser?insatsdel=flode',
    until: (page: Page) => page.getByText('Av 37 inkomna').waitFor(),
  },
  { name: 'mobil', size: [390, 844], hash: '#/karta?niva=regso&omraden=2480R025' },
  {
    name: 'import',
    size: [1440, 900],
    hash: '#/importera',
    until: readIn,
  },
  { name: 'tabell', size: [1024, 768], hash: '#/karta?niva=regso&flik=tabell' },
] as const

/** A lägesbild from its template, at the first of its maps. */
async function fromTemplate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Använd mallen Lägesbild' }).click()
  await page.getByLabel('Avsändare').fill('Umebrå')
  await page.getByLabel('Avser').fill('hösten 2026')
  await page.getByRole('button', { name: /^3 Skadegörelse/ }).click()
  await page.getByRole('img', { name: /^Karta över/ }).waitFor({ timeout: 60_000 })
  // The others are made meanwhile.
  await page.waitForTimeout(8000)
}

/** An export as it comes, with invented figures, at the step where its findings stand beside its rows. */
async function readIn(page: Page): Promise<void> {
  const areas = [
    '2480R001 Berghem norra-Fridhem',
    '2480R003 Carlshem norra',
    'Ersboda C',
    '2480R007 Ersmark',
    '2480R009 Haga',
    '2480R040 Ålidhem norra',
  ]
  const rows = areas.flatMap((area, at) =>
    ['HT24', 'VT25'].flatMap((term, half) =>
      ['F', 'P'].map((sex, part) => {
        const [base, count] = [90 + 37 * at + 11 * half + 5 * part, 4 + 3 * at + 2 * half + part]
        const share = ((100 * count) / base).toFixed(1).replace('.', ',')
        return `${area};${term};${sex};${base};${count < 6 ? '<5;<5' : `${count};${share}`};Ada Exempelsson`
      }),
    ),
  )
  const text = [
    'Frånvaro per område (påhittade siffror);;;;;;',
    'Uttag 2026-01-15;;;;;;',
    'Område;Termin;Kön;Elever;Franv10;Andel;Handl',
    ...rows,
    'Källa: påhittade siffror',
  ].join('\r\n')
  const file = {
    name: 'franvaro_ht25_export.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(text, 'latin1'),
  }
  await page.locator('input[type=file]').first().setInputFiles(file)
  for (const step of ['Fortsätt till kolumner', 'Fortsätt till fynd'])
    await page.getByRole('button', { name: step }).click({ timeout: 60_000 })
  await page.getByText('är okänt').first().waitFor()
}

await publish()
await build()
const site = await serve({ port: 0 })
const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: [...CHROMIUM_FLAGS],
  chromiumSandbox: process.getuid?.() !== 0,
})
const folder = join(projectRoot, 'docs', 'screenshots')
await mkdir(folder, { recursive: true })
try {
  for (const picture of PICTURES) {
    const [width, height] = picture.size
    const page = await browser.newPage({
      viewport: { width, height },
      locale: 'sv-SE',
      serviceWorkers: 'block',
    })
    await page.goto(site.url + picture.hash)
    if (picture.hash.startsWith('#/karta'))
      await page.waitForFunction(() => performance.getEntriesByName('first-map').length > 0, null, {
        timeout: 90_000,
      })
    if ('until' in picture) await picture.until(page)
    // Names are placed when the camera has come to rest.
    await page.waitForTimeout(1500)
    await page.screenshot({ path: join(folder, `${picture.name}.png`) })
    await page.close()
    console.log(`docs/screenshots/${picture.name}.png`)
  }
} finally {
  await browser.close()
  await site.close()
}
