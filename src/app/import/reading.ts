import type { Topology } from 'topojson-specification'
import type { AreaRegister, LevelId } from '../../core/area.ts'
import {
  releaseImport,
  type ImportRelease,
  type ImportToRelease,
} from '../../core/disclosure/release-import.ts'
import { countStatuses } from '../../core/disclosure/gate.ts'
import { MINIMUM_PER_HEXAGON } from '../../core/disclosure/incidents.ts'
import type { Finding } from '../../core/finding.ts'
import { comparePeriods, kindOf, PERIOD_KINDS } from '../../core/period.ts'
import {
  applyBoundaryVersion,
  type TieAnswers,
} from '../../files/boundaries/apply-boundary-version.ts'
import { areaLocator } from '../../files/boundaries/area-locator.ts'
import type { BoundaryReading } from '../../files/boundaries/boundary-reading.ts'
import {
  planBoundaryVersion,
  surveyedLevels,
  type BoundaryPlan,
} from '../../files/boundaries/boundary-version.ts'
import type { DroppedFile } from '../../files/formats/dropped-file.ts'
import type { FormatLoaders } from '../../files/formats/read-format.ts'
import { eventObservationsOf } from '../../files/event-observations.ts'
import { observationsOf } from '../../files/import-observations.ts'
import { inspectFiles, type InspectionProgress } from '../../files/inspect.ts'
import type { Inspection, TableReading } from '../../files/inspection.ts'
import {
  boundaryLayer,
  importLayer,
  type MadeHexagons,
} from '../../files/package/overlay-layers.ts'
import type { LayerSource } from '../../files/package/overlay.ts'
import { subtractedFrom, type TablePart } from '../../files/package/table-part.ts'
import type { EventPoints } from '../../files/tables/event-points.ts'
import { masked } from '../../files/tables/masking.ts'
import { NO_ANSWERS, type Answers, type ColumnRole } from '../../files/tables/mapping.ts'
import { readGrid, type GridContext } from '../../files/tables/read-grid.ts'
import { READ_SEXES } from '../../files/tables/readings.ts'
import { importChanges } from '../../views/import-changes.ts'
import {
  findingsCsv,
  groupFindings,
  isStopping,
  MOST_ROWS,
  type FindingGroup,
} from '../../views/import-findings.ts'
import { findingSheet, previewSheet, sheetColumns, SheetIndex } from '../../views/import-sheet.ts'
import { recipeName } from './recipe.ts'
import type {
  BoundariesAnswer,
  BoundariesView,
  ImportItem,
  ImportSurroundings,
  ImportView,
  ReleaseAnswer,
  ReleaseChoice,
  TableContents,
  TableView,
} from './protocol.ts'

export interface OpenOptions {
  readonly loaders: FormatLoaders
  /** Findings of files that were refused before they were read. */
  readonly refused?: readonly Finding[]
  readonly onProgress?: (progress: InspectionProgress) => void
}

/** Exact places are used in the worker, and shown to nobody. */
const MASKED_ROLES: readonly ColumnRole[] = ['dropped', 'longitude', 'latitude']

/** What was dropped, as the worker holds it: the only place where raw figures are, for the length of one import. */
export class ImportReading {
  readonly #items: readonly ImportItem[]
  #chosen: number | null
  #table: TableReading | null = null
  #answers: Answers
  /** Columns that were once recognised as telling of people: masked from then on, whatever they are said to be. */
  readonly #masked = new Set<number>()
  #index = new SheetIndex({ rowCount: 0, columns: [] }, 0, -1)
  #asked: number | null = null
  /** How the chosen boundaries would replace a level. */
  #plan: BoundaryPlan | null = null

  private constructor(
    private readonly inspection: Inspection,
    private readonly surroundings: ImportSurroundings,
  ) {
    this.#items = itemsOf(inspection)
    this.#answers = { ...NO_ANSWERS, areas: surroundings.areaNames }
    this.#chosen = firstItem(this.#items)
  }

  /** Reads dropped files. Total: what cannot be read gives findings. */
  static async open(
    files: readonly DroppedFile[],
    surroundings: ImportSurroundings,
    { loaders, refused = [], onProgress }: OpenOptions,
  ): Promise<ImportReading> {
    const inspection = await inspectFiles(files, {
      context: contextOf(surroundings, { ...NO_ANSWERS, areas: surroundings.areaNames }),
      loaders,
      ...(onProgress && { onProgress }),
    })
    const findings = [...refused, ...inspection.findings]
    const reading = new ImportReading({ ...inspection, findings }, surroundings)
    await reading.#take()
    return reading
  }

  /** Takes another of the things that were dropped. */
  async choose(item: number): Promise<void> {
    if (!this.#items[item]) return
    this.#chosen = item
    this.#answers = { ...NO_ANSWERS, areas: this.surroundings.areaNames }
    this.#masked.clear()
    await this.#take()
  }

  async #take(): Promise<void> {
    this.#asked = null
    this.#table = null
    this.#plan = null
    const item = this.#chosen === null ? undefined : this.#items[this.#chosen]
    if (item?.kind === 'boundaries') await this.setLevel(null)
    if (item?.kind !== 'table') return
    const table = this.inspection.tables.find(
      ({ file, sheet }) => file === item.file && sheet === item.part,
    )
    if (!table) return
    this.#hold(table)
    // From here on the recipe's answers are the analyst's own, so that they can be taken back.
    const { areas, decimal, roles } = table.recipe?.answers ?? NO_ANSWERS
    this.#answers = {
      ...this.#answers,
      ...{ areas: { ...areas, ...this.#answers.areas }, decimal, roles },
    }
  }

  #hold(table: TableReading): void {
    this.#table = table
    const { firstRow, lastRow } = table.mapping
    const { sheet, firstRow: first, lastRow: last } = this.#index
    if (sheet !== table.grid || first !== firstRow || last !== lastRow)
      this.#index = new SheetIndex(table.grid, firstRow, lastRow)
    table.mapping.columns.forEach(({ role }, index) => {
      if (MASKED_ROLES.includes(role)) this.#masked.add(index)
    })
  }

  /** Reads the chosen table anew with all of the analyst's answers. */
  answer(answers: Answers): void {
    const table = this.#table
    if (!table) return
    this.#answers = answers
    const read = readGrid(table.grid, contextOf({ ...this.surroundings, recipes: [] }, answers))
    if (read.ok) this.#hold({ ...read.table, recipe: table.recipe })
    // Told without figures it is no table: what was read before stands, with what has to be said otherwise.
    else this.#table = { ...table, findings: read.findings }
  }

  /** Shows the rows around one. @param row 1-based */
  look(row: number): void {
    this.#asked = row
  }

  view(): ImportView {
    const item = this.#chosenItem()
    return {
      files: this.inspection.files.map(({ name, format, encoding, delimiter, crs }) => ({
        ...{ name, format, encoding, delimiter, crs },
      })),
      items: this.#items,
      chosen: this.#chosen,
      table: this.#table ? this.#tableView(this.#table) : null,
      boundaries: item?.kind === 'boundaries' ? this.#boundariesView(item) : null,
      findings: item ? [] : this.inspection.findings,
    }
  }

  #groupsOf(table: TableReading): FindingGroup[] {
    const { mapping } = table
    return groupFindings(
      this.#findingsOf(table),
      table.areas.unmatched,
      mapping.headerRows.map((row) => row + 1),
      (column, text) =>
        this.#index.rowsWith(
          mapping.columns.findIndex(({ name }) => name === column),
          text,
          MOST_ROWS,
        ),
    )
  }

  /** Of the table, and of its file before it became tables. */
  #findingsOf(table: TableReading): Finding[] {
    const ofTables = new Set(this.inspection.tables.flatMap(({ findings }) => findings))
    const ofFile = this.inspection.findings.filter(
      (finding) => finding.file === table.file && !ofTables.has(finding),
    )
    return [...ofFile, ...table.findings]
  }

  #tableView(table: TableReading): TableView {
    const { grid, mapping, readings } = table
    const groups = this.#groupsOf(table)
    const stopping = groups.filter(isStopping)
    const masking = { masked: this.#masked, mask: masked }
    const columns = sheetColumns(grid, mapping, masking)
    const form = this.inspection.files.find(({ name }) => name === table.file)
    const findings = this.#findingsOf(table)
    const areaTexts = new Set(
      mapping.columns.flatMap(({ role }, index) =>
        role === 'area' ? grid.columns[index]!.texts.map((text) => text.trim()) : [],
      ),
    )
    return {
      ...{ file: table.file, sheet: table.sheet, groups, shape: table.shape },
      form: {
        format: form?.format ?? 'csv',
        encoding: form?.encoding ?? null,
        delimiter: form?.delimiter ?? null,
      },
      facts: {
        headerRow: (mapping.headerRows.at(-1) ?? -1) + 1 || null,
        dataRows: table.dataRows,
        areas: table.areas.matched.length,
        periods: readings.periods,
      },
      layout: mapping.layout,
      headerRows: mapping.headerRows.map((row) => row + 1),
      title: table.title.map(({ text }) => text),
      notes: table.notes.map(({ text }) => text),
      columns: this.#index.facts(columns, masking),
      preview: previewSheet(grid, mapping, masking, groups),
      context: findingSheet(grid, mapping, masking, groups, this.#asked),
      stopping: stopping.length,
      readableRows: readableRows(table, stopping, this.#answers, this.#index),
      unmatched: table.areas.unmatched.length,
      unmatchedTexts: manyUnmatched(table),
      answers: this.#answers,
      answeredAreas: Object.keys(this.#answers.areas).filter((text) => areaTexts.has(text)),
      recipe: table.recipe?.name ?? null,
      contents: this.#contentsOf(table),
      findingCounts: countSeverities(findings),
    }
  }

  /** Places of the Police's own events are the middle of a municipality or a county. */
  #pointsOf({ file, points }: TableReading): EventPoints | null {
    const format = this.inspection.files.find(({ name }) => name === file)?.format
    return format === 'polisen' ? null : points
  }

  #contentsOf(table: TableReading): TableContents {
    const { readings, mapping } = table
    const has = (column: Float64Array): boolean => column.some((figure) => !Number.isNaN(figure))
    const periods = readings.periods.toSorted(comparePeriods)
    const kinds = new Set(periods.map((period) => kindOf(period)))
    const levelOf = new Map(this.surroundings.register.areas.map(({ id, level }) => [id, level]))
    const levels = new Set<LevelId>()
    for (const area of readings.areas) {
      const level = levelOf.get(area)
      if (level !== undefined) levels.add(level)
    }
    return {
      ...{ measures: readings.measures, ages: readings.ages, periods },
      sexes: READ_SEXES.filter((_, code) => readings.sex.includes(code)),
      kinds: PERIOD_KINDS.filter((kind) => kinds.has(kind)),
      levels: this.surroundings.register.levels
        .filter(({ id }) => levels.has(id))
        .toSorted((a, b) => a.rank - b.rank)
        .map(({ id }) => id),
      hasNumerator: has(readings.numerator),
      hasDenominator: has(readings.denominator),
      hasValue: has(readings.value),
      hasRespondents: has(readings.respondents),
      unit: mapping.columns.find(({ unit }) => unit !== null)?.unit ?? null,
      isEvents: mapping.layout === 'events',
      points: this.#pointsOf(table)?.count ?? 0,
    }
  }

  #layerOf(item: ImportItem | null): BoundaryReading | null {
    if (item?.kind !== 'boundaries') return null
    return (
      this.inspection.boundaries.find(
        ({ file, layer }) => file === item.file && layer === item.part,
      ) ?? null
    )
  }

  #chosenItem(): ImportItem | null {
    return this.#chosen === null ? null : (this.#items[this.#chosen] ?? null)
  }

  /** Plans the chosen boundaries as a new version of a level; null for the level that the file itself points to. */
  async setLevel(level: LevelId | null): Promise<void> {
    const layer = this.#layerOf(this.#chosenItem())
    const { register, topology, ties } = this.surroundings
    if (!layer || !topology) return
    this.#plan = await planBoundaryVersion(register, topology, layer, { level, remembered: ties })
  }

  #boundariesView(item: ImportItem): BoundariesView | null {
    const layer = this.#layerOf(item)
    if (!layer) return null
    const plan = this.#plan
    return {
      ...{ file: layer.file, layer: layer.layer },
      level: plan?.level ?? null,
      levels: plan?.levels ?? [],
      areas: plan?.areas.length ?? layer.areas.length,
      ties: Object.keys(plan?.ties ?? {}).length,
      otherGround: plan?.otherGround.map(({ name }) => name) ?? [],
      questions: plan?.questions ?? [],
      groups: groupFindings(
        [
          ...this.inspection.findings.filter(({ file }) => file === layer.file),
          ...(plan?.findings ?? []),
        ],
        [],
        [],
        () => ({ rows: [], count: 0 }),
      ),
    }
  }

  /** The new version of the boundaries, drawn. */
  async applyBoundaries(answers: TieAnswers, importedAt: string): Promise<BoundariesAnswer> {
    const { register, topology } = this.surroundings
    const plan = this.#plan
    const layer = this.#layerOf(this.#chosenItem())
    if (!topology || !layer || !plan || plan.level === null) return { ok: false }
    const applied = applyBoundaryVersion(register, topology, plan, answers)
    const made = await boundaryLayer(applied, {
      ...{ file: layer.file, licence: '', rows: plan.areas.length, importedAt, recipe: null },
      ...{ firstPeriod: null, lastPeriod: null },
      findings: countSeverities([...layer.findings, ...plan.findings, ...applied.findings]),
    })
    return {
      ...{ ok: true, layer: made.layer, files: made.files, ties: applied.ties },
      ...{ level: plan.level, findings: applied.findings },
    }
  }

  /** The chosen table's findings as a file. */
  findingsCsv(): string {
    return findingsCsv(this.#table ? this.#findingsOf(this.#table) : this.inspection.findings)
  }

  /** Takes the chosen table through the gate. What comes out may be shown to anyone. */
  async release(choice: ReleaseChoice): Promise<ReleaseAnswer> {
    const table = this.#table
    if (!table) throw new RangeError('no table is chosen')
    const { register } = this.surroundings
    const { indicator, measure, age, earlier } = choice
    const isEvents = table.mapping.layout === 'events'
    const part: TablePart = { shape: table.shape, measure, age, isEvents }
    const subtracted = subtractedFrom(table.file, part, choice.parts, indicator.policy)
    if (subtracted) return { ok: false, findings: [subtracted], advice: [] }
    const given = (isEvents ? eventObservationsOf : observationsOf)(table.readings, {
      ...{ indicator, register, file: table.file, measure, age },
    })
    if (!given.ok) return { ok: false, findings: given.findings, advice: [] }
    const released = releaseWithTotals(
      {
        ...{ observations: given.observations, indicator, register, earlier },
        release: choice.importedAt,
        solver:
          earlier.length > 0 ? await (await import('../../solver/highs.ts')).createSolver() : null,
      },
      choice.totals,
    )
    if (!released.ok) return released
    const last = earlier.at(-1)
    const points = mayShowPlaces(choice) ? this.#pointsOf(table) : null
    const hexagons = points && (await hexagonsOf(points, measure, released, choice))
    const { layer, files } = await importLayer(
      [released],
      register.boundaryVersion.id,
      { ...this.#sourceOf(table, choice), part },
      hexagons,
    )
    return {
      ...{ ok: true, layer, files, indicator: released.indicator },
      levels: released.tables.map((one) => ({ level: one.level, statuses: countStatuses(one) })),
      findings: [
        ...given.findings,
        ...released.findings,
        ...(points ? [hexagonsMade(table.file, hexagons?.hexagons.hexagons.length ?? 0)] : []),
      ],
      changes: last
        ? importChanges(released.indicator, last.tables, released.tables, register)
        : null,
    }
  }

  #sourceOf(table: TableReading, { importedAt }: ReleaseChoice): LayerSource {
    const periods = table.readings.periods.toSorted(comparePeriods)
    return {
      ...{ file: table.file, licence: '', rows: table.dataRows, importedAt },
      firstPeriod: periods[0] ?? null,
      lastPeriod: periods.at(-1) ?? null,
      findings: countSeverities(this.#findingsOf(table)),
      recipe: recipeName(table.file),
    }
  }
}

const contextOf = (
  { register, recipes, topology, ties }: ImportSurroundings,
  answers: Answers,
): GridContext => ({
  ...{ areas: register.areas, answers, recipes },
  locate: locatorOf(register, topology, ties),
})

/** What is about people is never shown where it happened. */
const mayShowPlaces = ({ hexagons, indicator }: ReleaseChoice): boolean =>
  hexagons && indicator.policy.kind !== 'person' && indicator.policy.kind !== 'survey'

const hexagonsMade = (file: string, count: number): Finding => ({
  ...{ severity: 'note', code: 'import-hexagons', file, row: null, column: null, text: null },
  parameters: { count, minimum: MINIMUM_PER_HEXAGON },
})

/** The grid is fetched when there are points to lay on it. */
async function hexagonsOf(
  points: EventPoints,
  measure: string | null,
  { indicator }: Extract<ImportRelease, { ok: true }>,
  { importedAt }: ReleaseChoice,
): Promise<MadeHexagons | null> {
  const { eventHexagons } = await import('./event-hexagons.ts')
  return eventHexagons(points, measure, indicator, importedAt)
}

/** By boundaries that were surveyed: a point on a map that is only drawn says nothing. */
function locatorOf(
  register: AreaRegister,
  topology: Topology | null,
  ties: ImportSurroundings['ties'],
): GridContext['locate'] {
  const levels = surveyedLevels(register, ties)
  return topology && levels.length > 0 ? lazily(() => areaLocator(topology, levels)) : null
}

/** Each time round shows but the first contradictions. */
const MOST_ROUNDS = 200

/**
 * Through the gate; where totals are to be made, stated ones that contradict their parts are left out for as long as
 * there are any. A total that nobody stated contradicts because of others, so that only stated ones are left out.
 */
function releaseWithTotals(given: ImportToRelease, totals: ReleaseChoice['totals']): ImportRelease {
  let observations = given.observations
  let left = 0
  for (let round = 0; ; round++) {
    const released = releaseImport({ ...given, observations })
    if (totals === 'stated' || released.ok || round === MOST_ROUNDS)
      return released.ok && left > 0
        ? { ...released, findings: [...released.findings, totalsMade(given, left)] }
        : released
    const contradicted = new Set(
      released.findings
        .filter(
          ({ code, severity }) => code === 'observations-contradiction' && severity === 'error',
        )
        .map(({ row, parameters }) => `${row} ${parameters?.['area']} ${parameters?.['period']}`),
    )
    const kept = observations.filter(
      ({ row, area, period }) => !contradicted.has(`${row} ${area} ${period}`),
    )
    if (kept.length === observations.length) return released
    left += observations.length - kept.length
    observations = kept
  }
}

const totalsMade = ({ observations, indicator }: ImportToRelease, count: number): Finding => ({
  ...{ severity: 'warning', code: 'import-totals-made', file: observations[0]?.file ?? '' },
  ...{ row: null, column: null, text: null, parameters: { indicator: indicator.id, count } },
})

/** A function that is made when it is called for the first time. */
function lazily<Parameters extends unknown[], Result>(
  make: () => (...parameters: Parameters) => Result,
): (...parameters: Parameters) => Result {
  let made: ((...parameters: Parameters) => Result) | null = null
  return (...parameters) => (made ??= make())(...parameters)
}

function itemsOf({ files, tables, boundaries }: Inspection): ImportItem[] {
  return [
    ...files
      .filter(({ format }) => format === 'project' || format === 'package')
      .map(({ name, format }): ImportItem => ({
        kind: format === 'project' ? 'project' : 'package',
        ...{ file: name, part: null, rows: 0, columns: 0 },
      })),
    ...boundaries.map(({ file, layer, areas }): ImportItem => ({
      ...{ kind: 'boundaries', file, part: layer, rows: areas.length, columns: 0 },
    })),
    ...tables.map(({ file, sheet, dataRows, mapping }): ImportItem => ({
      ...{ kind: 'table', file, part: sheet, rows: dataRows, columns: mapping.columns.length },
    })),
  ]
}

/** A project before anything else, then the largest table, then boundaries. */
function firstItem(items: readonly ImportItem[]): number | null {
  const order = ['project', 'table', 'boundaries', 'package']
  const best = items.toSorted(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || b.rows - a.rows,
  )[0]
  return best ? items.indexOf(best) : null
}

/** Rows that are in any of the groups, each once as far as it is known which they are. */
function rowsOf(groups: readonly FindingGroup[]): number {
  const known = new Set(groups.flatMap(({ rows }) => rows))
  return groups.reduce((sum, { rows, rowCount }) => sum + rowCount - rows.length, known.size)
}

/** So many unknown areas can be answered by hand. */
const FEW_UNMATCHED = 5
/** More than these are not a matter of names. */
const MOST_UNMATCHED = 20_000

function manyUnmatched({ areas: { unmatched }, grid, mapping }: TableReading): string[] {
  if (unmatched.length <= FEW_UNMATCHED || unmatched.length > MOST_UNMATCHED) return []
  // What is masked cannot be answered by its text.
  const known = new Set(
    mapping.columns.flatMap(({ role }, column) =>
      role === 'area' ? grid.columns[column]!.texts.map((text) => text.trim()) : [],
    ),
  )
  return unmatched.flatMap(({ value }) => (known.has(value) ? [value] : []))
}

/** Rows that figures are read of. Events are counted together, so that theirs are all but those that stop. */
function readableRows(
  table: TableReading,
  stopping: readonly FindingGroup[],
  answers: Answers,
  index: SheetIndex,
): number {
  if (table.mapping.layout === 'events')
    return Math.max(0, table.dataRows - rowsOf(stopping) - skippedOf(answers, table, index))
  const seen = new Uint8Array(table.grid.rowCount + 1)
  for (const row of table.readings.row) seen[row] = 1
  return seen.reduce((sum, one) => sum + one, 0)
}

/** Rows that the analyst leaves out. */
function skippedOf(
  { skippedRows, areas }: Answers,
  { mapping }: TableReading,
  index: SheetIndex,
): number {
  let count = new Set(skippedRows).size
  mapping.columns.forEach(({ role }, column) => {
    if (role !== 'area') return
    for (const [text, area] of Object.entries(areas))
      if (area === null) count += index.rowsWith(column, text, 0).count
  })
  return count
}

function countSeverities(findings: readonly Finding[]): Record<Finding['severity'], number> {
  const counts = { error: 0, question: 0, warning: 0, note: 0 }
  for (const { severity } of findings) counts[severity]++
  return counts
}
