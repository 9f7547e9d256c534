import { describe, expect, it } from 'vitest'
import { RELEASE_STATUSES, STATUS_VALUE } from '../../src/core/cell.ts'
import { countStatuses } from '../../src/core/disclosure/gate.ts'
import { HIDING_RULES, type JointTable } from '../../src/core/disclosure/joint-table.ts'
import { logIndicator } from '../../src/core/disclosure/log.ts'
import { releaseTable } from '../../src/core/disclosure/released-joint-table.ts'
import { cellCount, type TableAxes } from '../../src/core/observation.ts'
import { indicator } from '../support/released-package.ts'

const LEAVES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const SECONDARY = HIDING_RULES.indexOf('secondary')

/** A whole and its parts in two half-years and a year, women and men: large counts, so that nothing must be hidden. */
function largeTable(): JointTable {
  const axes: TableAxes = {
    sexes: ['T', 'K', 'M'],
    periods: ['2024-H1', '2024-H2', '2024'],
    areas: ['hela', ...LEAVES],
  }
  const numerator = new Float64Array(cellCount(axes))
  let cell = 0
  for (const sex of axes.sexes)
    for (const period of axes.periods)
      for (const area of axes.areas)
        numerator[cell++] =
          50 *
          (sex === 'T' ? 2 : 1) *
          (period === '2024' ? 2 : 1) *
          (area === 'hela' ? LEAVES.length : 1)
  return {
    ...axes,
    indicator: indicator('antal', {
      measure: 'count',
      denominatorName: null,
      plan: { levels: ['kommun', 'stadsdel'], periodChain: ['half-year', 'year'], bySex: true },
    }),
    parentArea: Int32Array.from(axes.areas, (_, area) => (area === 0 ? -1 : 0)),
    parentPeriod: Int32Array.of(2, 2, -1),
    status: new Uint8Array(numerator.length).fill(STATUS_VALUE),
    numerator,
    denominator: new Float64Array(numerator.length).fill(NaN),
    knownEarlier: null,
  }
}

function logHiding(hides: (cell: number) => boolean) {
  const table = largeTable()
  const rules = table.status.map((_, cell) => (hides(cell) ? SECONDARY : 0))
  const statuses = countStatuses(releaseTable(table, rules))
  const log = logIndicator({
    ...{ table, statuses, waiting: 0 },
    protection: { rules, equations: 3, unsafe: [], method: 'moves', seconds: 7 },
    audit: { cells: 81, equations: 3, suppressed: statuses.hidden, unsafe: 0 },
  })
  return { log, statuses }
}

describe('the log of an indicator', () => {
  it('counts cells by status and by rule, and says nothing of how long it took', () => {
    const { log, statuses } = logHiding((cell) => cell < 6)
    expect(statuses).toEqual({
      ...Object.fromEntries(RELEASE_STATUSES.map((status) => [status, 0])),
      ...{ value: 75, hidden: 6 },
    })
    expect(log).toMatchObject({ statuses, hiddenByRule: { secondary: 6, none: 75 } })
    expect(JSON.stringify(log)).not.toContain('seconds')
  })

  it('gives advice only where more than a tenth of the cells is hidden', () => {
    expect(logHiding((cell) => cell < 8).log.advice).toEqual([])
    expect(logHiding((cell) => cell < 9).log.advice.length).toBeGreaterThan(0)
  })

  it('never says that all hidden cells of a group would come back, for then none of them is small', () => {
    const { advice } = logHiding(() => true).log
    expect(advice).toEqual([
      { step: 'longer-periods', cells: 27, hiddenNow: 27, hiddenThen: 5 },
      { step: 'both-sexes', cells: 27, hiddenNow: 27, hiddenThen: 5 },
    ])
  })

  it('has no advice of a step that would bring nothing back', () => {
    // All of women and men by half-year and nothing else: the year and the total are shown already.
    const { advice } = logHiding((cell) => cell >= 27 && Math.floor(cell / 9) % 3 < 2).log
    expect(advice).toEqual([])
  })
})
