import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assemblePackage } from '../../scripts/publish/assemble.ts'
import { periodsBetween } from '../../src/core/period.ts'
import type { PackageIndex } from '../../src/core/release.ts'
import {
  compactPeriods,
  MAXIMUM_INDEX_BYTES,
  readBoundaries,
  readPackageIndex,
} from '../../src/files/package/package-index.ts'
import { findingText } from '../../src/text/findings.ts'
import { smallSource } from '../support/small-source.ts'

const files = assemblePackage(smallSource())
const indexText = files.get('index.json')!
const boundariesText = files.get('boundaries.json')!

type Path = readonly (string | number)[]

/** The text with the value at a path replaced, or removed when `value` is undefined. */
function altered(text: string, path: Path, value: unknown): string {
  const root = JSON.parse(text) as Record<string | number, unknown>
  const holder = path
    .slice(0, -1)
    .reduce((at, key) => at[key] as Record<string | number, unknown>, root)
  holder[path.at(-1)!] = value
  return JSON.stringify(root)
}

function faultOf(text: string): { code: string; column: string | null; text: string | null } {
  const reading = readPackageIndex(text, 'index.json')
  if (reading.ok) throw new Error('the index was taken in')
  const { code, column, text: offending } = reading.finding
  return { code, column, text: offending }
}

function indexOf(text: string): PackageIndex {
  const reading = readPackageIndex(text, 'index.json')
  if (!reading.ok) throw new Error(findingText(reading.finding))
  return reading.index
}

describe('readPackageIndex', () => {
  test('takes a published index in, with its periods one by one', () => {
    const index = indexOf(indexText)
    expect(index.observations[0]!.periods).toEqual([
      ...['2024-01', '2024-02', '2024-03', '2024-K1'],
    ])
    expect(index.register.areas).toHaveLength(3)
  })

  test('names line and column of broken JSON', () => {
    const reading = readPackageIndex('{\n "format": 1,\n}', 'index.json')
    expect(reading).toEqual({
      ok: false,
      finding: {
        severity: 'error',
        code: 'package-json',
        file: 'index.json',
        row: 3,
        column: null,
        text: null,
        parameters: { column: 1 },
      },
    })
  })

  const second = { id: 'a', level: 'stadsdel', name: 'A igen', parent: 'hela' }
  test.each<[code: string, place: string, path: Path, value: unknown]>([
    ['package-type', 'format', ['format'], 2],
    ['package-missing-field', 'release', ['release'], undefined],
    ['package-type', 'release.date', ['release', 'date'], '1 maj'],
    ['package-type', 'release.synthetic', ['release', 'synthetic'], 'ja'],
    ['package-empty-list', 'register.areas', ['register', 'areas'], []],
    ['package-type', 'register.areas[1].id', ['register', 'areas', 1, 'id'], 180],
    ['package-type', 'register.areas[1].id', ['register', 'areas', 1, 'id'], 'a,b'],
    ['package-duplicate', 'register.areas[2]', ['register', 'areas', 2], second],
    ['package-unknown-level', 'register.areas[1].level', ['register', 'areas', 1, 'level'], 'deso'],
    ['package-unknown-area', 'register.areas[1].parent', ['register', 'areas', 1, 'parent'], 'x'],
    ['package-parent', 'register.areas[1].parent', ['register', 'areas', 1, 'parent'], 'b'],
    ['package-type', 'indicators[0].measure', ['indicators', 0, 'measure'], 'median'],
    ['package-type', 'indicators[0].per', ['indicators', 0, 'per'], 0],
    [
      'package-unknown-level',
      'indicators[0].plan.levels[0]',
      ['indicators', 0, 'plan', 'levels', 0],
      'deso',
    ],
    [
      'package-type',
      'indicators[0].policy.threshold',
      ['indicators', 0, 'policy', 'threshold'],
      -1,
    ],
    [
      'package-outside-plan',
      'observations[1].level',
      ['indicators', 0, 'plan', 'levels'],
      ['kommun'],
    ],
    [
      'package-unknown-indicator',
      'observations[0].indicator',
      ['observations', 0, 'indicator'],
      'annan',
    ],
    ['package-type', 'observations[0].periods[0]', ['observations', 0, 'periods'], ['2024-13']],
    [
      'package-type',
      'observations[0].periods[0]',
      ['observations', 0, 'periods'],
      ['2024..2024-03'],
    ],
    [
      'package-type',
      'observations[0].periods',
      ['observations', 0, 'periods'],
      ['1000-01..9999-12'],
    ],
    ['package-type', 'observations[0].periods', ['observations', 0, 'periods'], ['2024..2023']],
    [
      'package-duplicate',
      'observations[0].periods[1]',
      ['observations', 0, 'periods'],
      ['2024', '2024'],
    ],
    ['package-rows', 'observations[0].rows', ['observations', 0, 'rows'], 5],
    ['package-type', 'observations[0].sha256', ['observations', 0, 'sha256'], 'abc'],
    ['package-type', 'observations[0].path', ['observations', 0, 'path'], '../annat.csv'],
    ['package-type', 'observations[0].path', ['observations', 0, 'path'], 'https://x.se/a.csv'],
    ['package-type', 'boundaries.path', ['boundaries', 'path'], '/etc/passwd'],
    ['package-duplicate', 'files[1]', ['neighbours', 'path'], 'boundaries.json'],
    ['package-empty-list', 'observations', ['observations'], []],
    ['package-missing-field', 'incidents', ['incidents'], undefined],
    ['package-missing-field', 'incidents.hexagonOutlines', ['incidents', 'hexagonOutlines'], null],
    ['package-duplicate', 'observations[1]', ['observations', 1, 'level'], 'kommun'],
    ['package-type', 'start.bounds', ['start', 'bounds'], [20.2, 63.8, 20, 63.9]],
    ['package-unknown-area', 'start.areas[0]', ['start', 'areas', 0], 'x'],
  ])('%s at %s', (code, place, path, value) => {
    expect(faultOf(altered(indexText, path, value))).toMatchObject({ code, column: place })
  })

  test('wants a file for the view it opens on', () => {
    const text = altered(
      altered(indexText, ['observations'], [indexOf(indexText).observations[0]]),
      ['start', 'areas'],
      [],
    )
    expect(faultOf(text)).toMatchObject({ code: 'package-start', column: 'start' })
  })

  test('refuses the huge before it reads it', () => {
    const text = `${indexText}${' '.repeat(MAXIMUM_INDEX_BYTES)}`
    expect(faultOf(text).code).toBe('package-too-large')
    expect(faultOf(altered(indexText, ['boundaries', 'bytes'], 300_000_000)).code).toBe(
      'package-too-large',
    )
    const many = Array.from({ length: 20_001 }, (_, index) => ({
      ...{ id: `x${index}`, level: 'kommun', name: 'X', parent: null },
    }))
    expect(faultOf(altered(indexText, ['register', 'areas'], many)).code).toBe(
      'package-too-many-areas',
    )
  })

  test('never throws, and gives every fault a sentence', () => {
    const paths: Path[] = []
    const walk = (value: unknown, path: Path): void => {
      paths.push(path)
      if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value))
          walk(inner, [...path, Array.isArray(value) ? Number(key) : key])
    }
    walk(JSON.parse(indexText), [])
    fc.assert(
      fc.property(fc.constantFrom(...paths.slice(1)), fc.jsonValue(), (path, value) => {
        const reading = readPackageIndex(altered(indexText, path, value), 'index.json')
        if (reading.ok) return
        expect(findingText(reading.finding)).not.toMatch(/undefined|NaN|Fel i filen/)
      }),
      { numRuns: 1000, seed: 20261103 },
    )
  })
})

describe('compactPeriods', () => {
  test.each([
    [
      ['2024-01', '2024-02', '2024-03', '2024-K1', '2024'],
      ['2024-01..2024-03', '2024-K1', '2024'],
    ],
    [
      ['2019', '2021', '2023'],
      ['2019', '2021', '2023'],
    ],
    [periodsBetween('week', '2019', '2021'), ['2019-W01..2021-W52']],
    [['2022/23', '2023/24', '2024/25'], ['2022/23..2024/25']],
  ])('%j', (periods, compact) => {
    expect(compactPeriods(periods)).toEqual(compact)
  })
})

describe('readBoundaries', () => {
  const index = indexOf(indexText)
  const codeOf = (text: string): [string, string | null] => {
    const reading = readBoundaries(text, 'boundaries.json', index)
    if (reading.ok) throw new Error('the boundaries were taken in')
    return [reading.finding.code, reading.finding.column]
  }

  test('takes published boundaries in', () => {
    expect(readBoundaries(boundariesText, 'boundaries.json', index)).toMatchObject({
      ok: true,
      findings: [],
    })
  })

  const geometry: Path = ['objects', 'stadsdel', 'geometries', 0]
  test.each<[code: string, place: string, path: Path, value: unknown]>([
    ['package-type', 'type', ['type'], 'FeatureCollection'],
    ['package-missing-field', 'arcs', ['arcs'], undefined],
    ['package-type', 'arcs[0][1]', ['arcs', 0, 1], [20, '63']],
    ['package-type', 'transform.scale', ['transform'], { scale: [1], translate: [0, 0] }],
    ['package-type', 'objects.stadsdel.type', ['objects', 'stadsdel', 'type'], 'Polygon'],
    ['package-unknown-area', 'objects.stadsdel.geometries[0].id', [...geometry, 'id'], 'x'],
    ['package-unknown-area', 'objects.stadsdel.geometries[0].id', [...geometry, 'id'], 'hela'],
    ['package-duplicate', 'objects.stadsdel.geometries[1]', [...geometry, 'id'], 'b'],
    ['package-type', 'objects.stadsdel.geometries[0].arcs[0][0]', [...geometry, 'arcs'], [[7]]],
    ['package-type', 'objects.stadsdel.geometries[0].type', [...geometry, 'type'], 'Point'],
    ['package-undrawn-level', 'objects', ['objects', 'stadsdel'], undefined],
  ])('%s at %s', (code, place, path, value) => {
    expect(codeOf(altered(boundariesText, path, value))).toEqual([code, place])
  })

  test('an area that is not drawn is a warning', () => {
    const undrawn = altered(
      boundariesText,
      ['objects', 'stadsdel', 'geometries'],
      [
        (JSON.parse(boundariesText) as { objects: { stadsdel: { geometries: unknown[] } } }).objects
          .stadsdel.geometries[0],
      ],
    )
    const reading = readBoundaries(undrawn, 'boundaries.json', index)
    expect(reading.ok && reading.findings).toMatchObject([
      { severity: 'warning', code: 'package-undrawn-area', text: 'b' },
    ])
  })
})
