import { expect, it } from 'vitest'
import { nearestPeriod } from '../../src/core/nearest-period.ts'

it('takes the period itself, the shortest that holds it, its school year, or the newest before', () => {
  expect(nearestPeriod('2025', ['2024', '2025'])).toBe('2025')
  expect(nearestPeriod('2025-K2', ['2025', '2025-H1'])).toBe('2025-H1')
  expect(nearestPeriod('2025', ['2023/24', '2024/25'])).toBe('2024/25')
  expect(nearestPeriod('2024/25', ['2024', '2025'])).toBe('2025')
  expect(nearestPeriod('2025', ['2022', '2023', '2024'])).toBe('2024')
  expect(nearestPeriod('2025', ['2024-12', '2024'])).toBe('2024')
})

it('takes none that is later, or more than two years older', () => {
  expect(nearestPeriod('2025', ['2026'])).toBeNull()
  expect(nearestPeriod('2025', ['2022'])).toBeNull()
  expect(nearestPeriod('2025', [])).toBeNull()
})
