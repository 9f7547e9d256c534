import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { AreaOutline } from '../../src/files/boundaries/area-outlines.ts'
import { readBoundaryFile } from '../../src/files/boundaries/boundary-file.ts'
import { buildTopology } from '../../src/files/boundaries/boundary-topology.ts'
import { repairRing, signedArea, type Ring } from '../../src/files/boundaries/ring-repair.ts'
import { snapBoundaries } from '../../src/files/boundaries/snap-boundaries.ts'

/*
 * Every <name>.geojson in the folder is read and compared with <name>.expected.json: the frame, the areas with their
 * ground, and each finding as "severity code row".
 */
const FOLDER = new URL('./fixtures/boundaries/', import.meta.url)

interface Expected {
  readonly frame?: { readonly code: string; readonly swapped: boolean }
  readonly areas?: readonly { name: string; code: string | null; squareMetres: number }[]
  readonly findings: readonly string[]
}

const cases = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.geojson'))
  .map((file) => file.replace('.geojson', ''))

describe('boundary files that were dropped in', () => {
  test.each(cases)('%s', (name) => {
    const expectedFile = new URL(`${name}.expected.json`, FOLDER)
    expect(existsSync(expectedFile), `write ${name}.expected.json`).toBe(true)
    const expected = JSON.parse(readFileSync(expectedFile, 'utf8')) as Expected
    const file = `${name}.geojson`
    const reading = readBoundaryFile(readFileSync(new URL(file, FOLDER), 'utf8'), file)

    expect(
      reading.findings.map(({ severity, code, row }) =>
        [severity, code, ...(row === null ? [] : [row])].join(' '),
      ),
    ).toEqual(expected.findings)
    expect(reading.ok).toBe(expected.areas !== undefined)
    if (!reading.ok) return
    const { code, swapped } = reading.frame
    expect({ code, swapped }).toEqual(expected.frame)
    expect(reading.outlines.map(({ name, code }) => ({ name, code }))).toEqual(
      expected.areas!.map(({ name, code }) => ({ name, code })),
    )
    reading.outlines.forEach((outline, index) => {
      const { squareMetres } = expected.areas![index]!
      expect(Math.abs(groundOf(outline) - squareMetres) / squareMetres).toBeLessThan(0.005)
    })
  })
})

const groundOf = ({ polygons }: AreaOutline): number =>
  polygons.reduce(
    (sum, [outer, ...holes]) =>
      sum +
      Math.abs(signedArea(outer!)) -
      holes.reduce((inner, hole) => inner + Math.abs(signedArea(hole)), 0),
    0,
  )

describe('repairRing', () => {
  const bowTie: Ring = [
    [0, 0],
    [2, 2],
    [2, 0],
    [0, 2],
  ]

  test('cuts a bow-tie into its two triangles', () => {
    const { rings, crossings } = repairRing(bowTie)
    expect(crossings).toBe(1)
    expect(rings.map((ring) => Math.abs(signedArea(ring)))).toEqual([1, 1])
  })

  test('drops repeated points and spikes, also across the start', () => {
    const ring: Ring = [
      [0, 0],
      [4, 0],
      [4, 0],
      [4, 4],
      [9, 4],
      [4, 4],
      [0, 4],
      [0, 0],
      [-3, 0],
      [0, 0],
    ]
    const { rings, crossings } = repairRing(ring)
    expect(crossings).toBe(0)
    expect(rings).toEqual([
      [
        [0, 0],
        [4, 0],
        [4, 4],
        [0, 4],
      ],
    ])
  })

  test('has nothing left of a line', () => {
    expect(
      repairRing([
        [0, 0],
        [5, 5],
        [0, 0],
      ]).rings,
    ).toEqual([])
  })
})

describe('snapBoundaries', () => {
  const left: Ring = [
    [0, 0],
    [100, 0],
    [100, 50.4],
    [100, 100],
    [0, 100],
  ]
  /** A metre off, and without the point halfway up the shared border. */
  const right: Ring = [
    [101, 0],
    [200, 0],
    [200, 100],
    [100.6, 100.5],
  ]

  test('gives neighbours the same points along their border', () => {
    const [first, second] = snapBoundaries([[[left]], [[right]]], 2)
    const points = (polygons: typeof first): string[] =>
      polygons!.flat(2).map(([x, y]) => `${x} ${y}`)
    const shared = points(second).filter((point) => points(first).includes(point))
    expect(shared.sort()).toEqual(['100 0', '100 100', '100 50.4'])
  })

  test('leaves farther borders alone', () => {
    const apart = right.map(([x, y]) => [x + 5, y] as const)
    expect(snapBoundaries([[[left]], [[apart]]], 2)).toEqual([[[left]], [[apart]]])
  })
})

describe('buildTopology', () => {
  const square = (name: string, east: number, north: number, side: number): AreaOutline => {
    const [e, n] = [760_000 + east, 7_088_000 + north]
    const ring: Ring = [
      [e, n],
      [e + side, n],
      [e + side, n + side],
      [e, n + side],
    ]
    return { name, code: null, polygons: [[ring]] }
  }
  const names = { level: 'stadsdel', wholeLevel: 'kommun', wholeId: 'hela' }

  test('shares borders, finds neighbours and dissolves the whole without its small gaps', () => {
    const outlines = [
      square('a', 0, 0, 1000),
      square('b', 1000.5, 0, 1000),
      square('c', 0, 1000, 1000),
      square('d', 5000, 5000, 1000),
    ]
    const { boundaries, neighbours, areaSquareMetres } = buildTopology(
      outlines,
      ['a', 'b', 'c', 'd'],
      names,
    )
    expect(neighbours).toMatchObject({ b: ['a'], c: ['a'], d: [] })
    expect(new Set(neighbours['a'])).toEqual(new Set(['b', 'c']))
    expect(areaSquareMetres.get('c')).toBeCloseTo(1e6, -4)
    const [whole] = (boundaries.objects['kommun'] as { geometries: { arcs: unknown[] }[] })
      .geometries
    // One polygon of a, b and c; one of d.
    expect(whole!.arcs).toHaveLength(2)
    expect(boundaries.transform).toBeDefined()
  })
})
