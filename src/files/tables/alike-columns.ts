import { FIGURE_ROLES } from './guess-columns.ts'
import type { Answers, ColumnMapping, TableMapping } from './mapping.ts'

/**
 * Columns of figures whose headings are alike and about the same, so that nothing says what each of them is: a header
 * row above them is gone, or a heading was never changed. Three that divide into each other tell themselves apart.
 * @returns positions of the columns that the analyst has said nothing of
 */
export function columnsAlike({ columns }: TableMapping, { roles }: Answers): number[] {
  const names = new Set(columns.map(({ name }) => name))
  const groups = new Map<string, number[]>()
  columns.forEach((column, index) => {
    if (!FIGURE_ROLES.includes(column.role)) return
    const { area, period, partOfYear, sex, age } = column
    const key = JSON.stringify([givenName(column, names), area, period, partOfYear, sex, age])
    groups.set(key, [...(groups.get(key) ?? []), index])
  })
  return [...groups.values()].flatMap((group) => {
    const has = (role: ColumnMapping['role']): boolean =>
      group.some((index) => columns[index]!.role === role)
    if (group.length < 2 || (has('numerator') && has('denominator') && has('value'))) return []
    return group.filter((index) => roles[columns[index]!.name] === undefined)
  })
}

/** The heading as it stands, without the number that a repeated one gets. */
function givenName({ name }: ColumnMapping, names: ReadonlySet<string>): string {
  const [, given] = /^(.+) \(\d+\)$/.exec(name) ?? []
  return given !== undefined && names.has(given) ? given : name
}
