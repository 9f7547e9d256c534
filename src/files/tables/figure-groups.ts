import type { AreaId } from '../../core/area.ts'
import type { PeriodCode } from '../../core/period.ts'
import type { Grid } from '../formats/grid.ts'
import {
  addHabits,
  countTexts,
  habitOf,
  readFigures,
  type Figure,
  type FigureHabit,
} from './figures.ts'
import { FIGURE_ROLES } from './guess-columns.ts'
import { natureOfHeading } from './headings.ts'
import { hasIdentifier } from './identifiers.ts'
import type { ColumnMapping, ColumnRole, TableMapping } from './mapping.ts'
import { READ_SEXES } from './readings.ts'

export type FigureRole = 'numerator' | 'denominator' | 'value' | 'respondents' | 'margin' | 'units'

/** Columns of figures about one area, period, sex, age and measure, as far as their headings say so. */
export interface FigureGroup {
  readonly area: AreaId | null
  readonly period: PeriodCode | null
  readonly partOfYear: string | null
  readonly sex: number | null
  readonly age: string | null
  readonly measure: string | null
  readonly columns: Partial<Record<ColumnRole, number>>
  /** A lone column that counts is numerator too. */
  readonly isLoneCount: boolean
}

/** A column of figures, with each of its distinct texts read once. */
export interface FigureColumn {
  readonly column: number
  readonly codes: Uint32Array
  readonly figures: readonly Figure[]
  /** Of each text; NaN when it is no number. */
  readonly numbers: Float64Array
  /** 1 for texts that there is something to say about. */
  readonly isTold: Uint8Array
  /** Decimals that each text shows. */
  readonly decimals: Uint8Array
}

/** Reads all columns of figures, each by its own habit and then by the file's. */
export function readFigureColumns(
  grid: Grid,
  mapping: TableMapping,
  groups: readonly FigureGroup[],
  answer: ',' | '.' | null,
): ReadonlyMap<number, FigureColumn> {
  const columns = [...new Set(groups.flatMap((group) => Object.values(group.columns)))]
  const habits = new Map<number, FigureHabit>(
    columns.map((column) => {
      const own = grid.columns[column]!
      return [column, habitOf(own, countTexts(own, mapping.firstRow, mapping.lastRow))]
    }),
  )
  const file = addHabits([...habits.values()])
  return new Map(
    columns.map((column) => {
      const own = grid.columns[column]!
      const figures = readFigures(own, {
        ...{ column: habits.get(column)!, file, answer },
        isScb: grid.convention === 'scb',
      })
      return [column, { column, codes: own.codes, ...inColumns(figures, own.texts) }]
    }),
  )
}

function inColumns(
  figures: readonly Figure[],
  texts: readonly string[],
): Omit<FigureColumn, 'column' | 'codes'> {
  const numbers = new Float64Array(figures.length).fill(NaN)
  const isTold = new Uint8Array(figures.length)
  const decimals = new Uint8Array(figures.length)
  const safe: Figure[] = []
  figures.forEach((read, index) => {
    // Ten digits may be a person.
    const figure: Figure =
      texts[index]!.length >= 10 && hasIdentifier(texts[index]!) ? { kind: 'unreadable' } : read
    safe.push(figure)
    if (figure.kind === 'number') {
      numbers[index] = figure.value
      if (figure.against !== null || figure.doubt !== null) isTold[index] = 1
      decimals[index] = Math.min(6, /[.,](\d+)/.exec(texts[index]!)?.[1]?.length ?? 0)
    } else isTold[index] = 1
  })
  return { figures: safe, numbers, isTold, decimals }
}

/** The groups of figures that the headings make. */
export function groupsOf(columns: readonly ColumnMapping[]): FigureGroup[] {
  const groups = new Map<string, FigureGroup & { columns: Partial<Record<ColumnRole, number>> }>()
  columns.forEach((column, index) => {
    if (!FIGURE_ROLES.includes(column.role)) return
    const { area, period, partOfYear, sex, age, measure } = column
    const key = [area, period, partOfYear, sex, age, measure].join('\t')
    const group = groups.get(key) ?? {
      ...{ area, period, partOfYear, age, measure },
      sex: sex === null ? null : READ_SEXES.indexOf(sex),
      columns: {},
      isLoneCount: false,
    }
    groups.set(key, { ...group, columns: { [column.role]: index, ...group.columns } })
  })
  const all = [...groups.values()]
  // A base, a number of answers, or of units, that stands once belongs to all that its area, period, sex and age tell.
  const isShared = (group: FigureGroup): boolean =>
    group.columns.numerator === undefined && group.columns.value === undefined
  const shared = all.filter(isShared)
  const areAllShared = shared.length === all.length
  return all
    .filter((group) => !isShared(group) || areAllShared)
    .map((group) => {
      const own = shared.filter(
        (one) =>
          one.measure === null &&
          (one.area === null || one.area === group.area) &&
          (one.period === null || one.period === group.period) &&
          (one.partOfYear === null || one.partOfYear === group.partOfYear) &&
          (one.sex === null || one.sex === group.sex) &&
          (one.age === null || one.age === group.age),
      )
      const merged = Object.assign(
        {},
        ...own.map((one) => one.columns),
        group.columns,
      ) as FigureGroup['columns']
      const only = merged.numerator ?? merged.value
      const isLone =
        merged.value !== undefined &&
        merged.numerator === undefined &&
        merged.denominator === undefined &&
        merged.respondents === undefined
      const name = only === undefined ? '' : columns[only]!.name
      return {
        ...group,
        columns: merged,
        isLoneCount:
          isLone &&
          only !== undefined &&
          columns[only]!.unit === null &&
          natureOfHeading(name) === 'count',
      }
    })
}
