import type { LevelId } from '../core/area.ts'
import { withColumns, type DisclosedTable } from '../core/disclosure/gate.ts'
import type { PeriodCode } from '../core/period.ts'
import type { DatabaseLoadErrorCode } from '../duckdb/browser.ts'
import type { Database } from '../duckdb/database.ts'
import type { ReleasedTables } from '../duckdb/released-tables.ts'
import type { HexagonCountColumns } from '../duckdb/sql/hexagon-counts.ts'
import type { IncidentCountColumns } from '../duckdb/sql/incident-counts.ts'
import type { ReleaseSummaryColumns } from '../duckdb/sql/release-summary.ts'
import type { PackageReader } from './load.ts'

export type EngineState = 'waiting' | 'loading' | 'ready' | 'failed'

/** What the engine's modules give; imported only when the first map is on screen. */
type Questions = Awaited<ReturnType<typeof importQuestions>>

async function importQuestions() {
  const [browser, tables, cube, counts, hexagons, summary] = await Promise.all([
    import('../duckdb/browser.ts'),
    import('../duckdb/released-tables.ts'),
    import('../duckdb/sql/cube.ts'),
    import('../duckdb/sql/incident-counts.ts'),
    import('../duckdb/sql/hexagon-counts.ts'),
    import('../duckdb/sql/release-summary.ts'),
  ])
  return { ...browser, ...tables, ...cube, ...counts, ...hexagons, ...summary }
}

/** DuckDB as the session sees it: starts late, takes over what was read before, answers questions. */
export class Engine {
  state = $state.raw<EngineState>('waiting')
  failure = $state.raw<DatabaseLoadErrorCode | null>(null)
  version = $state.raw('')
  bytesLoaded = $state.raw(0)
  private questions: Questions | null = null
  private database: Database | null = null
  private released: ReleasedTables | null = null
  private reader: PackageReader | null = null
  private incidentLevels = new Map<LevelId, Promise<void>>()
  private hexagonsLoaded: Promise<void> | null = null
  /** Loads that have begun: the tables are not made anew under them. */
  private readonly loading = new Set<Promise<unknown>>()
  /** Up, but filled with a package that is no longer shown. */
  private isOvertaken = false

  /**
   * Starts the engine and loads the given tables. @returns the same tables as the database holds them, or null when
   * it could not be started; then `failure` says why and a new call tries again.
   */
  async start(
    reader: PackageReader,
    tables: readonly DisclosedTable[],
  ): Promise<DisclosedTable[] | null> {
    if (this.state === 'loading' || this.state === 'ready') return null
    this.state = 'loading'
    this.failure = null
    try {
      this.reader = reader
      this.questions = await importQuestions()
      this.database = await this.questions.openDatabase({
        onProgress: ({ bytesLoaded }) => (this.bytesLoaded = bytesLoaded),
      })
      this.version = this.database.version
      const held = await this.fill(reader, tables)
      // Another package came while this one was filled in: nobody may ask before that is.
      this.isOvertaken = this.reader !== reader
      if (!this.isOvertaken) this.state = 'ready'
      return held
    } catch (cause) {
      this.failure = codeOf(cause)
      this.state = 'failed'
      return null
    }
  }

  /**
   * Holds another package instead: what was in the database is gone. @returns the given tables as the database holds
   * them, or null when it is not running; then it starts with what `start` is given.
   */
  async restart(
    reader: PackageReader,
    tables: readonly DisclosedTable[],
  ): Promise<DisclosedTable[] | null> {
    this.reader = reader
    if (this.state !== 'ready' && !this.isOvertaken) return null
    this.isOvertaken = false
    this.state = 'loading'
    try {
      await Promise.allSettled(this.loading)
      const held = await this.fill(reader, tables)
      this.state = 'ready'
      return held
    } catch (cause) {
      this.failure = codeOf(cause)
      this.state = 'failed'
      return null
    }
  }

  private async fill(
    { index }: PackageReader,
    tables: readonly DisclosedTable[],
  ): Promise<DisclosedTable[]> {
    this.incidentLevels = new Map()
    this.hexagonsLoaded = null
    this.released = await this.questions!.createReleasedTables(this.database!, index)
    const held: DisclosedTable[] = []
    for (const table of tables) held.push(await this.throughDatabase(table))
    return held
  }

  /** Puts a table into the database and gives back what it holds; before it is up, the table itself. */
  async hold(table: DisclosedTable): Promise<DisclosedTable> {
    if (this.state !== 'ready') return table
    try {
      return await this.counted(this.throughDatabase(table))
    } catch {
      // The map goes on without the engine; what needs it says that it is gone.
      this.failure = 'start-failed'
      this.state = 'failed'
      return table
    }
  }

  private async throughDatabase(table: DisclosedTable): Promise<DisclosedTable> {
    const { released, questions } = this.running()
    await released.add(table)
    return withColumns(
      table,
      await questions.readCube(released, table.indicator, table.level, table),
    )
  }

  /** Incidents per area of a level, summed over categories and months. @throws PackageFault */
  async incidentCounts(
    level: LevelId,
    categories: readonly string[],
    months: readonly PeriodCode[],
  ): Promise<IncidentCountColumns> {
    const { released, questions } = await this.withIncidents(level)
    return questions.readIncidentCounts(released.database, { level, categories, months })
  }

  /** The shown hexagons of one category in one year. @throws PackageFault */
  async hexagonCounts(category: string, year: PeriodCode): Promise<HexagonCountColumns> {
    const { released, questions } = this.running()
    this.hexagonsLoaded ??= this.counted(
      this.reader!.hexagons().then((hexagons) => released.addHexagons(hexagons)),
    ).catch((cause: unknown) => {
      this.hexagonsLoaded = null
      throw cause
    })
    await this.hexagonsLoaded
    return questions.readHexagonCounts(released.database, category, year)
  }

  /** What is loaded, counted by the database. */
  async summary(): Promise<ReleaseSummaryColumns> {
    const { released, questions } = this.running()
    return questions.readReleaseSummary(released.database)
  }

  private async withIncidents(level: LevelId) {
    const running = this.running()
    let loading = this.incidentLevels.get(level)
    if (!loading) {
      const levels = this.incidentLevels
      loading = this.counted(
        this.reader!.incidents(level).then((incidents) => running.released.addIncidents(incidents)),
      )
      loading.catch(() => levels.delete(level))
      levels.set(level, loading)
    }
    await loading
    return running
  }

  private counted<Result>(work: Promise<Result>): Promise<Result> {
    this.loading.add(work)
    const done = () => this.loading.delete(work)
    work.then(done, done)
    return work
  }

  private running(): { released: ReleasedTables; questions: Questions } {
    if (!this.released || !this.questions) throw new Error('the database is not running')
    return { released: this.released, questions: this.questions }
  }
}

function codeOf(cause: unknown): DatabaseLoadErrorCode {
  const code = (cause as { code?: unknown } | null)?.code
  return code === 'wasm-unavailable' || code === 'fetch-failed' ? code : 'start-failed'
}
