import type { Area, AreaId } from '../area.ts'
import {
  STATUS_HIDDEN_AT_SOURCE,
  STATUS_INCOMPLETE,
  STATUS_NO_POPULATION,
  STATUS_NOT_COLLECTED,
  STATUS_VALUE,
} from '../cell.ts'
import type { Finding } from '../finding.ts'
import type { Indicator, Sex } from '../indicator.ts'
import { cellCount, cellIndex, type TableAxes } from '../observation.ts'
import {
  comparePeriods,
  containingPeriod,
  kindOf,
  PERIOD_KINDS,
  type PeriodCode,
  type PeriodKind,
} from '../period.ts'
import type { JointTable } from './joint-table.ts'
import { sumsOf, type Parts } from './sums.ts'

/** Cases without a place: an area of their own, directly under the whole. */
export const UNPLACED: AreaId = 'ej placerad'

/** One figure as a file gives it, leaf or total; area is an id of the hierarchy or UNPLACED. */
export interface GivenObservation {
  /** 1-based, as a spreadsheet shows it. */
  readonly row: number
  readonly file: string
  readonly area: AreaId
  readonly period: PeriodCode
  readonly sex: Sex
  /** Index into CELL_STATUSES: value, hidden-at-source or missing-*. */
  readonly status: number
  readonly numerator: number
  /** NaN where the measure has none. */
  readonly denominator: number
  /** How many units report the figure; NaN where it is not told. */
  readonly units: number
}

export type JointTableReading =
  | { readonly ok: true; readonly table: JointTable; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/** What SCB's cell key method may move each part of a published population by. */
const NOISE_PER_PART = 3
const MOST_LISTED = 10
const ROUNDING = 1e-6

/**
 * Makes all cells of an indicator's publication plan out of given figures: every level, sex and period, with the
 * totals that can be made. A total exists only when all its parts do; a part without population adds 0 to totals over
 * areas and sexes. Over time events add and stocks are means; a denominator is always a mean there. A given total
 * stands when its parts agree with it, or when none of them has a figure; a total whose parts are there only in part
 * is incomplete, because the rest would be its difference. Cases without a place have a cell everywhere (0) as soon
 * as there is one.
 * Errors: totals that contradict their parts, and periods beside the plan's one chain.
 * @param areas of all levels, each with its parent
 */
export function buildJointTable(
  indicator: Indicator,
  areas: readonly Area[],
  observations: readonly GivenObservation[],
): JointTableReading {
  const findings: Finding[] = []
  const inPlan = periodsOfPlan(indicator, observations, findings)
  if (findings.some(({ severity }) => severity === 'error')) return { ok: false, findings }
  const whole = fillCube(indicator, areas, inPlan, findings)
  if (findings.some(({ severity }) => severity === 'error')) return { ok: false, findings }
  const table = projectToPlan(whole, indicator, areas)
  dropOpenTotals(table, whole, findings)
  return { ok: true, table, findings }
}

function nests(finer: PeriodKind, coarser: PeriodKind): boolean {
  return finer !== 'week' && finer !== coarser && containingPeriod(SAMPLE[finer], coarser) !== null
}

/** One code of every kind, to ask the calendar which kinds nest. */
const SAMPLE: Readonly<Record<PeriodKind, PeriodCode>> = {
  week: '2024-W10',
  month: '2024-01',
  quarter: '2024-K1',
  term: '2024-VT',
  'half-year': '2024-H1',
  'school-year': '2024/25',
  year: '2024',
}

/** Leaves out what is coarser than the plan, and refuses what overlaps it. */
function periodsOfPlan(
  { id, plan }: Indicator,
  observations: readonly GivenObservation[],
  findings: Finding[],
): readonly GivenObservation[] {
  const chain = plan.periodChain
  const finest = chain[0]!
  const firstOf = new Map<PeriodKind, GivenObservation>()
  for (const observation of observations) {
    const kind = kindOf(observation.period)!
    if (!firstOf.has(kind)) firstOf.set(kind, observation)
  }
  const kept = new Set<PeriodKind>()
  for (const [kind, { file, row, period }] of firstOf) {
    const isInside = chain.includes(kind) || nests(kind, finest)
    if (isInside) kept.add(kind)
    const isComparable = chain.every((own) => own === kind || nests(own, kind) || nests(kind, own))
    if (!isComparable)
      findings.push({
        ...{ severity: 'error', code: 'observations-overlapping-period', file, row },
        ...{ column: 'period', text: period, parameters: { indicator: id } },
      })
    else if (!isInside)
      findings.push({
        ...{ severity: 'warning', code: 'observations-period-outside-plan', file, row },
        ...{ column: 'period', text: period, parameters: { indicator: id } },
      })
  }
  const finer = [...kept].filter((kind) => !chain.includes(kind))
  for (const kind of finer)
    for (const other of finer)
      if (kind !== other && !nests(kind, other) && !nests(other, kind)) {
        const { file, row, period } = firstOf.get(kind)!
        findings.push({
          ...{ severity: 'error', code: 'observations-overlapping-period', file, row },
          ...{ column: 'period', text: period, parameters: { indicator: id } },
        })
      }
  return observations.filter(({ period }) => kept.has(kindOf(period)!))
}

/** All given figures with every total that can be made of them, over areas of every level. */
interface Cube extends TableAxes {
  readonly parentArea: Int32Array
  readonly parentPeriod: Int32Array
  readonly status: Uint8Array
  readonly numerator: Float64Array
  readonly denominator: Float64Array
  readonly reportingUnits: Float64Array
  /** The given figure that a cell comes from; a total that was made has one of its parts'. */
  readonly origin: (GivenObservation | undefined)[]
}

function fillCube(
  indicator: Indicator,
  areas: readonly Area[],
  observations: readonly GivenObservation[],
  findings: Finding[],
): Cube {
  const withUnplaced = observations.some(
    ({ area, numerator, status }) =>
      area === UNPLACED && (numerator > 0 || status === STATUS_HIDDEN_AT_SOURCE),
  )
  const ids = [...areas.map(({ id }) => id), ...(withUnplaced ? [UNPLACED] : [])]
  const position = indexOf(ids)
  const root = areas.findIndex(({ parent }) => parent === null)
  const parentArea = Int32Array.from(ids, (_, index) => {
    const parent = areas[index]?.parent
    return parent === undefined ? root : parent === null ? -1 : position.get(parent)!
  })
  const periods = periodsWithTotals(indicator, observations)
  const kinds = PERIOD_KINDS.filter((kind) => periods.some((code) => kindOf(code) === kind))
  const periodIndex = indexOf(periods)
  const parentPeriod = Int32Array.from(periods, (code) => {
    const coarser = kinds.filter((kind) => nests(kindOf(code)!, kind))[0]
    const container = coarser && containingPeriod(code, coarser)
    return (container === undefined || container === null ? null : periodIndex.get(container)) ?? -1
  })
  const sexes: readonly Sex[] =
    indicator.plan.bySex || observations.some(({ sex }) => sex !== 'T') ? ['T', 'K', 'M'] : ['T']
  const axes: TableAxes = { sexes, periods, areas: ids }
  const size = cellCount(axes)
  const cube: Cube = {
    ...{ ...axes, parentArea, parentPeriod },
    status: new Uint8Array(size).fill(STATUS_NOT_COLLECTED),
    numerator: new Float64Array(size).fill(NaN),
    denominator: new Float64Array(size).fill(NaN),
    reportingUnits: new Float64Array(size).fill(NaN),
    origin: new Array<GivenObservation | undefined>(size),
  }
  for (const given of observations) {
    const area = position.get(given.area)
    // Rows of nobody without a place say what their absence says.
    if (area === undefined) continue
    const cell = cellIndex(cube, sexes.indexOf(given.sex), periodIndex.get(given.period)!, area)
    cube.status[cell] = given.status
    cube.numerator[cell] = given.numerator
    cube.denominator[cell] = given.denominator
    cube.reportingUnits[cell] = given.units
    cube.origin[cell] = given
  }
  if (withUnplaced) fillUnplaced(cube, indicator, position.get(UNPLACED)!)

  const given = cube.origin.slice()
  let contradictions = 0
  for (const { total, ways } of sumsOf(cube, indicator)) {
    for (const way of ways) {
      const made = combine(cube, way, indicator)
      if (!made) continue
      cube.reportingUnits[total] = unitsOfTotal(cube, total, way)
      if (cube.status[total] !== STATUS_VALUE) {
        const isOwn = given[total] !== undefined && made.status !== STATUS_VALUE
        // Hidden at source stays so: the sum of its parts is another's figure.
        if (isOwn || cube.status[total] === STATUS_HIDDEN_AT_SOURCE) continue
        cube.status[total] = made.status
        cube.numerator[total] = made.numerator
        cube.denominator[total] = made.denominator
        cube.origin[total] ??= cube.origin[way.cells[0]!]
        continue
      }
      const fault = contradiction(cube, total, made, way, indicator)
      if (!fault || ++contradictions > MOST_LISTED) continue
      const origin = given[total] ?? cube.origin[way.cells.find((part) => given[part])!]
      findings.push({
        ...{ severity: fault.severity, code: 'observations-contradiction' },
        ...{ file: origin?.file ?? '', row: origin?.row ?? null, column: fault.column },
        text: String(fault.given),
        parameters: {
          indicator: indicator.id,
          area: ids[total % ids.length]!,
          period: periods[Math.floor(total / ids.length) % periods.length]!,
          sum: fault.sum,
        },
      })
    }
  }
  return cube
}

/** Periods of the file and the longer ones of the plan that they lie in, finest first. */
function periodsWithTotals(
  { plan }: Indicator,
  observations: readonly GivenObservation[],
): PeriodCode[] {
  const codes = new Set(observations.map(({ period }) => period))
  const kinds = new Set([...plan.periodChain, ...[...codes].map((code) => kindOf(code)!)])
  for (const code of [...codes])
    for (const kind of kinds) {
      const container = nests(kindOf(code)!, kind) ? containingPeriod(code, kind) : null
      if (container !== null) codes.add(container)
    }
  const rank = (code: PeriodCode): number => PERIOD_KINDS.indexOf(kindOf(code)!)
  return [...codes].sort((a, b) => rank(a) - rank(b) || comparePeriods(a, b))
}

/** Where nobody without a place is told of there is nobody, in the shortest periods and the sexes that are used. */
function fillUnplaced(cube: Cube, indicator: Indicator, area: number): void {
  const { sexes, periods, parentPeriod, areas } = cube
  const used = sexes.map((_, sex) =>
    periods.some((__, period) =>
      areas.some((___, other) => cube.origin[cellIndex(cube, sex, period, other)] !== undefined),
    ),
  )
  const isPart = indicator.measure === 'share' || indicator.measure === 'survey'
  periods.forEach((_, period) => {
    if (parentPeriod.includes(period)) return
    const isGiven = (sex: Sex): boolean =>
      sexes.includes(sex) &&
      cube.origin[cellIndex(cube, sexes.indexOf(sex), period, area)] !== undefined
    sexes.forEach((sex, index) => {
      if (!used[index] || isGiven(sex)) return
      // Cases of an untold sex say nothing about women and men; both told say all about the total.
      const isOpen =
        sex === 'T' ? isGiven('K') || isGiven('M') : isGiven('T') && !isGiven(other(sex))
      if (isOpen) return
      const cell = cellIndex(cube, index, period, area)
      cube.status[cell] = isPart ? STATUS_NO_POPULATION : STATUS_VALUE
      cube.numerator[cell] = isPart ? NaN : 0
    })
  })
}

const other = (sex: Sex): Sex => (sex === 'K' ? 'M' : 'K')

interface Made {
  readonly status: number
  readonly numerator: number
  readonly denominator: number
}

/** The total of parts when all of them are there; null otherwise. */
function combine(
  { status, numerator, denominator }: Cube,
  { cells, axis, isWhole }: Parts,
  { periodAggregation, denominatorName }: Indicator,
): Made | null {
  if (!isWhole) return null
  const overTime = axis === 'period'
  const shown = cells.filter((cell) => status[cell] === STATUS_VALUE)
  const empty = cells.filter((cell) => status[cell] === STATUS_NO_POPULATION)
  if (empty.length === cells.length)
    return { status: STATUS_NO_POPULATION, numerator: NaN, denominator: NaN }
  if (shown.length + (overTime ? 0 : empty.length) < cells.length) return null
  const divisor = overTime ? cells.length : 1
  const sum = shown.reduce((total, cell) => total + numerator[cell]!, 0)
  const bases = shown.map((cell) => denominator[cell]!).filter((base) => !Number.isNaN(base))
  return {
    status: STATUS_VALUE,
    numerator: overTime && periodAggregation === 'mean' ? sum / divisor : sum,
    denominator:
      denominatorName === null || bases.length === 0
        ? NaN
        : bases.reduce((total, base) => total + base, 0) / divisor,
  }
}

/** Units of a total: as given, else those of its areas together, or the most of its sexes or periods. */
function unitsOfTotal({ reportingUnits }: Cube, total: number, { cells, axis }: Parts): number {
  if (!Number.isNaN(reportingUnits[total])) return reportingUnits[total]!
  const units = cells.map((cell) => reportingUnits[cell]!)
  return axis === 'area' ? units.reduce((sum, count) => sum + count, 0) : Math.max(...units)
}

interface Contradiction {
  readonly severity: Finding['severity']
  readonly column: string
  readonly given: number
  readonly sum: number
}

/**
 * Whether a total differs from its parts. Figures that are public one by one may (SCB's differ by noise), and so may
 * denominators by a little; a given population of a year is not the mean of its quarters'.
 */
function contradiction(
  cube: Cube,
  total: number,
  made: Made,
  { cells, axis }: Parts,
  { policy, measure }: Indicator,
): Contradiction | null {
  if (made.status !== STATUS_VALUE || measure === 'class') return null
  const given = cube.numerator[total]!
  if (Math.abs(given - made.numerator) > ROUNDING)
    return {
      severity: policy.kind === 'public-at-source' ? 'warning' : 'error',
      ...{ column: 'taljare', given, sum: made.numerator },
    }
  const base = cube.denominator[total]!
  const isOff = Math.abs(base - made.denominator) > NOISE_PER_PART * cells.length
  return axis !== 'period' && isOff && policy.kind !== 'public-at-source'
    ? { severity: 'error', column: 'namnare', given: base, sum: made.denominator }
    : null
}

/** The cells of the plan: its levels, sexes and kinds of period; what lies between takes the place of what is gone. */
function projectToPlan(cube: Cube, indicator: Indicator, areas: readonly Area[]): JointTable {
  const { levels, periodChain, bySex } = indicator.plan
  const keptAreas = cube.areas.flatMap((_, index) =>
    areas[index] === undefined || levels.includes(areas[index].level) ? [index] : [],
  )
  const keptPeriods = cube.periods.flatMap((code, index) =>
    periodChain.includes(kindOf(code)!) ? [index] : [],
  )
  const keptSexes = cube.sexes.flatMap((sex, index) => (bySex || sex === 'T' ? [index] : []))
  const axes: TableAxes = {
    sexes: keptSexes.map((index) => cube.sexes[index]!),
    periods: keptPeriods.map((index) => cube.periods[index]!),
    areas: keptAreas.map((index) => cube.areas[index]!),
  }
  const size = cellCount(axes)
  const table = {
    ...axes,
    indicator,
    parentArea: keptParents(cube.parentArea, keptAreas),
    parentPeriod: keptParents(cube.parentPeriod, keptPeriods),
    status: new Uint8Array(size),
    numerator: new Float64Array(size),
    denominator: new Float64Array(size),
    reportingUnits: new Float64Array(size),
    knownEarlier: null,
  }
  let cell = 0
  for (const sex of keptSexes)
    for (const period of keptPeriods)
      for (const area of keptAreas) {
        const from = cellIndex(cube, sex, period, area)
        table.status[cell] = cube.status[from]!
        table.numerator[cell] = cube.numerator[from]!
        table.denominator[cell] = cube.denominator[from]!
        table.reportingUnits[cell] = cube.reportingUnits[from]!
        cell++
      }
  return table
}

/** Parents among those kept: the nearest above. */
function keptParents(parents: Int32Array, kept: readonly number[]): Int32Array {
  const position = new Map(kept.map((old, index) => [old, index]))
  return Int32Array.from(kept, (old) => {
    let parent = parents[old]!
    while (parent >= 0 && !position.has(parent)) parent = parents[parent]!
    return parent < 0 ? -1 : position.get(parent)!
  })
}

/**
 * Takes away totals of which only some parts have a figure: what is missing would be the difference. Coarse totals
 * come after their parts, so one pass along the order of sums takes away all, but for sums that share a total.
 */
function dropOpenTotals(table: JointTable, cube: Cube, findings: Finding[]): void {
  const { status, numerator, denominator, indicator } = table
  let dropped = 0
  let first: string | null = null
  let isSettled = false
  while (!isSettled) {
    isSettled = true
    for (const { total, ways } of sumsOf(table, indicator)) {
      if (status[total] !== STATUS_VALUE) {
        if (
          status[total] === STATUS_NOT_COLLECTED &&
          ways.some((way) => isPartlyThere(status, way))
        )
          status[total] = STATUS_INCOMPLETE
        continue
      }
      if (!ways.some((way) => isPartlyThere(status, way))) continue
      status[total] = STATUS_INCOMPLETE
      numerator[total] = NaN
      denominator[total] = NaN
      isSettled = false
      dropped++
      const area = table.areas[total % table.areas.length]!
      const period = table.periods[Math.floor(total / table.areas.length) % table.periods.length]!
      first ??= `${area}, ${period}`
    }
  }
  const file = cube.origin.find((origin) => origin !== undefined)?.file ?? ''
  if (dropped > 0)
    findings.push({
      ...{ severity: 'warning', code: 'observations-total-incomplete', file, row: null },
      ...{ column: null, text: first, parameters: { indicator: indicator.id, count: dropped } },
    })
}

function isPartlyThere(status: Uint8Array, { cells, axis, isWhole }: Parts): boolean {
  const isThere = (cell: number): boolean =>
    status[cell] === STATUS_VALUE || (axis !== 'period' && status[cell] === STATUS_NO_POPULATION)
  const shown = cells.filter((cell) => status[cell] === STATUS_VALUE).length
  return shown > 0 && !(isWhole && cells.every(isThere))
}

const indexOf = (items: readonly string[]): ReadonlyMap<string, number> =>
  new Map(items.map((item, index) => [item, index]))
