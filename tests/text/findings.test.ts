import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/core/finding.ts'
import { FINDING_CODES, findingPlace, findingText } from '../../src/text/findings.ts'

const SOURCES = [
  'src/core/disclosure',
  'src/core/stats',
  'src/files',
  'src/app',
  'scripts/publish',
  'scripts/statistics',
]

/** Codes as they stand in the sources that report findings; some are put together of two parts. */
const used = new Set(
  SOURCES.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .flatMap((entry) => [
        ...readFileSync(join(entry.parentPath, entry.name), 'utf8').matchAll(
          /(?<!code = )'((?:released|package|areas|table|observations|file|format|reading|project|import|plan|statistics|follow-up|flow)-[a-z0-9-]+)'/g,
        ),
      ])
      .map((match) => match[1]!),
  ),
)

const finding = (changes: Partial<Finding>): Finding => ({
  ...{ severity: 'error', code: 'released-number', file: 'f.csv', row: null, column: null },
  text: null,
  ...changes,
})

describe('the sentences of findings', () => {
  test('exist for every code that is reported', () => {
    expect(
      [...used].filter((code) => !(FINDING_CODES as readonly string[]).includes(code)),
    ).toEqual([])
    expect(used.size).toBeGreaterThan(50)
  })

  test('are all in use', () => {
    const composed = /^(indicator-|package-unknown-|reading-(row-passed|area|figure)-)/
    expect(FINDING_CODES.filter((code) => !used.has(code) && !composed.test(code))).toEqual([])
  })

  test('say where, in the words of the file', () => {
    expect(findingPlace(finding({ row: 3, column: 'typ' }))).toBe('f.csv, rad 3, kolumn typ')
    expect(findingPlace(finding({ code: 'areas-nameless', file: 'a.json', row: 3 }))).toBe(
      'a.json, objekt 3',
    )
    expect(findingPlace(finding({ code: 'package-type', file: 'i.json', column: 'start' }))).toBe(
      'i.json, start',
    )
  })

  test('count in Swedish', () => {
    const text = findingText(
      finding({
        code: 'observations-area-not-drawn',
        text: 'Sävar',
        parameters: { count: 1, suggestions: 'Sävar, östra; Sävar, västra' },
      }),
    )
    expect(text).toContain('1 händelse räknas')
    expect(text).toContain('Menades Sävar, östra; Sävar, västra?')
  })

  test('an unknown code is told as it is', () => {
    expect(findingText(finding({ code: 'okänd-kod' }))).toBe('f.csv: Fel i filen (okänd-kod).')
  })
})
