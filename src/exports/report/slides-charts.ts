import type PptxGenJS from 'pptxgenjs'
import { reportText } from '../../text/report.ts'
import type { Report, ReportBars, ReportFigure, ReportLines } from '../../views/report.ts'
import { definitionOf } from './report-words.ts'
import {
  addSources,
  addWords,
  BOTTOM,
  FACE,
  fittingSize,
  heightOf,
  MARGIN,
  newSlide,
  numbered,
  ROOM,
  TOP,
  type Deck,
  type Place,
  type Slide,
  type SlideNotes,
} from './slides-frame.ts'
import { ABSENT_FILL, numberFormat, type ChartSheet } from './slides-package.ts'

type Block = ReportBars | ReportLines

const GAP = 0.45
const TITLE = 0.36
const NOTE = 0.5
/** For sentences below a chart. */
const BELOW = 0.95

interface ChartsHead {
  readonly heading: string
  readonly said: string
  /** In place of the sources' names. */
  readonly foot?: string
  /** Sentences below the charts of the first slide. */
  readonly below?: readonly string[]
}

/** Charts side by side and below one another, as many on a slide as `across` and `down` say. */
export function addCharts(
  deck: Deck,
  { heading, said, foot = '', below = [] }: ChartsHead,
  blocks: readonly Block[],
  { across, down }: { readonly across: number; readonly down: number },
  notes: SlideNotes,
): void {
  const each = across * down
  // One chart alone has a sentence above it, of two lines.
  const top = each === 1 ? TOP : TOP - 0.2
  const slides = Math.ceil(blocks.length / each)
  for (let at = 0; at < slides; at++) {
    const own = blocks.slice(at * each, (at + 1) * each)
    const titles = own.map(({ title }) => title)
    const slide = newSlide(deck, numbered(heading, at, slides), [
      ...own.map(({ alternative }) => alternative),
      ...own.map(({ note }) => note),
      ...sourcesOf(deck.report, own),
      ...notes(titles),
    ])
    addWords(
      deck,
      slide,
      said,
      { x: MARGIN, y: 1, w: ROOM, h: 0.3 },
      {
        ...{ fontSize: 14, color: deck.ink('ink-2') },
      },
    )
    const columns = Math.min(across, own.length)
    const lines = Math.ceil(own.length / columns)
    const w = (ROOM - (columns - 1) * GAP) / columns
    const room = at === 0 && below.length > 0 ? BELOW : 0
    const h = (BOTTOM - top - room - (lines - 1) * 0.1) / lines
    if (room > 0) {
      const box = { x: MARGIN, y: BOTTOM - BELOW + 0.1, w: ROOM, h: BELOW - 0.1 }
      const text = below.join('\n')
      addWords(deck, slide, text, box, {
        ...{ fontSize: fittingSize([...below], box, [18, 16, 14, 12]), color: deck.ink('ink') },
      })
    }
    for (const [index, block] of own.entries()) {
      const x = MARGIN + (index % columns) * (w + GAP)
      const y = top + Math.floor(index / columns) * (h + 0.1)
      addChart(deck, slide, block, { x, y, w, h })
    }
    addSources(
      deck,
      slide,
      own.map((block) => definitionOf(deck.report, block)?.source ?? ''),
      foot,
    )
  }
}

const sourcesOf = (report: Report, blocks: readonly Block[]): string[] =>
  blocks.flatMap((block) => {
    const known = definitionOf(report, block)
    return known
      ? [`${known.name}: ${known.definition} ${reportText.definition.source}: ${known.source}.`]
      : []
  })

/** A chart below its title, with what its gaps are below it. */
export function addChart(deck: Deck, slide: Slide, block: Block, { x, y, w, h }: Place): void {
  const { ink } = deck
  const period = block.kind === 'bars' ? block.periodText : ''
  const unit = [block.unitText, block.title.includes(period) ? '' : period]
    .filter((text) => text !== '')
    .join(', ')
  const isSmall = h < 3.2
  const unitLabel = unit === '' ? '' : `  ${unit}`
  const sizes = isSmall ? [16, 15, 14] : [18, 16, 14]
  const titleSize = fittingSize([block.title + unitLabel], { w, h: TITLE }, sizes)
  const title = Math.max(TITLE, heightOf(block.title + unitLabel, w, titleSize))
  addWords(
    deck,
    slide,
    [
      { text: block.title, options: { bold: true, fontSize: titleSize } },
      ...(unit === '' ? [] : [{ text: unitLabel, options: { fontSize: 13, color: ink('ink-3') } }]),
    ],
    { x, y, w, h: title },
  )
  const foot = [...gapsOf(block), block.note].filter((text) => text !== '')
  const box = { x, y: y + h - NOTE, w, h: NOTE }
  addWords(deck, slide, foot.join(' '), box, {
    ...{ fontSize: fittingSize([foot.join(' ')], box, [12, 11, 10, 9]), color: ink('ink-3') },
  })
  const place = { x, y: y + title + 0.05, w, h: h - title - NOTE - 0.1 }
  const figures = block.series.flatMap((series) => series.figures)
  const [absent] = figures
  if (absent && absent.kind !== 'value' && figures.every(({ kind }) => kind !== 'value')) {
    addWords(deck, slide, reportText.slides.noneShown(absent.word), place, {
      ...{ fontSize: 16, color: ink('ink-2'), align: 'center', valign: 'middle' },
      fill: { color: ABSENT_FILL[absent.kind] },
    })
    return
  }
  const sheet = sheetOf(block)
  deck.sheets.push(sheet)
  const data = sheet.series.map(({ name, values }) => ({
    ...{ name, labels: [...sheet.categories] },
    // Gaps are taken out of the file afterwards: the library's types have numbers only.
    values: values.map((value) => value ?? NaN),
  }))
  const common = commonOptions(deck, place, block.alternative, sheet)
  if (block.kind === 'lines')
    slide.addChart(deck.file.ChartType.line, data, linesOf(deck, sheet, common))
  else slide.addChart(deck.file.ChartType.bar, data, barsOf(deck, block, common, isSmall))
}

const valueOf = (figure: ReportFigure): number | null =>
  figure.kind === 'value' ? figure.value : null

/** What a chart is drawn of: what the report shows, and nothing where it does not. */
function sheetOf(block: Block): ChartSheet {
  const decimals = Math.max(
    0,
    ...block.series.flatMap(({ figures }) =>
      figures.map((figure) => (figure.kind === 'value' ? figure.decimals : 0)),
    ),
  )
  const [head, categories] =
    block.kind === 'bars'
      ? [block.categoryHead, block.categories]
      : ['', block.periods.map(({ text }) => text)]
  const series = block.series.map((one) => ({
    ...{ name: one.name, values: one.figures.map(valueOf) },
    isReference: 'role' in one && one.role === 'reference',
  }))
  const isPyramid = block.kind === 'bars' && block.form === 'pyramid'
  return isPyramid
    ? {
        ...{ head, decimals, isTopDown: true, categories: categories.toReversed(), scatter: null },
        series: series.map((one) => ({ ...one, values: one.values.toReversed() })),
      }
    : { head, decimals, isTopDown: false, categories, series, scatter: null }
}

/** What the gaps of a chart are: where, and why. */
function gapsOf(block: Block): string[] {
  const names =
    block.kind === 'bars' ? block.categories : block.periods.map((period) => period.text)
  const groups = new Map<string, { word: string; reason: string; at: Set<string> }>()
  const isMany = block.series.length > 1
  for (const { name, figures } of block.series)
    figures.forEach((figure, at) => {
      if (figure.kind === 'value') return
      const key = `${figure.word} ${figure.reason}`
      const known = groups.get(key) ?? { word: figure.word, reason: figure.reason, at: new Set() }
      known.at.add(isMany ? `${name} ${names[at] ?? ''}` : (names[at] ?? ''))
      groups.set(key, known)
    })
  return [...groups.values()].map(({ word, reason, at }) =>
    reportText.slides.absent(word, reason, [...at].join(', ')),
  )
}

/** A round number not below the greatest value, for an axis that begins at nothing. */
export function roundAbove(most: number): { readonly top: number; readonly step: number } {
  if (!(most > 0)) return { top: 1, step: 1 }
  const rough = most / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((one) => one >= rough)!
  return { top: step * Math.ceil(most / step - 1e-9), step }
}

export const decimalsOf = (step: number): number => String(step).split('.')[1]?.length ?? 0

function commonOptions(
  { ink }: Deck,
  place: Place,
  altText: string,
  { series, decimals }: ChartSheet,
): PptxGenJS.IChartOpts {
  const values = series.flatMap((one) => one.values.filter((value) => value !== null))
  const { top, step } = roundAbove(Math.max(0, ...values))
  return {
    ...{ ...place, altText, displayBlanksAs: 'gap' },
    ...{ chartArea: { roundedCorners: false }, showTitle: false },
    ...{ showLegend: series.length > 1, legendPos: 't', legendFontFace: FACE },
    ...{ legendFontSize: 13, legendColor: ink('ink-2') },
    ...{ catAxisLabelFontFace: FACE, catAxisLabelFontSize: 12, catAxisLabelColor: ink('ink-2') },
    ...{ valAxisLabelFontFace: FACE, valAxisLabelFontSize: 12, valAxisLabelColor: ink('ink-3') },
    ...{ valAxisMinVal: 0, valAxisMaxVal: top, valAxisMajorUnit: step, valAxisLineShow: false },
    valGridLine: { color: ink('hairline'), size: 0.75 },
    ...{
      dataLabelFormatCode: numberFormat(decimals),
      dataLabelFontFace: FACE,
      dataLabelColor: ink('ink'),
    },
    valAxisLabelFormatCode: numberFormat(decimalsOf(step)),
  }
}

const linesOf = (
  { ink }: Deck,
  { series }: ChartSheet,
  common: PptxGenJS.IChartOpts,
): PptxGenJS.IChartOpts => ({
  ...{ ...common, lineSize: 2.25, lineDataSymbolSize: 6 },
  chartColors: series.map(({ isReference }) => ink(isReference ? 'control' : 'ink')),
})

function barsOf(
  { ink }: Deck,
  { form, series }: ReportBars,
  common: PptxGenJS.IChartOpts,
  isSmall: boolean,
): PptxGenJS.IChartOpts {
  const bars: PptxGenJS.IChartOpts = {
    ...common,
    ...{
      chartColors: ['ink-2', 'rule'].slice(0, series.length).map(ink),
      barGapWidthPct: 35,
      showValue: true,
    },
    ...{ valAxisHidden: true, valGridLine: { style: 'none' }, dataLabelFontSize: 12 },
  }
  return form === 'columns'
    ? { ...bars, catAxisLabelFontSize: isSmall ? 11 : 12, barDir: 'col' }
    : { ...bars, barDir: 'bar', catAxisLabelFontSize: 14 }
}
