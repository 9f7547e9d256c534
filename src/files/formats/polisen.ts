import type { Finding } from '../../core/finding.ts'
import { stopped, type FormatReading } from './dropped-file.ts'
import { gridOfRows } from './grid.ts'
import { isRecord, member, textMember } from './json-value.ts'

/** What is kept of an event. */
interface KeptEvent {
  readonly id: string
  /** As the file has it: "2026-08-22 9:13:04 +02:00". */
  readonly datetime: string
  readonly type: string
  readonly place: string
}

const KEPT_FIELDS = ['id', 'datetime', 'type', 'location']
/** A county's or a municipality's midpoint, never the place of the event. */
const MIDPOINT = 'gps'
/** The names of fields come from the file too, and are repeated only when they look like names of fields. */
const FIELD_NAME = /^[A-Za-z_][\w-]{0,39}$/

/** Whether a JSON value looks like an answer of the Police's events API. */
export function isPolisen(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value
      .slice(0, 10)
      .every(
        (item) =>
          ['id', 'datetime', 'type'].every((key) => member(item, key) !== undefined) &&
          isRecord(member(item, 'location')),
      )
  )
}

/**
 * Reads an answer of the Police's events API (https://polisen.se/api/events) into a grid of `id`, `datum`, `typ` and
 * `plats`, a row an event. The day is that of the notice, in the offset it is written with. Its position is a
 * midpoint and its texts are free, so that neither is kept. An event that stands twice is kept once, in its latest
 * version.
 * @param value the parsed JSON
 */
export function readPolisen(file: string, value: unknown): FormatReading {
  if (!Array.isArray(value) || value.length === 0)
    return stopped('polisen', file, 'format-polisen-empty')
  const findings: Finding[] = []
  const report = (
    severity: Finding['severity'],
    code: string,
    parameters: Readonly<Record<string, string | number>>,
  ): void => {
    findings.push({ severity, code, file, row: null, column: null, text: null, parameters })
  }
  const events = value.map(readEvent).filter((event) => event !== null)
  if (events.length === 0) return stopped('polisen', file, 'format-polisen-empty')
  if (events.length < value.length)
    report('warning', 'format-polisen-not-events', { count: value.length - events.length })

  const latest = new Map<string, KeptEvent>()
  let repeated = 0
  let changed = 0
  for (const event of events) {
    const earlier = event.id === '' ? undefined : latest.get(event.id)
    if (!earlier) latest.set(event.id === '' ? `no id ${latest.size}` : event.id, event)
    else if (isSame(earlier, event)) repeated++
    else {
      changed++
      if (instantOf(event) > instantOf(earlier)) latest.set(event.id, event)
    }
  }
  if (repeated > 0) report('warning', 'format-polisen-repeated', { count: repeated })
  if (changed > 0) report('warning', 'format-polisen-changed', { count: changed })
  if (value.some((item) => member(member(item, 'location'), MIDPOINT) !== undefined))
    report('note', 'format-polisen-midpoint', {})
  const dropped = fieldsOf(value).filter((field) => !KEPT_FIELDS.includes(field))
  if (dropped.length > 0)
    report('note', 'format-polisen-dropped', {
      fields: dropped.filter((field) => FIELD_NAME.test(field)).join(', '),
      count: dropped.length,
    })

  const rows = [...latest.values()].map(({ id, datetime, type, place }) => [
    ...[id, dayOf(datetime), type, place],
  ])
  const grid = gridOfRows([['id', 'datum', 'typ', 'plats'], ...rows], { file, sheet: null })
  return {
    ...{ format: 'polisen', encoding: null, delimiter: null, boundaries: [] },
    grids: [grid],
    findings,
  }
}

function readEvent(item: unknown): KeptEvent | null {
  const datetime = textMember(item, 'datetime')
  const type = textMember(item, 'type')
  if (datetime === null || type === null) return null
  const place = textMember(member(item, 'location'), 'name') ?? ''
  return { id: textMember(item, 'id') ?? '', datetime, type, place }
}

/** The day of a time; what is no time stands as it is, for the reader of the table to refuse. */
const dayOf = (datetime: string): string =>
  /^(\d{4}-\d{2}-\d{2})([ T]|$)/.exec(datetime)?.[1] ?? datetime.slice(0, 40)

/** Milliseconds since 1970; before everything when it is no time. */
function instantOf({ datetime }: KeptEvent): number {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{1,2})(:\d{2}:\d{2})\s?([+-]\d{2}:\d{2}|Z)$/.exec(
    datetime,
  )
  const [, day, hour, rest, offset] = match ?? []
  const instant = Date.parse(`${day}T${hour?.padStart(2, '0')}${rest}${offset}`)
  return Number.isNaN(instant) ? -Infinity : instant
}

const isSame = (a: KeptEvent, b: KeptEvent): boolean =>
  a.datetime === b.datetime && a.type === b.type && a.place === b.place

const fieldsOf = (items: readonly unknown[]): string[] => [
  ...new Set(items.flatMap((item) => (isRecord(item) ? Object.keys(item) : []))),
]
