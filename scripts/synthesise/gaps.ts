import type { AreaId } from '../../src/core/area.ts'
import type { Ground } from './ground.ts'
import { randomStream } from './random.ts'
import { areaIdsOf } from './raw-table.ts'
import { NOT_COLLECTED } from './specifications.ts'

/** A year in which an area did not collect an indicator (or an incident category). */
export interface Gap {
  readonly indicator: string
  readonly area: AreaId
  readonly year: number
}

/** Draws which units did not collect, for every row of NOT_COLLECTED. */
export function drawGaps(seed: number, ground: Ground): Gap[] {
  return NOT_COLLECTED.flatMap(({ indicator, level, year, units }) =>
    drawUnits(seed, `gap/${indicator}`, areaIdsOf(ground, level).length, units).map((unit) => ({
      indicator,
      area: areaIdsOf(ground, level)[unit]!,
      year,
    })),
  )
}

/** Draws different units without order, in ascending order. */
export function drawUnits(seed: number, name: string, from: number, count: number): number[] {
  const random = randomStream(seed, name)
  const left = Array.from({ length: from }, (_, unit) => unit)
  const chosen = Array.from(
    { length: count },
    () => left.splice(Math.floor(random() * left.length), 1)[0]!,
  )
  return chosen.sort((a, b) => a - b)
}
