import { describe, expect, it } from 'vitest'
import { inspectToJson } from '../scripts/import/inspect.ts'
import {
  differences,
  importFixtures,
  NOTHING_INSPECTED,
  type Inspected,
} from './support/import-fixtures.ts'

const fixtures = importFixtures()

describe('messy files', () => {
  it('are many, and every expectation asks for something', () => {
    expect(fixtures.length).toBeGreaterThanOrEqual(40)
    for (const { name, expected } of fixtures)
      expect(differences(expected, NOTHING_INSPECTED), name).not.toEqual([])
  })

  it.each(fixtures)('$name', async ({ name, bytes, expected }) => {
    const printed = JSON.stringify(await inspectToJson([{ name, bytes }]))
    const actual = JSON.parse(printed) as Inspected
    expect(differences(expected, actual).join('\n')).toBe('')
  })
})
