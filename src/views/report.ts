import type { PeriodCode } from '../core/period.ts'

/**
 * A document as figures and words, before it has any form: what the printed page, slides, workbook, tables, pictures
 * and the self-contained page are all made of, so that they cannot say different things. Plain data: it can be stored
 * as JSON and shown again as it was. Every figure in it has passed the disclosure gate; a hidden one is a word and a
 * reason, never a number.
 */
export interface Report {
  readonly format: 1
  readonly kind: 'area-profile' | 'briefing'
  /** "Ålidhem södra". */
  readonly title: string
  /** "Områdesprofil. RegSO i stadsdelen Ålidhem, Umeå kommun". */
  readonly subtitle: string
  /** What every file states of itself: area, level, compared with, sex, period, release, date, boundaries. */
  readonly facts: readonly ReportFact[]
  /** Whom figures on people are of, where they are not parted: "kvinnor och män". */
  readonly sexText: string
  /** Drawn into every picture and said on every page, slide and sheet; null where no figure is invented. */
  readonly synthetic: { readonly label: string; readonly sentence: string } | null
  readonly sections: readonly ReportSection[]
  /** One of each indicator that the report shows, in its order. */
  readonly definitions: readonly ReportDefinition[]
  /** How a hidden, a missing, a zero and an uncertain figure are told apart, in words. */
  readonly key: readonly ReportFact[]
  /** "Källor": one line each. */
  readonly sources: readonly string[]
  /** What the figures do not say. */
  readonly limits: readonly string[]
  /** Of every file made of it, without its ending: "omradesprofil-2480R041-alidhem-sodra-2026-11". */
  readonly fileStem: string
  /** "Lägeskartan, utgåva 2026-11-03", for headers and footers. */
  readonly imprint: string
  /** ISO date on which the report was made. */
  readonly date: string
}

export interface ReportFact {
  readonly label: string
  readonly text: string
}

/** A part with a heading of its own: begins on a new slide, and on a sheet of its own. */
export interface ReportSection {
  /** Plain letters and hyphens, unique in the report: anchor, name of files. */
  readonly id: string
  readonly heading: string
  readonly blocks: readonly ReportBlock[]
  /** Stands below it: what it shows, of when, from where, and when it was fixed. */
  readonly foot?: string
  /** What a presenter needs beside it: source, definition, caveats. */
  readonly notes: readonly string[]
}

export type ReportBlock =
  ReportText | ReportMap | ReportScatter | ReportList | ReportTable | ReportBars | ReportLines

export interface ReportText {
  readonly kind: 'text'
  /** Sentences made of figures, or the analyst's own words, which are set apart wherever they stand. */
  readonly voice: 'figures' | 'analyst' | 'caveat'
  readonly heading: string | null
  readonly paragraphs: readonly string[]
}

/** Drawn from the boundaries, as an SVG document of its own; "Syntetiska demonstrationsdata" stands in it. */
export interface ReportMap {
  readonly kind: 'map'
  readonly id: string
  readonly caption: string
  /** All that the picture says, for those who do not see it. */
  readonly alternative: string
  readonly svg: string
  /** Pixels. */
  readonly width: number
  readonly height: number
}

/** Areas by two indicators, drawn as an SVG document of its own like a map. */
export interface ReportScatter extends Omit<ReportMap, 'kind'> {
  readonly kind: 'scatter'
  readonly across: ReportAxis
  readonly along: ReportAxis
  readonly points: readonly {
    readonly name: string
    readonly across: ReportFigure
    readonly along: ReportFigure
    /** Those that it lies with at one of the corners, where it lies at one: their name and colour. */
    readonly corner?: { readonly name: string; readonly token: string }
    /** Its name is written beside it. */
    readonly isNamed?: boolean
  }[]
}

export interface ReportAxis {
  readonly indicator: string
  readonly name: string
  readonly unitText: string
  readonly periodText: string
}

/** Areas by what is told of them, or what the colours of a drawing mean: one thing with one figure a row. */
export interface ReportList {
  readonly kind: 'list'
  readonly id: string
  /** The indicator's identifier: finds its definition. */
  readonly indicator: string
  readonly caption: string
  /** Above the names, where they are not those of areas. */
  readonly nameHead?: string
  /** Of the figures. */
  readonly unitText: string
  readonly periodText: string
  readonly groups: readonly ReportListGroup[]
}

export interface ReportListGroup {
  readonly heading: string
  /** How the drawing shows it: a design token, hatch, dots, or nothing. */
  readonly mark:
    | { readonly kind: 'colour'; readonly token: string }
    | { readonly kind: 'hidden' | 'missing' }
    | null
  /** None where the heading says it all: "28 områden skiljer sig inte säkert". */
  readonly rows: readonly {
    readonly name: string
    readonly figure: ReportFigure | ReportWord
    /** Where it is not the list's. */
    readonly unitText?: string
  }[]
}

/** A figure as it may be shown anywhere. */
export type ReportFigure =
  | {
      readonly kind: 'value'
      readonly value: number
      readonly decimals: number
      /** "%", "per 1 000", "" for counts. */
      readonly unit: string
      /** As on screen, with its unit: "17,1 %". */
      readonly text: string
      readonly interval: {
        readonly lower: number
        readonly upper: number
        readonly text: string
      } | null
      /** "litet underlag", or nothing. */
      readonly caution: string
    }
  /** `word` is "dold"; the reason never tells which rule hid it. */
  | { readonly kind: 'hidden'; readonly word: string; readonly reason: string }
  /** `word` is "saknas". */
  | { readonly kind: 'missing'; readonly word: string; readonly reason: string }

/** What is told in a word where others have a figure: "pågår, på väg". No figure of anything. */
export interface ReportWord {
  readonly kind: 'word'
  readonly word: string
}

/** Whether a difference is certain (99.8 %), likely (95 %), or cannot be told. */
export type ReportVerdict = 'much-lower' | 'lower' | 'uncertain' | 'higher' | 'much-higher'

/** Where one area stands among all of its level, in the indicator's unit. */
export interface ReportSpine {
  /** Null where the area shows no figure. */
  readonly value: number | null
  readonly interval: { readonly lower: number; readonly upper: number } | null
  /** The areas that show a value, the area itself left out. */
  readonly others: readonly number[]
  readonly lowerQuartile: number
  readonly upperQuartile: number
  /** The municipality's value, and the areas' median for what has none. */
  readonly middle: number
  readonly verdict: ReportVerdict | null
}

export interface ReportTrendPoint {
  readonly period: PeriodCode
  /** "2024", "ht 25". */
  readonly periodText: string
  readonly figure: ReportFigure
  /** The one that it is compared with in the same period. */
  readonly reference: ReportFigure
}

export interface ReportTrend {
  /** Oldest first; all periods of one kind, hidden and missing ones included. */
  readonly points: readonly ReportTrendPoint[]
  /** Null where it cannot be told. */
  readonly direction: 'rising' | 'falling' | 'uncertain' | null
  /** "ökar", "minskar", "osäkert", "kan inte bedömas". */
  readonly word: string
  /** Why, in full: "Ökar säkert sedan 2018 (…)", "Färre än fem perioder". */
  readonly explanation: string
}

/** One indicator of an area; or one area, in a table of areas. */
export interface ReportRow {
  /** The indicator's identifier: names files and finds its definition. */
  readonly indicator: string
  readonly name: string
  /** Whose figure it is where it is not the profile's own area: "stadsdelen Teg"; else nothing. */
  readonly place: string
  /** "per 1 000 invånare"; nothing where the unit says it. */
  readonly unitText: string
  readonly period: PeriodCode | null
  /** "2024", "ht 25"; nothing without one. */
  readonly periodText: string
  readonly figure: ReportFigure
  /** What it is compared with. */
  readonly reference: ReportFigure
  readonly spine: ReportSpine | null
  /** "högre", "troligen lägre", "går inte att säga", …; nothing where it is not compared. */
  readonly verdictText: string
  readonly trend: ReportTrend | null
  /** Null where the source does not part women and men. */
  readonly women: ReportFigure | null
  readonly men: ReportFigure | null
  /** Why there is no value, or what to be careful with. */
  readonly note: string
}

export interface ReportTable {
  readonly kind: 'table'
  readonly id: string
  readonly caption: string
  /**
   * Where each row is an area and all are of one thing: what that is ("Klotter, kvinnor"), and the order they stand in.
   * Such a table has no columns of what they are compared with, of time or of sex; what all are compared with is the
   * reference of each row, where the heads name one. Without it a row is an indicator of one place.
   */
  readonly ofAreas?: { readonly name: string; readonly order: 'name' | 'value' }
  /** Heads of the columns, in their order on paper. */
  readonly heads: ReportTableHeads
  readonly rows: readonly ReportRow[]
  /** Indicators that are not known here, by why: one sentence a reason. */
  readonly elsewhere: readonly string[]
}

export interface ReportTableHeads {
  readonly indicator: string
  /** The area's name. */
  readonly value: string
  readonly interval: string
  readonly lower: string
  /** The comparison's name, between `lower` and `higher` above the spines. */
  readonly middle: string
  readonly higher: string
  /** The comparison's name above its figures. */
  readonly reference: string
  readonly verdict: string
  readonly trend: string
  readonly women: string
  readonly men: string
  readonly period: string
  readonly note: string
  readonly unit: string
  readonly intervalLower: string
  readonly intervalUpper: string
  readonly status: string
}

/** Bars side by side, or back to back for a population by age and sex. */
export interface ReportBars {
  readonly kind: 'bars'
  readonly id: string
  readonly form: 'columns' | 'pyramid'
  readonly title: string
  /** All that the picture says, for those who do not see it. */
  readonly alternative: string
  readonly unitText: string
  /** Of the axis: "Ålder", "Månad". */
  readonly categoryHead: string
  readonly categories: readonly string[]
  readonly series: readonly { readonly name: string; readonly figures: readonly ReportFigure[] }[]
  /** "2025", or a span of them. */
  readonly periodText: string
  readonly note: string
}

/** One indicator over time. */
export interface ReportLines {
  readonly kind: 'lines'
  readonly id: string
  readonly title: string
  readonly alternative: string
  readonly unitText: string
  readonly periods: readonly { readonly code: PeriodCode; readonly text: string }[]
  readonly series: readonly {
    readonly name: string
    /** The area is drawn dark with its interval, what it is compared with grey and dashed. */
    readonly role: 'area' | 'reference'
    readonly figures: readonly ReportFigure[]
  }[]
  readonly note: string
}

/** Of an indicator, what must stand beside its figures. */
export interface ReportDefinition {
  readonly indicator: string
  readonly name: string
  /** "Bakomliggande faktorer". */
  readonly classText: string
  readonly focusProblems: readonly string[]
  readonly unitText: string
  readonly definition: string
  readonly source: string
  readonly frequency: string
  readonly periodText: string
  readonly caveats: readonly string[]
  /** How small figures are protected. */
  readonly disclosure: string
  readonly synthetic: boolean
}
