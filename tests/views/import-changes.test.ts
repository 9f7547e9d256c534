import { expect, test } from 'vitest'
import { STATUS_HIDDEN, STATUS_NOT_COLLECTED, STATUS_VALUE } from '../../src/core/cell.ts'
import { importChanges, type ShownTable } from '../../src/views/import-changes.ts'
import { REGISTER, SHARE } from '../support/import-page-world.ts'

const [A, B, C] = ['2480R001', '2480R002', '2480R003'] as const

/** One figure an area and period; null is hidden, undefined not collected. */
function table(
  areas: readonly string[],
  periods: readonly string[],
  counts: readonly (number | null | undefined)[],
): ShownTable {
  return {
    ...{ level: 'regso', sexes: ['T'], areas, periods },
    status: Uint8Array.from(counts, (count) =>
      count === null ? STATUS_HIDDEN : count === undefined ? STATUS_NOT_COLLECTED : STATUS_VALUE,
    ),
    numerator: Float64Array.from(counts, (count) => count ?? NaN),
    denominator: Float64Array.from(counts, (count) => (typeof count === 'number' ? 200 : NaN)),
  }
}

test('only what was shown and is shown is compared', () => {
  const before = table([A, B, C], ['2023', '2024'], [20, 30, null, 22, 32, 40])
  const now = table([A, B, C], ['2024', '2025'], [22, 34, null, 24, undefined, 44])
  const changes = importChanges(SHARE, [before], [now], REGISTER)
  expect(changes).toMatchObject({
    revised: 1,
    examples: [{ area: 'Berghem södra', period: '2024', from: '16,0\u00a0%', to: '17,0\u00a0%' }],
    newPeriods: ['2025'],
    lostPeriods: ['2023'],
    newAreas: [],
    lostAreas: [],
    breaks: [{ area: 'Berghem södra', period: '2025' }],
  })
  // Of the cell that is hidden now, nothing is said.
  expect(JSON.stringify(changes)).not.toMatch(/20,0|Carlshem/)
})

test('areas that come and go; the same again is no change', () => {
  const before = table([A, B], ['2024'], [20, undefined])
  const now = table([A, B], ['2024'], [undefined, 30])
  expect(importChanges(SHARE, [before], [now], REGISTER)).toMatchObject({
    newAreas: ['Berghem södra'],
    lostAreas: ['Berghem norra–Fridhem'],
    revised: 0,
  })
  const same = importChanges(SHARE, [before], [before], REGISTER)
  expect(Object.values(same).flat()).toEqual([0])
})
