import { drawBars } from '../../charts/report-bars.ts'
import { drawLines } from '../../charts/report-lines.ts'
import { drawSpine } from '../../charts/report-spine.ts'
import { inlineSvg, type TokenColour } from '../../charts/report-marks.ts'
import { reportText } from '../../text/report.ts'
import { escapeXml } from '../../charts/svg.ts'
import { figureText } from '../../views/report-figure.ts'
import { hasStrips, tableOnSlide } from '../../views/report-table.ts'
import type {
  Report,
  ReportBars,
  ReportBlock,
  ReportDefinition,
  ReportLines,
  ReportList,
  ReportRow,
  ReportSection,
  ReportTable,
} from '../../views/report.ts'
import { pictureOf, syntheticOf, tag, text, withDrawingsNamed } from './html-parts.ts'
import { haveRoomBeside } from './words-room.ts'
import { DECK_PAGE, deckStyle } from './slide-deck-style.ts'

export interface DeckMaking {
  readonly colour: TokenColour
  /**
   * Whether maps and scatters stand in the deck themselves. Without them a slide has the place for its picture, which
   * whoever shows the deck takes from the report that stands before it.
   */
  readonly hasPictures: boolean
}

/** Definitions that have room on a slide. */
const DEFINITIONS = 7

/**
 * A lägesbild as slides of HTML, for paper and for showing: a cover, a slide a section, and last how it is to be read,
 * what the figures do not say, definitions and sources.
 */
export function slideDeck(report: Report, making: DeckMaking): string {
  const slides = [
    coverOf(report),
    ...report.sections.flatMap((section, at) => slidesOf(report, section, at + 1, making)),
    ...endingOf(report),
  ]
  const deck = tag('div', { class: 'deck' }, [
    `<style>${deckStyle(making.colour)}</style>`,
    ...slides,
  ])
  return withDrawingsNamed(deck, 'b')
}

/** The same for paper: a page a slide, with a title for whoever listens. */
export const printedDeck = (report: Report, colour: TokenColour): string =>
  tag('div', {}, [
    `<style>${DECK_PAGE}</style>`,
    text('h1', report.title, { class: 'visually-hidden' }),
    slideDeck(report, { colour, hasPictures: true }),
  ])

function coverOf({ title, subtitle, facts, synthetic, imprint }: Report): string {
  return frame('omslag', 'cover', null, [
    text('h2', title, { class: 'title' }),
    text('p', subtitle, { class: 'subtitle' }),
    tag(
      'dl',
      { class: 'facts' },
      facts.map(({ label, text: words }) => tag('div', {}, [text('dt', label), text('dd', words)])),
    ),
    syntheticOf(synthetic),
    footLine(imprint, '', ''),
  ])
}

/** A section's slide, and those that its words take where they have no room on it. */
function slidesOf(
  report: Report,
  section: ReportSection,
  number: number,
  making: DeckMaking,
): string[] {
  const { id, heading, blocks } = section
  const isOwn = (block: ReportBlock): boolean => block.kind === 'text' && block.voice === 'analyst'
  const figures = blocks.filter((block) => !isOwn(block))
  const said = blocks
    .filter(isOwn)
    .flatMap((block) => ('paragraphs' in block ? block.paragraphs : []))
  const isBeside = figures.length > 0 && haveRoomBeside(said)
  const words = isBeside ? [] : wordsBySlide(said)
  const part = { id, number }
  const { analysis } = reportText.slides
  const foot = footOf(report, section, number)
  return [
    ...(figures.length > 0 || words.length === 0
      ? [
          frame(id, figures.length > 0 ? 'figures' : 'section', part, [
            text('h2', heading, { class: 'title' }),
            figures.length === 0 ? '' : bodyOf(id, figures, isBeside ? said : [], making),
            foot,
          ]),
        ]
      : []),
    ...words.map((lines, at) => {
      const own = figures.length > 0 ? `${analysis}: ${heading}` : heading
      const title = words.length > 1 ? reportText.slides.part(own, at + 1, words.length) : own
      const isFollowing = figures.length > 0 || at > 0
      return frame(
        isFollowing ? `${id}-ord-${at + 1}` : id,
        isFollowing ? 'words follows' : 'words',
        part,
        [
          isFollowing ? '' : text('p', analysis, { class: 'kicker' }),
          text('h2', title, { class: 'title' }),
          tag('div', { class: 'body' }, [wordsOf(lines, densityOfWords(lines, WORDS.gap))]),
          foot,
        ],
      )
    }),
  ]
}

function bodyOf(
  id: string,
  figures: readonly ReportBlock[],
  said: readonly string[],
  making: DeckMaking,
): string {
  const picture = figures.find((block) => block.kind === 'map' || block.kind === 'scatter') ?? null
  const list = figures.find((block) => block.kind === 'list') ?? null
  // Lines with a list beside them stand where a map does.
  const lines = (!picture && list && figures.find((block) => block.kind === 'lines')) || null
  return tag('div', { class: (picture ?? lines) && list ? 'body beside' : 'body' }, [
    lines ? blockOf(lines, said.length > 0, making.colour) : '',
    picture
      ? tag(
          'div',
          { class: `picture ${picture.kind}`, 'data-picture': id },
          making.hasPictures ? pictureOf(picture, null) : '',
        )
      : '',
    list ? listOf(list, (picture ?? lines) !== null, making.colour) : '',
    ...figures
      .filter((block) => block !== picture && block !== list && block !== lines)
      .map((block) => blockOf(block, said.length > 0, making.colour)),
    said.length === 0 ? '' : wordsOf(said, 1, reportText.slides.analysis),
  ])
}

/** An analyst's words, a line each. @param dense how much smaller than at full size */
const wordsOf = (lines: readonly string[], dense: number, kicker = ''): string =>
  tag('div', { class: 'own', style: `--dense:${dense}` }, [
    kicker === '' ? '' : text('p', kicker, { class: 'kicker' }),
    ...lines.map((line) => text('p', line)),
  ])

/** Words as few slides as they have room on while they can be read from the back row; a line is never parted. */
function wordsBySlide(lines: readonly string[]): readonly (readonly string[])[] {
  const slides: string[][] = []
  for (const line of lines) {
    const last = slides.at(-1)
    if (last && densityOfWords([...last, line], WORDS.gap) >= WORDS.readable / WORDS.size)
      last.push(line)
    else slides.push([line])
  }
  return slides
}

function endingOf(report: Report): string[] {
  const { contents } = reportText
  const plain = (id: string, heading: string, lines: readonly string[]): string =>
    frame(id, 'plain', null, [
      text('h2', heading, { class: 'title' }),
      tag('div', { class: 'body' }, [
        tag(
          'div',
          { class: 'own', style: `--dense:${Math.min(0.8, densityOfWords(lines, 20))}` },
          lines.map((line) => text('p', line)),
        ),
      ]),
      footLine(report.imprint, report.synthetic?.label ?? '', ''),
    ])
  const definitions: ReportDefinition[][] = []
  report.definitions.forEach((one, at) => {
    if (at % DEFINITIONS === 0) definitions.push([])
    definitions.at(-1)!.push(one)
  })
  return [
    plain(
      'lasning',
      contents.key,
      report.key.map((one) => `${one.label}: ${one.text}`),
    ),
    plain('granser', contents.limits, report.limits),
    ...definitions.map((own, at) =>
      plain(
        `definitioner-${at + 1}`,
        contents.definitions,
        own.map(
          ({ name, definition, source, periodText }) =>
            `${name}${periodText === '' ? '' : `, ${periodText}`}: ${definition} ${reportText.definition.source}: ${source}.`,
        ),
      ),
    ),
    plain('kallor', contents.sources, report.sources),
  ]
}

/** What a slide is of: the section of the report, and its number; none of the first and the last. */
interface SlidePart {
  readonly id: string
  readonly number: number
}

const frame = (
  id: string,
  kind: string,
  part: SlidePart | null,
  content: readonly string[],
): string =>
  tag(
    'section',
    {
      ...{ class: `slide ${kind}`, id: `visa-${id}` },
      ...{ 'data-section': part?.id, 'data-number': part?.number },
    },
    content,
  )

const footOf = ({ synthetic }: Report, { foot = '' }: ReportSection, number: number): string =>
  footLine(foot, synthetic && foot !== '' ? synthetic.label : '', String(number))

const footLine = (source: string, label: string, number: string): string =>
  tag('p', { class: 'foot' }, [
    text('span', source, { class: 'source' }),
    label === '' ? '' : text('b', label),
    number === '' ? '' : text('span', number, { class: 'number' }),
  ])

/** Of words on a slide: full size, the room below the heading, and how wide a letter is, in pixels of the slide. */
const WORDS = {
  size: 27,
  readable: 18,
  least: 12,
  gap: 34,
  room: 560,
  width: 944,
  letter: 0.47,
  leading: 1.3,
}

/** How much smaller words are set so that they have room. @param gap between two of them at full size, in pixels */
function densityOfWords(lines: readonly string[], gap: number): number {
  const { size, least, room, width, letter, leading } = WORDS
  for (let own = size; own > least; own -= 0.5) {
    const across = Math.floor(width / (own * letter))
    const taken = lines.reduce(
      (sum, line) => sum + Math.ceil(line.length / across) * own * leading + (gap * own) / size,
      0,
    )
    if (taken <= room) return own / size
  }
  return least / size
}

const LIST_LINES = 20
function listOf({ groups, caption }: ReportList, isBeside: boolean, colour: TokenColour): string {
  const lines = groups.reduce(
    (sum, { heading, rows }) =>
      sum + (rows.length > 0 ? rows.length + 2 : isBeside ? Math.ceil(heading.length / 30) : 1),
    0,
  )
  const dense = Math.min(isBeside ? 1 : 1.5, LIST_LINES / lines)
  return tag(
    'div',
    { class: 'list', role: 'group', 'aria-label': caption, style: `--dense:${dense.toFixed(3)}` },
    groups.map(({ heading, mark, rows }) =>
      tag('div', { class: rows.length > 0 ? 'group' : 'group alone' }, [
        tag('p', { class: 'head' }, [
          mark === null
            ? ''
            : mark.kind === 'colour'
              ? tag(
                  'svg',
                  { viewBox: '0 0 20 20', 'aria-hidden': 'true' },
                  `<rect width="20" height="20" fill="${colour(mark.token)}"/>`,
                )
              : tag('i', { class: `swatch ${mark.kind}` }, ''),
          text('span', heading),
        ]),
        rows.length === 0
          ? ''
          : tag(
              'dl',
              {},
              rows.map(({ name, figure }) =>
                tag('div', {}, [text('dt', name), text('dd', figureText(figure))]),
              ),
            ),
      ]),
    ),
  )
}

function blockOf(block: ReportBlock, hasWords: boolean, colour: TokenColour): string {
  switch (block.kind) {
    case 'text':
      return block.paragraphs.map((line) => text('p', line, { class: 'said' })).join('')
    case 'lines':
    case 'bars':
      return chartOf(block, colour)
    case 'table':
      return tableOf(block, hasWords, colour)
    case 'list':
    case 'map':
    case 'scatter':
      return ''
  }
}

const CHART = { width: 620, height: 330 }
function chartOf(block: ReportBars | ReportLines, colour: TokenColour): string {
  const drawing =
    block.kind === 'bars'
      ? drawBars(block, CHART, null, colour)
      : drawLines(block, CHART, null, colour)
  return tag('div', { class: 'chart' }, inlineSvg(drawing, block.alternative))
}

function tableOf(table: ReportTable, hasWords: boolean, colour: TokenColour): string {
  const { caption, heads, ofAreas } = table
  const isStripped = hasStrips(table)
  const { rows, said } = tableOnSlide(table, hasWords)
  const head = (words: string, className?: string): string =>
    text('th', words, { scope: 'col', class: className })
  const last = ofAreas ? (isStripped ? [] : [head(heads.note)]) : [head(heads.trend)]
  return [
    tag('table', { class: ofAreas ? 'areas' : undefined }, [
      text('caption', caption),
      tag('thead', {}, [
        tag('tr', {}, [
          head(heads.indicator),
          head(heads.value, 'number'),
          head(ofAreas ? heads.interval : heads.reference, 'number'),
          ...(isStripped
            ? [head(`${heads.lower} – ${heads.higher}`, 'spine'), head(heads.verdict)]
            : []),
          ...last,
        ]),
      ]),
      tag(
        'tbody',
        {},
        rows.map((row) =>
          tag('tr', {}, [
            text('th', row.place === '' ? row.name : `${row.name}, ${row.place}`, { scope: 'row' }),
            text('td', figureText(row.figure), { class: `number ${row.figure.kind}` }),
            text('td', ofAreas ? intervalOf(row) : figureText(row.reference), { class: 'number' }),
            isStripped ? tag('td', { class: 'spine' }, stripOf(row, colour)) : '',
            ...(ofAreas
              ? [tag('td', {}, saidOf(row))]
              : [text('td', row.verdictText), text('td', row.trend?.word ?? '')]),
          ]),
        ),
      ),
    ]),
    ...said.map((sentence) => text('p', sentence, { class: 'cut' })),
  ].join('')
}

const intervalOf = ({ figure }: ReportRow): string =>
  figure.kind === 'value' ? (figure.interval?.text ?? '') : ''

const stripOf = ({ spine }: ReportRow, colour: TokenColour): string =>
  spine ? inlineSvg(drawSpine(spine, { width: 170, height: 24 }, colour), null) : ''

/** How an area compares, and why it has no figure or what to be careful with. */
const saidOf = ({ verdictText, note }: ReportRow): string =>
  [escapeXml(verdictText), note === '' ? '' : text('span', note)]
    .filter((part) => part !== '')
    .join(', ')
