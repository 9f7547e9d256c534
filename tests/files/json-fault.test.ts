import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findJsonFault } from '../../src/files/json-fault.ts'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('findJsonFault', () => {
  test.each([
    ['{"a": 1,}', 1, 9],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3],
    ['[1, 2', 1, 6],
    ['', 1, 1],
    ['{"a" 1}', 1, 6],
    ['{"a": 01}', 1, 8],
    ['["x\ty"]', 1, 2],
    ['<!doctype html>', 1, 1],
    ['{} {}', 1, 4],
  ])('%j stops at line %i, column %i', (text, line, column) => {
    expect(findJsonFault(text)).toEqual({ line, column })
  })

  test('agrees with JSON.parse on what is JSON, damaged at any place', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', '0', 'x', '\\', '\n', ':'),
        fc.nat(3),
        (text, seed, inserted, removed) => {
          const at = seed % (text.length + 1)
          const damaged = text.slice(0, at) + inserted + text.slice(at + removed)
          expect(findJsonFault(damaged) === null).toBe(isJson(damaged))
        },
      ),
      { numRuns: 2000, seed: 20261103 },
    )
  })
})
