import { withFollowUp } from '../../src/core/follow-up.ts'
import { perStage } from '../../src/core/case-flow.ts'
import { discloseFlow } from '../../src/core/disclosure/case-flow.ts'
import type { DisclosedFlow } from '../../src/core/disclosure/disclosed-flow.ts'
import { withFlow } from '../../src/files/plan/own-flows.ts'
import type { FollowUp } from '../../src/core/plan.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { STATUS_OTHER_BOUNDARIES, STATUS_VALUE } from '../../src/core/cell.ts'
import { crossTableKey } from '../../src/core/cross-plan.ts'
import type { DisclosedTable } from '../../src/core/disclosure/gate.ts'
import type { Session } from '../../src/app/session.svelte.ts'
import type { PackageIndex } from '../../src/core/release.ts'
import { NO_ANSWERS } from '../../src/files/tables/mapping.ts'
import { withoutSlide } from '../../src/views/briefing/briefing.ts'
import { MemoryDisk } from '../support/memory-store.ts'
import { COUNTS, ownBoundaries, ownImport, servedPackage, TIES } from '../support/own-files.ts'
import { openTab, serve, settled } from '../support/session-world.ts'
import { smallSource } from '../support/small-source.ts'

let disk: MemoryDisk
let served: PackageIndex

beforeEach(() => {
  disk = new MemoryDisk()
  const { files, index } = servedPackage()
  served = index
  serve(files)
})
afterEach(() => vi.unstubAllGlobals())

const codes = (findings: readonly { code: string }[]) => findings.map(({ code }) => code)

/** An indicator's finest table, as it is shown. */
async function districts(session: Session, indicator: string): Promise<DisclosedTable> {
  const wanted = { indicator, level: 'stadsdel' }
  return (await session.tablesFor([wanted])).get(crossTableKey(indicator, wanted.level))!
}

/** Counts of an indicator's districts in its first quarter, as they are shown. */
async function firstQuarter(session: Session, indicator: string): Promise<number[]> {
  const table = await districts(session, indicator)
  return [...table.numerator.slice(0, table.areas.length)]
}

const EARLIER_COUNTS = COUNTS.map((count) => count + 20)

/** What each release of an indicator shows of the first district's first quarter, oldest first. */
async function earlierQuarters(session: Session, indicator: string): Promise<number[]> {
  const releases = await session.earlierReleases(indicator)
  return releases.map(({ tables }) => tables.at(-1)!.numerator[0]!)
}

async function imported(session: Session, id: string, counts = COUNTS) {
  const { layer, files } = await ownImport(id, { counts })
  const findings = await session.addImport(layer, files)
  return { layer, files, findings }
}

describe('a session without own files', () => {
  it('shows the package as it is served', async () => {
    const session = await openTab(disk)
    expect(session.packageFault).toBeNull()
    expect(session.index).toEqual(served)
    await vi.waitFor(() => expect(session.table?.indicator).toBe('prov'), 10_000)
    expect(session.layerList).toEqual([])
    expect(disk.document).toBeNull()
  })

  it('needs no storage', async () => {
    disk.isUnavailable = true
    const session = await openTab(disk)
    expect(session.index).toEqual(served)
    expect(session.workspaceFindings).toEqual([])
  })
})

describe('a session with own files', () => {
  it('shows an import at once, and after a reload, until it is removed', async () => {
    const session = await openTab(disk)
    const { layer, findings } = await imported(session, 'egen')
    expect(findings).toEqual([])
    expect(session.view?.indicator.id).toBe('egen')
    expect(session.table?.indicator).toBe('egen')
    expect(session.map).not.toBeNull()
    expect(await firstQuarter(session, 'egen')).toEqual(COUNTS.slice(0, 2))
    expect(session.layerList).toMatchObject([
      { id: layer.id, kind: 'import', isStored: true, indicators: [{ id: 'egen' }] },
    ])

    const reloaded = await openTab(disk)
    expect(reloaded.index).toEqual(session.index)
    expect(reloaded.table?.indicator).toBe('egen')
    expect(await firstQuarter(reloaded, 'egen')).toEqual(COUNTS.slice(0, 2))

    expect(await reloaded.removeLayer(layer.id)).toEqual([])
    expect(reloaded.index).toEqual(served)
    expect(reloaded.view?.indicator.id).toBe('prov')
    expect(disk.files.size).toBe(0)
    expect((await openTab(disk)).index).toEqual(served)
  })

  it('replaces the same indicator of the package and brings it back', async () => {
    const session = await openTab(disk)
    const before = await firstQuarter(session, 'prov')
    const { layer } = await imported(session, 'prov')
    expect(await firstQuarter(session, 'prov')).toEqual(COUNTS.slice(0, 2))
    expect(session.index!.indicators.map(({ synthetic }) => synthetic)).toEqual([false])
    await session.removeLayer(layer.id)
    expect(await firstQuarter(session, 'prov')).toEqual(before)
  })

  it('keeps what a later file stands in place of, until that is removed', async () => {
    const session = await openTab(disk)
    await imported(session, 'egen', EARLIER_COUNTS)
    const { layer } = await imported(session, 'egen')
    for (const tab of [session, await openTab(disk)]) {
      expect(tab.layerList).toHaveLength(1)
      expect(await firstQuarter(tab, 'egen')).toEqual(COUNTS.slice(0, 2))
      expect(await earlierQuarters(tab, 'egen')).toEqual([EARLIER_COUNTS[0], COUNTS[0]])
    }
    const log = await session.disclosureLog()
    expect(log?.earlier.map(({ folder }) => folder)).toEqual(['egen.csv'])
    // Invented figures are no release.
    expect(await session.earlierReleases('prov')).toEqual([])
    await session.removeLayer(layer.id)
    expect(await session.earlierReleases('egen')).toEqual([])
    expect(disk.files.size).toBe(0)
  })

  it('logs what the imports hid beside what the package did', async () => {
    const session = await openTab(disk)
    await imported(session, 'egen')
    const log = await session.disclosureLog()
    expect(log?.indicators.map(({ indicator }) => indicator)).toEqual(['prov', 'egen'])
    expect(log?.signed).toBeNull()
  })

  it('keeps the analyst’s own words of a place, whatever order its areas are chosen in', async () => {
    const session = await openTab(disk)
    await session.saveWords(['b', 'a'], ' Stycke ett.\n\nStycke två. ')
    await session.saveWords(['c'], 'Borta snart.')
    await session.saveWords(['c'], '  ')
    const reloaded = await openTab(disk)
    expect(reloaded.workspace.words).toEqual({ 'a+b': 'Stycke ett.\n\nStycke två.' })
    const { bytes, name } = await reloaded.writeProject()
    const other = await openTab(new MemoryDisk())
    expect(await other.openProject(name, bytes)).toEqual([])
    expect(other.workspace.words).toEqual({ 'a+b': 'Stycke ett.\n\nStycke två.' })
  })

  it('keeps follow-ups of the plan, in the browser and in the project file', async () => {
    const session = await openTab(disk)
    const record: FollowUp = {
      ...{ intervention: 'kraft', halfYear: '2026-H2', status: 'pagaende', reading: 'pa-vag' },
      measures: [{ name: 'Deltagare', value: 12, unit: 'personer' }],
      ...{ comment: 'Väntar på lokal.', date: '2026-11-23', lines: null },
    }
    const earlier = { ...record, halfYear: '2026-H1' }
    const other = await openTab(disk)
    await session.changeFollowUps((own) => withFollowUp(own, record))
    await other.changeFollowUps((own) => withFollowUp(own, earlier))
    const reloaded = await openTab(disk)
    expect(reloaded.followUps).toEqual([earlier, record])
    const { bytes, name } = await reloaded.writeProject()
    const elsewhere = await openTab(new MemoryDisk())
    expect(await elsewhere.openProject(name, bytes)).toEqual([])
    expect(elsewhere.followUps).toEqual([earlier, record])
  })

  it('keeps own flows of cases, with what was released of them before', async () => {
    const session = await openTab(disk)
    const released = (received: readonly number[]): DisclosedFlow => {
      const outcome = discloseFlow(
        {
          ...{ id: 'sig', title: 'SIG', targetGroup: '', remarks: [], isExample: false },
          source: { title: 'sig.xlsx', publisher: '', section: '' },
          policy: {
            ...{ kind: 'person', threshold: 5, complement: false, zeros: 'may-be-hidden' },
            ...{ minimumDenominator: 0, minimumRespondents: 0 },
          },
          stages: perStage((stage) => ({ name: stage, meaning: '' })),
          months: received.map((_, at) => `2026-0${at + 1}`),
          counts: { ...perStage(() => received.map(() => null)), received },
          totals: perStage(() => null),
        },
        { finest: 'month' },
      )
      if (!outcome.ok) throw new Error(outcome.why)
      return outcome.flow
    }
    const [first, second] = [released([12, 3]), released([12, 3, 9])]
    expect(first.cells.received).toEqual([12, 'hidden'])
    await session.changeFlows((own) => withFlow(own, first))
    await session.changeFlows((own) => withFlow(own, second))
    const kept = [{ flow: second, earlier: [first] }]
    const reloaded = await openTab(disk)
    expect(reloaded.ownFlows).toEqual(kept)
    expect((await reloaded.caseFlows()).at(-1)).toEqual(second)
    const { bytes, name } = await reloaded.writeProject()
    const elsewhere = await openTab(new MemoryDisk())
    expect(await elsewhere.openProject(name, bytes)).toEqual([])
    expect(elsewhere.ownFlows).toEqual(kept)
  })

  it('keeps views that were saved, each address once', async () => {
    const session = await openTab(disk)
    const view = { address: '#/korsa?symptom=a', title: 'A', detail: 'per område' }
    await session.saveView(view)
    await session.saveView({ ...view, address: '#/korsa?symptom=b', title: 'B' })
    await session.saveView({ ...view, title: 'A igen' })
    const reloaded = await openTab(disk)
    const titles = (session: Session) => session.briefing?.slides.map(({ title }) => title)
    // Saved once more, it keeps its place and what was written of it.
    expect(titles(reloaded)).toEqual(['A', 'B'])
    expect(reloaded.isInBriefing(view.address)).toBe(true)
    const { name, bytes } = await reloaded.writeProject()
    const other = await openTab(new MemoryDisk())
    expect(await other.openProject(name, bytes)).toEqual([])
    expect(other.workspace.briefings).toEqual(reloaded.workspace.briefings)
    const { id, slides } = other.briefing!
    await other.changeBriefing(id, (one) => withoutSlide(one, slides[0]!.id))
    expect(titles(other)).toEqual(['B'])
  })

  it('remembers how files are read', async () => {
    const session = await openTab(disk)
    const recipe = { name: 'R', shape: 's', answers: NO_ANSWERS, indicator: 'egen' }
    await session.remember({ recipe, areaNames: { Alidhem: 'a' } })
    const reloaded = await openTab(disk)
    expect(reloaded.workspace.recipes).toEqual([recipe])
    expect(reloaded.workspace.areaNames).toEqual({ Alidhem: 'a' })
  })
})

describe('storage', () => {
  it('that is full leaves the import in the tab, and stores it when there is room', async () => {
    const session = await openTab(disk)
    disk.room = 100
    const { findings, layer } = await imported(session, 'egen')
    expect(codes(findings)).toEqual(['project-storage-full'])
    expect(session.view?.indicator.id).toBe('egen')
    expect(session.layerList.map(({ isStored }) => isStored)).toEqual([false])
    expect((await openTab(disk)).index).toEqual(served)

    disk.room = Infinity
    expect((await imported(session, 'annan')).findings).toEqual([])
    expect(session.layerList.map(({ isStored }) => isStored)).toEqual([true, true])
    expect((await openTab(disk)).layerList.map(({ id }) => id)).toContain(layer.id)
  })

  it('that is not there leaves the import in the tab', async () => {
    disk.isUnavailable = true
    const session = await openTab(disk)
    expect(codes((await imported(session, 'egen')).findings)).toEqual([
      'project-storage-unavailable',
    ])
    expect(await firstQuarter(session, 'egen')).toEqual(COUNTS.slice(0, 2))
  })

  it('that cannot be read is left as it is, and the package shown', async () => {
    for (const text of ['{', '{"format":1}', '{"format":99,"workspace":{},"project":null}']) {
      disk.document = { revision: 7, text }
      const session = await openTab(disk)
      expect(session.index).toEqual(served)
      expect(codes(session.workspaceFindings)).toEqual([
        text.includes('99') ? 'project-stored-newer' : 'project-stored-damaged',
      ])
      expect(codes((await imported(session, 'egen')).findings)).toEqual(['project-storage-locked'])
      expect(session.view?.indicator.id).toBe('egen')
      expect(disk.document).toEqual({ revision: 7, text })
    }
  })

  it('that was not expected to hold anything is shown when it has been read', async () => {
    await imported(await openTab(disk), 'egen')
    vi.spyOn(MemoryDisk.prototype, 'mayHold').mockReturnValue(false)
    const session = await openTab(disk)
    await settled()
    expect(session.layerList.map(({ indicators }) => indicators[0]!.id)).toEqual(['egen'])
    expect(session.table?.indicator).toBe('egen')
    vi.restoreAllMocks()
  })

  it('with a damaged file has a fault there and nowhere else', async () => {
    await imported(await openTab(disk), 'egen')
    for (const [key, bytes] of disk.files) disk.files.set(key, bytes.slice(0, -3))
    const session = await openTab(disk)
    expect(session.tableFault?.code).toMatch(/^released-/)
    session.show({ indicator: 'prov' })
    await settled()
    await vi.waitFor(() => expect(session.table?.indicator).toBe('prov'), 10_000)
    expect(session.layerList).toHaveLength(1)
  })
})

describe('two tabs', () => {
  it('see what each other imports, and undo nothing', async () => {
    const [one, two] = [await openTab(disk), await openTab(disk)]
    const first = await imported(one, 'ett')
    await settled()
    expect(two.layerList.map(({ id }) => id)).toEqual([first.layer.id])
    expect(codes(two.workspaceFindings)).toEqual(['project-other-tab'])
    expect(two.view?.indicator.id).toBe('prov')

    const [second] = await Promise.all([imported(two, 'två'), imported(one, 'tre')])
    await settled()
    for (const tab of [one, two, await openTab(disk)])
      expect(tab.layerList.map(({ indicators }) => indicators[0]!.id).sort()).toEqual([
        ...['ett', 'tre', 'två'],
      ])
    await one.removeLayer(second.layer.id)
    await settled()
    expect(two.layerList).toHaveLength(2)
  })
})

describe('own boundaries', () => {
  it('move figures of the same ground, and say what is of other ground', async () => {
    const session = await openTab(disk)
    const before = await firstQuarter(session, 'prov')
    await imported(session, 'gammal')
    const { layer, files } = await ownBoundaries()
    expect(await session.addBoundaries(layer, files, TIES)).toEqual([])
    expect(session.levelAreas.map(({ id }) => id)).toEqual(['norr', 'söder', 'väster'])
    expect(session.shapes?.shapes).toHaveLength(3)

    for (const tab of [session, await openTab(disk)]) {
      expect(await firstQuarter(tab, 'gammal')).toEqual([COUNTS[0], NaN, NaN])
      const table = await districts(tab, 'prov')
      expect([...table!.status.slice(0, 3)].slice(1)).toEqual([
        STATUS_OTHER_BOUNDARIES,
        STATUS_OTHER_BOUNDARIES,
      ])
      expect(table!.numerator[0]).toEqual(before[0])
    }

    // Figures that were read against the new ones.
    const { layer: own, files: ownFiles } = await ownImport('ny', {
      ...{ register: layer.register, areas: ['norr', 'söder', 'väster'] },
      counts: [40, 50, 60, 70, 80, 90, 41, 51, 61, 71, 81, 91],
    })
    await session.addImport(own, ownFiles)
    expect(await firstQuarter(session, 'ny')).toEqual([40, 50, 60])

    await session.removeLayer(layer.id)
    expect(session.levelAreas.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(await firstQuarter(session, 'prov')).toEqual(before)
    expect(await firstQuarter(session, 'gammal')).toEqual(COUNTS.slice(0, 2))
    expect(await firstQuarter(session, 'ny')).toEqual([40, NaN])
  })

  it('of a package that was published anew in another order move figures to their areas', async () => {
    await imported(await openTab(disk), 'egen')
    const source = smallSource()
    const [whole, a, b] = source.register.areas
    const turned = { ...source.register, areas: [whole!, b!, a!] }
    const [county, districts] = source.tables
    serve(
      servedPackage({
        ...{ ...source, register: turned, incidents: null },
        tables: [county!, { ...districts!, areas: ['b', 'a'] }],
      }).files,
    )
    const session = await openTab(disk)
    expect(session.levelAreas.map(({ id }) => id)).toEqual(['b', 'a'])
    expect(await firstQuarter(session, 'egen')).toEqual([COUNTS[1], COUNTS[0]])
    const { bytes } = await session.writeProject()
    const opened = await openTab(new MemoryDisk())
    await opened.openProject('p.zip', bytes)
    expect(await firstQuarter(opened, 'egen')).toEqual([COUNTS[1], COUNTS[0]])
  })

  it('that cannot be drawn leave all as it was', async () => {
    const session = await openTab(disk)
    const { layer, files } = await ownBoundaries()
    const damaged = new Map([...files].map(([path]) => [path, new TextEncoder().encode('{}')]))
    const findings = await session.addBoundaries(layer, damaged, TIES)
    expect(findings.some(({ severity }) => severity === 'error')).toBe(true)
    expect(session.index).toEqual(served)
    expect(session.shapes?.shapes).toHaveLength(2)
    expect((await openTab(disk)).index).toEqual(served)
  })
})

describe('a project file', () => {
  /** A session with all there can be, and its project. */
  async function saved() {
    const session = await openTab(disk)
    await imported(session, 'egen', EARLIER_COUNTS)
    await imported(session, 'egen')
    const { layer, files } = await ownBoundaries()
    await session.addBoundaries(layer, files, TIES)
    await session.remember({ areaNames: { Alidhem: 'norr' } })
    return { session, ...(await session.writeProject()) }
  }

  /** Another municipality's site. */
  function serveAnother(): void {
    const source = smallSource()
    serve(servedPackage({ ...source, release: { ...source.release, id: 'annan' } }).files)
  }

  it('opens on a machine that serves another package, and stays', async () => {
    const { session, name, bytes } = await saved()
    expect(name).toMatch(/^lageskartan-hela-\d{4}-\d\d-\d\d\.lagesprojekt\.zip$/)
    const figures = {
      egen: await firstQuarter(session, 'egen'),
      prov: await firstQuarter(session, 'prov'),
    }
    serveAnother()
    const other = new MemoryDisk()
    const opened = await openTab(other)
    expect(opened.index!.release.id).toBe('annan')
    expect(await opened.openProject(name, bytes)).toEqual([])
    for (const tab of [opened, await openTab(other)]) {
      expect(tab.projectName).toBe(name)
      expect(await firstQuarter(tab, 'egen')).toEqual(figures.egen)
      expect(await firstQuarter(tab, 'prov')).toEqual(figures.prov)
      expect(tab.levelAreas.map(({ id }) => id)).toEqual(['norr', 'söder', 'väster'])
      expect(tab.layerList.map(({ indicators }) => indicators[0]!.id)).toEqual(['egen'])
      expect(tab.workspace.areaNames).toEqual({ Alidhem: 'norr' })
      expect((await tab.disclosureLog())?.indicators).toHaveLength(2)
      // On these boundaries only the first of the two areas is the same ground.
      expect(await earlierQuarters(tab, 'egen')).toEqual([EARLIER_COUNTS[0], COUNTS[0]])
    }

    await opened.removeLayer(opened.layerList[0]!.id)
    const without = await openTab(other)
    expect(without.index!.indicators.map(({ id }) => id)).toEqual(['prov'])
    expect(await firstQuarter(without, 'prov')).toEqual(figures.prov)

    await without.closeProject()
    expect(without.index!.release.id).toBe('annan')
    expect(other.files.size).toBe(0)
  })

  it('of a project that was opened is the same', async () => {
    const { bytes } = await saved()
    vi.useFakeTimers({ now: new Date('2026-11-22T10:00:00Z'), toFake: ['Date'] })
    const opened = await openTab(new MemoryDisk())
    await opened.openProject('ett.zip', bytes)
    const again = await opened.writeProject()
    const twice = await openTab(new MemoryDisk())
    await twice.openProject('två.zip', again.bytes)
    const third = await twice.writeProject()
    vi.useRealTimers()
    expect(Buffer.from(third.bytes).equals(Buffer.from(again.bytes))).toBe(true)
  })

  it('that is damaged changes nothing', async () => {
    const { session, bytes } = await saved()
    const index = session.index
    const damaged = bytes.slice()
    damaged[damaged.length >> 1]! ^= 0xff
    const findings = await session.openProject('skadad.zip', damaged)
    expect(findings.some(({ severity }) => severity === 'error')).toBe(true)
    expect(session.index).toBe(index)
    expect(session.projectName).toBeNull()
  })

  it('and storage hold no hidden figure', async () => {
    // Counts that stand nowhere else; the small one takes the large ones with it.
    const counts = [3, 641_113, 641_117, 641_129, 641_131, 641_143, 641_153, 641_157]
    const session = await openTab(disk)
    await imported(session, 'egen', counts)
    const table = await districts(session, 'egen')
    const hidden = counts.filter((count, at) => count > 5 && table!.status[at] !== STATUS_VALUE)
    const shown = counts.filter((_, at) => table!.status[at] === STATUS_VALUE)
    expect(hidden.length).toBeGreaterThan(0)
    expect(shown.length).toBeGreaterThan(0)
    const { bytes } = await session.writeProject()
    const { unzipSync } = await import('fflate')
    const kept = [...disk.contents(), ...Object.values(unzipSync(bytes))].map((content) =>
      Buffer.from(content).toString('latin1'),
    )
    for (const figure of shown) expect(kept.some((text) => text.includes(`${figure}`))).toBe(true)
    for (const figure of hidden)
      for (const text of kept) expect(text.includes(`${figure}`)).toBe(false)
  })
})
