import { describe, expect, it } from 'vitest'
import { canBeSubtracted, type TablePart } from '../../src/files/package/table-part.ts'

const part = (changes: Partial<TablePart> = {}): TablePart => ({
  ...{ shape: 'område|år|antal', measure: null, age: null, isEvents: false },
  ...changes,
})

describe('parts of a table', () => {
  it.each([
    ['13–18 år', '19-24', false],
    ['13–18 år', '18-24', true],
    ['-15 år', '16+', false],
    ['-16 år', '16+', true],
    ['65 år och äldre', '0–64', false],
    ['85w', '65 år och äldre', true],
    ['16 år', '17 år', false],
    ['barn', '65+', true],
    [null, '13–18 år', true],
    ['13–18 år', '13–18 år', false],
    [null, null, false],
  ])('of the ages %s and %s', (one, other, isSubtracted) => {
    expect(canBeSubtracted(part({ age: one }), part({ age: other }))).toBe(isSubtracted)
    expect(canBeSubtracted(part({ age: other }), part({ age: one }))).toBe(isSubtracted)
  })

  it('of several kinds of event: all together beside one', () => {
    const events = (measure: string | null) => part({ isEvents: true, measure })
    expect(canBeSubtracted(events(null), events('Brand'))).toBe(true)
    expect(canBeSubtracted(events('Klotter'), events('Brand'))).toBe(false)
    expect(canBeSubtracted(events('Brand'), events('Brand'))).toBe(false)
  })

  it('of other columns, or of figures that are no part of each other', () => {
    expect(canBeSubtracted(part({ age: '13–18' }), part({ shape: 'annan' }))).toBe(false)
    expect(canBeSubtracted(part({ measure: 'Anmälda' }), part({ measure: null }))).toBe(false)
    expect(
      canBeSubtracted(part({ measure: 'Anmälda' }), part({ measure: 'Uppklarade', age: '13–18' })),
    ).toBe(false)
  })
})
