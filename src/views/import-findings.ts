import type { AreaId } from '../core/area.ts'
import type { Finding } from '../core/finding.ts'
import { findingMessage } from '../text/findings.ts'
import { importText, placeInFile } from '../text/import.ts'

/** What the analyst can do about a finding where it stands. */
export type FindingAction =
  /** Say which area a text means, or leave its rows out. */
  | { readonly kind: 'area'; readonly text: string; readonly suggestions: readonly AreaId[] }
  | { readonly kind: 'decimal' }
  | { readonly kind: 'year' }
  | { readonly kind: 'period' }
  /** Two rows say different things of one cell: one of them is kept. */
  | { readonly kind: 'keep'; readonly rows: readonly [number, number] }
  /** Say whether a column counts, or each row is one. */
  | { readonly kind: 'role'; readonly column: string }
  /** Leave the rows out of this reading. */
  | { readonly kind: 'skip' }

/** Findings that say the same of one thing, told once. */
export interface FindingGroup {
  readonly key: string
  /** 1-based: stands in the list and in the table. */
  readonly number: number
  readonly severity: Finding['severity']
  readonly title: string
  /** What it means and what can be done; empty when the title says it all. */
  readonly explanation: string
  /** "rad 57–58, Franv10"; empty when the finding is about the whole file. */
  readonly place: string
  /** 1-based, ascending, each once, at most MOST_ROWS. */
  readonly rows: readonly number[]
  /** All rows that are concerned. */
  readonly rowCount: number
  /** Names of the columns; none when it is about whole rows, or the file. */
  readonly columns: readonly string[]
  readonly action: FindingAction | null
}

/** Of a group, so that a million faulty rows are one short list. */
export const MOST_ROWS = 200

/** A text in an area column that stands for no area of the register. */
export interface UnmatchedText {
  readonly value: string
  readonly suggestions: readonly AreaId[]
  /** How many rows have it. */
  readonly rows: number
}

/** Rows of a column that hold a text: the first of them, 1-based, and how many there are. */
export type FindRows = (
  column: string,
  text: string,
) => { readonly rows: readonly number[]; readonly count: number }

export const isStopping = ({ severity }: Pick<Finding, 'severity'>): boolean =>
  severity === 'error' || severity === 'question'

/** Findings that are told once for all rows with the same text in the same column. */
const TOLD_ONCE =
  /^reading-(event-area-unknown|area-(diacritic|likeness|levels|nothing|elsewhere|on-two-levels)|hidden-at-source|missing|blank|cell-error)$/
/** Of these, those that mean the same in every column. */
const MARKS = /^reading-(hidden-at-source|missing|blank|cell-error)$/

const ACTIONS: readonly (readonly [RegExp, FindingAction])[] = [
  [/^reading-figure-ambiguous$/, { kind: 'decimal' }],
  [/^reading-period-without-year$/, { kind: 'year' }],
  [/^reading-no-period$/, { kind: 'period' }],
]

/**
 * Puts findings that say the same of one thing together: those that stop first, then by row.
 * @param headerRows 1-based; what is said of them is said of the column
 */
export function groupFindings(
  findings: readonly Finding[],
  unmatched: readonly UnmatchedText[],
  headerRows: readonly number[],
  rowsWith: FindRows,
): FindingGroup[] {
  const byKey = new Map<string, Collected>()
  for (const told of findings) {
    const isOfColumn = told.row !== null && headerRows.includes(told.row)
    const finding = isOfColumn ? { ...told, row: null } : told
    const key = groupKey(finding)
    let group = byKey.get(key)
    if (!group) byKey.set(key, (group = collected(finding)))
    collect(group, finding, rowsWith)
  }
  const asked = new Map(unmatched.map((text) => [text.value, text]))
  return [...byKey]
    .map(([key, group]) => ({ key, ...group, rows: [...group.rows].sort((a, b) => a - b) }))
    .sort(
      (a, b) =>
        rank(a.first) - rank(b.first) || (a.rows[0] ?? Infinity) - (b.rows[0] ?? Infinity) || 0,
    )
    .map(({ key, first, rows, rowCount, cells, columns, texts }, index) => {
      const action = actionOf(first, asked, rows)
      const [title, rest] = titleAndRest(
        findingMessage({ ...first, ...told(first, cells, action) }),
      )
      const alike =
        action?.kind === 'area' ? importText.findings.alike(action.suggestions.length) : ''
      const more = TOLD_ONCE.test(first.code) ? importText.findings.moreTexts(texts.size - 1) : ''
      const explanation = [rest, alike, more].filter((part) => part !== '').join(' ')
      return {
        ...{ key, number: index + 1, severity: first.severity, title, explanation, rowCount },
        place: placeInFile(rows, rowCount, [...columns]),
        rows: rows.slice(0, MOST_ROWS),
        columns: [...columns],
        action,
      }
    })
}

/** What a finding says of its group: all cells of it, and no names that can be chosen below it anyway. */
function told(
  { code, parameters = {} }: Finding,
  cells: number,
  action: FindingAction | null,
): Pick<Finding, 'parameters'> {
  const { suggestions, ...others } = parameters
  if (MARKS.test(code)) return { parameters: { ...parameters, count: cells } }
  return { parameters: action?.kind === 'area' || suggestions === undefined ? others : parameters }
}

interface Collected {
  readonly first: Finding
  readonly rows: Set<number>
  readonly columns: Set<string>
  readonly texts: Set<string>
  /** Rows that are concerned, those that are not listed too. */
  rowCount: number
  cells: number
}

const collected = (first: Finding): Collected => ({
  ...{ first, rowCount: 0, cells: 0 },
  rows: new Set(),
  columns: new Set(),
  texts: new Set(),
})

function collect(group: Collected, finding: Finding, rowsWith: FindRows): void {
  const { code, column, text, row } = finding
  if (column !== null) group.columns.add(column)
  if (text !== null) group.texts.add(text)
  const told = Number(finding.parameters?.['count'])
  const whole =
    TOLD_ONCE.test(code) && column !== null && text !== null ? rowsWith(column, text) : null
  const rows = whole && whole.count > 0 ? whole.rows : rowsOf(finding)
  for (const one of rows) group.rows.add(one)
  group.cells += whole && whole.count > 0 ? whole.count : told > 0 ? told : 1
  const unlisted = whole ? Math.max(0, whole.count - whole.rows.length) : 0
  group.rowCount = row === null ? 0 : Math.max(group.rowCount, group.rows.size + unlisted)
}

/** Findings about a run of rows say which is the last of them. */
function rowsOf({ row, parameters = {} }: Finding): number[] {
  if (row === null) return []
  const last = Number(parameters['last'])
  if (!(last > row)) return [row]
  return Array.from({ length: Math.min(last - row + 1, MOST_ROWS) }, (_, index) => row + index)
}

const rank = (finding: Finding): number =>
  isStopping(finding) ? 0 : finding.severity === 'warning' ? 1 : 2

/** What tells findings apart. Of errors and questions the offending text does; of the rest it is an example. */
function groupKey(finding: Finding): string {
  const { severity, code, file, column, text, row } = finding
  const isOwn = isStopping(finding) || row === null || MARKS.test(code)
  const isContradiction = code === 'reading-contradicted'
  return JSON.stringify([
    ...[severity, code, file, MARKS.test(code) ? null : column],
    ...(isOwn ? [text] : []),
    ...(isContradiction ? [row] : []),
    ...(row === null ? [finding.parameters ?? null] : []),
  ])
}

function actionOf(
  finding: Finding,
  asked: ReadonlyMap<string, UnmatchedText>,
  rows: readonly number[],
): FindingAction | null {
  const { code, text, row, severity, parameters = {} } = finding
  if (!isStopping(finding)) return null
  const unmatched = text === null ? undefined : asked.get(text)
  if (severity === 'question' && unmatched && /-area-/.test(code))
    return { kind: 'area', text: unmatched.value, suggestions: unmatched.suggestions }
  const earlier = Number(parameters['earlier'])
  if (code === 'reading-contradicted' && row !== null && earlier > 0)
    return { kind: 'keep', rows: [earlier, row] }
  if (code === 'reading-events-or-counts' && text !== null) return { kind: 'role', column: text }
  const known = ACTIONS.find(([pattern]) => pattern.test(code))?.[1]
  return known ?? (rows.length === 0 ? null : { kind: 'skip' })
}

/** A first sentence longer than this is told in two where a colon or a semicolon parts it. */
const LONG_TITLE = 40

/** The first sentence without its stop, and what follows. */
function titleAndRest(message: string): [string, string] {
  const text = message.replace(/"([^"]*)"/g, '”$1”')
  const end = /[.!?](?=\s+[”»]?\p{Lu})/u.exec(text)
  const title = end ? text.slice(0, end.index) : text.replace(/\.$/, '')
  const rest = end ? text.slice(end.index + 1).trim() : ''
  const part = title.search(/[:;] /)
  if (title.length <= LONG_TITLE || part < 12) return [title, rest]
  const after = title.slice(part + 2)
  const second = `${after.slice(0, 1).toUpperCase()}${after.slice(1)}.`
  return [title.slice(0, part), rest === '' ? second : `${second} ${rest}`]
}

const CSV_COLUMNS = ['file', 'row', 'column', 'severity', 'text', 'message'] as const

/** The list of findings as a file that Excel opens: byte order mark, semicolons, formula-like texts defused. */
export function findingsCsv(findings: readonly Finding[]): string {
  const { columns, severities } = importText.findings
  const lines = [
    CSV_COLUMNS.map((column): string => columns[column]),
    ...findings.map((finding) => [
      finding.file,
      finding.row === null ? '' : String(finding.row),
      finding.column ?? '',
      severities[finding.severity],
      finding.text ?? '',
      findingMessage(finding),
    ]),
  ]
  return `\ufeff${lines.map((fields) => fields.map(csvField).join(';')).join('\r\n')}\r\n`
}

/** Spreadsheets run what begins with these as a formula. */
const FORMULA_LIKE = /^[=+\-@\t\r\u2212]/

function csvField(text: string): string {
  const defused = FORMULA_LIKE.test(text) ? `'${text}` : text
  return /[;"\r\n]/.test(defused) ? `"${defused.replace(/"/g, '""')}"` : defused
}
