import { reportText } from '../../text/report.ts'
import type { Report } from '../../views/report.ts'
import { defused, swedishCsv } from '../swedish-csv.ts'
import { recordsOf } from './records.ts'

/** "swedish" opens in Swedish spreadsheets; "machine" is for programs: commas, decimal points, no byte order mark. */
export type CsvForm = 'swedish' | 'machine'

type Field = string | number | null

/** As many digits as tell a figure; more would say nothing. */
const DIGITS = 8
const rounded = (value: number): number => Number(value.toPrecision(DIGITS))

/**
 * All figures of a report as one table, a figure a line: hidden and missing ones have no number but their word and
 * why. Above it stand, one a line, what the report is, what the words mean and where the figures come from.
 * @param form the lines above the table begin with "#" in the form for programs (pandas: `comment="#"`; R:
 *   `comment.char="#"`), and are a label and a text in the Swedish one. Text that a spreadsheet would take for a
 *   formula is preceded by an apostrophe in both.
 */
export function reportCsv(report: Report, form: CsvForm): string {
  const { heads, shown } = reportText.tables
  const definitions = new Map(report.definitions.map((one) => [one.indicator, one]))
  const about: readonly (readonly [string, string])[] = [
    [report.title, report.subtitle],
    ...(report.synthetic ? [[report.synthetic.label, report.synthetic.sentence] as const] : []),
    ...[...report.facts, ...report.key].map(({ label, text }) => [label, text] as const),
    ...report.limits.map((limit) => [reportText.contents.limits, limit] as const),
    ...report.sources.map((source) => [reportText.contents.sources, source] as const),
    [heads.unit, reportText.tables.numbers],
    ['', report.imprint],
  ]
  const words = report.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) =>
      block.kind === 'text'
        ? block.paragraphs.map((one) => [block.heading ?? '', one] as const)
        : block.kind === 'table'
          ? block.elsewhere.map((one) => ['', one] as const)
          : block.kind === 'list'
            ? block.groups
                .filter(({ rows }) => rows.length === 0)
                .map(({ heading }) => [block.caption, heading] as const)
            : [],
    ),
  )
  const columns = [
    ...[heads.section, heads.identifier, heads.indicator, heads.place, heads.period, heads.part],
    ...[heads.sex, heads.whose, heads.value, heads.lower, heads.upper, heads.unit, heads.status],
    ...[heads.reason, heads.verdict, heads.trend, heads.definition, heads.source],
  ]
  const lines = recordsOf(report).map(({ figure, ...one }): Field[] => {
    const definition = definitions.get(one.identifier)
    const isShown = figure.kind === 'value'
    return [
      ...[one.section, one.identifier, one.name, one.place, one.period, one.part],
      ...[one.sex, one.whose],
      isShown ? rounded(figure.value) : null,
      isShown && figure.interval ? rounded(figure.interval.lower) : null,
      isShown && figure.interval ? rounded(figure.interval.upper) : null,
      one.unit,
      isShown ? shown : figure.word,
      isShown ? one.note : figure.reason,
      ...[one.verdict, one.trend, definition?.definition ?? null, definition?.source ?? null],
    ]
  })
  return form === 'swedish'
    ? swedishCsv([...about, ...words, [], columns, ...lines])
    : machineCsv([...about, ...words], [columns, ...lines])
}

/** RFC 4180 below lines of comment. */
function machineCsv(
  about: readonly (readonly [string, string])[],
  rows: readonly (readonly Field[])[],
): string {
  const comments = about.map(
    ([label, text]) =>
      `# ${[label, text]
        .filter((part) => part !== '')
        .join(': ')
        .replace(/[\r\n]+/g, ' ')}\r\n`,
  )
  const fieldOf = (value: Field): string => {
    if (value === null) return ''
    if (typeof value === 'number') return String(value)
    const safe = defused(value)
    return /[",\r\n#]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return [...comments, ...rows.map((row) => `${row.map(fieldOf).join(',')}\r\n`)].join('')
}
