import { groupBy } from '../../core/group-by.ts'
import { FIGURE_ROLES } from './guess-columns.ts'
import type { Answers, ColumnRole, TableMapping } from './mapping.ts'

/**
 * Columns of figures whose headings are alike, so that nothing says what each of them is: a header row above them is
 * gone, or a heading was never changed. Three that divide into each other tell themselves apart.
 * @param isUnread whether a column that is left out is full of figures
 * @returns positions of the columns that the analyst has said nothing of
 */
export function columnsAlike(
  { columns }: TableMapping,
  { roles }: Answers,
  isUnread: (column: number) => boolean,
): number[] {
  const names = new Set(columns.map(({ name }) => name))
  const groups = groupBy([...columns.keys()], (column) => givenName(columns[column]!.name, names))
  return groups.flatMap((alike) => {
    if (alike.length < 2) return []
    const group = alike.filter((column) => isFigure(columns[column]!.role) || isUnread(column))
    const has = (role: ColumnRole): boolean =>
      group.some((column) => columns[column]!.role === role)
    if (group.length < 2 || !group.some((column) => isFigure(columns[column]!.role))) return []
    if (has('numerator') && has('denominator') && has('value')) return []
    return group.filter((column) => roles[columns[column]!.name] === undefined)
  })
}

const isFigure = (role: ColumnRole): boolean => FIGURE_ROLES.includes(role)

/** The heading as it stands, without the number that a repeated one gets. */
function givenName(name: string, names: ReadonlySet<string>): string {
  const [, given] = /^(.+) \(\d+\)$/.exec(name) ?? []
  return given !== undefined && names.has(given) ? given : name
}
