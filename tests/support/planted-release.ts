import { assemblePackage } from '../../scripts/publish/assemble.ts'
import type { PackageSource } from '../../scripts/publish/package-source.ts'
import { STATUS_VALUE } from '../../src/core/cell.ts'
import type { RawTable } from '../../src/core/observation.ts'
import { smallSource } from './small-source.ts'

/** Six digits that nothing else in a package or a page has: counts, and the people they are counted among. */
const COUNTS = [3, 641_113, 641_117, 641_129, 641_131, 641_143]
const BASES = [791_933, 791_939, 792_951, 792_957, 794_971, 794_977]

interface PlantedRelease {
  readonly source: PackageSource
  /** Counts and bases of cells that are shown on the map's own level. */
  readonly shown: readonly number[]
  /** Counts and bases, six digits each, of cells that the gate hides. */
  readonly hidden: readonly number[]
}

/** A release of two areas and three months, where one small count takes large ones with it. */
export function plantedRelease(): PlantedRelease {
  const small = smallSource()
  const [whole, districts] = small.tables as readonly [RawTable, RawTable]
  const months = whole.periods.length
  const sumOf = (figures: readonly number[]) =>
    Float64Array.from(
      { length: months },
      (_, month) => figures[2 * month]! + figures[2 * month + 1]!,
    )
  const source: PackageSource = {
    ...small,
    tables: [
      { ...whole, numerator: sumOf(COUNTS), denominator: sumOf(BASES) },
      {
        ...districts,
        status: new Uint8Array(COUNTS.length).fill(STATUS_VALUE),
        numerator: Float64Array.from(COUNTS),
        denominator: Float64Array.from(BASES),
      },
    ],
  }
  const rows = assemblePackage(source).get('observations/stadsdel/prov.csv')!.split('\n')
  const shown: number[] = []
  const hidden: number[] = []
  whole.periods.forEach((period, month) =>
    districts.areas.forEach((area, position) => {
      const cell = 2 * month + position
      const row = rows.find((line) => line.startsWith(`${area},${period},T,`))!
      const figures = [COUNTS[cell]!, BASES[cell]!].filter((figure) => figure > 100_000)
      ;(row.includes(',value,') ? shown : hidden).push(...figures)
    }),
  )
  return { source, shown, hidden }
}
