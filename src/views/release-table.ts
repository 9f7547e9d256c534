import { areasAtLevel } from '../core/area.ts'
import type { Indicator } from '../core/indicator.ts'
import { comparePeriods, type PeriodCode } from '../core/period.ts'
import type { PackageIndex } from '../core/release.ts'
import { compareSwedish } from '../text/format.ts'

/** Cells of one indicator at one level, as the database counted them. */
export interface CountedCells {
  readonly indicator: readonly string[]
  readonly level: readonly string[]
  readonly cells: ArrayLike<number>
  readonly shown: ArrayLike<number>
  readonly hidden: ArrayLike<number>
  readonly hiddenAtSource: ArrayLike<number>
  readonly missing: ArrayLike<number>
}

export interface ReleaseRow {
  readonly key: string
  readonly indicator: Indicator
  /** The indicator's first row carries its name. */
  readonly first: boolean
  readonly levelName: string
  readonly firstPeriod: PeriodCode
  readonly lastPeriod: PeriodCode
  readonly cells: number
  readonly shown: number
  readonly hidden: number
  readonly hiddenAtSource: number
  readonly missing: number
  readonly counted: boolean
}

/** One row per released file, by indicator (alphabetical) and from coarse to fine; counts where they are known. */
export function releaseTable(index: PackageIndex, counted: CountedCells | null): ReleaseRow[] {
  const positions = new Map<string, number>()
  counted?.indicator.forEach((id, position) =>
    positions.set(`${id} ${counted.level[position]}`, position),
  )
  const rank = new Map(index.register.levels.map((level) => [level.id, level]))
  return index.indicators
    .toSorted((a, b) => compareSwedish(a.name, b.name))
    .flatMap((indicator) =>
      index.observations
        .filter((file) => file.indicator === indicator.id)
        .toSorted((a, b) => (rank.get(a.level)?.rank ?? 0) - (rank.get(b.level)?.rank ?? 0))
        .map((file, order): ReleaseRow => {
          const at = positions.get(`${indicator.id} ${file.level}`)
          const periods = file.periods.toSorted(comparePeriods)
          return {
            key: `${indicator.id} ${file.level}`,
            indicator,
            first: order === 0,
            levelName: rank.get(file.level)?.singular ?? file.level,
            firstPeriod: periods[0] ?? '',
            lastPeriod: periods.at(-1) ?? '',
            cells:
              file.sexes.length *
              file.periods.length *
              areasAtLevel(index.register, file.level).length,
            shown: at === undefined ? 0 : counted!.shown[at]!,
            hidden: at === undefined ? 0 : counted!.hidden[at]!,
            hiddenAtSource: at === undefined ? 0 : counted!.hiddenAtSource[at]!,
            missing: at === undefined ? 0 : counted!.missing[at]!,
            counted: at !== undefined,
          }
        }),
    )
}
