import type { GridMerge } from './grid.ts'
import { numberText, percentOf, percentText } from './typed-text.ts'
import {
  attributeOf,
  MAXIMUM_SHEET_COLUMNS,
  MAXIMUM_SHEET_ROWS,
  SheetBuilder,
  TooManyCells,
  unescapeXml,
  type Sheet,
} from './workbook-sheet.ts'

/** So many cells could be written out in the bytes that are unpacked at most; a few repetitions claim any number. */
const MAXIMUM_CELLS = 8_000_000

const TAG = /<(\/?)([\w:.-]+)([^<>]*?)(\/?)>/g

/** Elements whose text is not the cell's own. */
const ASIDE = /^(office:annotation|draw:[\w-]+|table:shapes|table:tracked-changes|text:ruby-text)$/

/**
 * Reads the sheets of an OpenDocument spreadsheet (ODF 1.3 part 3, § 9) from its content.xml. Every cell tells its
 * type and value, and its text as it is shown, which decides how a code, a day or a month is written.
 * @throws TooManyCells
 */
export function readOpenDocument(file: string, content: string): readonly Sheet[] {
  const sheets: Sheet[] = []
  const hiddenStyles = new Set<string>()
  let style = ''
  let open: OpenSheet | null = null
  let cell: OpenCell | null = null
  let paragraph: string | null = null
  let [aside, nested] = [0, 0]
  let textFrom = 0
  let cells = 0

  for (const match of content.matchAll(TAG)) {
    const [whole, slash, name, attributes, selfClosing] = match as unknown as TagMatch
    if (paragraph !== null && aside === 0)
      paragraph += unescapeXml(content.slice(textFrom, match.index).replace(/\s+/g, ' '))
    textFrom = match.index + whole.length
    const isEnd = slash === '/'
    const isEmpty = selfClosing === '/'
    if (ASIDE.test(name)) {
      if (!isEmpty) aside += isEnd ? -1 : 1
      continue
    }
    if (aside > 0) continue
    switch (name) {
      case 'style:style':
        if (!isEnd) style = attributeOf(attributes, 'style:name') ?? ''
        break
      case 'style:table-properties':
        if (attributeOf(attributes, 'table:display') === 'false') hiddenStyles.add(style)
        break
      case 'table:table':
        if (isEnd) {
          if (nested > 0) nested--
          else if (open) {
            sheets.push(open.close(file))
            open = null
          }
        } else if (open) nested += isEmpty ? 0 : 1
        else if (!isEmpty) {
          const isHidden = hiddenStyles.has(attributeOf(attributes, 'table:style-name') ?? '')
          open = new OpenSheet(unescapeXml(attributeOf(attributes, 'table:name') ?? ''), isHidden)
        }
        break
      case 'table:table-column':
        if (!isEnd) open?.column(attributes)
        break
      case 'table:table-row':
        if (nested > 0) break
        if (!isEnd) open?.startRow(attributes)
        if (isEnd || isEmpty) open?.endRow()
        break
      case 'table:table-cell':
      case 'table:covered-table-cell':
        if (nested > 0) break
        if (!isEnd) cell = { attributes, paragraphs: [] }
        if ((isEnd || isEmpty) && cell) {
          cells += open?.add(cell, name === 'table:covered-table-cell') ?? 0
          if (cells > MAXIMUM_CELLS) throw new TooManyCells()
          cell = null
        }
        break
      case 'text:p':
      case 'text:h':
        if (!cell || nested > 0) break
        if (isEnd || isEmpty) {
          cell.paragraphs.push(paragraph ?? '')
          paragraph = null
        } else paragraph = ''
        break
      case 'text:s':
        if (paragraph !== null && !isEnd)
          paragraph += ' '.repeat(Math.min(1000, repeatsOf(attributeOf(attributes, 'text:c'))))
        break
      case 'text:tab':
      case 'text:line-break':
        if (paragraph !== null && !isEnd) paragraph += name === 'text:tab' ? '\t' : '\n'
        break
    }
  }
  return sheets
}

type TagMatch = readonly [string, string, string, string, string]

interface OpenCell {
  readonly attributes: string
  readonly paragraphs: string[]
}

interface KnownCell {
  readonly column: number
  readonly repeats: number
  readonly text: string
  readonly number: number
}

/** A sheet while its elements are met. */
class OpenSheet {
  readonly #name: string
  readonly #isHidden: boolean
  readonly #builder = new SheetBuilder()
  readonly #merges: GridMerge[] = []
  #row = 0
  #rowRepeats = 1
  #column = 0
  #cells: KnownCell[] = []
  #hiddenRows = 0
  #hiddenColumns = 0
  #unvaluedFormulas = 0
  #firstUnvalued: Sheet['remarks']['firstUnvalued'] = null

  constructor(name: string, isHidden: boolean) {
    this.#name = name
    this.#isHidden = isHidden
  }

  column(attributes: string): void {
    if (isCollapsed(attributeOf(attributes, 'table:visibility')))
      this.#hiddenColumns += repeatsOf(attributeOf(attributes, 'table:number-columns-repeated'))
  }

  startRow(attributes: string): void {
    this.#column = 0
    this.#cells = []
    this.#rowRepeats = repeatsOf(attributeOf(attributes, 'table:number-rows-repeated'))
    if (isCollapsed(attributeOf(attributes, 'table:visibility')))
      this.#hiddenRows += this.#rowRepeats
  }

  /** @returns how many cells it stands for */
  add({ attributes, paragraphs }: OpenCell, isCovered: boolean): number {
    const repeats = repeatsOf(attributeOf(attributes, 'table:number-columns-repeated'))
    const column = this.#column
    this.#column += repeats
    if (isCovered) return 0
    const rows = repeatsOf(attributeOf(attributes, 'table:number-rows-spanned'))
    const columns = repeatsOf(attributeOf(attributes, 'table:number-columns-spanned'))
    if (rows > 1 || columns > 1)
      this.#merges.push({
        ...{ firstRow: this.#row, lastRow: this.#row + rows - 1 },
        ...{ firstColumn: column, lastColumn: column + columns - 1 },
      })
    const shown = showCell(attributes, paragraphs.join('\n'))
    if (shown.text === '') {
      if (
        attributeOf(attributes, 'table:formula') !== null &&
        attributeOf(attributes, 'office:value-type') === null
      ) {
        this.#unvaluedFormulas++
        this.#firstUnvalued ??= { row: this.#row + 1, column: columnLetters(column) }
      }
      return 0
    }
    this.#cells.push({ column, repeats, ...shown })
    return repeats * this.#rowRepeats
  }

  endRow(): void {
    for (const { column, repeats, text, number } of this.#cells)
      for (let place = column; place < column + repeats; place++)
        this.#builder.add(this.#row, place, text, number, this.#rowRepeats)
    this.#row += this.#rowRepeats
  }

  close(file: string): Sheet {
    return {
      ...{ name: this.#name, isHidden: this.#isHidden, isDamaged: false },
      grid: this.#builder.build(file, this.#name, this.#merges),
      remarks: {
        hiddenRows: Math.min(this.#hiddenRows, MAXIMUM_SHEET_ROWS),
        hiddenColumns: Math.min(this.#hiddenColumns, MAXIMUM_SHEET_COLUMNS),
        unvaluedFormulas: this.#unvaluedFormulas,
        firstUnvalued: this.#firstUnvalued,
      },
    }
  }
}

function showCell(
  attributes: string,
  shown: string,
): { readonly text: string; readonly number: number } {
  const type = attributeOf(attributes, 'office:value-type')
  switch (type) {
    case 'float':
    case 'currency':
    case 'percentage': {
      const number = Number(attributeOf(attributes, 'office:value') ?? NaN)
      if (!Number.isFinite(number) || attributeOf(attributes, 'calcext:value-type') === 'error')
        return textOf(shown)
      if (type === 'percentage') return { text: percentText(number), number: percentOf(number) }
      return { text: /^0\d+$/.test(shown) ? shown : numberText(number), number }
    }
    case 'date':
      return textOf(dateShown(attributeOf(attributes, 'office:date-value') ?? '', shown))
    case 'boolean':
      return textOf(attributeOf(attributes, 'office:boolean-value') === 'true' ? 'TRUE' : 'FALSE')
    case 'string':
      return textOf(unescapeXml(attributeOf(attributes, 'office:string-value') ?? '') || shown)
    default:
      return textOf(shown)
  }
}

const textOf = (text: string): { text: string; number: number } => ({ text, number: NaN })

/** A day as it is stored, or its month or year where no more is shown: "2024-03" or "mars 2024". */
function dateShown(stored: string, shown: string): string {
  const match = /^(-?\d{4,})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)(:\d\d)?)?/.exec(stored)
  if (!match) return shown || stored
  const [, year, month, day, time = '00:00', seconds = ':00'] = match
  const look = shown.trim()
  if (/^\d{4}$/.test(look)) return year!
  if (/^(\d{4}[-/. ]\d{2}|\d{2}[-/. ]\d{4}|[^\d\s]+[\s-]\d{2,4})$/.test(look))
    return `${year}-${month}`
  const clock = seconds === ':00' ? time : time + seconds
  return `${year}-${month}-${day}${clock === '00:00' ? '' : ` ${clock}`}`
}

const isCollapsed = (visibility: string | null): boolean =>
  visibility === 'collapse' || visibility === 'filter'

/** At least 1, and never more than a sheet has. */
function repeatsOf(count: string | null): number {
  const repeats = Number(count ?? 1)
  return repeats >= 1 ? Math.min(Math.floor(repeats), MAXIMUM_SHEET_ROWS) : 1
}

/** A, B, … Z, AA: as a spreadsheet names its columns. */
function columnLetters(column: number): string {
  const rest = column < 26 ? '' : columnLetters(Math.floor(column / 26) - 1)
  return rest + String.fromCharCode(65 + (column % 26))
}
