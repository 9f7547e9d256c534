import type { Area, AreaId } from '../core/area.ts'
import type { Finding } from '../core/finding.ts'
import type { CoordinateFrame } from './boundaries/coordinate-frame.ts'
import type { BoundaryReading } from './boundaries/boundary-reading.ts'
import type { FileFormat, TextEncodingName } from './formats/dropped-file.ts'
import type { Grid } from './formats/grid.ts'
import type { EventPoints } from './tables/event-points.ts'
import type { Answers, Recipe, TableLayout, TableMapping } from './tables/mapping.ts'
import type { Readings } from './tables/readings.ts'

/** What a table is read against. */
export interface ReadingContext {
  /** The register: areas of every level. */
  readonly areas: readonly Area[]
  readonly answers: Answers
  readonly recipes: readonly Recipe[]
}

export interface NotMatched {
  readonly value: string
  /** Codes of areas that may be meant, likeliest first. */
  readonly suggestions: readonly AreaId[]
  /** How many rows have it. */
  readonly rows: number
}

/** A line of text above or below a table. */
export interface TableNote {
  /** 1-based. */
  readonly row: number
  readonly text: string
}

/** One table of a file, read. Holds raw figures: it never leaves the worker (or the command) that made it. */
export interface TableReading {
  readonly file: string
  readonly sheet: string | null
  readonly grid: Grid
  readonly mapping: TableMapping
  /** What files of the same shape share; see Recipe. */
  readonly shape: string
  /** The recipe whose answers were used; null when none has this shape. */
  readonly recipe: Recipe | null
  readonly title: readonly TableNote[]
  readonly notes: readonly TableNote[]
  /** Rows of data, totals included, notes and blanks excluded. */
  readonly dataRows: number
  readonly readings: Readings
  readonly findings: readonly Finding[]
  readonly areas: { readonly matched: readonly AreaId[]; readonly unmatched: readonly NotMatched[] }
  /** The reference system that points of events are in; null without points. */
  readonly frame: CoordinateFrame | null
  /** Where events happened; null for other tables, and without points. */
  readonly points: EventPoints | null
  /** area × period × sex × age, each once; municipality totals, unknown areas and repeats excluded. */
  readonly observations: number
}

export interface InspectedFile {
  readonly name: string
  readonly format: FileFormat
  readonly encoding: TextEncodingName | null
  readonly delimiter: string | null
  readonly layout: TableLayout | 'boundaries' | null
  /** EPSG code of the reference system that boundaries or points are in. */
  readonly crs: string | null
  /** Rows of the largest table, or features. */
  readonly rows: number
  readonly columns: readonly string[]
}

export interface Inspection {
  readonly files: readonly InspectedFile[]
  readonly tables: readonly TableReading[]
  readonly boundaries: readonly BoundaryReading[]
  readonly findings: readonly Finding[]
}
