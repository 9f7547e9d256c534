import type { WordingContext } from './wording.ts'
import { commonReference } from '../report-table.ts'
import type { ReportBlock, ReportDefinition, ReportFigure } from '../report.ts'

/**
 * What a view says on a slide, once disclosed: plain data, so that it can be fixed and shown again as it was. The
 * analyst's words are not part of it.
 */
export interface SlideContent {
  readonly format: 1
  readonly view: 'map' | 'matrix' | 'moved' | 'pair' | 'plan' | 'profile' | 'table' | 'trend'
  /** What the figures say, in a sentence that fits a heading. */
  readonly claim: string
  readonly blocks: readonly ReportBlock[]
  /** What is shown, of when, and where it comes from: "Klotter per 1 000, 2025. Källa: Gator och parker." */
  readonly foot: string
  /** Caveats, for the presenter and the last page. */
  readonly notes: readonly string[]
  readonly definitions: readonly ReportDefinition[]
  /** Whether any figure of it is invented. */
  readonly synthetic: boolean
  /** Two things are crossed: nothing is said of causes. */
  readonly isCrossed: boolean
}

/** A figure of a slide with what it is of. */
export interface SlideFigure {
  /** "Ålidhem norra", "Klotter, kvinnor": unique on the slide. */
  readonly name: string
  readonly figure: ReportFigure
  /** The heading that it stands under in a list; else nothing. */
  readonly group: string
}

type WordingFigure = WordingContext['figures'][number]

/** Every figure that a slide shows, once each by its name. */
export function figuresOf({ blocks }: Pick<SlideContent, 'blocks'>): readonly SlideFigure[] {
  const figures = new Map<string, SlideFigure>()
  const add = (name: string, figure: ReportFigure | null, group = ''): void => {
    if (figure && !figures.has(name)) figures.set(name, { name, figure, group })
  }
  for (const block of blocks)
    switch (block.kind) {
      case 'list':
        for (const { heading, rows } of block.groups)
          for (const { name, figure } of rows)
            add(name, figure.kind === 'word' ? null : figure, heading)
        break
      case 'table':
        if (block.ofAreas !== undefined) {
          for (const { name, figure, verdictText } of block.rows) add(name, figure, verdictText)
          const common = commonReference(block)
          if (common) add(block.heads.reference, common)
          break
        }
        for (const row of block.rows) {
          add(row.name, row.figure)
          add(`${row.name}, ${block.heads.reference}`, row.reference)
          add(`${row.name}, ${block.heads.women}`, row.women)
          add(`${row.name}, ${block.heads.men}`, row.men)
        }
        break
      case 'bars':
        for (const { name, figures: own } of block.series)
          own.forEach((figure, at) => add(`${block.categories[at]!}, ${name}`, figure))
        break
      case 'lines':
        for (const { name, figures: own } of block.series)
          own.forEach((figure, at) => add(`${name}, ${block.periods[at]!.text}`, figure))
        break
      case 'scatter':
        for (const { name, across, along } of block.points) {
          add(`${name}, ${block.along.name}`, along)
          add(`${name}, ${block.across.name}`, across)
        }
        break
      case 'map':
      case 'text':
        break
    }
  return [...figures.values()]
}

/** The figures of a slide as the wording aid wants them: the ends of their intervals are shown too. */
export function wordingFigures(content: Pick<SlideContent, 'blocks'>): readonly WordingFigure[] {
  return figuresOf(content).flatMap(({ name, figure }) => {
    if (figure.kind !== 'value') return []
    const { value, decimals, unit, text, interval } = figure
    const ends = interval ? [interval.lower, interval.upper] : []
    return [value, ...ends].map((one) => ({ value: one, decimals, unit, text, name }))
  })
}
