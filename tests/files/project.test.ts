import fc from 'fast-check'
import { unzipSync, zipSync } from 'fflate'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { collectProject } from '../../src/app/collect-project.ts'
import { PackageReader, readBasePackage } from '../../src/app/load.ts'
import { HeldFiles } from '../../src/app/package-files.ts'
import { migrated } from '../../src/files/package/migration.ts'
import {
  addBoundaries,
  addImport,
  EMPTY_WORKSPACE,
  remember,
} from '../../src/files/package/overlay.ts'
import { PRODUCT_VERSION } from '../../src/files/package/product.ts'
import { readWorkspaceDocument } from '../../src/files/package/workspace-document.ts'
import { readProject, writeProject, type Project } from '../../src/files/package/project.ts'
import { NO_ANSWERS } from '../../src/files/tables/mapping.ts'
import { findingMessage } from '../../src/text/findings.ts'
import { newSlide } from '../../src/views/briefing/briefing.ts'
import { ownBoundaries, ownImport, servedPackage, TIES } from '../support/own-files.ts'

const FACTS = { created: '2026-11-22T10:00:00.000Z', product: '0.1.0' }
/** Saved by version 1 of the format; must open for ever. */
const VERSION_1 = new URL('fixtures/version-1.lagesprojekt.zip', import.meta.url)

let project: Project
let bytes: Uint8Array<ArrayBuffer>

beforeAll(async () => {
  const encoder = new TextEncoder()
  const { files: served } = servedPackage()
  const base = await readBasePackage(
    new HeldFiles((path) =>
      Promise.resolve(served.has(path) ? encoder.encode(served.get(path)) : null),
    ),
  )
  const imports = await Promise.all([ownImport('prov'), ownImport('ett'), ownImport('två')])
  const boundaries = await ownBoundaries()
  const files = new Map([...imports, boundaries].flatMap((made) => [...made.files]))
  const workspace = addBoundaries(
    imports.map(({ layer }) => layer).reduce(addImport, EMPTY_WORKSPACE),
    boundaries.layer,
    TIES,
  )
  const reader = new PackageReader(
    base,
    remember(workspace, {
      recipe: { name: 'R', shape: 's', answers: NO_ANSWERS, indicator: 'ett' },
      areaNames: { Alidhem: 'norr' },
    }),
    new HeldFiles((path) => Promise.resolve(files.get(path) ?? null)),
  )
  project = await collectProject(reader)
  bytes = await writeProject(project, FACTS)
})

async function opened(file: Uint8Array) {
  const reading = await readProject('p.zip', file)
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings))
  return reading
}

describe('a project file', () => {
  it('holds what was saved, and saved again is the same bytes', async () => {
    const reading = await opened(bytes)
    const { base, index, workspace } = project
    expect(reading).toMatchObject({ base, index, workspace, ...FACTS })
    expect(await writeProject(reading, FACTS)).toEqual(bytes)
  })

  it('names the member that is missing, changed or too many, and opens nothing', async () => {
    const members = unzipSync(bytes)
    for (const name of Object.keys(members)) {
      const { [name]: member, ...others } = members
      const changed = member!.slice()
      changed[changed.length >> 1]! ^= 1
      for (const [damaged, codes] of [
        [others, /^project-member-missing$/],
        [{ ...others, [name]: changed }, /^(project-member-changed|package-|file-not-utf8)/],
      ] as const) {
        const reading = await readProject('p.zip', zipSync(damaged))
        expect(reading.ok).toBe(false)
        if (name === 'project.json' && damaged !== others) continue
        expect(reading.findings[0]!.file).toBe(`p.zip/${name}`)
        expect(reading.findings[0]!.code).toMatch(codes)
        expect(findingMessage(reading.findings[0]!)).not.toContain(reading.findings[0]!.code)
      }
    }
    const surplus = await readProject(
      'p.zip',
      zipSync({ ...members, 'package/mer.csv': members['views.json']! }),
    )
    expect(surplus.findings).toMatchObject([
      { code: 'project-surplus', file: 'p.zip/package/mer.csv' },
    ])
  })

  it('never opens in part, whatever byte is changed', async () => {
    let refused = 0
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, change, isCut) => {
          const damaged = isCut ? bytes.slice(0, at) : bytes.slice()
          if (!isCut) damaged[at]! ^= change
          const reading = await readProject('p.zip', damaged)
          if (!reading.ok) {
            refused++
            expect(reading.findings.some(({ severity }) => severity === 'error')).toBe(true)
          } else expect(await writeProject(reading, FACTS)).toEqual(bytes)
        },
      ),
      { seed: 20261122, numRuns: 150 },
    )
    expect(refused).toBeGreaterThan(75)
  })

  it('that was put together by hand must agree with itself', async () => {
    const { layers } = project.workspace
    const contradictions: Project[] = [
      { ...project, base: { ...project.base, title: 'En annan' } },
      { ...project, workspace: { ...project.workspace, layers: layers.slice(1) } },
      {
        ...project,
        index: {
          ...project.index,
          indicators: project.index.indicators.map((one) => ({ ...one, synthetic: true })),
        },
      },
    ]
    const briefing = {
      ...{ id: 'b', title: 'T', author: '', periodText: '', minutes: 20 },
      changedAt: '2026-11-23T09:00:00.000Z',
    }
    for (const address of ['https://exempel.se/', 'javascript:alert(1)', ''])
      contradictions.push({
        ...project,
        workspace: {
          ...project.workspace,
          briefings: [{ ...briefing, slides: [newSlide({ id: 's', kind: 'view', address })] }],
        },
      })
    for (const one of contradictions) {
      const reading = await readProject('p.zip', await writeProject(one, FACTS))
      expect(reading.ok).toBe(false)
    }
  })
})

describe('versions of the project format', () => {
  it('1 opens', async () => {
    const reading = await opened(readFileSync(VERSION_1))
    expect(reading.workspace.layers.map(({ source }) => source.file)).toEqual([
      ...['prov.csv', 'ett.csv', 'två.csv'],
    ])
    expect(reading.workspace.recipes).toHaveLength(1)
    expect(reading.workspace.areaNames).toEqual({ Alidhem: 'norr' })
    expect(reading.index.register.boundaryVersion.id).toBe('ny')
  })

  it('before there were lägesbilder have one of what was saved', () => {
    const { views } = {
      views: [
        {
          address: '#/korsa?utgava=2026-11-03&symptom=a',
          title: 'A',
          detail: 'B',
          savedAt: '2026-11-23T09:00:00.000Z',
        },
      ],
    }
    const { briefings: _none, ...older } = EMPTY_WORKSPACE
    const text = JSON.stringify({ format: 3, workspace: { ...older, views }, project: null })
    const reading = readWorkspaceDocument(text, 'f')
    if (!reading.ok) throw new Error(reading.finding.code)
    const [saved] = reading.document.workspace.briefings
    expect(saved!.slides).toEqual([
      newSlide({ id: 'vy-1', kind: 'view', title: 'A', detail: 'B', address: '#/korsa?symptom=a' }),
    ])
  })

  it('that are newer are said to be', async () => {
    const members = unzipSync(bytes)
    const facts = JSON.parse(new TextDecoder().decode(members['project.json'])) as object
    const newer = new TextEncoder().encode(JSON.stringify({ ...facts, format: 7 }))
    const reading = await readProject('p.zip', zipSync({ ...members, 'project.json': newer }))
    expect(reading.findings).toMatchObject([
      { code: 'project-newer', file: 'p.zip/project.json', text: '7' },
    ])
  })

  it('are brought up step by step', () => {
    const steps = [
      (stored: Readonly<Record<string, unknown>>) => ({ ...stored, two: true }),
      (stored: Readonly<Record<string, unknown>>) => ({ ...stored, three: 'two' in stored }),
    ]
    expect(migrated({ format: 1, own: 1 }, steps)).toEqual({
      ...{ format: 3, own: 1, two: true, three: true },
    })
    expect(migrated({ format: 2 }, steps)).toEqual({ format: 3, three: false })
    expect(migrated({ format: 3 }, steps)).toEqual({ format: 3 })
    for (const stored of [null, [], {}, { format: 0 }, { format: 4 }, { format: '1' }])
      expect(() => migrated(stored, steps)).toThrow()
  })

  it('say which version of the program saved them', () => {
    expect(PRODUCT_VERSION).toBe(packageJson.version)
  })
})
