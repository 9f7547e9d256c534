import type { Finding } from '../../core/finding.ts'
import { stopped, type FormatReading } from './dropped-file.ts'
import { gridOfRows, type TypedCell } from './grid.ts'
import { isRecord, member, numberCell, textMember } from './json-value.ts'

const NEXT_PAGE = ['next_page', 'next_url', 'next']
const PREVIOUS_PAGE = ['previous_page', 'previous_url', 'previous']

/** Whether a JSON value looks like an answer of Kolada, of figures or of definitions. */
export function isKolada(value: unknown): boolean {
  const values = member(value, 'values')
  if (!Array.isArray(values) || typeof member(value, 'count') !== 'number') return false
  return values.length === 0 || isFigures(values[0]) || isDefinition(values[0])
}

const isFigures = (entry: unknown): boolean =>
  member(entry, 'kpi') !== undefined && Array.isArray(member(entry, 'values'))

const isDefinition = (entry: unknown): boolean =>
  member(entry, 'id') !== undefined && member(entry, 'title') !== undefined

/**
 * Reads figures of Kolada's API (version 2, and 3 which has the same shape) into a long grid of `kpi`, `kommun`,
 * `period`, `kön` and `värde`; of units of organisation, with their code in `ou`. A figure that is withheld is "..",
 * one that is missing a blank. Figures that Kolada has withdrawn are left out.
 * @param value the parsed JSON
 */
export function readKolada(file: string, value: unknown): FormatReading {
  const entries = member(value, 'values')
  if (!Array.isArray(entries) || entries.length === 0)
    return stopped('kolada', file, 'format-kolada-empty')
  if (!entries.some(isFigures))
    return entries.some(isDefinition)
      ? stopped('kolada', file, 'format-kolada-definitions', { count: entries.length })
      : stopped('kolada', file, 'format-kolada-empty')

  const hasUnits = entries.some((entry) => member(entry, 'ou') !== undefined)
  const hasMunicipalities = entries.some((entry) => member(entry, 'municipality') !== undefined)
  const rows: (string | TypedCell)[][] = []
  let withdrawn = 0
  let unreadable = 0
  for (const entry of entries as readonly unknown[]) {
    const figures = member(entry, 'values')
    if (!Array.isArray(figures)) {
      unreadable++
      continue
    }
    const place = [
      ...(hasMunicipalities ? [textMember(entry, 'municipality') ?? ''] : []),
      ...(hasUnits ? [textMember(entry, 'ou') ?? ''] : []),
    ]
    const period = textMember(entry, 'period') ?? ''
    for (const figure of figures as readonly unknown[])
      if (!isRecord(figure)) unreadable++
      else if (member(figure, 'isdeleted') === true || member(entry, 'isdeleted') === true)
        withdrawn++
      else
        rows.push([
          ...[textMember(entry, 'kpi') ?? '', ...place, period],
          ...[textMember(figure, 'gender') ?? '', figureCell(figure)],
        ])
  }

  const findings: Finding[] = []
  const report = (severity: Finding['severity'], code: string, count: number): void => {
    const parameters = { count }
    findings.push({ severity, code, file, row: null, column: null, text: null, parameters })
  }
  const hasPage = (names: readonly string[]): boolean =>
    names.some((name) => typeof member(value, name) === 'string' && member(value, name) !== '')
  if (hasPage(NEXT_PAGE) || hasPage(PREVIOUS_PAGE))
    report('warning', 'format-kolada-one-page', rows.length)
  if (withdrawn > 0) report('note', 'format-kolada-withdrawn', withdrawn)
  if (unreadable > 0) report('warning', 'format-kolada-unreadable', unreadable)
  const heading = [
    ...['kpi', ...(hasMunicipalities ? ['kommun'] : []), ...(hasUnits ? ['ou'] : [])],
    ...['period', 'kön', 'värde'],
  ]
  return {
    ...{ format: 'kolada', encoding: null, delimiter: null, boundaries: [] },
    grids: [gridOfRows([heading, ...rows], { file, sheet: null })],
    findings,
  }
}

/** The figure, ".." when it is withheld, blank when there is none. */
function figureCell(figure: unknown): string | TypedCell {
  const status = textMember(figure, 'status')?.toLowerCase() ?? ''
  // A withheld figure is withheld, also should it stand in the file.
  if (/^(private|secret|confidential)/.test(status)) return '..'
  const number = member(figure, 'value')
  if (typeof number === 'number') return numberCell(number)
  return typeof number === 'string' ? number : ''
}
