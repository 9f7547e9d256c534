import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { PackageIndex } from '../../src/core/release.ts'
import {
  boundaryTies,
  originsOf,
  type BoundaryTies,
} from '../../src/files/package/boundary-ties.ts'
import { readDisclosureLog } from '../../src/files/package/disclosure-log.ts'
import { mergeLog } from '../../src/files/package/overlay-log.ts'
import {
  addBoundaries,
  addImport,
  EMPTY_WORKSPACE,
  mergeIndex,
  remember,
  removeLayer,
  type BoundaryLayer,
  type ImportLayer,
  type Workspace,
} from '../../src/files/package/overlay.ts'
import { readPackageIndex, writePackageIndex } from '../../src/files/package/package-index.ts'
import { NO_ANSWERS } from '../../src/files/tables/mapping.ts'
import { ownBoundaries, ownImport, servedPackage, TIES } from '../support/own-files.ts'

const RUNS = { seed: 20261122, numRuns: 60 }

let base: PackageIndex
let files: ReadonlyMap<string, string>
let imports: readonly ImportLayer[]
let boundaries: BoundaryLayer

beforeAll(async () => {
  ;({ index: base, files } = servedPackage())
  const made = await Promise.all([
    ownImport('prov', { name: 'Prov på riktigt' }),
    ownImport('ny1'),
    ownImport('ny2', { importedAt: '2026-11-23T09:00:00.000Z' }),
    ownImport('ny3'),
  ])
  imports = made.map(({ layer }) => layer)
  boundaries = (await ownBoundaries()).layer
})

const withLayers = (layers: readonly ImportLayer[]): Workspace =>
  layers.reduce(addImport, EMPTY_WORKSPACE)

/** What a strict reader makes of the index once it is a file. */
function asRead(index: PackageIndex): PackageIndex {
  const reading = readPackageIndex(writePackageIndex(index), 'index.json')
  if (!reading.ok) throw new Error(JSON.stringify(reading.finding))
  return reading.index
}

describe('layers above a package', () => {
  it('make the same whole in any order, whatever was removed again', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([0, 1, 2, 3]),
        fc.subarray([0, 1, 2, 3]),
        fc.boolean(),
        (order, removed, onNew) => {
          const start = onNew ? addBoundaries(EMPTY_WORKSPACE, boundaries, TIES) : EMPTY_WORKSPACE
          const all = order.map((at) => imports[at]!).reduce(addImport, start)
          const left = removed.reduce((rest, at) => removeLayer(rest, imports[at]!.id), all)
          const kept = [0, 1, 2, 3].filter((at) => order.includes(at) && !removed.includes(at))
          const direct = kept.map((at) => imports[at]!).reduce(addImport, start)
          const merged = mergeIndex(base, left)
          expect(merged).toEqual(mergeIndex(base, direct))
          expect(asRead(merged)).toEqual(merged)
          if (kept.length === 0 && !onNew) expect(merged).toBe(base)
        },
      ),
      RUNS,
    )
  })

  it('replace an indicator of the package whole', () => {
    const merged = mergeIndex(base, withLayers([imports[0]!]))
    expect(merged.indicators.map(({ id, name, synthetic }) => [id, name, synthetic])).toEqual([
      ['prov', 'Prov på riktigt', false],
    ])
    expect(merged.observations.every(({ path }) => path.startsWith('imports/'))).toBe(true)
    // The package's incidents are still invented.
    expect(merged.release.synthetic).toBe(true)
    expect(
      mergeIndex({ ...base, incidents: null }, withLayers([imports[0]!])).release.synthetic,
    ).toBe(false)
    expect(
      mergeIndex({ ...base, incidents: null }, withLayers([imports[1]!])).release.synthetic,
    ).toBe(true)
  })

  it('replace what an earlier file had of the same indicator', async () => {
    const again = (await ownImport('ny1', { counts: [50, 61, 72, 83, 94, 105, 116, 127] })).layer
    const workspace = addImport(withLayers(imports), again)
    expect(workspace.layers.filter(({ id }) => id === imports[1]!.id)).toEqual([])
    expect(workspace.layers).toHaveLength(imports.length)
    const twice = mergeIndex(base, workspace).observations.filter(
      ({ indicator }) => indicator === 'ny1',
    )
    expect(new Set(twice.map(({ level }) => level)).size).toBe(twice.length)
  })

  it('make a release of their own, which names their files', () => {
    const { release } = mergeIndex(base, withLayers(imports))
    expect(release).toMatchObject({ id: '2026-11-23-egen', date: '2026-11-23' })
    expect(release.title).toBe('Prov, med egna data')
    expect(release.sources.map(({ title }) => title)).toEqual([
      ...['Prov', 'ny1.csv', 'ny3.csv', 'prov.csv', 'ny2.csv'],
    ])
    // On top of a project that was saved the same day.
    const opened = { ...base, release: { ...base.release, id: release.id } }
    expect(mergeIndex(opened, withLayers(imports)).release.id).not.toBe(release.id)
  })

  it('have a log that agrees with their index', () => {
    const own = readDisclosureLog(files.get('rojandekontroll.json')!, 'log.json', base)
    if (!own.ok) throw new Error(own.finding.code)
    for (const layers of [imports, [imports[1]!]]) {
      const workspace = withLayers(layers)
      const merged = mergeIndex(base, workspace)
      for (const log of [own.log, null]) {
        const text = JSON.stringify(mergeLog(log, merged, workspace))
        const reading = readDisclosureLog(text, 'log.json', merged)
        expect(reading).toMatchObject({ ok: true })
        if (reading.ok && log)
          expect(reading.log.indicators.map(({ indicator }) => indicator).sort()).toEqual(
            merged.indicators.map(({ id }) => id).sort(),
          )
      }
    }
  })

  it('remember one way to read each shape of file', () => {
    const recipe = { name: 'A', shape: 's', answers: NO_ANSWERS, indicator: 'ny1' }
    const first = remember(EMPTY_WORKSPACE, { recipe, areaNames: { Alidhem: 'a' } })
    const second = remember(first, {
      recipe: { ...recipe, name: 'B' },
      areaNames: { Haga: null },
    })
    expect(second.recipes.map(({ name }) => name)).toEqual(['B'])
    expect(second.areaNames).toEqual({ Alidhem: 'a', Haga: null })
  })
})

describe('other boundaries', () => {
  it('are those that the index is of, and the opening view follows', () => {
    const merged = mergeIndex(base, addBoundaries(withLayers(imports), boundaries, TIES))
    expect(merged.register.boundaryVersion.id).toBe('ny')
    expect(merged.start).toMatchObject({ indicator: 'prov', level: 'stadsdel', areas: ['norr'] })
    const [file] = merged.observations.filter(({ level }) => level === 'stadsdel')
    expect(file!.rows).toBe(3 * file!.sexes.length * file!.periods.length)
    expect(asRead(merged)).toEqual(merged)
  })

  it('without a level leave out its figures and nothing else', () => {
    const { register } = boundaries
    const only = { ...register.levels[0]! }
    const coarse: BoundaryLayer = {
      ...boundaries,
      register: {
        ...register,
        levels: [only],
        areas: register.areas.filter(({ level }) => level === only.id),
      },
    }
    const merged = mergeIndex(base, addBoundaries(withLayers(imports), coarse, TIES))
    expect(new Set(merged.observations.map(({ level }) => level))).toEqual(new Set(['kommun']))
    expect(asRead(merged)).toEqual(merged)
  })

  it('tie areas through versions that were left, in both directions', () => {
    const ties: BoundaryTies[] = [
      { from: '1', to: '2', levels: ['s'], areas: { a: 'b', c: null, d: 'd2' } },
      { from: '3', to: '2', levels: ['s'], areas: { x: 'b', y: 'd2' } },
    ]
    const tie = boundaryTies(ties, '1', '3')
    expect(['a', 'c', 'd', 'e', 'toString'].map((area) => tie('s', area))).toEqual([
      ...['x', null, 'y', null, null],
    ])
    expect(tie('k', 'hela')).toBe('hela')
    expect(originsOf(boundaryTies(ties, '3', '1'), 's', ['x', 'y', 'z'])).toEqual(
      new Map([
        ['a', 'x'],
        ['d', 'y'],
      ]),
    )
    expect(boundaryTies(ties, '1', '4')('k', 'hela')).toBeNull()
    expect(boundaryTies([], '1', '1')('k', 'hela')).toBe('hela')
  })
})
