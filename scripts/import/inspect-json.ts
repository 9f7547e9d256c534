import type { Finding } from '../../src/core/finding.ts'
import type { InspectedFile, Inspection } from '../../src/files/inspection.ts'
import {
  READ_SEXES,
  READING_REASONS,
  READING_STATUSES,
  type Readings,
} from '../../src/files/tables/readings.ts'
import { findingMessage } from '../../src/text/findings.ts'

/** A finding as the commands print it. */
export interface FindingJson {
  readonly code: string
  readonly severity: Finding['severity']
  readonly file: string
  readonly row: number | null
  readonly column: string | null
  readonly value: string | null
  readonly message: string
}

export const findingJson = (finding: Finding): FindingJson => ({
  ...{ code: finding.code, severity: finding.severity, file: finding.file, row: finding.row },
  ...{ column: finding.column, value: finding.text, message: findingMessage(finding) },
})

/** What `inspect --json` prints. */
export interface InspectJson {
  readonly files: readonly InspectedFile[]
  readonly findings: readonly FindingJson[]
  readonly areas: {
    readonly matched: number
    readonly unmatched: readonly {
      readonly value: string
      readonly suggestions: readonly string[]
    }[]
  }
  readonly observations: number
  readonly readings: readonly ReadingJson[]
  readonly boundaries: readonly {
    readonly code: string
    readonly name: string
    readonly centroid: readonly [number, number]
    readonly areaKm2: number
    readonly neighbours: readonly string[]
  }[]
}

export interface ReadingJson {
  readonly area: string
  readonly period: string
  readonly sex: string
  readonly age: string | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly value: number | null
  readonly status: string
  readonly reason: string | null
}

const MOST_READINGS = 20_000

/** The inspection as one plain object; undefined figures are null. */
export function toInspectJson(inspection: Inspection): InspectJson {
  const { files, tables, boundaries, findings } = inspection
  const matched = new Set(tables.flatMap((table) => table.areas.matched))
  const unmatched = new Map(
    tables.flatMap((table) =>
      table.areas.unmatched.map(({ value, suggestions }) => [value, suggestions] as const),
    ),
  )
  return {
    files,
    findings: findings.map(findingJson),
    areas: {
      matched: matched.size,
      unmatched: [...unmatched].map(([value, suggestions]) => ({ value, suggestions })),
    },
    observations: tables.reduce((sum, table) => sum + table.observations, 0),
    readings: tables.flatMap(({ readings }) => listReadings(readings)).slice(0, MOST_READINGS),
    boundaries: boundaries.flatMap((layer) =>
      layer.areas.map(({ code, name, centroid, areaKm2, neighbours }) => ({
        ...{ code, name, centroid, areaKm2, neighbours },
      })),
    ),
  }
}

function listReadings(readings: Readings): ReadingJson[] {
  const figure = (value: number): number | null => (Number.isNaN(value) ? null : value)
  return Array.from({ length: Math.min(readings.count, MOST_READINGS) }, (_, index) => ({
    area: readings.areas[readings.area[index]!]!,
    period: readings.periods[readings.period[index]!]!,
    sex: READ_SEXES[readings.sex[index]!]!,
    age: readings.ages[readings.age[index]!]!,
    numerator: figure(readings.numerator[index]!),
    denominator: figure(readings.denominator[index]!),
    value: figure(readings.value[index]!),
    status: READING_STATUSES[readings.status[index]!]!,
    reason: READING_REASONS[readings.reason[index]!] || null,
  }))
}
