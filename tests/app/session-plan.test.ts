import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ActivityPlan } from '../../src/core/plan.ts'
import { PackageFault } from '../../src/app/package-files.ts'
import { ProfileReports } from '../../src/app/profile-reports.ts'
import { checkPackageFiles } from '../../src/files/package/check-files.ts'
import { sha256Hex } from '../../src/files/sha256.ts'
import type { ProfileChoice } from '../../src/views/profile/profile-question.ts'
import { MemoryDisk } from '../support/memory-store.ts'
import { ownBoundaries, servedPackage, TIES } from '../support/own-files.ts'
import { openTab, serve } from '../support/session-world.ts'
import { intervention, planOf } from '../support/small-plan.ts'
import { smallSource } from '../support/small-source.ts'

const plan: ActivityPlan = planOf(
  intervention({
    places: {
      kind: 'areas',
      ...{ names: ['A-dalen', 'B-berget'], areas: ['a', 'b'], unresolved: [], note: null },
    },
    followUpMeasures: [
      { text: 'Prov', indicator: 'prov', expected: 'down', reason: 'Nära.', line: 3 },
    ],
  }),
)

const withPlan = () => servedPackage({ ...smallSource(), plan })

let disk: MemoryDisk
beforeEach(() => void (disk = new MemoryDisk()))
afterEach(() => vi.unstubAllGlobals())

/** Paths that the page asks its server for. */
function watched(files: ReadonlyMap<string, string>): readonly string[] {
  serve(files)
  const asked: string[] = []
  const { fetch } = globalThis
  vi.stubGlobal('fetch', (url: URL, options?: RequestInit) => {
    asked.push(url.pathname.replace('/package/', ''))
    return fetch(url, options)
  })
  return asked
}

describe('the plan of a package', () => {
  it('is read when it is asked for, and once', async () => {
    const asked = watched(withPlan().files)
    const session = await openTab(disk)
    expect(asked).toContain('index.json')
    expect(asked).not.toContain('plan.json')
    expect(await session.plan()).toEqual(plan)
    expect(await session.plan()).toEqual(plan)
    expect(asked.filter((path) => path === 'plan.json')).toHaveLength(1)
  })

  it('is none where the package has none, and nothing is asked for', async () => {
    const asked = watched(servedPackage().files)
    const session = await openTab(disk)
    expect(await session.plan()).toBeNull()
    expect(asked).not.toContain('plan.json')
  })

  it.each([
    ['another text than was published', (text: string) => text.replace('More', 'Mere')],
    ['an area that is not there', (text: string) => text.replace('"a"', '"c"')],
    ['no JSON', () => '{'],
  ])('is refused when it is damaged: %s', async (_, damage) => {
    const { files } = withPlan()
    serve(new Map(files).set('plan.json', damage(files.get('plan.json')!)))
    const session = await openTab(disk)
    const fault: unknown = await session.plan().catch((cause: unknown) => cause)
    expect(fault).toBeInstanceOf(PackageFault)
    expect((fault as PackageFault).finding.file).toBe('plan.json')
    // It can be had later.
    serve(files)
    expect(await session.plan()).toEqual(plan)
  })

  it('leaves only its own section out of a profile when it is damaged, and the section says so', async () => {
    const { files } = withPlan()
    const choice: ProfileChoice = {
      ...{ areas: ['a'], groupName: null, comparison: { kind: 'whole' } },
      ...{ period: null, sex: 'T', grouping: 'class' },
    }
    const details = { date: '2026-11-23', words: [], colour: () => '#000' }
    const profile = async (plan: string) => {
      serve(new Map(files).set('plan.json', plan))
      const session = await openTab(disk)
      return (await new ProfileReports(session.profilePackage()).make(choice, details))!
    }
    const sound = await profile(files.get('plan.json')!)
    const damaged = await profile(files.get('plan.json')!.replace('"a"', '"c"'))
    expect(sound.planFault).toBeNull()
    expect(sound.plan).not.toBeNull()
    expect(damaged.plan).toBeNull()
    expect(damaged.planFault).toMatch(/kunde inte läsas.*plan\.json, .*"c"/)
    const others = ({ report }: typeof sound) =>
      report.sections.filter(({ id }) => id !== 'insatser')
    expect(others(damaged)).toEqual(others(sound))
    const instead = damaged.report.sections.find(({ id }) => id === 'insatser')!
    expect(JSON.stringify(instead.blocks)).toContain(JSON.stringify(damaged.planFault).slice(1, -1))
  })

  it('is checked with the rest of the package', async () => {
    const { files, index } = withPlan()
    const check = (texts: ReadonlyMap<string, string>) =>
      checkPackageFiles(index, async (path) => {
        const bytes = new TextEncoder().encode(texts.get(path))
        return {
          text: texts.get(path)!,
          bytes: bytes.length,
          sha256: await sha256Hex(bytes.buffer),
        }
      })
    expect(await check(files)).toEqual([])
    const damaged = files.get('plan.json')!.replace('"prov"', '"annan"')
    expect(await check(new Map(files).set('plan.json', damaged))).toMatchObject([
      { code: 'package-unknown-indicator', file: 'plan.json' },
    ])
  })

  it('goes with a project file, on other boundaries by the names of the same ground', async () => {
    serve(withPlan().files)
    const session = await openTab(disk)
    const plain = await session.writeProject()
    const { layer, files } = await ownBoundaries()
    await session.addBoundaries(layer, files, TIES)
    const moved = await session.plan()
    expect(moved!.interventions[0]!.places).toMatchObject({
      ...{ areas: ['norr'], names: ['A-dalen', 'B-berget'] },
    })
    const drawn = await session.writeProject()

    serve(servedPackage().files)
    for (const [{ name, bytes }, wanted] of [
      [plain, plan],
      [drawn, moved],
    ] as const) {
      const other = await openTab(new MemoryDisk())
      expect(await other.plan()).toBeNull()
      expect(await other.openProject(name, bytes)).toEqual([])
      expect(await other.plan()).toEqual(wanted)
    }
  })
})
