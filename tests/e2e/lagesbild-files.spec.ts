import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { nodeReportTools } from '../../scripts/profile/node-report-tools.ts'
import { openPackage } from '../../scripts/profile/package-at.ts'
import { PdfPrinter } from '../../scripts/profile/pdf-printer.ts'
import { BriefingSlides } from '../../src/app/briefing-slides.ts'
import { crossHere } from '../../src/app/cross/cross-once.ts'
import { approximateWidth } from '../../src/charts/report-marks.ts'
import { reportHtml } from '../../src/exports/report/html.ts'
import { briefingReport } from '../../src/views/briefing/briefing-report.ts'
import { newSlide } from '../../src/views/briefing/briefing.ts'
import { shownSlide } from '../../src/views/briefing/shown-slide.ts'
import { figureText } from '../../src/views/report-figure.ts'
import type { Report } from '../../src/views/report.ts'

/** Longer than has room beside figures, and than is read from the back row on one slide. */
const LONG = Array.from(
  { length: 24 },
  (_, at) => `Stycke ${at + 1}. Skolan ringer hem samma dag. Vi vet inte om det är orsaken.`,
).join('\n')

const SLIDES = [
  newSlide({ id: 'a', kind: 'words', title: 'Vad vi ser', words: 'Först detta.', notes: 'Viska.' }),
  newSlide({
    ...{ id: 'b', kind: 'view', address: '#/karta?indikator=franvaro_10&visa=skillnad' },
    words: 'Vi frågar <b>skolan</b>.',
  }),
  newSlide({
    ...{ id: 'c', kind: 'view', address: '#/karta?indikator=klotter&niva=regso', words: LONG },
  }),
  newSlide({ id: 'd', kind: 'section', title: 'Ett område' }),
  newSlide({ id: 'e', kind: 'view', address: '#/omraden?profil=2480R041' }),
  newSlide({
    ...{ id: 'f', kind: 'view' },
    address: '#/karta?indikator=klotter&omraden=2480R041&niva=regso&flik=trend',
  }),
]

const folder = mkdtempSync(join(tmpdir(), 'lagesbild-'))
const flat = (text: string): string => text.replace(/\s+/g, '')
let report: Report
let address: string
let colour: (token: string) => string

test.beforeAll(async () => {
  const opened = await openPackage('public/package')
  if ('findings' in opened) throw new Error('no package')
  const tools = await nodeReportTools()
  colour = (token) => tools.colour(token)
  const making = new BriefingSlides(opened.reader, {
    ...{ date: '2026-11-23', colour, cross: crossHere },
    measure: (words) => approximateWidth(words, 12),
  })
  const shown = await Promise.all(
    SLIDES.map(async (slide) => {
      const made = slide.address === null ? null : await making.make(slide.address)
      if (made?.kind === 'failed') throw new Error(made.why)
      return shownSlide(slide, made && made.content, '')
    }),
  )
  const { release } = opened.reader.index
  const briefing = { title: 'Rådets läge', author: 'Rådet', periodText: 'hösten 2026' }
  report = briefingReport(briefing, shown, { release, date: '2026-11-23' })
  const path = join(folder, 'rad.html')
  writeFileSync(path, reportHtml(report, { colour, fontFace: await tools.fontFace() }))
  address = `file://${path}`
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What slides show of figures and words, and what the first and the last say. */
function toldOn({ sections, facts, key, limits, sources, definitions, synthetic }: Report) {
  return [
    ...facts.flatMap(({ label, text }) => [label, text]),
    ...key.flatMap(({ label, text }) => [label, text]),
    ...[...limits, ...sources, synthetic!.sentence],
    ...definitions.flatMap(({ name, definition }) => [name, definition]),
    ...sections.flatMap(({ heading, foot, blocks }) => [
      ...[heading, foot ?? ''],
      ...blocks.flatMap((block) => {
        if (block.kind === 'text') return block.paragraphs
        if (block.kind === 'list')
          return block.groups.flatMap((group) => [
            group.heading,
            ...group.rows.flatMap(({ name, figure }) => [name, figureText(figure)]),
          ])
        if (block.kind !== 'table') return []
        return block.rows.flatMap(({ name, figure, reference, verdictText }) => [
          ...[name, figureText(figure), figureText(reference), verdictText],
        ])
      }),
    ]),
  ]
}

for (const [form, width, height] of [
  ['slides', 768, 576],
  ['report', 595, 842],
] as const)
  test(`a lägesbild on paper loses nothing, and is tagged: ${form}`, async () => {
    const printer = await PdfPrinter.start()
    if (!printer) throw new Error('no browser')
    const bytes = await printer.print(report, colour, form)
    await printer.close()
    const pdf = await getDocument({ data: bytes, verbosity: 0 }).promise
    const pages: string[] = []
    for (let at = 1; at <= pdf.numPages; at++) {
      const page = await pdf.getPage(at)
      const [, , right, top] = page.view as [number, number, number, number]
      expect([Math.round(right), Math.round(top)]).toEqual([width, height])
      const { items } = await page.getTextContent()
      pages.push(flat(items.map((item) => ('str' in item ? item.str : '')).join('')))
    }
    const said = pages.join('')
    for (const words of toldOn(report)) expect(said).toContain(flat(words))
    expect(said).not.toContain('Viska')
    expect(pages[0]).toContain(flat(report.title))
    expect((await pdf.getMarkInfo())?.Marked).toBe(true)
    expect((await pdf.getMetadata()).info).toMatchObject({
      Title: `${report.title}. ${report.imprint}`,
      Language: 'sv',
    })
    const titles = (items: Awaited<ReturnType<typeof pdf.getOutline>>): string[] =>
      items.flatMap((item) => [flat(item.title), ...titles(item.items as typeof items)])
    const headings = titles(await pdf.getOutline())
    for (const { heading } of report.sections) expect(headings).toContain(flat(heading))
  })

/** Of the slide that is shown: whether all of it is within, and how high what shows figures is. */
const layoutOf = (page: Page) =>
  page.locator('.slide.now').evaluate((slide) => {
    const foot = slide.querySelector('.foot')!.getBoundingClientRect()
    const within = slide.getBoundingClientRect()
    const bottoms = [...slide.querySelectorAll('.body p, .body dd, .body td')].map(
      (one) => one.getBoundingClientRect().bottom,
    )
    const figures = slide.querySelector('.picture, .chart, table')
    return {
      isWithin: foot.bottom <= within.bottom + 1 && Math.max(0, ...bottoms) <= foot.top + 2,
      share: figures ? figures.getBoundingClientRect().height / within.height : null,
    }
  })

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const)
  test(`the page shows itself at ${width} × ${height}: every slide whole, by the number at its foot`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ offline: true, viewport: { width, height } })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const faults: string[] = []
    page.on('console', (message) => faults.push(message.text()))
    page.on('pageerror', ({ message }) => faults.push(message))
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) faults.push(request.url())
    })
    await page.goto(address)
    await page.getByRole('button', { name: 'Visa bilderna' }).click()
    const count = await page.locator('.deck .slide').count()
    expect(count).toBeGreaterThan(report.sections.length + 3)
    const status = page.getByRole('status')
    for (let at = 0; at < count; at++) {
      const { isWithin, share } = await layoutOf(page)
      const heading = (await page.locator('.slide.now h2').textContent())!
      expect(isWithin, heading).toBe(true)
      if (share !== null) expect(share, heading).toBeGreaterThan(0.25)
      const number = page.locator('.slide.now .foot .number')
      if ((await number.count()) > 0)
        await expect(status).toContainText(
          `Bild ${await number.textContent()} av ${report.sections.length}. ${heading}`,
        )
      else await expect(status).toHaveText(heading)
      await page.keyboard.press('PageDown')
    }
    // Words that follow have their figures' number: the next number is still its own.
    await page.keyboard.type('4')
    await page.keyboard.press('Enter')
    const fourth = page.getByRole('heading', { level: 2, name: 'Ett område', exact: true })
    await expect(fourth).toBeVisible()
    await page.reload()
    await expect(fourth).toBeVisible()
    await page.keyboard.press('ArrowLeft')
    await expect(page.locator('.slide.now')).toContainText('Stycke 24.')
    await page.keyboard.press('b')
    await expect(page.locator('.slide.now')).toBeHidden()
    await page.keyboard.press('b')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('heading', { level: 1, name: report.title })).toBeAttached()
    await expect(page.getByRole('heading', { level: 2, name: /^Klotter: / })).toBeInViewport()
    expect(faults).toEqual([])
    await context.close()
  })
