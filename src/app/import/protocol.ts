import type { Topology } from 'topojson-specification'
import type { AreaId, AreaRegister, LevelId } from '../../core/area.ts'
import type { Advice } from '../../core/disclosure/advice.ts'
import type { StatusCounts } from '../../core/disclosure/gate.ts'
import type { EarlierRelease } from '../../core/disclosure/release-import.ts'
import type { Finding } from '../../core/finding.ts'
import type { Indicator, Sex } from '../../core/indicator.ts'
import type { PeriodCode, PeriodKind } from '../../core/period.ts'
import type { TieAnswers } from '../../files/boundaries/apply-boundary-version.ts'
import type { BoundaryQuestion } from '../../files/boundaries/boundary-version.ts'
import type { FileFormat } from '../../files/formats/dropped-file.ts'
import type { BoundaryTies } from '../../files/package/boundary-ties.ts'
import type { BoundaryLayer, ImportLayer, LayerFiles } from '../../files/package/overlay.ts'
import type { ReadPart } from '../../files/package/table-part.ts'
import type { Answers, Recipe, TableLayout } from '../../files/tables/mapping.ts'
import type { FileForm, TableFacts } from '../../text/import.ts'
import type { ImportChanges } from '../../views/import-changes.ts'
import type { FindingGroup } from '../../views/import-findings.ts'
import type { ColumnFacts, Sheet } from '../../views/import-sheet.ts'

/*
 * What the page and the worker of one import say to each other. Raw figures live in the worker and die with it: the
 * page is told of the rows it shows, with what tells of people masked, and of what has been through the gate.
 */

/** What dropped files are read against. */
export interface ImportSurroundings {
  readonly register: AreaRegister
  readonly recipes: readonly Recipe[]
  /** Names of areas that have been asked about before, in any file. */
  readonly areaNames: Readonly<Record<string, AreaId | null>>
  /** Boundaries in effect, an object per level, in degrees. */
  readonly topology: Topology | null
  /** Between this version of the boundaries and others. */
  readonly ties: readonly BoundaryTies[]
}

export interface ReleaseChoice {
  readonly indicator: Indicator
  readonly measure: string | null
  readonly age: string | null
  /** Whether events are shown where they happened too, as hexagons. */
  readonly hexagons: boolean
  /** Stated totals that contradict their parts: refused, or made of the parts instead. */
  readonly totals: 'stated' | 'made'
  /** The indicator as it was released before, oldest first. */
  readonly earlier: readonly EarlierRelease[]
  /** What has been read in, of any table. */
  readonly parts: readonly ReadPart[]
  /** ISO instant. */
  readonly importedAt: string
}

export type ImportRequest =
  | {
      readonly type: 'open'
      readonly files: readonly File[]
      readonly surroundings: ImportSurroundings
    }
  /** Another of the tables that were found. */
  | { readonly type: 'choose'; readonly item: number }
  | { readonly type: 'answer'; readonly answers: Answers }
  /** Rows around one that is not shown. 1-based. */
  | { readonly type: 'look'; readonly row: number }
  | { readonly type: 'list-findings' }
  | { readonly type: 'release'; readonly choice: ReleaseChoice }
  /** Which level the boundaries are a new version of. */
  | { readonly type: 'set-level'; readonly level: LevelId }
  | {
      readonly type: 'apply-boundaries'
      readonly answers: TieAnswers
      /** ISO instant. */
      readonly importedAt: string
    }

export const IMPORT_PHASES = ['fetch', 'opening', 'reading', 'protect'] as const
export type ImportPhase = (typeof IMPORT_PHASES)[number]

export interface ImportProgress {
  readonly phase: ImportPhase
  readonly file: string
  /** 0 … 1; null when nobody can tell. */
  readonly share: number | null
  /** Bytes of the file. */
  readonly bytes: number
}

/** One thing among what was dropped that can be read in by itself. */
export interface ImportItem {
  readonly kind: 'table' | 'boundaries' | 'project' | 'package'
  readonly file: string
  /** Sheet or layer; null when the file holds one. */
  readonly part: string | null
  /** Rows of data, or areas. */
  readonly rows: number
  readonly columns: number
}

/** The chosen table, as far as the page may know it. */
export interface TableView {
  readonly file: string
  readonly sheet: string | null
  readonly form: FileForm
  readonly facts: TableFacts
  readonly layout: TableLayout
  /** 1-based. */
  readonly headerRows: readonly number[]
  /** Text above and below the table. */
  readonly title: readonly string[]
  readonly notes: readonly string[]
  readonly columns: readonly ColumnFacts[]
  readonly preview: Sheet
  /** The rows that findings are about. */
  readonly context: Sheet
  readonly groups: readonly FindingGroup[]
  readonly stopping: number
  /** Rows that can be read, of `facts.dataRows`. */
  readonly readableRows: number
  readonly unmatched: number
  /** Texts that stand for no area, where there are so many that nobody answers them one by one; else none. */
  readonly unmatchedTexts: readonly string[]
  /** In effect: those of the recipe too. */
  readonly answers: Answers
  /** Texts of areas among the answers that this table has. */
  readonly answeredAreas: readonly string[]
  readonly recipe: string | null
  readonly shape: string
  readonly contents: TableContents
  /** Findings by severity, each counted once. */
  readonly findingCounts: Readonly<Record<Finding['severity'], number>>
}

/** What a table can give an indicator. */
export interface TableContents {
  readonly measures: readonly (string | null)[]
  readonly ages: readonly (string | null)[]
  readonly sexes: readonly Sex[]
  readonly periods: readonly PeriodCode[]
  /** Kinds of the periods, finest first. */
  readonly kinds: readonly PeriodKind[]
  readonly levels: readonly LevelId[]
  readonly hasNumerator: boolean
  readonly hasDenominator: boolean
  readonly hasValue: boolean
  readonly hasRespondents: boolean
  readonly unit: '%' | null
  readonly isEvents: boolean
  /** Events with a place of their own. */
  readonly points: number
}

/** What was dropped. */
export interface ImportView {
  readonly files: readonly (FileForm & {
    readonly name: string
    readonly format: FileFormat
    /** EPSG code of boundaries or points. */
    readonly crs: string | null
  })[]
  readonly items: readonly ImportItem[]
  /** Position in `items`; null when there is nothing that can be read in. */
  readonly chosen: number | null
  readonly table: TableView | null
  readonly boundaries: BoundariesView | null
  /** Of files that hold nothing to read in. */
  readonly findings: readonly Finding[]
}

/** Boundaries as the file has them. */
export interface BoundariesView {
  readonly file: string
  readonly layer: string | null
  /** The level that is replaced; null while that is a question, or when an error stops it. */
  readonly level: LevelId | null
  /** Levels that may be meant, likeliest first. */
  readonly levels: readonly LevelId[]
  /** Areas that the level gets. */
  readonly areas: number
  /** Areas before that are the same ground. */
  readonly ties: number
  /** Areas before by name, where the name is the same and the ground another. */
  readonly otherGround: readonly string[]
  readonly questions: readonly BoundaryQuestion[]
  readonly groups: readonly FindingGroup[]
}

export type BoundariesAnswer =
  | {
      readonly ok: true
      readonly layer: BoundaryLayer
      readonly files: LayerFiles
      readonly ties: BoundaryTies
      readonly level: LevelId
      readonly findings: readonly Finding[]
    }
  | { readonly ok: false }

export interface LevelResult {
  readonly level: LevelId
  readonly statuses: StatusCounts
}

export type ReleaseAnswer =
  | {
      readonly ok: true
      readonly layer: ImportLayer
      readonly files: LayerFiles
      readonly indicator: Indicator
      readonly levels: readonly LevelResult[]
      readonly findings: readonly Finding[]
      /** Null when the indicator was not read in before. */
      readonly changes: ImportChanges | null
    }
  | {
      readonly ok: false
      readonly findings: readonly Finding[]
      readonly advice: readonly Advice[]
    }

export type ImportReply =
  | { readonly type: 'progress'; readonly progress: ImportProgress }
  | { readonly type: 'view'; readonly view: ImportView }
  | { readonly type: 'findings'; readonly csv: string }
  | { readonly type: 'released'; readonly answer: ReleaseAnswer }
  | { readonly type: 'boundaries'; readonly answer: BoundariesAnswer }
  /** Something that should not happen; holds nothing of the file. */
  | { readonly type: 'failed'; readonly message: string }
