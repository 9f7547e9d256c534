import { RELEASE_STATUSES } from '../../core/cell.ts'
import { ADVICE_STEPS } from '../../core/disclosure/advice.ts'
import { HIDING_RULES } from '../../core/disclosure/joint-table.ts'
import type { DisclosureLog } from '../../core/disclosure/log.ts'
import type { Finding } from '../../core/finding.ts'
import type { PackageIndex } from '../../core/release.ts'
import {
  boolean,
  checksum,
  count,
  Fault,
  findingOf,
  identifier,
  is,
  list,
  name,
  oneOf,
  optional,
  orNull,
  parseJson,
  record,
  text,
  unique,
} from './json-shape.ts'
import { plan, policy, release } from './release-shape.ts'

/** Where a package keeps its log of disclosure control: for programs, and for readers. */
export const DISCLOSURE_LOG_FILE = 'rojandekontroll.json'
export const READABLE_LOG_FILE = 'rojandekontroll.md'

const MAXIMUM_BYTES = 5_000_000

export type DisclosureLogReading =
  | { readonly ok: true; readonly log: DisclosureLog }
  | { readonly ok: false; readonly finding: Finding }

/**
 * Takes a package's log of disclosure control in, all or nothing. Total: any text gives a log or a finding whose
 * `column` is the faulty place. A log of another release, or of other files than the index names, is refused.
 * @param index the package's admitted index
 */
export function readDisclosureLog(
  json: string,
  file: string,
  index: PackageIndex,
): DisclosureLogReading {
  try {
    const stored = parseJson(json, MAXIMUM_BYTES)
    shape(stored, '')
    const log = stored as DisclosureLog
    checkLog(log, index)
    return { ok: true, log }
  } catch (fault) {
    return { ok: false, finding: findingOf(fault, file) }
  }
}

const counts = (names: readonly string[]) =>
  record(Object.fromEntries(names.map((key) => [key, count])))

const checksums = is(
  'object',
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
)

/** One indicator's part of a log (IndicatorLog). */
export const indicatorLog = record({
  indicator: identifier,
  name,
  denominatorName: orNull(text),
  plan,
  policy,
  method: oneOf('moves', 'optimal'),
  statuses: counts(RELEASE_STATUSES),
  hiddenByRule: counts(HIDING_RULES),
  waiting: count,
  audit: counts(['cells', 'equations', 'suppressed', 'unsafe']),
  advice: list(
    record({
      step: oneOf(...ADVICE_STEPS),
      cells: count,
      hiddenNow: count,
      hiddenThen: count,
    }),
  ),
})

const shape = record({
  format: oneOf(1),
  release,
  levels: list(record({ id: identifier, singular: name }), 1),
  indicators: list(indicatorLog),
  incidents: orNull(
    record({
      categories: list(record({ id: identifier, name, hexagons: boolean, policy })),
      minimumCount: count,
    }),
  ),
  flows: optional(
    list(record({ id: identifier, title: name, policy, shown: count, hidden: count })),
  ),
  earlier: list(record({ folder: text, sha256: checksum })),
  signed: orNull(name),
  files: checksums,
})

function checkLog(log: DisclosureLog, index: PackageIndex): void {
  if (log.release.id !== index.release.id)
    throw new Fault('package-log-release', 'release.id', log.release.id, {
      expected: index.release.id,
    })
  const levels = unique(log.levels, 'levels', ({ id }) => id)
  unique(log.indicators, 'indicators', ({ indicator }) => indicator)
  log.indicators.forEach(({ plan: { levels: planned }, statuses, hiddenByRule }, position) => {
    const place = `indicators[${position}]`
    planned.forEach((level, at) => {
      if (!levels.has(level))
        throw new Fault('package-unknown-level', `${place}.plan.levels[${at}]`, level)
    })
    const { none: _, ...rules } = hiddenByRule
    const hidden = Object.values(rules).reduce((sum, number) => sum + number, 0)
    if (hidden !== statuses.hidden)
      throw new Fault('package-log-sum', `${place}.statuses.hidden`, statuses.hidden, {
        expected: hidden,
      })
  })
  for (const [path, sum] of Object.entries(log.files)) checksum(sum, `files.${path}`)
  for (const { path, sha256 } of index.observations)
    if (log.files[path] !== sha256) throw new Fault('package-log-checksum', `files.${path}`, path)
}
