import { describe, expect, test } from 'vitest'
import { STATUS_VALUE } from '../../src/core/cell.ts'
import { breakScale, cellWord, valuesForBreaks, valueText } from '../../src/views/choropleth.ts'
import { COUNT } from '../support/released-package.ts'
import { mapOfSix, SIX, SUPPRESSED, tableOfSix } from '../support/small-view.ts'

describe('marks of a map', () => {
  test('a value, a zero, a hidden and a missing cell never look alike', () => {
    const { marks, counts } = mapOfSix()
    const [value, zero, , , hidden, missing] = marks
    expect(counts).toEqual({ value: 4, hidden: 1, missing: 1 })
    expect([value!.valueText, zero!.valueText]).toEqual(['10,0\u00a0%', '0,0\u00a0%'])
    expect([value!.classIndex, zero!.classIndex]).toEqual([expect.any(Number), 0])
    for (const { shown, classIndex, valueText, shortText, intervalText } of [hidden!, missing!]) {
      expect([shown, classIndex]).toEqual([NaN, null])
      expect([valueText, shortText, intervalText]).toEqual(['', '', ''])
    }
    expect(
      [hidden!, missing!].map(({ cell, token, note }) => [cellWord(cell), token, note]),
    ).toEqual([
      ['dold', 'hidden-ground', 'Dold i röjandekontrollen'],
      ['saknas', 'missing-ground', 'Saknas: uppgift finns inte'],
    ])
    const atSource = mapOfSix({ period: '2023' }).marks[4]!
    expect([cellWord(atSource.cell), atSource.note]).toEqual(['dold', 'Dold redan hos källan'])
  })

  test('a hidden mark carries no figure of its cell', () => {
    const hidden = mapOfSix().marks[4]!
    expect([hidden.numerator, hidden.denominator]).toEqual([NaN, NaN])
    const { numerator, denominator } = SUPPRESSED
    const share = (100 * numerator) / denominator
    const everything = JSON.stringify(hidden)
    expect(everything).toContain('Område 2480R005')
    for (const figure of [denominator, share]) expect(everything).not.toContain(String(figure))
  })

  test('differences are told against the rest, with doubt as a class of its own', () => {
    const { marks, scale } = mapOfSix({ display: 'difference' })
    expect(scale.kind).toBe('verdicts')
    // 30 % against some 9 %, 0 % against some 10 %, 10 % against the same.
    expect(marks.map(({ verdict }) => verdict)).toEqual([
      'uncertain',
      'much-lower',
      'much-higher',
      'uncertain',
      null,
      null,
    ])
    expect(marks[0]!.token).toBe('div-unsure')
    expect(marks[2]!.valueText).toMatch(/^\+20,\d\u00a0procentenheter$/)
    expect(marks[1]!.valueText).toMatch(/^\u2212/)
  })

  test('a change from a hidden or missing cell is missing', () => {
    const { marks } = mapOfSix({ display: 'change', since: '2023' })
    expect(marks[0]!.shown).toBeCloseTo(10 - 12.5, 10)
    expect(marks[5]!.shown).toBeNaN()
    expect(mapOfSix({ display: 'change', since: '2023' }).marks[4]!.shown).toBeNaN()
  })

  test('smoothing draws small areas to the whole and invents nothing for hidden ones', () => {
    const raw = mapOfSix().marks.map(({ shown }) => shown)
    const smoothed = mapOfSix({ smoothing: 'smoothed' }).marks.map(({ shown }) => shown)
    expect(smoothed[1]).toBeGreaterThan(raw[1]!)
    expect(smoothed[2]).toBeLessThan(raw[2]!)
    expect([smoothed[4], smoothed[5]]).toEqual([NaN, NaN])
  })
})

describe('class breaks', () => {
  test('are made of shown values only, of all periods unless asked for one', () => {
    const table = tableOfSix()
    const pooled = valuesForBreaks(table, SIX, 'T', '2024', 'raw', true)
    expect(pooled).toHaveLength(table.status.filter((status) => status === STATUS_VALUE).length)
    expect(valuesForBreaks(table, SIX, 'T', '2024', 'raw', false)).toHaveLength(4)
    expect(
      pooled.some(
        (value) => Math.abs(value - (100 * SUPPRESSED.numerator) / SUPPRESSED.denominator) < 1e-9,
      ),
    ).toBe(false)
  })

  test('every method covers every value with readable, ascending edges', () => {
    const values = valuesForBreaks(tableOfSix(), SIX, 'T', '2024', 'raw', true)
    for (const method of ['quantile', 'natural', 'equal'] as const)
      for (const count of [3, 4, 5]) {
        const scale = breakScale(values, SIX, method, count, [])
        if (scale.kind !== 'breaks') throw new Error('no breaks')
        const { breaks, tokens } = scale
        expect(tokens).toHaveLength(breaks.length - 1)
        expect(breaks).toEqual([...new Set(breaks)].sort((a, b) => a - b))
        expect(breaks[0]).toBeLessThanOrEqual(Math.min(...values))
        expect(breaks.at(-1)).toBeGreaterThanOrEqual(Math.max(...values))
        for (const edge of breaks) expect(String(edge).length, `${edge}`).toBeLessThan(7)
      }
  })

  test('values beyond own edges stand in the outermost classes', () => {
    const { marks } = mapOfSix({ breaks: 'own', ownBreaks: [5, 11, 15] })
    expect(marks.map(({ classIndex }) => classIndex)).toEqual([0, 0, 1, 1, null, null])
  })
})

test('units are written as they are read', () => {
  expect(valueText(18.24, SIX)).toBe('18,2\u00a0%')
  expect(valueText(1234, { ...COUNT, unit: 'antal' })).toBe('1\u00a0234')
})
