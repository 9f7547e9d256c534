import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { runCommand } from '../../scripts/command-line.ts'
import {
  HIDDEN,
  MISSING,
  SHOWN,
  UNPLACED,
  attack,
  cellKey,
  printedNumber,
  readPublished,
  type Knowledge,
  type Narrowed,
  type PublishedRow,
} from './attacker.ts'
import {
  hierarchyOf,
  makeMunicipality,
  smallestAreas,
  trueCells,
  wholeOf,
  writeMunicipality,
  type MadeFigure,
  type MadeMunicipality,
  type TrueCell,
} from './made-municipality.ts'

/** What a command did: its exit code and what it printed. */
export interface CommandOutcome {
  readonly code: number
  readonly output: string
  readonly errors: string
}

/** Runs a command of `npm run lage` here, and keeps what it prints. */
export async function run(...parameters: readonly string[]): Promise<CommandOutcome> {
  const printed = { output: '', errors: '' }
  const streams = [
    [process.stdout, 'output'],
    [process.stderr, 'errors'],
  ] as const
  const originals = streams.map(([stream]) => stream.write.bind(stream))
  for (const [stream, name] of streams)
    stream.write = (chunk: string | Uint8Array): boolean => {
      printed[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
      return true
    }
  try {
    return { code: await runCommand(parameters), ...printed }
  } finally {
    streams.forEach(([stream], index) => (stream.write = originals[index]!))
  }
}

/** A published sequence of releases: what a statistician put in, and what came out. */
export interface PublishedWorld {
  readonly made: MadeMunicipality
  /** Folders of the releases that were written, oldest first. */
  readonly folders: readonly string[]
  readonly rows: readonly (readonly PublishedRow[])[]
  /** What the command said of a release that was not written; null when all were. */
  readonly refusal: CommandOutcome | null
}

/** A folder of its own for the length of an action. */
export async function inFolder<Result>(
  action: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'disclosure-'))
  try {
    return await action(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Writes a municipality's files and publishes its releases, one after the other, until one is refused. */
export async function publishAll(
  made: MadeMunicipality,
  folder: string,
  method: 'moves' | 'optimal' = 'optimal',
): Promise<PublishedWorld> {
  const files = writeMunicipality(made, folder)
  const folders: string[] = []
  const rows: PublishedRow[][] = []
  for (const [release, observations] of files.observations.entries()) {
    const out = join(folder, `release-${release + 1}`)
    const refusal = await run(
      ...['publish', '--areas', files.areas, '--observations', observations],
      ...['--indicators', files.indicators],
      ...folders.flatMap((earlier) => ['--earlier', earlier]),
      ...['--out', out, '--method', method],
    )
    if (refusal.code !== 0) return { made, folders, rows, refusal }
    folders.push(out)
    rows.push(readPublished(out))
  }
  return { made, folders, rows, refusal: null }
}

/** What the attacker knows of a municipality before reading what it publishes. */
export function knowledgeOf(
  made: MadeMunicipality,
  standing: readonly Pick<Standing, 'figures'>[],
): Knowledge {
  const denominators = new Map<string, number>()
  for (const { figures } of standing)
    for (const [key, { denominator }] of trueCells(made, figures))
      if (denominator !== null) denominators.set(key, denominator)
  return {
    policies: new Map(made.indicators.map((indicator) => [indicator.id, indicator])),
    parentOf: hierarchyOf(made.areas),
    denominators,
    revised: standing.map(({ figures }, release) =>
      revisedCells(made, standing[release - 1]?.figures, figures),
    ),
  }
}

/** Cells that hold a figure which is not that of the release before. */
function revisedCells(
  made: MadeMunicipality,
  before: readonly MadeFigure[] | undefined,
  now: readonly MadeFigure[],
): Set<string> {
  const known = new Map(before?.map((figure) => [cellKey(figure), figure.numerator]))
  const changed = now.filter((figure) => known.get(cellKey(figure)) !== figure.numerator)
  // Cells without a place have rows only where there are any, but what they hold is known also where there is none.
  return new Set(
    trueCells(
      made,
      changed.map((figure) => ({ ...figure, numerator: 1 })),
    ).keys(),
  )
}

/** What releases stand on, and what cannot be told of it from outside. */
export interface Standing {
  readonly figures: readonly MadeFigure[]
  /**
   * By indicator how much figures have changed that were hidden in the release before: where that would change a shown
   * total by less than the threshold, hidden figures give way so that the total stands. 0 where sums are exact.
   */
  readonly slack: ReadonlyMap<string, number>
}

/**
 * The figures that every release stands on: one that was shown before changes only by the threshold or more, otherwise
 * the figure that was shown last stands.
 * @param rows what the releases showed
 */
export function standingFigures(
  made: MadeMunicipality,
  rows: readonly (readonly PublishedRow[])[],
): Standing[] {
  const standing: Standing[] = []
  const lastShown = new Map<string, number>()
  for (const [release, own] of rows.entries()) {
    const before = standing[release - 1]
    const known = new Map(before?.figures.map((figure) => [cellKey(figure), figure.numerator]))
    const slack = new Map(before?.slack)
    const wasShown = new Set(
      rows[release - 1]?.flatMap((row) => (row.status === SHOWN ? [cellKey(row)] : [])),
    )
    const figures = made.releases[release]!.map((figure) => {
      const key = cellKey(figure)
      const { threshold } = made.indicators.find(({ id }) => id === figure.indicator)!
      const shown = lastShown.get(key)
      if (shown !== undefined && Math.abs(figure.numerator - shown) < threshold)
        return { ...figure, numerator: shown }
      const earlier = known.get(key)
      if (earlier !== undefined && earlier !== figure.numerator && !wasShown.has(key))
        slack.set(
          figure.indicator,
          (slack.get(figure.indicator) ?? 0) + Math.abs(figure.numerator - earlier),
        )
      return figure
    })
    standing.push({ figures, slack })
    const statuses = new Map(own.map((row) => [cellKey(row), row.status]))
    for (const figure of figures)
      if (statuses.get(cellKey(figure)) === SHOWN) lastShown.set(cellKey(figure), figure.numerator)
  }
  return standing
}

/** An interval that an attacker must be left with at least. */
export interface Requirement {
  readonly reason: string
  readonly lowestAtMost: number
  readonly highestAtLeast: number
}

/**
 * What must stay open of a hidden cell, by the rules that its own figures fall under; none when it is hidden for
 * others' sake.
 * @param count as it would be published
 */
export function requirementsOf(
  count: number,
  base: number | null,
  policy: TrueCell['indicator'],
): Requirement[] {
  const { threshold, measure } = policy
  const isPart = measure === 'share' || measure === 'survey'
  const room = isPart ? Math.min(threshold, base!) : threshold
  const requirements: Requirement[] = []
  if (count > 0 && count < threshold)
    requirements.push({ reason: 'few', lowestAtMost: 1, highestAtLeast: room })
  if (policy.complement && base! - count < threshold)
    requirements.push({
      reason: 'few others',
      lowestAtMost: base! - room,
      highestAtLeast: base! - 1,
    })
  const leastBase = Math.max(policy.minimumDenominator, policy.minimumRespondents)
  if (base !== null && base < leastBase)
    requirements.push({
      reason: 'small base',
      // Where zeros are never hidden, a hidden total of a larger base is not 0: its only hidden part is not, either.
      lowestAtMost: policy.areZerosShown ? 1 : 0,
      highestAtLeast: base,
    })
  return requirements
}

/** Events add up over time; the part of a population that is something is a mean over time. */
export const publishedCount = ({ sum, span, indicator: { measure } }: TrueCell): number =>
  measure === 'share' || measure === 'survey' ? sum / span : sum

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-3

/** What was looked at in a world, and everything in it that is not as it must be. */
export interface WorldReport {
  readonly tally: {
    readonly releases: number
    readonly refused: number
    readonly cells: number
    readonly hidden: number
    readonly 'hidden by a rule': number
    readonly programs: number
  }
  readonly faults: readonly string[]
}

/**
 * Holds what was published against what was put in: every cell of the plan is one row, what is shown is the true sum,
 * what is hidden stands nowhere in the folder, and the attacker is left with what the rules ask for.
 */
export function examine(world: PublishedWorld): WorldReport {
  const { made, rows, folders } = world
  const standing = standingFigures(made, rows)
  const faults: string[] = []
  const tally = {
    releases: rows.length,
    refused: world.refusal ? 1 : 0,
    cells: 0,
    hidden: 0,
    'hidden by a rule': 0,
    programs: 0,
  }
  const truths = rows.map((own, release) => {
    const { figures, slack } = standing[release]!
    const truth = trueCells(made, figures)
    const fault = (text: string) => faults.push(`release ${release + 1}: ${text}`)
    tally.cells += own.length
    tally.hidden += own.filter(({ status }) => status === HIDDEN).length
    requirePlan(own, truth, fault)
    requireParity(own, truth, { figures, slack }, fault)
    requireWaiting(made, release, figures, own, fault)
    requireSilence(folders[release]!, own, truth, fault)
    return truth
  })
  const knowledge = knowledgeOf(made, standing)
  // Where hidden figures may have given way, none of them is known to be what it was.
  const revised = knowledge.revised?.map((known, release) => {
    const unsure = rows[release - 1]?.filter(
      ({ status, indicator }) => status === HIDDEN && standing[release]!.slack.has(indicator),
    )
    return new Set([...known, ...(unsure ?? []).map((row) => cellKey(row))])
  })
  const reaches = new Map<number, ReadonlyMap<string, Narrowed>>()
  const reach = (release: number): ReadonlyMap<string, Narrowed> => {
    const known = reaches.get(release)
    if (known) return known
    const most = mostHidden(rows[release]!, truths[release]!, wholeOf(made.areas))
    const { hidden } = attack([...rows.slice(0, release), most], {
      ...knowledge,
      ...(revised && { revised }),
    })
    reaches.set(release, hidden)
    return hidden
  }
  const result = attack(rows, { ...knowledge, ...(revised && { revised }) })
  tally.programs = result.programs
  faults.push(...result.contradictions.map((text) => `contradiction: ${text}`))
  for (const narrowed of result.hidden.values()) {
    const { row, release } = narrowed
    const key = cellKey(row)
    const cell = truths[release]!.get(key)
    if (!cell) continue
    const count = publishedCount(cell)
    const isShownElsewhere = rows.some((own, other) => {
      const same = truths[other]!.get(key)
      const isShown = own.some((one) => one.status === SHOWN && cellKey(one) === key)
      return isShown && same !== undefined && publishedCount(same) === count
    })
    // What was hidden for others' sake only may be shown when they no longer need it.
    if (isShownElsewhere && !fallsUnderRule(cell)) continue
    const requirements = requirementsOf(count, cell.denominator, cell.indicator)
    if (requirements.length > 0) tally['hidden by a rule']++
    const isExact = !standing[release]!.slack.has(row.indicator)
    if (isExact && (narrowed.lowest > count + 1e-3 || narrowed.highest < count - 1e-3))
      faults.push(`${key}: the attacker is wrong, ${narrowed.lowest} … ${narrowed.highest}`)
    if (openness(narrowed, count, requirements, cell).length === 0) continue
    const wasMany = truths.slice(0, release).some((earlier) => {
      const before = earlier.get(key)
      return before !== undefined && !fallsUnderRule(before)
    })
    const isBounded = cell.indicator.areZerosShown || cell.span > 1 || wasMany
    let possible = requirements
    for (let later = release; later < rows.length; later++) {
      const most = reach(later).get(`${release} ${key}`)
      if (most) possible = possible.map((one) => withinReach(one, most, isBounded))
    }
    faults.push(...openness(narrowed, count, possible, cell))
  }
  return { tally, faults }
}

const isOfFew = ({ reason }: Requirement): boolean => reason === 'few'

/**
 * The part of a requirement that is left when all is hidden that may be. Few may always be as many as the rule asks
 * for; how few they may be is bounded where zeros are never hidden (two hidden parts of 1 are a hidden total of at
 * least 2), where parts of a total were shown before, and where an earlier release bounded them while they were many.
 */
function withinReach(requirement: Requirement, most: Narrowed, isBounded: boolean): Requirement {
  const { lowestAtMost, highestAtLeast } = requirement
  const isFew = isOfFew(requirement)
  return {
    ...requirement,
    lowestAtMost: isFew && !isBounded ? lowestAtMost : Math.max(lowestAtMost, most.lowest),
    highestAtLeast: isFew ? highestAtLeast : Math.min(highestAtLeast, most.highest),
  }
}

/** What an interval gives away that it should not. */
export function openness(
  { row, release, lowest, highest }: Narrowed,
  count: number,
  requirements: readonly Requirement[],
  { indicator, denominator }: Pick<TrueCell, 'indicator' | 'denominator'>,
): string[] {
  const place = `release ${release + 1}: ${cellKey(row)} (${count}${denominator === null ? '' : ` of ${denominator}`})`
  const known = `is known to be ${lowest} … ${highest}`
  const faults: string[] = []
  if (!(lowest < highest)) faults.push(`${place} ${known}`)
  const isPart = indicator.measure === 'share' || indicator.measure === 'survey'
  const room = isPart ? Math.min(indicator.threshold, denominator!) : indicator.threshold
  if (lowest < indicator.threshold && highest < room)
    faults.push(`${place} ${known}: less than ${room}`)
  for (const { reason, lowestAtMost, highestAtLeast } of requirements)
    if (lowest > lowestAtMost || highest < highestAtLeast)
      faults.push(`${place} ${known}, not ${lowestAtMost} … ${highestAtLeast} (${reason})`)
  return faults
}

type Fault = (text: string) => void

/** Every cell of the plan is one row; what is incomplete may be left out, or be missing. */
function requirePlan(
  rows: readonly PublishedRow[],
  truth: ReadonlyMap<string, TrueCell>,
  fault: Fault,
): void {
  const seen = new Map<string, PublishedRow>()
  for (const row of rows) {
    const key = cellKey(row)
    if (seen.has(key)) fault(`${key} stands twice`)
    seen.set(key, row)
    const cell = truth.get(key)
    const isComplete = cell !== undefined && cell.periods === cell.span
    if (!isComplete && row.status !== MISSING) fault(`${key}: ${row.status}, outside the plan`)
    if (isComplete && row.status !== SHOWN && row.status !== HIDDEN) fault(`${key}: ${row.status}`)
  }
  for (const [key, { periods, span }] of truth)
    if (periods === span && !seen.has(key)) fault(`${key} is not there`)
}

/** What is shown is what was put in, and what is hidden has no figure. */
function requireParity(
  rows: readonly PublishedRow[],
  truth: ReadonlyMap<string, TrueCell>,
  { figures, slack }: Standing,
  fault: Fault,
): void {
  const leaves = new Set(figures.map((figure) => cellKey(figure)))
  for (const row of rows) {
    const key = cellKey(row)
    if (row.status !== SHOWN) {
      const { value, numerator, lower, upper, preliminary } = row
      if ([value, numerator, lower, upper, preliminary].some((text) => text !== ''))
        fault(`${key}: ${row.status}, but with figures`)
      continue
    }
    const cell = truth.get(key)
    if (!cell) continue
    const { per, measure } = cell.indicator
    const given = publishedCount(cell)
    const shown = printedNumber(row.numerator) ?? NaN
    // Totals over figures that give way may stand.
    const mayDiffer = leaves.has(key) ? 0 : (slack.get(row.indicator) ?? 0)
    const count = Math.abs(shown - given) <= mayDiffer ? shown : given
    if (!isNear(shown, count)) fault(`${key}: "${row.numerator}" is shown, not ${count}`)
    if (
      cell.denominator !== null &&
      !isNear(printedNumber(row.denominator) ?? NaN, cell.denominator)
    )
      fault(`${key}: of "${row.denominator}", not of ${cell.denominator}`)
    const value = measure === 'count' ? count : (per * count) / cell.denominator!
    const decimals = /[.,](\d+)$/.exec(row.value)?.[1]!.length ?? 0
    if (!(Math.abs((printedNumber(row.value) ?? NaN) - value) <= 0.5 * 10 ** -decimals + 1e-9))
      fault(`${key}: the value is "${row.value}", not ${value}`)
    if (requirementsOf(count, cell.denominator, cell.indicator).length > 0)
      fault(`${key}: ${count} is shown`)
  }
}

/** A small revision waits and says so, in the totals too; what does not wait does not say it. */
function requireWaiting(
  made: MadeMunicipality,
  release: number,
  standing: readonly MadeFigure[],
  rows: readonly PublishedRow[],
  fault: Fault,
): void {
  const given = made.releases[release]!
  const shown = new Map(
    rows.flatMap((row) => (row.status === SHOWN ? [[cellKey(row), row] as const] : [])),
  )
  standing.forEach((figure, index) => {
    const row = shown.get(cellKey(figure))
    if (!row) return
    const waits = figure.numerator !== given[index]!.numerator
    if (row.preliminary !== (waits ? 'ja' : ''))
      fault(`${cellKey(figure)}: preliminar is "${row.preliminary}", waits: ${waits}`)
  })
  for (const [key, cell] of trueCells(made, given)) {
    const row = shown.get(key)
    if (!row) continue
    const isNew = isNear(printedNumber(row.numerator) ?? NaN, publishedCount(cell))
    if (!isNew && row.preliminary !== 'ja')
      fault(`${key}: is not the new figure and does not say so`)
    if (release === 0 && row.preliminary !== '') fault(`${key}: waits for nothing`)
  }
}

/** Figures so large that they stand nowhere by chance. */
const DISTINCTIVE = 1000

/** No file of the folder holds a hidden figure, as text or as binary number. */
function requireSilence(
  folder: string,
  rows: readonly PublishedRow[],
  truth: ReadonlyMap<string, TrueCell>,
  fault: Fault,
): void {
  const figuresOf = (cell: TrueCell): number[] => {
    const { sum, denominator, indicator } = cell
    const counts = [sum, publishedCount(cell)].filter((count) => count >= DISTINCTIVE)
    if (denominator === null) return counts
    const remainders = counts.map((count) => denominator - count)
    const values = counts.map((count) => (indicator.per * count) / denominator)
    return [...counts, ...remainders.filter((count) => count >= DISTINCTIVE), ...values].filter(
      (figure) => figure >= DISTINCTIVE || String(figure).length >= 10,
    )
  }
  const secrets = new Set<number>()
  const open = new Set<number>()
  for (const row of rows) {
    const cell = truth.get(cellKey(row))
    if (!cell) continue
    if (cell.denominator !== null) open.add(cell.denominator)
    if (row.status === SHOWN) open.add(printedNumber(row.numerator) ?? NaN)
    for (const figure of figuresOf(cell)) (row.status === SHOWN ? open : secrets).add(figure)
  }
  const searched = [...secrets].filter((figure) => !open.has(figure))
  if (searched.length === 0) return
  for (const path of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (path.isFile()) {
      const name = join(path.parentPath, path.name)
      for (const figure of foundIn(unpacked(name), searched)) fault(`${path.name} holds ${figure}`)
    }
}

function unpacked(path: string): Buffer {
  const bytes = readFileSync(path)
  if (path.endsWith('.gz')) return gunzipSync(bytes)
  return path.endsWith('.br') ? brotliDecompressSync(bytes) : bytes
}

/** Those of some figures that a file's bytes hold: written out, with spaces for thousands, or as binary numbers. */
export function foundIn(bytes: Buffer, figures: readonly number[]): number[] {
  const text = bytes.toString('utf8')
  return figures.filter((figure) => {
    const digits = String(figure)
    const grouped = digits.replace(/(?<=^\d*)\B(?=(\d{3})+$)/g, '[ \\u00A0\\u202F]?')
    const pattern = grouped.replace('.', '[.,]')
    if (new RegExp(`(?<![\\w.,-])${pattern}(?![\\w]|[.,]\\d)`).test(text)) return true
    const double = Buffer.alloc(8)
    double.writeDoubleLE(figure)
    if (bytes.includes(double)) return true
    if (!Number.isInteger(figure) || figure < 0x1000) return false
    const whole = Buffer.alloc(4)
    whole.writeInt32LE(figure)
    return !isText(bytes) && bytes.includes(whole)
  })
}

const isText = (bytes: Buffer): boolean => !bytes.includes(0)

/**
 * Whether a cell may be hidden for others' sake: municipality totals of both sexes stay shown unless a rule falls on
 * them, and zeros where the policy never hides them.
 */
function mayBeHidden(cell: TrueCell, whole: string): boolean {
  const isWhole = cell.area === whole && cell.sex === ''
  const isShownZero = cell.indicator.areZerosShown && cell.sum === 0
  return fallsUnderRule(cell) || !(isWhole || isShownZero)
}

/** A release with everything hidden that may be: no choice of hidden cells leaves more open. */
function mostHidden(
  rows: readonly PublishedRow[],
  truth: ReadonlyMap<string, TrueCell>,
  whole: string,
): PublishedRow[] {
  return rows.map((row) => {
    const cell = truth.get(cellKey(row))
    if (row.status !== SHOWN || !cell || !mayBeHidden(cell, whole)) return row
    return {
      ...row,
      status: HIDDEN,
      value: '',
      numerator: '',
      lower: '',
      upper: '',
      preliminary: '',
    }
  })
}

/** Whether any choice of hidden cells would protect the first release: a refusal is right only where none would. */
export function canBeProtected(made: MadeMunicipality): boolean {
  const [figures] = made.releases
  const truth = trueCells(made, figures!)
  const whole = wholeOf(made.areas)
  const rows = unprotectedRows(made, figures!, (cell) => mayBeHidden(cell, whole))
  const { hidden } = attack([rows], knowledgeOf(made, [{ figures: figures! }]))
  return [...hidden.values()].every((narrowed) => {
    const cell = truth.get(cellKey(narrowed.row))!
    const requirements = requirementsOf(publishedCount(cell), cell.denominator, cell.indicator)
    return (
      requirements.length === 0 ||
      (narrowed.lowest < narrowed.highest &&
        requirements
          .filter(isOfFew)
          .map((one) => withinReach(one, narrowed, cell.indicator.areZerosShown))
          .every(
            (one) => one.lowestAtMost >= narrowed.lowest && one.highestAtLeast <= narrowed.highest,
          ))
    )
  })
}

export interface WorldOptions {
  /** How many releases; left out, as the seed has it. */
  readonly releases?: number
  readonly method?: 'moves' | 'optimal'
}

/**
 * Publishes the municipality of a seed and looks at it from outside; its own audit must say what the attacker says, and
 * what is refused must be beyond protection.
 */
export async function runWorld(seed: number, options: WorldOptions = {}): Promise<WorldReport> {
  return inFolder(async (folder) => {
    const made = makeMunicipality(seed, options.releases)
    const world = await publishAll(made, folder, options.method)
    const report = examine(world)
    const faults = [...report.faults]
    const last = world.folders.at(-1)
    if (last !== undefined) {
      const audit = await run('audit', last, '--json')
      const { unsafe, suppressed } = JSON.parse(audit.output) as AuditOutput
      if (audit.code !== 0 || unsafe.length > 0)
        faults.push(`audit: exit ${audit.code}, unsafe ${JSON.stringify(unsafe).slice(0, 300)}`)
      const hidden = world.rows.at(-1)!.filter(({ status }) => status === HIDDEN).length
      if (suppressed !== hidden) faults.push(`audit: ${suppressed} hidden, there are ${hidden}`)
    }
    const { refusal } = world
    if (refusal) {
      const said = (refusal.errors + refusal.output).trim()
      if (refusal.code !== 1 || said === '')
        faults.push(`refused with exit ${refusal.code}, saying "${said}"`)
      if (existsSync(join(folder, `release-${world.folders.length + 1}`, 'observations.csv')))
        faults.push('refused, but written')
      if (world.folders.length === 0 && canBeProtected(made))
        faults.push(`refused, although it can be protected: ${said.slice(0, 300)}`)
    }
    return { ...report, faults }
  })
}

export interface AuditOutput {
  readonly cells: number
  readonly equations: number
  readonly suppressed: number
  readonly unsafe: readonly unknown[]
  readonly seconds: number
}

/**
 * What would be published if only the cells that a rule falls on were hidden, or those that `isHidden` names: the
 * table that the attacker must be seen to take apart.
 */
export function unprotectedRows(
  made: MadeMunicipality,
  figures: readonly MadeFigure[],
  isHidden: (cell: TrueCell) => boolean = fallsUnderRule,
): PublishedRow[] {
  const leaves = new Set(smallestAreas(made.areas).map(({ id }) => id))
  return [...trueCells(made, figures).values()]
    .filter(({ periods, span }) => periods === span)
    .map((cell) => {
      const { indicator, area, period, sex, denominator } = cell
      const shown = !isHidden(cell)
      const count = publishedCount(cell)
      const value = denominator === null ? count : (indicator.per * count) / denominator
      return {
        ...{ indicator: indicator.id, area, period, sex },
        level: leaves.has(area) || area === UNPLACED ? 'minst' : 'större',
        status: shown ? SHOWN : HIDDEN,
        value: shown ? value.toFixed(1) : '',
        numerator: shown ? String(count) : '',
        denominator: denominator === null ? '' : String(denominator),
        ...{ lower: '', upper: '', preliminary: '' },
      }
    })
}

/** Whether a cell's own figures are too small to be shown. */
export const fallsUnderRule = (cell: TrueCell): boolean =>
  requirementsOf(publishedCount(cell), cell.denominator, cell.indicator).length > 0
