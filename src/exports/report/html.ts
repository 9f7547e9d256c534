import { drawBars } from '../../charts/report-bars.ts'
import { drawLines } from '../../charts/report-lines.ts'
import {
  absenceMark,
  approximateWidth,
  inlineSvg,
  wrapText,
  type Absence,
  type TokenColour,
} from '../../charts/report-marks.ts'
import { drawSpine } from '../../charts/report-spine.ts'
import { drawSparkline } from '../../charts/sparkline.ts'
import type { element } from '../../charts/svg.ts'
import { escapeXml } from '../../charts/svg.ts'
import { formatNumber } from '../../text/format.ts'
import { reportText } from '../../text/report.ts'
import type {
  ReportAxis,
  Report,
  ReportBars,
  ReportBlock,
  ReportDefinition,
  ReportFact,
  ReportFigure,
  ReportLines,
  ReportList,
  ReportScatter,
  ReportRow,
  ReportSection,
  ReportTable,
  ReportText,
} from '../../views/report.ts'
import { pictureOf, syntheticOf, tag, text, withDrawingsNamed } from './html-parts.ts'
import { showingOf } from './html-showing.ts'
import { reportStyle } from './html-style.ts'
import { spineKey } from './pictures.ts'
import { rowInWords, trendInWords, figureInWords } from './report-words.ts'

export interface HtmlTools {
  /** The colour of a design token. */
  readonly colour: TokenColour
  /** `@font-face` rules of Source Sans 3, the typeface itself in them; nothing: whatever the reader's device has. */
  readonly fontFace: string
}

/**
 * A report as one page that needs nothing besides: no request, and paper as well as screen. A lägesbild can be shown
 * from it, by the one script that the page allows; other reports have none.
 */
export function reportHtml(report: Report, { colour, fontFace }: HtmlTools): string {
  const title = `${report.title}. ${report.imprint}`
  const showing = report.kind === 'briefing' ? showingOf(report, colour) : null
  const policy = [
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'",
    ...(showing ? [`script-src '${showing.hash}'`] : []),
  ].join('; ')
  return `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light">
<title>${escapeXml(title)}</title>
<style>${fontFace}
html,body{margin:0;background:${colour('paper')}}</style>
</head>
${showing?.body ?? '<body>'}
<main>
${reportArticle(report, colour)}
</main>
${showing?.deck ?? ''}
</body>
</html>
`
}

/** A report as an article with its own style, to stand alone in a page or to be printed from one. */
export function reportArticle(report: Report, colour: TokenColour): string {
  const context: Context = { report, colour, label: report.synthetic?.label ?? null }
  const { contents } = reportText
  const [first, ...rest] = report.sections
  const parts = [
    `<style>${reportStyle(report, colour)}</style>`,
    headerOf(report),
    ...(report.kind === 'briefing'
      ? [factsOf(report.facts), ...report.sections.map((section) => sectionOf(context, section))]
      : [
          ...(first ? [openingOf(context, first)] : []),
          ...rest.map((section) => sectionOf(context, section)),
        ]),
    keyOf(context),
    behindOf(report),
    definitionsOf(report),
    part('kallor', contents.sources, tag('div', { class: 'sources' }, listOf(report.sources))),
  ]
  return withDrawingsNamed(tag('article', { class: 'report', lang: 'sv' }, parts), 'r')
}

interface Context {
  readonly report: Report
  readonly colour: TokenColour
  /** Drawn into every picture; null where no figure is invented. */
  readonly label: string | null
}

/** Identifiers are the report's own, so that they are nobody else's in a page that it is printed from. */
const anchor = (id: string): string => `rapport-${id}`

const listOf = (lines: readonly string[]): string =>
  tag(
    'ul',
    { class: 'plain' },
    lines.map((line) => text('li', line)),
  )

/** A part of its own at the end; nothing where it has nothing. */
const part = (id: string, heading: string, content: string): string =>
  content === ''
    ? ''
    : tag('section', { class: 'section', 'aria-labelledby': anchor(id) }, [
        text('h2', heading, { id: anchor(id) }),
        content,
      ])

function headerOf({ title, subtitle, synthetic, sections }: Report): string {
  const { contents } = reportText
  const links = [
    ...sections.map(({ id, heading }) => [id, heading] as const),
    ...([
      ['tecken', contents.key],
      ['granser', contents.limits],
      ['definitioner', contents.definitions],
    ] as const),
  ]
  return tag('header', {}, [
    syntheticOf(synthetic),
    text('h1', title),
    text('p', subtitle, { class: 'subtitle' }),
    tag('nav', { class: 'contents', 'aria-label': contents.heading }, [
      tag(
        'ul',
        {},
        links.map(([id, heading]) => tag('li', {}, text('a', heading, { href: `#${anchor(id)}` }))),
      ),
    ]),
  ])
}

/** The first part: what is said, and beside it where the area lies and who lives there. */
function openingOf(context: Context, { id, heading, blocks }: ReportSection): string {
  const isBeside = ({ kind }: ReportBlock): boolean => kind === 'map' || kind === 'bars'
  const said = blocks.filter((block) => block.kind === 'text')
  const beside = blocks.filter(isBeside)
  const below = blocks.filter((block) => block.kind !== 'text' && !isBeside(block))
  return tag('section', { class: 'section lead', 'aria-labelledby': anchor(id) }, [
    tag('div', { class: 'opening' }, [
      tag('div', {}, [
        text('h2', heading, { id: anchor(id), class: 'unseen' }),
        ...said.map(textOf),
        factsOf(context.report.facts),
      ]),
      tag(
        'div',
        { class: 'beside' },
        beside.map((block) =>
          block.kind === 'map'
            ? pictureOf(block, block.caption)
            : block.kind === 'bars'
              ? chartOf(context, block, { width: 352, height: 220 })
              : '',
        ),
      ),
    ]),
    blocksOf(context, below),
  ])
}

const sectionOf = (context: Context, { id, heading, blocks, foot = '' }: ReportSection): string =>
  tag('section', { class: 'section', 'aria-labelledby': anchor(id) }, [
    text('h2', heading, { id: anchor(id) }),
    blocksOf(context, blocks),
    foot === '' ? '' : text('p', foot, { class: 'foot' }),
  ])

/** Charts that follow one another stand two by two. */
function blocksOf(context: Context, blocks: readonly ReportBlock[]): string {
  const parts: string[] = []
  let charts: string[] = []
  const flush = (): void => {
    if (charts.length > 0) parts.push(tag('div', { class: 'charts' }, charts))
    charts = []
  }
  const behind: string[] = []
  for (const block of blocks) {
    if (block.kind === 'map' || block.kind === 'scatter')
      charts.push(pictureOf(block, block.caption))
    // What is told of a picture stands beside it.
    else if (block.kind === 'list' && charts.length === 1) charts.push(listTableOf(block))
    else if (block.kind === 'bars' || block.kind === 'lines')
      charts.push(chartOf(context, block, { width: 400, height: 214 }))
    else {
      flush()
      parts.push(
        block.kind === 'text'
          ? textOf(block)
          : block.kind === 'list'
            ? listTableOf(block)
            : tableOf(context, block),
      )
    }
    if (block.kind === 'scatter') behind.push(pointsTableOf(block))
  }
  flush()
  return [...parts, ...behind].join('')
}

const VOICES = { figures: 'said', analyst: 'analyst', caveat: 'caveat' } as const

const textOf = ({ voice, heading, paragraphs }: ReportText): string =>
  tag('div', { class: VOICES[voice] }, [
    heading === null ? '' : text('h3', heading),
    ...paragraphs.map((paragraph) => text('p', paragraph)),
  ])

const factsOf = (facts: readonly ReportFact[]): string =>
  tag(
    'dl',
    { class: 'facts' },
    facts.flatMap(({ label, text: words }) => [text('dt', label), text('dd', words)]),
  )

/** The points of a scatter, a row each. */
function pointsTableOf({ caption, across, along, points }: ReportScatter): string {
  const headOf = ({ name, unitText, periodText }: ReportAxis): string =>
    [name, unitText, periodText].filter((part) => part !== '').join(', ')
  return tag('details', { class: 'points' }, [
    text('summary', reportText.list.points(points.length)),
    tag('table', { class: 'list', role: 'table' }, [
      text('caption', caption),
      tag('thead', { role: 'rowgroup' }, [
        tag('tr', { role: 'row' }, [
          text('th', reportText.list.area, { scope: 'col', role: 'columnheader' }),
          text('th', headOf(along), { scope: 'col', role: 'columnheader', class: 'number' }),
          text('th', headOf(across), { scope: 'col', role: 'columnheader', class: 'number' }),
        ]),
      ]),
      tag(
        'tbody',
        { role: 'rowgroup' },
        points.map((point) =>
          tag('tr', { role: 'row' }, [
            text('th', point.name, { scope: 'row', role: 'rowheader' }),
            text('td', figureInWords(point.along), { role: 'cell', class: 'number' }),
            text('td', figureInWords(point.across), { role: 'cell', class: 'number' }),
          ]),
        ),
      ),
    ]),
  ])
}

/** What is told of areas, a row each; what the colours mean stands with the drawing. */
function listTableOf({ caption, groups, unitText, periodText, nameHead }: ReportList): string {
  const cell = (words: string, className?: string): string =>
    text('td', words, { role: 'cell', class: className })
  const rows = groups.flatMap(({ heading, rows: own }) =>
    own.length === 0
      ? [
          tag('tr', { role: 'row' }, [
            text('th', heading, { scope: 'row', role: 'rowheader' }),
            cell(BLANK),
            cell(BLANK),
          ]),
        ]
      : own.map(({ name, figure }) =>
          tag('tr', { role: 'row' }, [
            text('th', name, { scope: 'row', role: 'rowheader' }),
            cell(heading),
            cell(figureInWords(figure), 'number'),
          ]),
        ),
  )
  const heads = [
    nameHead ?? reportText.list.area,
    reportText.list.told,
    [unitText || '%', periodText].join(', '),
  ]
  return tag('table', { class: 'list', role: 'table' }, [
    text('caption', caption),
    tag(
      'thead',
      { role: 'rowgroup' },
      tag(
        'tr',
        { role: 'row' },
        heads.map((words) => text('th', words, { scope: 'col', role: 'columnheader' })),
      ),
    ),
    tag('tbody', { role: 'rowgroup' }, rows),
  ])
}

/** What could do or fetch something does not belong in a drawing of boundaries. */
function chartOf(
  { colour, label }: Context,
  block: ReportBars | ReportLines,
  size: { readonly width: number; readonly height: number },
): string {
  const drawing =
    block.kind === 'bars'
      ? drawBars(block, size, label, colour)
      : drawLines(block, size, label, colour)
  const about = block.kind === 'bars' ? [block.unitText, block.periodText] : []
  return tag('div', { class: 'chart' }, [
    text('h3', block.title),
    about.length > 0
      ? text('p', about.filter((words) => words !== '').join(', '), { class: 'about' })
      : '',
    inlineSvg(drawing, block.alternative),
    block.note === '' ? '' : text('p', block.note, { class: 'note' }),
  ])
}

const SPINE = { width: 168, height: 22 }
const SPARK = { width: 56, height: 20 }
const MARK = { width: 16, height: 10 }

/** A cell without anything in it has no place in a tagged PDF, and those after it would stand below another head. */
const BLANK = '\u00a0'

/** Of a narrow column's head: the room across in pixels, and the most lines. */
const HEAD = { width: 60, lines: 3, size: 12 }

/** The head of a narrow column: a name, or a short word in its place where it does not fit. */
function shortHead(name: string, role: keyof typeof reportText.short): string {
  const lines = wrapText(name, HEAD.width, HEAD.size)
  const fits =
    lines.length <= HEAD.lines &&
    lines.every((line) => approximateWidth(line, HEAD.size) <= HEAD.width)
  return fits ? name : reportText.short[role]
}

/** Of the columns, in hundredths of the table's width. */
const WIDTHS = [19.5, 7.5, 8.5, 16.5, 9.5, 8, 12.5, 5.75, 5.75, 6.5] as const
const AREA_WIDTHS = [30, 14, 15, 23, 18] as const

function tableOf({ colour }: Context, table: ReportTable): string {
  const { heads, caption, rows, elsewhere, ofAreas } = table
  const widths = ofAreas ? AREA_WIDTHS : WIDTHS
  const head = (words: string, className?: string): string =>
    text('th', words, { scope: 'col', role: 'columnheader', class: className })
  const scale = tag('th', { scope: 'col', role: 'columnheader' }, [
    tag('span', { class: 'scale' }, [
      text('span', heads.lower),
      ' ',
      text('span', shortHead(heads.middle, 'reference')),
      ' ',
      text('span', heads.higher),
    ]),
  ])
  const headRow = [
    head(heads.indicator),
    head(ofAreas ? heads.value : shortHead(heads.value, 'area'), 'number'),
    head(heads.interval, 'number'),
    scale,
    head(ofAreas ? heads.verdict : shortHead(heads.verdict, 'verdict')),
    head(shortHead(heads.reference, 'reference'), 'number'),
    head(heads.trend),
    head(heads.women, 'number'),
    head(heads.men, 'number'),
    head(heads.period, 'number'),
  ]
  return [
    tag('table', { class: 'rows', role: 'table' }, [
      text('caption', caption),
      tag(
        'colgroup',
        {},
        widths.map((width) => `<col style="width:${width}%">`),
      ),
      tag(
        'thead',
        { role: 'rowgroup' },
        tag('tr', { role: 'row' }, headRow.slice(0, widths.length)),
      ),
      tag(
        'tbody',
        { role: 'rowgroup' },
        rows.map((row) => rowOf(colour, row, table)),
      ),
    ]),
    ...elsewhere.map((sentence) => text('p', sentence, { class: 'elsewhere' })),
  ].join('')
}

function rowOf(colour: TokenColour, row: ReportRow, table: ReportTable): string {
  const { heads } = table
  const { figure, spine, trend } = row
  const cell = (
    content: string,
    className: string,
    more: Parameters<typeof element>[1] = {},
  ): string =>
    content === ''
      ? tag('td', { role: 'cell', class: `${className} blank` }, BLANK)
      : tag('td', { role: 'cell', class: className, ...more }, content)
  const about = table.ofAreas
    ? ''
    : [row.place, row.unitText].filter((words) => words !== '').join(', ')
  const isSaid = figure.kind !== 'value' && row.note === figure.reason
  const note = isSaid ? '' : row.note
  const caution = figure.kind === 'value' && figure.caution !== note ? figure.caution : ''
  const more = [about, caution, note].filter((words) => words !== '')
  const name = [
    escapeXml(row.name),
    ...more.flatMap((words) => [' ', text('span', words, { class: 'more' })]),
  ]
  const strip = spine ? inlineSvg(drawSpine(spine, SPINE, colour), rowInWords(row, table)) : ''
  const small = (one: ReportFigure | null): string =>
    one === null
      ? ''
      : figureOf(colour, one, false) + (one.kind === 'value' ? quietInterval(one) : '')
  const sex = (one: ReportFigure | null, head: string): string =>
    cell(one?.kind === 'value' ? withQuietUnit(one) : small(one), 'number sex', {
      'data-head': one ? head : undefined,
    })
  const line = trend
    ? tag('div', {}, [
        inlineSvg(
          drawSparkline(
            trend.points.map((point) => point.figure),
            SPARK,
            colour,
          ),
          `${trendInWords(row)} ${trend.explanation}`.trim(),
        ),
        text('span', trend.word),
      ])
    : ''
  const start = [
    tag('th', { scope: 'row', role: 'rowheader' }, name),
    ...(figure.kind === 'value'
      ? [
          cell(escapeXml(figure.text), 'number own'),
          cell(escapeXml(figure.interval?.text ?? ''), 'number interval', {
            'data-head': figure.interval ? heads.interval : undefined,
          }),
        ]
      : [
          cell(
            figureOf(colour, figure, true) + text('span', figure.reason, { class: 'reason' }),
            'number own none',
            { colspan: 2 },
          ),
        ]),
    cell(strip, 'spine'),
    cell(escapeXml(row.verdictText), 'verdict'),
  ]
  if (table.ofAreas) return tag('tr', { role: 'row' }, start)
  return tag('tr', { role: 'row' }, [
    ...start,
    cell(small(row.reference), 'number reference', { 'data-head': heads.reference }),
    cell(line, 'trend'),
    sex(row.women, heads.women),
    sex(row.men, heads.men),
    cell(escapeXml(row.periodText), 'number period', { 'data-head': heads.period }),
  ])
}

/** Beside the row's own figure the unit is said already, and need not be seen again. */
function withQuietUnit(figure: ReportFigure & { kind: 'value' }): string {
  const { value, decimals, text: words } = figure
  const number = formatNumber(value, decimals)
  const shown = words.startsWith(number) ? number : words
  return escapeXml(shown) + quietly(words.slice(shown.length)) + quietInterval(figure)
}

/** Told to readers of the screen, and not seen. */
const quietly = (words: string): string =>
  words === '' ? '' : text('span', words, { class: 'unseen' })

const quietInterval = ({ interval }: ReportFigure & { kind: 'value' }): string =>
  quietly(interval ? ` (${interval.text})` : '')

/** A figure; or the mark and the word for why there is none, and the reason where it does not stand beside it. */
function figureOf(colour: TokenColour, figure: ReportFigure, isReasonBeside: boolean): string {
  if (figure.kind === 'value') return escapeXml(figure.text)
  return tag('span', { class: 'absent' }, [
    markOf(colour, figure.kind),
    text('span', figure.word),
    isReasonBeside ? '' : ` ${quietly(figure.reason)}`,
  ])
}

function markOf(colour: TokenColour, absence: Absence): string {
  const box = { x: 0.5, y: 0.5, width: MARK.width - 1, height: MARK.height - 1 }
  return inlineSvg({ ...MARK, content: absenceMark(absence, box, colour) }, null)
}

/** What marks and words mean, how a row is read, and what the figures do not say. */
function keyOf({ report, colour }: Context): string {
  const marks = new Map<string, Absence>()
  for (const figure of figuresOf(report))
    if (figure.kind !== 'value') marks.set(figure.word, figure.kind)
  const { contents, howToRead } = reportText
  const key = tag(
    'dl',
    { class: 'key' },
    report.key.flatMap(({ label, text: words }) => {
      const mark = marks.get(label)
      return [
        tag('dt', {}, [mark ? markOf(colour, mark) : '', text('span', label)]),
        text('dd', words),
      ]
    }),
  )
  const strip = spineKey(colour).map(({ drawing, meaning }) =>
    tag('li', {}, [inlineSvg(drawing, null), text('span', meaning)]),
  )
  return tag('div', { class: 'reading' }, [
    part('tecken', contents.key, key + tag('ul', { class: 'strip-key' }, strip)),
    tag('div', {}, [
      part('lasning', contents.howToRead, listOf(howToRead)),
      part('granser', contents.limits, report.limits.length > 0 ? listOf(report.limits) : ''),
    ]),
  ])
}

/** Every figure of a report, in its order. */
function figuresOf({ sections }: Report): ReportFigure[] {
  return sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => {
      if (block.kind === 'table')
        return block.rows.flatMap(({ figure, reference, women, men }) =>
          [figure, reference, women, men].filter((one) => one !== null),
        )
      return block.kind === 'bars' || block.kind === 'lines'
        ? block.series.flatMap(({ figures }) => figures)
        : []
    }),
  )
}

/** A table behind every chart, for those who want its figures. */
function behindOf({ sections }: Report): string {
  const charts = sections.flatMap(({ blocks }) =>
    blocks.filter((block) => block.kind === 'bars' || block.kind === 'lines'),
  )
  if (charts.length === 0) return ''
  const tables = charts.map((chart) => {
    const { title, unitText } = chart
    const heads =
      chart.kind === 'bars'
        ? chart.series.map(({ name }) => name)
        : chart.series.map(({ name, role }) => shortHead(name, role))
    const categories =
      chart.kind === 'bars' ? chart.categories : chart.periods.map((period) => period.text)
    const first = chart.kind === 'bars' ? chart.categoryHead : reportText.definition.period
    return tag('section', {}, [
      text('h3', reportText.figuresOf(title, unitText)),
      tag('table', {}, [
        text('caption', title, { class: 'unseen' }),
        tag(
          'thead',
          {},
          tag('tr', {}, [
            text('th', first, { scope: 'col' }),
            ...heads.map((name) => text('th', name, { scope: 'col' })),
          ]),
        ),
        tag(
          'tbody',
          {},
          categories.map((category, at) =>
            tag('tr', {}, [
              text('th', category, { scope: 'row' }),
              ...chart.series.map(({ figures }) => tag('td', {}, valueWithInterval(figures[at]))),
            ]),
          ),
        ),
      ]),
    ])
  })
  return part('siffror', reportText.contents.figures, tag('div', { class: 'behind' }, tables))
}

function valueWithInterval(figure: ReportFigure | undefined): string {
  if (!figure) return ''
  if (figure.kind !== 'value') return `${escapeXml(figure.word)} ${quietly(figure.reason)}`
  return escapeXml(figure.text) + quietInterval(figure)
}

function definitionsOf({ definitions, synthetic }: Report): string {
  const { contents, definition: heads } = reportText
  const [first] = definitions
  const isOne =
    definitions.length > 1 &&
    definitions.every(({ disclosure }) => disclosure === first?.disclosure)
  const areAll = definitions.every((one) => one.synthetic)
  const entry = (head: string, words: string, className?: string): string =>
    words === ''
      ? ''
      : tag('div', { class: className }, `${text('dt', `${head}:`)} ${text('dd', words)}`)
  const articleOf = (one: ReportDefinition): string =>
    tag('article', {}, [
      text('h3', one.name),
      text('p', [one.classText, ...one.focusProblems].join(', '), { class: 'class' }),
      tag('dl', {}, [
        entry(heads.definition, one.definition, 'first'),
        entry(heads.unit, one.unitText),
        entry(heads.source, one.source),
        entry(heads.period, one.periodText),
        entry(heads.frequency, one.frequency),
        entry(heads.caveats, one.caveats.join(' ')),
        isOne ? '' : entry(heads.disclosure, one.disclosure),
      ]),
      one.synthetic && synthetic && !areAll && !one.source.includes(synthetic.label)
        ? text('p', synthetic.label, { class: 'class' })
        : '',
    ])
  if (!first) return ''
  return part(
    'definitioner',
    contents.definitions,
    (isOne ? text('p', `${heads.disclosure}: ${first.disclosure}`, { class: 'once' }) : '') +
      (areAll && synthetic ? text('p', reportText.allSynthetic, { class: 'once' }) : '') +
      tag('div', { class: 'definitions' }, definitions.map(articleOf)),
  )
}
