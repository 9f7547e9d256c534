import type { AreaId } from '../../src/core/area.ts'
import { STATUS_NO_POPULATION, STATUS_VALUE } from '../../src/core/cell.ts'
import type { Sex } from '../../src/core/indicator.ts'
import { cellCount, cellIndex, type RawTable } from '../../src/core/observation.ts'
import type { PeriodCode } from '../../src/core/period.ts'
import type { Figures } from './acceptance.ts'
import type { Ground } from './ground.ts'
import type { FinestLevel } from './specifications.ts'

/** The areas of a level, in register order. */
export function areaIdsOf(ground: Ground, level: FinestLevel): AreaId[] {
  return (level === 'regso' ? ground.areas : ground.districts).map((area) => area.id)
}

/**
 * A raw table of drawn figures.
 * @param figuresOf the figures of one sex and period, in the order of the level's areas
 * @param statusOf a cell's status where it is not a value: not collected, hidden at source
 */
export function rawTable(
  ground: Ground,
  axes: {
    readonly indicator: string
    readonly level: FinestLevel
    readonly sexes: readonly Sex[]
    readonly periods: readonly PeriodCode[]
  },
  figuresOf: (sex: Sex, periodIndex: number) => Figures,
  statusOf: (period: PeriodCode, area: number, count: number) => number = () => STATUS_VALUE,
): RawTable {
  const shape = { ...axes, areas: areaIdsOf(ground, axes.level) }
  const size = cellCount(shape)
  const table: RawTable = {
    ...shape,
    status: new Uint8Array(size),
    numerator: new Float64Array(size).fill(NaN),
    denominator: new Float64Array(size).fill(NaN),
  }
  axes.sexes.forEach((sex, sexIndex) =>
    axes.periods.forEach((period, periodIndex) => {
      const { numerator, denominator } = figuresOf(sex, periodIndex)
      for (let area = 0; area < shape.areas.length; area++) {
        const cell = cellIndex(shape, sexIndex, periodIndex, area)
        const status =
          denominator?.[area] === 0
            ? STATUS_NO_POPULATION
            : statusOf(period, area, numerator[area]!)
        table.status[cell] = status
        if (status !== STATUS_VALUE) continue
        table.numerator[cell] = numerator[area]!
        if (denominator) table.denominator[cell] = denominator[area]!
      }
    }),
  )
  return table
}
