import { untrack } from 'svelte'
import type { Topology } from 'topojson-specification'
import { areasAtLevel, wholeArea, type Area, type AreaId, type LevelId } from '../core/area.ts'
import { crossTableKey } from '../core/cross-plan.ts'
import type { DisclosedFlow } from '../core/disclosure/disclosed-flow.ts'
import type { DisclosedTable } from '../core/disclosure/gate.ts'
import type { DisclosureLog } from '../core/disclosure/log.ts'
import type { EarlierRelease } from '../core/disclosure/release-import.ts'
import type { Finding } from '../core/finding.ts'
import { STATUS_VALUE } from '../core/cell.ts'
import type { LevelGround } from '../core/cross-values.ts'
import type { Indicator, IndicatorId, Sex } from '../core/indicator.ts'
import { kindOf, type PeriodCode } from '../core/period.ts'
import { sliceAt } from '../core/released-slice.ts'
import { planWithFollowUps } from '../core/follow-up.ts'
import type { ActivityPlan, FollowUp } from '../core/plan.ts'
import type { PackageIndex } from '../core/release.ts'
import {
  encode,
  resolveView,
  tablesOf,
  SELECTED_AREAS_MAX,
  type Ignored,
  type ResolvedView,
  type ViewNote,
  type ViewState,
} from '../core/view-state.ts'
import { STORAGE_NAME } from '../text/workspace.ts'
import {
  levelShapes,
  waterShapes,
  type LevelShapes,
  type WaterShape,
} from '../views/area-shapes.ts'
import { breakScale, choropleth, valuesForBreaks, type Choropleth } from '../views/choropleth.ts'
import { areaList, type AreaList } from '../views/area-list.ts'
import {
  areaIncidents,
  hexagonIncidents,
  monthsOf,
  type IncidentLayerView,
  type IncidentQuestion,
} from '../views/incident-layer.ts'
import { trend, type Trend } from '../views/trend.ts'
import type { Neighbours } from '../files/package/neighbours.ts'
import { withOwnFlows, type OwnFlow } from '../files/plan/own-flows.ts'
import type { BoundaryTies } from '../files/package/boundary-ties.ts'
import {
  addBoundaries,
  addImport,
  EMPTY_WORKSPACE,
  remember,
  removeLayer,
  type BoundaryLayer,
  type ImportLayer,
  type LayerFiles,
  type LayerId,
  type Workspace,
} from '../files/package/overlay.ts'
import { PRODUCT_VERSION } from '../files/package/product.ts'
import { withWords } from '../files/package/own-words.ts'
import { browserStore } from '../storage/browser-store.ts'
import type { WorkspaceStore } from '../storage/workspace-store.ts'
import {
  currentBriefing,
  newSlide,
  withBriefing,
  withSlide,
  withSlideChanged,
  type Briefing,
} from '../views/briefing/briefing.ts'
import { sv } from '../text/sv.ts'
import { Engine } from './engine.svelte.ts'
import {
  PackageFault,
  PackageReader,
  readBasePackage,
  type BasePackage,
  type HexagonOutlines,
} from './load.ts'
import { packageFault, ServedFiles } from './package-files.ts'
import { projectFileName } from '../files/package/project-base.ts'
import { WorkspaceKeeper, type LayerRow } from './workspace.ts'
import type { OfflineState } from './offline.ts'
import type { SlideMaking, SlidePackage } from './slide-making.ts'
import { AddressBar } from './url.ts'

/** Fields that decide nothing of the map: the camera and the phone's tab change often, others are of other pages. */
const ASIDE = {
  ...{ camera: null, tab: 'map', page: 'karta' },
  ...{ crossEvent: null, crossFactor: null, lag: 'none', controls: [], crossTab: 'matrix' },
  ...{ profileAreas: [], compareWith: '', likeness: [], profilePeriod: null },
  ...{
    planPart: 'plan',
    planMatrix: 'level',
    planView: 'timeline',
    planDepartment: null,
    planLevel: null,
  },
  ...{ planProblem: null, planPlace: null, planStatus: null, planHalfYear: null },
  ...{ planCell: [], effort: null, movedIndicator: null, movedArea: null, movedKind: null },
  ...{ profileGrouping: 'class', briefing: null, showing: 'none', slide: 1 },
} as const satisfies Partial<ViewState>

/** What a choice took until everything shown was computed, on the browser's own time line. */
const CHOICE_COMPUTED = 'choice-computed'

/** What is remembered of an import beside its figures. */
type Memory = Parameters<typeof remember>[1]

/**
 * What the page knows at this moment. Owns the loaded package (index, boundaries, admitted tables), what is hovered,
 * and a copy of the view state whose owner is the address bar. Data are replaced, never mutated.
 */
export class Session {
  private readonly served: ServedFiles
  private servedPackage: Promise<BasePackage> | null = null
  private readonly keeper: WorkspaceKeeper
  /** Replaced when the analyst's own files change. */
  private reader: PackageReader | null = null
  private readonly address: AddressBar
  readonly engine = new Engine()

  private state = $state.raw<ViewState>(null!)
  ignored = $state.raw<readonly Ignored[]>([])
  index = $state.raw<PackageIndex | null>(null)
  topology = $state.raw<Topology | null>(null)
  private tables = $state.raw<ReadonlyMap<string, DisclosedTable>>(new Map())
  private faults = $state.raw<ReadonlyMap<string, Finding>>(new Map())
  /** The package itself cannot be opened. */
  packageFault = $state.raw<Finding | null>(null)
  hovered = $state.raw<number | null>(null)
  offline = $state.raw<OfflineState>('installing')
  /** A sentence for screen readers; replaced when something happened that is only seen. */
  announcement = $state('')
  notesDismissed = $state(false)
  /** The analyst's own files, and what is remembered of how they are read. */
  workspace = $state.raw<Workspace>(EMPTY_WORKSPACE)
  layerList = $state.raw<readonly LayerRow[]>([])
  /** What could not be stored or read back; another tab's changes. */
  workspaceFindings = $state.raw<readonly Finding[]>([])
  /** File of the project that is open in place of the served package. */
  projectName = $state.raw<string | null>(null)
  private underway = new Map<string, Promise<DisclosedTable | null>>()
  /** Changes of the analyst's own files are made one after the other. */
  private lastChange: Promise<unknown> = Promise.resolve()

  constructor(packageUrl: string, store: WorkspaceStore = browserStore(storeName(packageUrl))) {
    this.served = new ServedFiles(packageUrl)
    this.keeper = new WorkspaceKeeper(store)
    this.keeper.watch(() => void this.followOtherTab())
    this.address = new AddressBar((state, ignored) => {
      this.ignored = ignored
      this.notesDismissed = false
      this.state = state
      void this.loadShown()
    })
    this.state = this.address.state
    this.ignored = this.address.ignoredAtStart
  }

  /**
   * Reads the index and what the browser has stored side by side, then boundaries and the opening tables. When the
   * analyst's own files cannot be opened, the served package is, and `workspaceFindings` says so.
   */
  async open(): Promise<void> {
    this.packageFault = null
    // Whether it is needed is known when the stored workspace has been read.
    this.readServed().catch(() => undefined)
    const opening = this.keeper.open()
    const wait = this.keeper.mayHold ? nothingAfter(STORED_WAIT_MS) : null
    const findings = await Promise.race([opening, wait])
    if (findings) this.workspaceFindings = findings
    else void opening.then((late) => this.showLate(late))
    const hasOwn = !this.keeper.isEmpty
    try {
      await this.openWith(await this.readerOfWorkspace())
    } catch (cause) {
      if (!(cause instanceof PackageFault)) throw cause
      if (!hasOwn) return this.failToOpen(cause)
      this.keeper.leaveStored()
      try {
        await this.openWith(await this.readerOfWorkspace())
        this.workspaceFindings = [cause.finding, ...this.workspaceFindings]
      } catch (second) {
        if (!(second instanceof PackageFault)) throw second
        this.failToOpen(second)
      }
    }
  }

  /** What the browser had stored, when the first map did not wait for it. */
  private async showLate(findings: readonly Finding[]): Promise<void> {
    if (this.keeper.isEmpty && findings.length === 0) {
      this.workspace = this.keeper.document.workspace
      return
    }
    await this.inTurn(() => this.showing(findings))
  }

  private async openWith(reader: PackageReader): Promise<void> {
    this.hold(reader)
    const [topology] = await Promise.all([reader.boundaries(), this.loadShown()])
    if (this.reader === reader) this.topology = topology
  }

  private failToOpen({ finding }: PackageFault): void {
    this.index = null
    this.topology = null
    this.packageFault = finding
  }

  private readServed(): Promise<BasePackage> {
    this.servedPackage ??= readBasePackage(this.served).catch((cause: unknown) => {
      this.servedPackage = null
      throw cause
    })
    return this.servedPackage
  }

  private async readerOfWorkspace(): Promise<PackageReader> {
    const base = (await this.keeper.projectPackage()) ?? (await this.readServed())
    return new PackageReader(base, this.keeper.document.workspace, this.keeper.layerFiles)
  }

  /** Everything that is read from now on is of this package. */
  private hold(reader: PackageReader): void {
    this.reader = reader
    this.underway = new Map()
    this.outlines = null
    this.neighbours = null
    this.grounds.clear()
    this.log = null
    this.planRead = null
    this.flowsRead = null
    this.index = reader.index
    this.workspace = this.keeper.document.workspace
    this.layerList = this.keeper.rows()
    this.projectName = this.keeper.document.project?.name ?? null
  }

  /**
   * Puts a file's figures in place of what there was of their indicators, and shows the first of them. @returns why
   * they could not be stored; then they are there until the tab is closed
   */
  addImport(
    layer: ImportLayer,
    files: LayerFiles,
    memory: Memory = {},
  ): Promise<readonly Finding[]> {
    const [indicator] = layer.indicators
    return this.inTurn(async () => {
      const findings = await this.keeper.change(
        (workspace) => remember(addImport(workspace, layer), memory),
        files,
      )
      return this.showing(findings, indicator ? this.viewOf(indicator) : {})
    })
  }

  /**
   * Lays boundaries in place of those that are in effect. @returns why they could not be stored, or an error when they
   * could not be drawn; then all is as it was
   */
  addBoundaries(
    layer: BoundaryLayer,
    files: LayerFiles,
    ties: BoundaryTies,
  ): Promise<readonly Finding[]> {
    return this.inTurn(async () => {
      const before = this.keeper.document.workspace.boundaries
      const findings = await this.keeper.change(
        (workspace) => addBoundaries(workspace, layer, ties),
        files,
      )
      try {
        await this.applyWorkspace({ areas: [] })
        this.workspaceFindings = findings
        return findings
      } catch (cause) {
        if (!(cause instanceof PackageFault)) throw cause
        await this.keeper.change((workspace) => ({ ...workspace, boundaries: before }))
        await this.applyWorkspace()
        return [cause.finding]
      }
    })
  }

  /** Removes one of the analyst's own files; what it replaced of the package is back. */
  removeLayer(id: LayerId): Promise<readonly Finding[]> {
    return this.inTurn(async () => {
      const findings = await this.keeper.change((workspace) => removeLayer(workspace, id))
      return this.showing(findings)
    })
  }

  /** Remembers how files of a shape are read, and names that were asked about. */
  remember(memory: Memory): Promise<readonly Finding[]> {
    return this.changeMemory((workspace) => remember(workspace, memory))
  }

  /** The lägesbild that is being worked on. */
  get briefing(): Briefing | null {
    return currentBriefing(this.workspace.briefings)
  }

  /** Whether the lägesbild that is being worked on has a slide of a view. */
  isInBriefing(address: string | null): boolean {
    return this.briefing?.slides.some((slide) => slide.address === address) ?? false
  }

  /**
   * Saves a view last in the lägesbild that is being worked on; in a new one where there is none. @returns why it could
   * not be stored; then it is of this tab alone
   */
  saveView(view: {
    readonly address: string
    readonly title: string
    readonly detail: string
  }): Promise<readonly Finding[]> {
    const slide = newSlide({ ...view, id: newId(), kind: 'view' })
    const changedAt = new Date().toISOString()
    const first = emptyBriefing(newId(), changedAt)
    return this.changeMemory(({ briefings, ...rest }) => {
      const current = currentBriefing(briefings) ?? first
      const known = current.slides.find(({ address }) => address === view.address)
      const next = known
        ? withSlideChanged(current, known.id, { detail: view.detail })
        : withSlide(current, slide)
      return { ...rest, briefings: withBriefing(briefings, { ...next, changedAt }) }
    })
  }

  /** Puts a lägesbild beside those that there are, to be worked on. */
  addBriefing(briefing: Briefing): Promise<readonly Finding[]> {
    return this.changeMemory(({ briefings, ...rest }) => ({
      ...{ ...rest, briefings: withBriefing(briefings, briefing) },
    }))
  }

  /** Changes a lägesbild as it is stored at that moment. */
  changeBriefing(
    id: string,
    change: (briefing: Briefing) => Briefing,
  ): Promise<readonly Finding[]> {
    const changedAt = new Date().toISOString()
    return this.changeMemory(({ briefings, ...rest }) => ({
      ...rest,
      briefings: briefings.map((one) => (one.id === id ? { ...change(one), changedAt } : one)),
    }))
  }

  removeBriefing(id: string): Promise<readonly Finding[]> {
    return this.changeMemory(({ briefings, ...rest }) => ({
      ...{ ...rest, briefings: briefings.filter((one) => one.id !== id) },
    }))
  }

  /** Keeps the analyst's own words of a place. @returns why they could not be stored; then they are of this tab alone */
  saveWords(areas: readonly AreaId[], text: string): Promise<readonly Finding[]> {
    return this.changeMemory(({ words, ...rest }) => ({
      ...{ ...rest, words: withWords(words, areas, text) },
    }))
  }

  /** How the plan's efforts go, as it was written here: beside what the plan itself tells. */
  get followUps(): readonly FollowUp[] {
    return this.workspace.followUps
  }

  /**
   * Changes the follow-ups as they are stored at that moment.
   * @returns why they could not be stored; then they are of this tab alone
   */
  changeFollowUps(
    change: (records: readonly FollowUp[]) => readonly FollowUp[],
  ): Promise<readonly Finding[]> {
    return this.changeMemory(({ followUps, ...rest }) => ({
      ...{ ...rest, followUps: change(followUps) },
    }))
  }

  /** Work with individuals as counts that were read here, oldest first. */
  get ownFlows(): readonly OwnFlow[] {
    return this.workspace.caseFlows
  }

  /** @returns why they could not be stored; then they are of this tab alone */
  changeFlows(
    change: (flows: readonly OwnFlow[]) => readonly OwnFlow[],
  ): Promise<readonly Finding[]> {
    return this.changeMemory(({ caseFlows, ...rest }) => ({
      ...{ ...rest, caseFlows: change(caseFlows) },
    }))
  }

  /** A change of what is remembered, which no figure hangs on. */
  private changeMemory(change: (workspace: Workspace) => Workspace): Promise<readonly Finding[]> {
    return this.inTurn(async () => {
      const findings = await this.keeper.change(change)
      this.workspace = this.keeper.document.workspace
      return findings
    })
  }

  /** The whole package with the analyst's own files as one file. @throws PackageFault when some of it cannot be had */
  async writeProject(): Promise<{
    readonly name: string
    readonly bytes: Uint8Array<ArrayBuffer>
  }> {
    const [{ collectProject }, { packProject }] = await Promise.all([
      import('./collect-project.ts'),
      import('./project-files.ts'),
    ])
    const { recipes, areaNames, briefings, words, followUps, caseFlows } = this.workspace
    const collected = await collectProject(this.reader!)
    const own = { recipes, areaNames, briefings, words, followUps, caseFlows }
    const workspace = { ...collected.workspace, ...own }
    const project = { ...collected, workspace }
    const created = new Date().toISOString()
    const name = projectFileName(project.index, created)
    const bytes = await packProject(name, project, { created, product: PRODUCT_VERSION })
    return { name, bytes }
  }

  /**
   * Puts a project in place of the package and of all own files. @returns errors, and then nothing has changed;
   * otherwise at most why it could not be stored
   */
  async openProject(name: string, bytes: Uint8Array): Promise<readonly Finding[]> {
    const { unpackProject } = await import('./project-files.ts')
    const reading = await unpackProject(name, bytes)
    if (!reading.ok) return reading.findings
    return this.inTurn(async () => {
      const findings = await this.keeper.openProject(name, reading)
      return this.showing(findings, VIEW_OF_OTHER_PACKAGE)
    })
  }

  /**
   * Takes the lägesbilder of a project file into what is open, whose figures stay. One that is here already, as it is
   * in the file, is left alone; one that has gone another way since is put beside. @returns errors, and then nothing has
   * changed; otherwise the lägesbilder that were taken, and at most why they could not be stored
   * @throws PackageFault
   */
  async takeBriefings(
    name: string,
    bytes: Uint8Array,
    making: SlideMaking,
  ): Promise<{ readonly taken: readonly Briefing[]; readonly findings: readonly Finding[] }> {
    const [{ unpackProject }, { earlierBriefings }] = await Promise.all([
      import('./project-files.ts'),
      import('./earlier-briefings.ts'),
    ])
    const reading = await unpackProject(name, bytes)
    if (!reading.ok) return { taken: [], findings: reading.findings }
    const known = new Map(this.workspace.briefings.map((one) => [one.id, one]))
    const taken = (await earlierBriefings(reading, making))
      .filter(({ id, changedAt }) => known.get(id)?.changedAt !== changedAt)
      .map((one) => (known.has(one.id) ? { ...one, id: newId() } : one))
    const findings = await this.changeMemory(({ briefings, ...rest }) => ({
      ...{ ...rest, briefings: taken.reduce(withBriefing, briefings) },
    }))
    return { taken, findings }
  }

  /** Back to the served package, without any own file. */
  closeProject(): Promise<readonly Finding[]> {
    return this.inTurn(async () => {
      const findings = await this.keeper.reset()
      return this.showing(findings, VIEW_OF_OTHER_PACKAGE)
    })
  }

  /** An indicator as it was released before, oldest first. @throws PackageFault */
  earlierReleases(indicator: IndicatorId): Promise<readonly EarlierRelease[]> {
    return this.reader!.earlierReleases(indicator)
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.lastChange.then(work, work)
    this.lastChange = turn.catch(() => undefined)
    return turn
  }

  private async followOtherTab(): Promise<void> {
    await this.inTurn(async () => {
      this.workspaceFindings = await this.showing([...(await this.keeper.open()), otherTabNote()])
    })
  }

  /** Shows what a change has made of the workspace. @returns what was found on the way, then what shows it cannot */
  private async showing(
    findings: readonly Finding[],
    change: Partial<ViewState> = {},
  ): Promise<readonly Finding[]> {
    try {
      await this.applyWorkspace(change)
      this.workspaceFindings = findings
      return findings
    } catch (cause) {
      if (!(cause instanceof PackageFault)) throw cause
      return [...findings, cause.finding]
    }
  }

  /**
   * Shows the package with the analyst's own files as they are now. Boundaries and the tables of the view are read
   * first, so that the map goes from one to the other at once.
   * @throws PackageFault when the boundaries cannot be read; then what was shown still is
   */
  private async applyWorkspace(change: Partial<ViewState> = {}): Promise<void> {
    const reader = await this.readerOfWorkspace()
    const { view } = resolveView({ ...this.state, ...change }, reader.index)
    const isSame =
      this.topology !== null &&
      reader.index.boundaries.sha256 === this.reader?.index.boundaries.sha256
    const topology = isSame ? this.topology : await reader.boundaries()
    const tables = new Map<string, DisclosedTable>()
    const faults = new Map<string, Finding>()
    for (const [indicator, level] of view ? tablesOf(view, reader.index) : [])
      try {
        tables.set(crossTableKey(indicator, level), await reader.table(indicator, level))
      } catch (cause) {
        if (!(cause instanceof PackageFault)) throw cause
        faults.set(crossTableKey(indicator, level), cause.finding)
      }
    this.hovered = null
    this.hold(reader)
    this.topology = topology
    this.tables = tables
    this.faults = faults
    this.packageFault = null
    if (Object.keys(change).length > 0) this.show(change, 'replace')
    else void this.loadShown()
    this.takeHeld(reader, await this.engine.restart(reader, [...tables.values()]))
  }

  /** An indicator at the level that is shown, where it has one, and its newest period. */
  private viewOf({ id, plan }: Indicator): Partial<ViewState> {
    const { sex } = this.state
    const level = this.view?.level.id ?? null
    return {
      ...{ indicator: id, period: null, release: null, display: 'value', since: null },
      level: plan.levels.includes(level ?? '') ? level : (plan.levels.at(-1) ?? null),
      sex: plan.bySex ? sex : 'T',
    }
  }

  get viewState(): ViewState {
    return this.state
  }

  /**
   * Changes the view and the address with it.
   * @param history "replace" where the step is nothing to go back to, as while periods are played
   */
  show(change: Partial<ViewState>, history: 'push' | 'replace' = 'push'): void {
    const start = performance.now()
    const next = { ...this.state, ...change }
    this.address.write(next, history)
    this.state = next
    if (this.ignored.length > 0) this.ignored = []
    void this.loadShown()
    this.compute()
    performance.clearMeasures(CHOICE_COMPUTED)
    performance.measure(CHOICE_COMPUTED, { start })
  }

  /** Makes all that is shown before any of it is drawn, so that what takes time can be told apart. */
  private compute(): void {
    void [this.map, this.list, this.trend]
  }

  /** Goes to another level and takes the chosen areas along where the coarser area is known. */
  showLevel(level: LevelId): void {
    const index = this.index
    if (!index) return
    const byId = new Map(index.register.areas.map((area) => [area.id, area]))
    const areas = new Set<AreaId>()
    for (const id of this.state.areas) {
      let area: Area | undefined = byId.get(id)
      while (area && area.level !== level) area = area.parent ? byId.get(area.parent) : undefined
      if (area) areas.add(area.id)
    }
    this.show({ level, areas: [...areas] })
  }

  /** Chooses an area to compare, or drops it when it is chosen already. @returns whether one had to give way */
  toggleArea(id: AreaId): boolean {
    const chosen = this.view?.areas ?? []
    if (chosen.includes(id)) {
      this.show({ areas: chosen.filter((other) => other !== id) })
      return false
    }
    const crowded = chosen.length >= SELECTED_AREAS_MAX
    this.show({ areas: [...(crowded ? chosen.slice(1) : chosen), id] })
    return crowded
  }

  private readonly question = $derived(encode({ ...this.state, ...ASIDE }))
  private readonly resolved = $derived.by((): { view: ResolvedView | null; notes: ViewNote[] } => {
    void this.question
    return this.index ? resolveView(this.state, this.index) : { view: null, notes: [] }
  })
  readonly view = $derived(this.resolved.view)
  readonly notes = $derived(this.resolved.notes)

  private readonly shownIndicator = $derived(this.view?.indicator ?? null)
  private readonly shownLevel = $derived(this.view?.level.id ?? null)
  private readonly shownSex = $derived(this.view?.sex ?? 'T')
  private readonly shownKind = $derived(this.view ? kindOf(this.view.period) : null)
  // As text, so that a new view of the same areas draws none of them anew.
  private readonly chosenIds = $derived(this.view?.areas.join('\n') ?? '')
  private readonly wholeLevel = $derived.by(() => {
    const whole = this.index ? wholeArea(this.index.register) : null
    return whole?.level ?? null
  })

  readonly shapes = $derived.by((): LevelShapes | null => {
    if (!this.topology || !this.index || !this.shownLevel) return null
    return levelShapes(this.topology, this.index.register, this.shownLevel)
  })
  readonly water = $derived.by((): WaterShape[] =>
    this.topology ? waterShapes(this.topology) : [],
  )
  readonly levelAreas = $derived(
    this.index && this.shownLevel ? areasAtLevel(this.index.register, this.shownLevel) : [],
  )

  readonly table = $derived.by((): DisclosedTable | null => {
    if (!this.shownIndicator || !this.shownLevel) return null
    return this.tables.get(crossTableKey(this.shownIndicator.id, this.shownLevel)) ?? null
  })
  readonly wholeTable = $derived.by((): DisclosedTable | null => {
    if (!this.shownIndicator || !this.wholeLevel) return null
    return this.tables.get(crossTableKey(this.shownIndicator.id, this.wholeLevel)) ?? null
  })
  readonly tableFault = $derived.by((): Finding | null => {
    if (!this.shownIndicator || !this.shownLevel) return null
    return this.faults.get(crossTableKey(this.shownIndicator.id, this.shownLevel)) ?? null
  })

  private readonly breaksQuestion = $derived.by(() => {
    const view = this.view
    if (!view) return ''
    const { sex, period, smoothing, fixedClasses, breaks, classCount, ownBreaks } = view
    const periods = fixedClasses ? kindOf(period) : period
    return JSON.stringify([sex, periods, smoothing, fixedClasses, breaks, classCount, ownBreaks])
  })
  private readonly pooledValues = $derived.by((): Float64Array => {
    void this.breaksQuestion
    const { table, shownIndicator: indicator } = this
    // The question says what of the view matters here; the rest of it changes far more often.
    const view = untrack(() => this.view)
    if (!table || !indicator || !view) return new Float64Array()
    return valuesForBreaks(
      table,
      indicator,
      view.sex,
      view.period,
      view.smoothing,
      view.fixedClasses,
    )
  })
  private readonly scale = $derived.by(() => {
    void this.breaksQuestion
    const { pooledValues, shownIndicator: indicator } = this
    const view = untrack(() => this.view)
    if (!indicator || !view) return null
    return breakScale(pooledValues, indicator, view.breaks, view.classCount, view.ownBreaks)
  })

  // Choosing areas or reordering the list changes nothing on the map's own scale.
  private readonly mapQuestion = $derived(
    encode({ ...this.state, ...ASIDE, areas: [], order: 'name' }),
  )
  readonly map = $derived.by((): Choropleth | null => {
    void this.mapQuestion
    const { index, table, wholeTable, view, scale } = this
    if (!index || !table || !view || !scale) return null
    if (view.municipality && !wholeTable) return null
    return choropleth(index.register, view.indicator, table, wholeTable, view, scale)
  })
  readonly extent = $derived.by((): readonly [number, number] => {
    const values = this.pooledValues
    return [values[0] ?? Infinity, values[values.length - 1] ?? -Infinity]
  })
  readonly list = $derived.by((): AreaList | null => {
    if (!this.map || !this.view) return null
    return areaList({ ...this.map, view: this.view }, this.extent)
  })
  readonly chosen = $derived.by((): { area: Area; index: number }[] => {
    const positions = new Map(this.levelAreas.map((area, index) => [area.id, { area, index }]))
    return this.chosenIds.split('\n').flatMap((id) => positions.get(id) ?? [])
  })
  readonly trend = $derived.by((): Trend | null => {
    const { table, wholeTable, shownIndicator: indicator, shownKind: kind } = this
    if (!table || !indicator || !kind) return null
    return trend(
      indicator,
      table,
      wholeTable,
      this.chosen.map(({ area }) => area),
      this.hovered === null ? null : (this.levelAreas[this.hovered] ?? null),
      this.shownSex,
      kind,
    )
  })

  /** Reads ahead what a choice would show; failures are told only when it is shown. */
  async prefetch(indicator: IndicatorId): Promise<void> {
    if (!this.index) return
    const { view } = resolveView({ ...this.state, indicator }, this.index)
    if (!view) return
    await Promise.all(tablesOf(view, this.index).map(([id, level]) => this.load(id, level)))
  }

  /** Periods of the table in which no area has a value for the sex. */
  periodsWithoutValues(table: DisclosedTable, sex: Sex): ReadonlySet<PeriodCode> {
    return new Set(
      table.periods.filter((period) => !sliceAt(table, sex, period)?.status.includes(STATUS_VALUE)),
    )
  }

  /** Answers a question about incidents. @throws PackageFault */
  async askIncidents(question: IncidentQuestion): Promise<IncidentLayerView> {
    const { shape, categories, level, period } = question
    if (shape === 'areas') {
      const ids = categories.map((category) => category.id)
      const columns = await this.engine.incidentCounts(level, ids, monthsOf(period))
      return areaIncidents(categories, period, columns)
    }
    const category = categories[0]!
    const columns = await this.engine.hexagonCounts(category.id, period)
    return hexagonIncidents(
      shape,
      category,
      period,
      columns,
      this.index?.incidents?.minimumCount ?? 5,
    )
  }

  private outlines: Promise<HexagonOutlines> | null = null
  hexagonOutlines(): Promise<HexagonOutlines> {
    this.outlines ??= this.reader!.hexagonOutlines().catch((cause: unknown) => {
      this.outlines = null
      throw cause
    })
    return this.outlines
  }

  private neighbours: Promise<Neighbours> | null = null
  private readonly grounds = new Map<LevelId, LevelGround>()
  /** How the areas of a level lie, for what is counted with regard to neighbours. @throws PackageFault */
  async ground(level: LevelId): Promise<LevelGround> {
    const known = this.grounds.get(level)
    if (known) return known
    const { grounds } = this
    const reader = this.reader!
    this.neighbours ??= reader.neighbours().catch((cause: unknown) => {
      this.neighbours = null
      throw cause
    })
    const [lists, topology, { levelGround }] = await Promise.all([
      this.neighbours,
      this.topology ?? reader.boundaries(),
      import('../views/level-ground.ts'),
    ])
    const { register } = reader.index
    const made = levelGround(register, levelShapes(topology, register, level), lists[level] ?? null)
    if (this.reader === reader) grounds.set(level, made)
    return made
  }

  /**
   * The wanted tables by crossTableKey, read side by side. One that cannot be had is left out, and is a file fault.
   * @param onProgress how many have been read of how many
   */
  async tablesFor(
    wanted: readonly { readonly indicator: IndicatorId; readonly level: LevelId }[],
    onProgress: (done: number, all: number) => void = () => undefined,
  ): Promise<ReadonlyMap<string, DisclosedTable>> {
    const tables = new Map<string, DisclosedTable>()
    let done = 0
    onProgress(done, wanted.length)
    await Promise.all(
      wanted.map(async ({ indicator, level }) => {
        const table = await this.load(indicator, level)
        if (table) tables.set(crossTableKey(indicator, level), table)
        onProgress(++done, wanted.length)
      }),
    )
    return tables
  }

  /** What profiles are made of. Figures that cannot be read are left out, and are file faults. */
  profilePackage(): SlidePackage {
    const reader = this.reader!
    return {
      index: reader.index,
      table: (indicator, level) => this.load(indicator, level),
      incidents: (level) => reader.incidents(level),
      plan: () => this.plan(),
      caseFlows: () => this.caseFlows(),
      boundaries: () => (this.topology ? Promise.resolve(this.topology) : reader.boundaries()),
      neighbours: () => reader.neighbours(),
    }
  }

  private log: Promise<DisclosureLog | null> | null = null
  /** The package's log of disclosure control; null when it has none. @throws PackageFault */
  disclosureLog(): Promise<DisclosureLog | null> {
    this.log ??= this.reader!.disclosureLog().catch((cause: unknown) => {
      this.log = null
      throw cause
    })
    return this.log
  }

  private planRead: Promise<ActivityPlan | null> | null = null
  /**
   * The package's plan of activities with the follow-ups that were written here, read when it is first asked for; null
   * when it has none. @throws PackageFault
   */
  async plan(): Promise<ActivityPlan | null> {
    this.planRead ??= this.reader!.plan().catch((cause: unknown) => {
      this.planRead = null
      throw cause
    })
    const plan = await this.planRead
    return plan && planWithFollowUps(plan, this.followUps)
  }

  private flowsRead: Promise<readonly DisclosedFlow[]> | null = null
  /** The package's flows of cases and those that were read here. @throws PackageFault */
  async caseFlows(): Promise<readonly DisclosedFlow[]> {
    this.flowsRead ??= this.reader!.caseFlows().catch((cause: unknown) => {
      this.flowsRead = null
      throw cause
    })
    return withOwnFlows(await this.flowsRead, this.ownFlows)
  }

  /** Reads every table of the release into the database, for the page that lists them. */
  async loadEverything(onProgress: (done: number, all: number) => void): Promise<void> {
    const files = this.index?.observations ?? []
    const reader = this.reader
    let done = 0
    for (const file of files) {
      if (this.reader !== reader) return
      await this.load(file.indicator, file.level)
      onProgress(++done, files.length)
    }
  }

  /** Faults of files that have been asked for. */
  get fileFaults(): readonly Finding[] {
    return [...this.faults.values()]
  }

  /** Tries the failed files again. */
  async retry(): Promise<void> {
    if (this.packageFault) return this.open()
    this.faults = new Map()
    await this.loadShown()
  }

  private async loadShown(): Promise<void> {
    const view = this.view
    if (!view || !this.index) return
    const wanted = tablesOf(view, this.index)
    await Promise.all(wanted.map(([id, level]) => this.load(id, level)))
  }

  private load(indicator: IndicatorId, level: LevelId): Promise<DisclosedTable | null> {
    const key = crossTableKey(indicator, level)
    const known = this.tables.get(key)
    if (known) return Promise.resolve(known)
    const { underway } = this
    let job = underway.get(key)
    if (!job) {
      job = this.read(indicator, level, key).finally(() => underway.delete(key))
      underway.set(key, job)
    }
    return job
  }

  private async read(
    indicator: IndicatorId,
    level: LevelId,
    key: string,
  ): Promise<DisclosedTable | null> {
    const reader = this.reader!
    try {
      const admitted = await reader.table(indicator, level)
      // Of a package that is no longer shown.
      if (this.reader !== reader) return null
      const table = await this.engine.hold(admitted)
      if (this.reader !== reader) return null
      this.tables = new Map(this.tables).set(key, table)
      return table
    } catch (cause) {
      if (!(cause instanceof PackageFault)) throw cause
      if (this.reader !== reader) return null
      this.faults = new Map(this.faults).set(key, cause.finding)
      return null
    }
  }

  /** Starts DuckDB and hands it the tables that were read before it was up. */
  async startEngine(): Promise<void> {
    const { reader } = this
    if (!reader) return
    const held = await this.engine.start(reader, [...this.tables.values()])
    if (!held) return
    if (this.reader === reader) this.takeHeld(reader, held)
    else if (this.reader)
      this.takeHeld(this.reader, await this.engine.restart(this.reader, [...this.tables.values()]))
  }

  private takeHeld(reader: PackageReader, held: readonly DisclosedTable[] | null): void {
    if (!held || this.reader !== reader) return
    const tables = new Map(this.tables)
    for (const table of held) tables.set(crossTableKey(table.indicator, table.level), table)
    this.tables = tables
  }
}

/** Unique among all that analysts make, in whatever tab. */
export const newId = (): string => crypto.randomUUID()

/** @param changedAt ISO instant */
export const emptyBriefing = (id: string, changedAt: string): Briefing => ({
  ...{ id, title: sv.pages.lagesbild, author: '', periodText: '', minutes: 20, slides: [] },
  changedAt,
})

/** The first map does not wait longer for what the browser has stored; it is shown when it is there. */
const STORED_WAIT_MS = 1500

const nothingAfter = (milliseconds: number): Promise<null> =>
  new Promise((resolve) => setTimeout(() => resolve(null), milliseconds))

/** Nothing of the view that was shown need exist in another package. */
const VIEW_OF_OTHER_PACKAGE: Partial<ViewState> = {
  ...{ release: null, indicator: null, level: null, period: null, since: null, areas: [] },
  ...{ incidents: null, camera: null },
}

/** Sites under different paths of one host keep their own. */
const storeName = (packageUrl: string): string => `lageskartan ${new URL(packageUrl).pathname}`

const otherTabNote = (): Finding => ({
  ...packageFault('project-other-tab', STORAGE_NAME).finding,
  severity: 'note',
})
