import { untrack } from 'svelte'
import type { Topology } from 'topojson-specification'
import { areasAtLevel, wholeArea, type Area, type AreaId, type LevelId } from '../core/area.ts'
import type { DisclosedTable } from '../core/disclosure/gate.ts'
import type { DisclosureLog } from '../core/disclosure/log.ts'
import type { Finding } from '../core/finding.ts'
import { STATUS_VALUE } from '../core/cell.ts'
import type { IndicatorId, Sex } from '../core/indicator.ts'
import { kindOf, type PeriodCode } from '../core/period.ts'
import { sliceAt } from '../core/released-slice.ts'
import type { PackageIndex } from '../core/release.ts'
import {
  encode,
  resolveView,
  SELECTED_AREAS_MAX,
  type Ignored,
  type ResolvedView,
  type ViewNote,
  type ViewState,
} from '../core/view-state.ts'
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
import { Engine } from './engine.svelte.ts'
import { PackageFault, PackageReader, type HexagonOutlines } from './load.ts'
import type { OfflineState } from './offline.ts'
import { AddressBar } from './url.ts'

/** What a choice took until everything shown was computed, on the browser's own time line. */
const CHOICE_COMPUTED = 'choice-computed'

const tableKey = (indicator: IndicatorId, level: LevelId) => `${level}/${indicator}`

/**
 * What the page knows at this moment. Owns the loaded package (index, boundaries, admitted tables), what is hovered,
 * and a copy of the view state whose owner is the address bar. Data are replaced, never mutated.
 */
export class Session {
  private readonly reader: PackageReader
  private readonly address: AddressBar
  readonly engine: Engine

  private state = $state.raw<ViewState>(null!)
  ignored = $state.raw<readonly Ignored[]>([])
  index = $state.raw<PackageIndex | null>(null)
  private topology = $state.raw<Topology | null>(null)
  private tables = $state.raw<ReadonlyMap<string, DisclosedTable>>(new Map())
  private faults = $state.raw<ReadonlyMap<string, Finding>>(new Map())
  /** The package itself cannot be opened. */
  packageFault = $state.raw<Finding | null>(null)
  hovered = $state.raw<number | null>(null)
  offline = $state.raw<OfflineState>('installing')
  /** A sentence for screen readers; replaced when something happened that is only seen. */
  announcement = $state('')
  notesDismissed = $state(false)
  private readonly underway = new Map<string, Promise<DisclosedTable | null>>()

  constructor(packageUrl: string) {
    this.reader = new PackageReader(packageUrl)
    this.engine = new Engine(this.reader)
    this.address = new AddressBar((state, ignored) => {
      this.ignored = ignored
      this.notesDismissed = false
      this.state = state
      void this.loadShown()
    })
    this.state = this.address.state
    this.ignored = this.address.ignoredAtStart
  }

  /** Reads the index, then boundaries and the opening tables side by side. */
  async open(): Promise<void> {
    this.packageFault = null
    try {
      const index = await this.reader.index()
      this.index = index
      const [topology] = await Promise.all([this.reader.boundaries(index), this.loadShown()])
      this.topology = topology
    } catch (cause) {
      if (!(cause instanceof PackageFault)) throw cause
      this.index = null
      this.topology = null
      this.packageFault = cause.finding
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

  // The camera and the phone's tab change often and decide nothing of what is counted.
  private readonly question = $derived(
    encode({ ...this.state, camera: null, tab: 'map', page: 'karta' }),
  )
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
    return this.tables.get(tableKey(this.shownIndicator.id, this.shownLevel)) ?? null
  })
  readonly wholeTable = $derived.by((): DisclosedTable | null => {
    if (!this.shownIndicator || !this.wholeLevel) return null
    return this.tables.get(tableKey(this.shownIndicator.id, this.wholeLevel)) ?? null
  })
  readonly tableFault = $derived.by((): Finding | null => {
    if (!this.shownIndicator || !this.shownLevel) return null
    return this.faults.get(tableKey(this.shownIndicator.id, this.shownLevel)) ?? null
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
    encode({ ...this.state, camera: null, tab: 'map', page: 'karta', areas: [], order: 'name' }),
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
    if (view) await Promise.all(this.tablesOf(view).map(([id, level]) => this.load(id, level)))
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
    this.outlines ??= this.reader.hexagonOutlines(this.index!).catch((cause: unknown) => {
      this.outlines = null
      throw cause
    })
    return this.outlines
  }

  private log: Promise<DisclosureLog | null> | null = null
  /** The package's log of disclosure control; null when it has none. @throws PackageFault */
  disclosureLog(): Promise<DisclosureLog | null> {
    this.log ??= this.reader.disclosureLog(this.index!).catch((cause: unknown) => {
      this.log = null
      throw cause
    })
    return this.log
  }

  /** Reads every table of the release into the database, for the page that lists them. */
  async loadEverything(onProgress: (done: number, all: number) => void): Promise<void> {
    const files = this.index?.observations ?? []
    let done = 0
    for (const file of files) {
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
    if (!view) return
    await Promise.all(this.tablesOf(view).map(([id, level]) => this.load(id, level)))
  }

  private tablesOf(view: ResolvedView): [IndicatorId, LevelId][] {
    const wanted: [IndicatorId, LevelId][] = [[view.indicator.id, view.level.id]]
    const whole = this.wholeLevel
    const hasWhole = this.index?.observations.some(
      (file) => file.indicator === view.indicator.id && file.level === whole,
    )
    if (whole && hasWhole && whole !== view.level.id) wanted.push([view.indicator.id, whole])
    return wanted
  }

  private load(indicator: IndicatorId, level: LevelId): Promise<DisclosedTable | null> {
    const key = tableKey(indicator, level)
    const known = this.tables.get(key)
    if (known) return Promise.resolve(known)
    let job = this.underway.get(key)
    if (!job) {
      job = this.read(indicator, level, key).finally(() => this.underway.delete(key))
      this.underway.set(key, job)
    }
    return job
  }

  private async read(
    indicator: IndicatorId,
    level: LevelId,
    key: string,
  ): Promise<DisclosedTable | null> {
    try {
      const admitted = await this.reader.table(this.index!, indicator, level)
      const table = await this.engine.hold(admitted)
      this.tables = new Map(this.tables).set(key, table)
      return table
    } catch (cause) {
      if (!(cause instanceof PackageFault)) throw cause
      this.faults = new Map(this.faults).set(key, cause.finding)
      return null
    }
  }

  /** Starts DuckDB and hands it the tables that were read before it was up. */
  async startEngine(): Promise<void> {
    if (!this.index) return
    const before = this.tables
    const held = await this.engine.start(this.index, [...before.values()])
    if (!held) return
    const tables = new Map(this.tables)
    for (const table of held) tables.set(tableKey(table.indicator, table.level), table)
    this.tables = tables
  }
}
