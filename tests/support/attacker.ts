import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dsvFormat } from 'd3'
import { solve, type Constraint } from 'yalps'

/*
 * An attacker with a published folder, the areas' hierarchy and the publication policy, and nothing else. Written
 * from what is published and not from what protects it, so that each can be held against the other.
 *
 * Method (Hundepool et al., Statistical Disclosure Control, 2012, section 4.2.2): every figure that is not printed is
 * an unknown; every published sum that ties it to others is an equation: an area and its parts ("ej placerad" among
 * the parts of the whole), both sexes and each, a period and its parts. A cell that was not revised between two
 * releases is one unknown in both. Bounds: what the policy gives away (0, or 1 where zeros are never hidden; the
 * denominator of a share), and whatever is printed on the row itself: a value times its denominator rounded back, the
 * ends of its confidence interval inverted. Unknowns that an equation leaves alone are solved at once; for each of the
 * others two linear programs over the part of the system that it hangs together with give the least and the greatest
 * it can be. Counts are whole, so that both ends are rounded inward.
 */

/** One row of `observations.csv`; figures that are not printed are null. */
export interface PublishedRow {
  readonly indicator: string
  readonly area: string
  readonly level: string
  readonly period: string
  /** K, M, or empty for both. */
  readonly sex: string
  readonly status: string
  readonly value: string
  readonly numerator: string
  readonly denominator: string
  readonly lower: string
  readonly upper: string
  readonly preliminary: string
}

/** What everyone may read in the indicator's metadata. */
export interface KnownPolicy {
  readonly measure: 'count' | 'rate' | 'share' | 'survey'
  /** 100 for %, 1000 for "per 1 000". */
  readonly per: number
  readonly threshold: number
  readonly complement: boolean
  readonly minimumDenominator: number
  readonly minimumRespondents: number
  readonly areZerosShown: boolean
}

export interface Knowledge {
  readonly policies: ReadonlyMap<string, KnownPolicy>
  /** The containing area of every area but the whole. */
  readonly parentOf: ReadonlyMap<string, string>
  /**
   * Denominators that are public elsewhere, by `cellKey`; those that are printed are read from the rows.
   */
  readonly denominators?: ReadonlyMap<string, number>
  /**
   * Cells, by `cellKey`, that changed between the release before and this one; one set for every release. It is
   * known which were revised, not by how much. Left out: nothing ever changed.
   */
  readonly revised?: readonly ReadonlySet<string>[]
}

/** What the attacker knows of one hidden cell of one release. */
export interface Narrowed {
  readonly release: number
  readonly row: PublishedRow
  /** Whole numbers where the count is whole. Infinity where nothing bounds it. */
  readonly lowest: number
  readonly highest: number
}

export interface AttackResult {
  /** By release and cell: `${release} ${cellKey(row)}`. */
  readonly hidden: ReadonlyMap<string, Narrowed>
  readonly equations: number
  readonly programs: number
  /** Published sums that contradict each other: figures were altered. */
  readonly contradictions: readonly string[]
}

export const UNPLACED = 'ej placerad'
export const SHOWN = 'varde'
export const HIDDEN = 'dold'
export const HIDDEN_AT_SOURCE = 'dold-vid-källan'
export const MISSING = 'saknas'

export const cellKey = (cell: {
  readonly indicator: string
  readonly area: string
  readonly period: string
  readonly sex: string
}): string => `${cell.indicator}|${cell.area}|${cell.period}|${cell.sex}`

const TOLERANCE = 1e-6
/** How far from a whole number the end of a linear program may lie and still mean it. */
const ROUNDING = 1e-3

/** Reads the published rows of a folder, in the file's order. @throws Error when a column is not there */
export function readPublished(folder: string): PublishedRow[] {
  return parsePublished(readFileSync(join(folder, 'observations.csv'), 'utf8'))
}

/** The same from the file's text. */
export function parsePublished(text: string): PublishedRow[] {
  const rows = dsvFormat(';').parse(text.replace(/^\uFEFF/, ''))
  const required = 'indikator omrade niva period kon status varde taljare namnare undre ovre'
  for (const column of required.split(' '))
    if (!rows.columns.includes(column))
      throw new Error(`observations.csv has no column "${column}"`)
  return rows.map((row) => ({
    indicator: row['indikator']!,
    area: row['omrade']!,
    level: row['niva']!,
    period: row['period']!,
    sex: row['kon']!,
    status: row['status']!,
    value: row['varde']!,
    numerator: row['taljare']!,
    denominator: row['namnare']!,
    lower: row['undre']!,
    upper: row['ovre']!,
    preliminary: row['preliminar'] ?? '',
  }))
}

/** A printed number; null when there is none. */
export function printedNumber(text: string): number | null {
  const plain = text
    .replace(/[\s\u00A0\u202F]/g, '')
    .replace('\u2212', '-')
    .replace(',', '.')
  if (plain === '') return null
  const number = Number(plain)
  if (!Number.isFinite(number)) throw new Error(`"${text}" is no number`)
  return number
}

/** Half a unit of a printed number's last decimal. */
const halfUnit = (text: string): number => 0.5 * 10 ** -(/[.,](\d+)$/.exec(text)?.[1]!.length ?? 0)

/** An interval of what a count can be. */
interface Bounds {
  lowest: number
  highest: number
}

interface Equation {
  /** Unknowns with their coefficients. */
  readonly terms: Map<number, number>
  constant: number
  readonly place: string
}

/**
 * Works out all that one or several releases of the same indicators give away, together.
 * @param releases oldest first
 */
export function attack(
  releases: readonly (readonly PublishedRow[])[],
  knowledge: Knowledge,
): AttackResult {
  const system = new System(knowledge)
  releases.forEach((rows, release) => system.addRelease(rows, release))
  return system.solve()
}

class System {
  readonly #bounds: Bounds[] = []
  readonly #isWhole: boolean[] = []
  readonly #equations: Equation[] = []
  readonly #contradictions: string[] = []
  /** The unknown of a cell in the release that was added last. */
  #latest = new Map<string, number>()
  readonly #targets: { release: number; row: PublishedRow; unknown: number }[] = []

  constructor(readonly knowledge: Knowledge) {}

  addRelease(rows: readonly PublishedRow[], release: number): void {
    const before = this.#latest
    const revised = this.knowledge.revised?.[release]
    this.#latest = new Map(before)
    const byIndicator = new Map<string, PublishedRow[]>()
    for (const row of rows) {
      const of = byIndicator.get(row.indicator)
      if (of) of.push(row)
      else byIndicator.set(row.indicator, [row])
    }
    for (const [indicator, own] of byIndicator) {
      const policy = this.knowledge.policies.get(indicator)
      if (!policy) throw new Error(`no policy is known of "${indicator}"`)
      const areMeans = this.#timeIsMean(own, policy)
      const unknowns = new Map<string, number>()
      for (const row of own) {
        const key = cellKey(row)
        if (unknowns.has(key)) throw new Error(`${key} stands twice`)
        const carried = revised?.has(key) ? undefined : before.get(key)
        const isWhole = !(areMeans && hasParts(row, own))
        const unknown = carried ?? this.#newUnknown(isWhole)
        unknowns.set(key, unknown)
        if (row.status !== MISSING) this.#latest.set(key, unknown)
        else this.#latest.delete(key)
        if (row.status === MISSING) continue
        const smallest = isWhole ? 1 : 1 / leavesWithin(row.period, own)
        this.#narrow(unknown, this.#printedBounds(row, policy, smallest), `${release} ${key}`)
        if (row.status === HIDDEN) this.#targets.push({ release, row, unknown })
      }
      this.#addEquations(own, unknowns, areMeans, release)
    }
  }

  #newUnknown(isWhole: boolean): number {
    this.#bounds.push({ lowest: 0, highest: Infinity })
    this.#isWhole.push(isWhole)
    return this.#bounds.length - 1
  }

  #narrow(unknown: number, { lowest, highest }: Bounds, place: string): void {
    const bounds = this.#bounds[unknown]!
    bounds.lowest = Math.max(bounds.lowest, lowest)
    bounds.highest = Math.min(bounds.highest, highest)
    if (bounds.lowest > bounds.highest + TOLERANCE * Math.max(1, bounds.lowest))
      this.#contradictions.push(`${place}: ${bounds.lowest} > ${bounds.highest}`)
  }

  /** All that the row itself tells of its count. */
  #printedBounds(row: PublishedRow, policy: KnownPolicy, smallest: number): Bounds {
    const exact = printedNumber(row.numerator)
    if (exact !== null) {
      const half = /[.,]/.test(row.numerator) ? halfUnit(row.numerator) : 0
      return { lowest: exact - half, highest: exact + half }
    }
    const base = printedNumber(row.denominator) ?? this.knowledge.denominators?.get(cellKey(row))
    const bounds = this.#policyBounds(row, policy, base ?? null, smallest)
    const value = printedNumber(row.value)
    if (value !== null && policy.measure === 'count') return { lowest: value, highest: value }
    if (base === undefined && policy.measure !== 'count') return bounds
    if (value !== null) {
      const [least, most] = [-1, 1].map(
        (side) => ((value + side * halfUnit(row.value)) * base!) / policy.per,
      )
      bounds.lowest = Math.max(bounds.lowest, Math.ceil(least! - TOLERANCE))
      bounds.highest = Math.min(bounds.highest, Math.floor(most! + TOLERANCE))
    }
    for (const [text, end] of [
      [row.lower, 0],
      [row.upper, 1],
    ] as const) {
      const printed = printedNumber(text)
      if (printed === null) continue
      const found = countsWithInterval(printed, halfUnit(text), end, policy, base ?? 1)
      bounds.lowest = Math.max(bounds.lowest, found.lowest)
      bounds.highest = Math.min(bounds.highest, found.highest)
    }
    return bounds
  }

  /** @param smallest what a count that is not 0 is at least: the mean of 1 and 0 is a half */
  #policyBounds(
    row: PublishedRow,
    policy: KnownPolicy,
    base: number | null,
    smallest: number,
  ): Bounds {
    const isPart = policy.measure === 'share' || policy.measure === 'survey'
    const highest = isPart && base !== null ? base : Infinity
    const isHiddenForItsBase =
      base !== null &&
      (base < Math.max(policy.minimumDenominator, policy.minimumRespondents) ||
        (policy.complement && base < policy.threshold))
    const lowest =
      row.status === HIDDEN && policy.areZerosShown && !isHiddenForItsBase ? smallest : 0
    return { lowest, highest }
  }

  /**
   * Whether a period's count is the mean of its parts' instead of their sum: seen where all of them are shown, else
   * as the measure has it.
   */
  #timeIsMean(rows: readonly PublishedRow[], { measure }: KnownPolicy): boolean {
    const shown = new Map(
      rows.flatMap((row) => {
        const count = row.status === SHOWN ? printedNumber(row.numerator) : null
        return count === null ? [] : [[cellKey(row), count] as const]
      }),
    )
    const families = tiledPeriods(new Set(rows.map(({ period }) => period)))
    let [sums, means] = [0, 0]
    for (const row of rows) {
      const total = shown.get(cellKey(row))
      const parts = families
        .get(row.period)
        ?.map((period) => shown.get(cellKey({ ...row, period })))
      if (!parts || total === undefined) continue
      const sum = parts.reduce<number>((whole, part) => whole + (part ?? NaN), 0)
      if (Number.isNaN(sum) || sum === 0) continue
      if (Math.abs(sum - total) < TOLERANCE) sums++
      else if (Math.abs(sum / parts.length - total) < 1e-3) means++
      else this.#contradictions.push(`${cellKey(row)}: neither sum nor mean of its parts`)
    }
    const isUsual = measure === 'share' || measure === 'survey'
    return means === sums ? isUsual : means > sums
  }

  #addEquations(
    rows: readonly PublishedRow[],
    unknowns: ReadonlyMap<string, number>,
    areMeans: boolean,
    release: number,
  ): void {
    const statuses = new Map(rows.map((row) => [cellKey(row), row.status]))
    const areaParts = coveringParts(new Set(rows.map(({ area }) => area)), this.knowledge.parentOf)
    const periodParts = tiledPeriods(new Set(rows.map(({ period }) => period)))
    const add = (total: PublishedRow, parts: readonly string[], factor: number): void => {
      const terms = new Map([[unknowns.get(cellKey(total))!, -factor]])
      for (const part of parts) {
        // A total exists only when its parts do: one without a figure has nobody in it and adds nothing.
        if (statuses.get(part) === MISSING) continue
        const unknown = unknowns.get(part)!
        terms.set(unknown, (terms.get(unknown) ?? 0) + 1)
      }
      this.#equations.push({ terms, constant: 0, place: `${release} ${cellKey(total)}` })
    }
    for (const row of rows) {
      if (row.status === MISSING || row.status === HIDDEN_AT_SOURCE) continue
      const families = [
        row.sex === '' ? ['K', 'M'].map((sex) => cellKey({ ...row, sex })) : [],
        (areaParts.get(row.area) ?? []).map((area) => cellKey({ ...row, area })),
        (periodParts.get(row.period) ?? []).map((period) => cellKey({ ...row, period })),
      ]
      families.forEach((parts, family) => {
        if (parts.length === 0) return
        const there = parts.filter((part) => statuses.has(part))
        // Cases without a place have rows only where there are any.
        if (family !== 1 && there.length < parts.length) return
        add(row, there, family === 2 && areMeans ? parts.length : 1)
      })
    }
  }

  solve(): AttackResult {
    const fixed = this.#propagate()
    const open = this.#equations.filter(({ terms }) => terms.size > 0)
    const components = connected(open)
    const intervals = new Map<number, Bounds>()
    let programs = 0
    const wanted = new Set(this.#targets.map(({ unknown }) => unknown))
    for (const { equations, unknowns } of components) {
      for (const unknown of unknowns) {
        if (!wanted.has(unknown)) continue
        programs += 2
        intervals.set(unknown, this.#range(unknown, unknowns, equations))
      }
    }
    const hidden = new Map<string, Narrowed>()
    for (const { release, row, unknown } of this.#targets) {
      const known = fixed.get(unknown)
      const { lowest, highest } =
        known === undefined
          ? (intervals.get(unknown) ?? this.#bounds[unknown]!)
          : { lowest: known, highest: known }
      const isWhole = this.#isWhole[unknown]!
      hidden.set(`${release} ${cellKey(row)}`, {
        release,
        row,
        lowest: isWhole ? Math.ceil(lowest - ROUNDING) + 0 : lowest,
        highest: isWhole ? Math.floor(highest + ROUNDING) + 0 : highest,
      })
    }
    return {
      hidden,
      equations: this.#equations.length,
      programs,
      contradictions: this.#contradictions,
    }
  }

  /** Puts what is known into the equations, and solves those that have one unknown left, until none has. */
  #propagate(): Map<number, number> {
    const fixed = new Map<number, number>()
    this.#bounds.forEach(({ lowest, highest }, unknown) => {
      if (highest - lowest < TOLERANCE) fixed.set(unknown, lowest)
    })
    for (let changed = true; changed;) {
      changed = false
      for (const equation of this.#equations) {
        for (const [unknown, factor] of equation.terms) {
          const known = fixed.get(unknown)
          if (known === undefined) continue
          equation.terms.delete(unknown)
          equation.constant += factor * known
          if (equation.terms.size === 0 && Math.abs(equation.constant) > 1e-3)
            this.#contradictions.push(`${equation.place}: off by ${equation.constant}`)
        }
        if (equation.terms.size !== 1) continue
        const [[unknown, factor]] = [...equation.terms] as [[number, number]]
        const value = -equation.constant / factor
        this.#narrow(unknown, { lowest: value, highest: value }, equation.place)
        fixed.set(unknown, value)
        changed = true
      }
    }
    return fixed
  }

  /** Least and greatest of one unknown, by two linear programs. */
  #range(target: number, unknowns: readonly number[], equations: readonly Equation[]): Bounds {
    const constraints = new Map<string, Constraint>()
    const coefficients = new Map<number, [string, number][]>()
    for (const unknown of unknowns) {
      const own: [string, number][] = unknown === target ? [['objective', 1]] : []
      coefficients.set(unknown, own)
      const { lowest, highest } = this.#bounds[unknown]!
      if (highest === Infinity) continue
      constraints.set(`bound ${unknown}`, { max: highest - lowest })
      own.push([`bound ${unknown}`, 1])
    }
    equations.forEach(({ terms, constant }, index) => {
      let rest = -constant
      for (const [unknown, factor] of terms) {
        rest -= factor * this.#bounds[unknown]!.lowest
        coefficients.get(unknown)!.push([`sum ${index}`, factor])
      }
      constraints.set(`sum ${index}`, { equal: rest })
    })
    const shift = this.#bounds[target]!.lowest
    const end = (direction: 'minimize' | 'maximize'): number => {
      for (const checkCycles of [false, true]) {
        const { status, result } = solve(
          { direction, objective: 'objective', constraints, variables: coefficients },
          { checkCycles, maxPivots: 50_000 },
        )
        if (status === 'optimal') return result + shift
        if (status === 'unbounded') return direction === 'maximize' ? Infinity : -Infinity
        if (status === 'infeasible') {
          const { place } = equations[0]!
          this.#contradictions.push(`${place}: no figures fit the published sums`)
          return NaN
        }
      }
      throw new Error('the linear program does not come to an end')
    }
    return { lowest: end('minimize'), highest: end('maximize') }
  }
}

/** Whether other rows of the same cell are for parts of its period. */
function hasParts(row: PublishedRow, rows: readonly PublishedRow[]): boolean {
  const periods = new Set(rows.map(({ period }) => period))
  return tiledPeriods(periods).has(row.period)
}

/** Groups equations that share unknowns. */
function connected(
  equations: readonly Equation[],
): { equations: Equation[]; unknowns: number[] }[] {
  const root = new Map<number, number>()
  const find = (unknown: number): number => {
    let at = unknown
    while (root.get(at) !== at) at = root.get(at)!
    root.set(unknown, at)
    return at
  }
  for (const { terms } of equations) {
    const [first, ...others] = terms.keys()
    for (const unknown of terms.keys()) if (!root.has(unknown)) root.set(unknown, unknown)
    for (const other of others) root.set(find(other), find(first!))
  }
  const groups = new Map<number, { equations: Equation[]; unknowns: number[] }>()
  for (const unknown of root.keys()) {
    const group = groups.get(find(unknown)) ?? { equations: [], unknowns: [] }
    group.unknowns.push(unknown)
    groups.set(find(unknown), group)
  }
  for (const equation of equations) {
    const [first] = equation.terms.keys()
    groups.get(find(first!))!.equations.push(equation)
  }
  return [...groups.values()]
}

/**
 * For every published area the published areas that make it up: the nearest ones below it, when together they hold
 * all of its smallest areas.
 */
function coveringParts(
  published: ReadonlySet<string>,
  parentOf: ReadonlyMap<string, string>,
): Map<string, string[]> {
  const inner = new Set(parentOf.values())
  const smallest = [...parentOf.keys()].filter((area) => !inner.has(area))
  const nearest = (area: string): string | null => {
    let at = parentOf.get(area)
    while (at !== undefined && !published.has(at)) at = parentOf.get(at)
    return at ?? null
  }
  const whole = [...inner].find((area) => !parentOf.has(area)) ?? null
  const parts = new Map<string, string[]>()
  for (const area of published) {
    const above = area === UNPLACED ? whole : nearest(area)
    if (above !== null && above !== area) parts.set(above, [...(parts.get(above) ?? []), area])
  }
  const within = (area: string, container: string): boolean => {
    let at: string | undefined = area
    while (at !== undefined && at !== container) at = parentOf.get(at)
    return at === container
  }
  for (const [container, own] of parts) {
    const isWhole = smallest
      .filter((area) => within(area, container))
      .every((area) => own.some((part) => within(area, part)))
    if (!isWhole) parts.delete(container)
  }
  return parts
}

/** First month and the month after the last, counted from year 0; null for weeks, which make up nothing here. */
function monthsOf(period: string): readonly [number, number] | null {
  const match = /^(\d{4})(?:-(?:(\d\d)|K([1-4])|H([12])|(VT|HT))|(\/\d\d))?$/.exec(period)
  if (!match) return null
  const [, year, month, quarter, half, term, schoolYear] = match
  const january = Number(year) * 12
  const span = (first: number, length: number) =>
    [january + first, january + first + length] as const
  if (month !== undefined) return span(Number(month) - 1, 1)
  if (quarter !== undefined) return span((Number(quarter) - 1) * 3, 3)
  if (half !== undefined) return span((Number(half) - 1) * 6, 6)
  if (term !== undefined) return span(term === 'VT' ? 0 : 6, 6)
  return schoolYear === undefined ? span(0, 12) : span(6, 12)
}

/** How many of the shortest periods are in one. */
function leavesWithin(period: string, rows: readonly PublishedRow[]): number {
  const parts = tiledPeriods(new Set(rows.map((row) => row.period)))
  const count = (one: string): number =>
    parts.get(one)?.reduce((sum, part) => sum + count(part), 0) ?? 1
  return count(period)
}

/** For every period the longest published periods that lie end to end in it. */
function tiledPeriods(published: ReadonlySet<string>): Map<string, string[]> {
  const spans = [...published].flatMap((period) => {
    const span = monthsOf(period)
    return span ? [{ period, first: span[0], end: span[1] }] : []
  })
  const tiled = new Map<string, string[]>()
  for (const whole of spans) {
    const inside = spans
      .filter(
        ({ period, first, end }) =>
          period !== whole.period &&
          first >= whole.first &&
          end <= whole.end &&
          end - first < whole.end - whole.first,
      )
      .sort((a, b) => a.first - b.first || b.end - a.end)
    const parts: string[] = []
    let at = whole.first
    for (const { period, first, end } of inside)
      if (first === at) {
        parts.push(period)
        at = end
      }
    if (at === whole.end && parts.length > 0) tiled.set(whole.period, parts)
  }
  return tiled
}

/** Counts whose 95 % interval has the printed end: Wilson's for shares, Byar's for counts and rates. */
function countsWithInterval(
  printed: number,
  half: number,
  end: 0 | 1,
  { measure, per }: KnownPolicy,
  base: number,
): Bounds {
  const isPart = measure === 'share' || measure === 'survey'
  const scale = measure === 'count' ? 1 : per / base
  const endOf = (count: number): number =>
    isPart ? per * wilson(count, base)[end] : scale * byar(count)[end]
  // Both ends rise with the count.
  const firstAtLeast = (level: number): number => {
    let [low, high] = [0, isPart ? base + 1 : 1]
    while (!isPart && endOf(high) < level) high *= 2
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (middle <= (isPart ? base : high) && endOf(middle) < level) low = middle + 1
      else high = middle
    }
    return low
  }
  const slack = half + 1e-3 * Math.max(1, Math.abs(printed))
  return {
    lowest: firstAtLeast(printed - slack),
    highest: Math.max(firstAtLeast(printed + slack) - 1, firstAtLeast(printed - slack)),
  }
}

const Z = 1.959964

function wilson(count: number, base: number): [number, number] {
  const share = count / base
  const centre = share + (Z * Z) / (2 * base)
  const spread = Z * Math.sqrt((share * (1 - share) + (Z * Z) / (4 * base)) / base)
  return [-1, 1].map((side) => (centre + side * spread) / (1 + (Z * Z) / base)) as [number, number]
}

function byar(count: number): [number, number] {
  const end = (events: number, side: -1 | 1): number =>
    events === 0 ? 0 : events * (1 - 1 / (9 * events) + (side * Z) / (3 * Math.sqrt(events))) ** 3
  return [end(count, -1), end(count + 1, 1)]
}
