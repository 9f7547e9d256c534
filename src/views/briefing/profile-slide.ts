import { slideText } from '../../text/briefing.ts'
import type { Report, ReportRow, ReportTable } from '../report.ts'
import type { SlideContent } from './slide-content.ts'

/** Rows that have room on one slide. */
const MOST_ROWS = 8
const MOST_SENTENCES = 3

const isCertain = ({ spine }: ReportRow): boolean =>
  spine?.verdict === 'much-higher' || spine?.verdict === 'much-lower'
const isTold = ({ spine, trend }: ReportRow): boolean =>
  (spine?.verdict != null && spine.verdict !== 'uncertain') ||
  trend?.direction === 'rising' ||
  trend?.direction === 'falling'

/** The profile of an area as one slide: where it is, what is certain, and those of its figures that say so. */
export function profileSlide(report: Report): SlideContent {
  const [opening] = report.sections
  const blocks = opening?.blocks ?? []
  const map = blocks.find((block) => block.kind === 'map')
  const sentences = blocks
    .flatMap((block) =>
      block.kind === 'text' && block.voice === 'figures' ? block.paragraphs : [],
    )
    .slice(0, MOST_SENTENCES)
  const tables = report.sections.flatMap((section) =>
    section.blocks.filter((block) => block.kind === 'table'),
  )
  const told = tables.flatMap(({ rows }) => rows.filter(isTold))
  // What is certain first, in the report's own order.
  const rows = [...told.filter(isCertain), ...told.filter((row) => !isCertain(row))].slice(
    0,
    MOST_ROWS,
  )
  const [sample] = tables
  const table: ReportTable | null =
    sample && rows.length > 0
      ? {
          ...{ kind: 'table', id: 'profil', caption: slideText.profile.certain },
          ...{ heads: sample.heads, rows, elsewhere: [] },
        }
      : null
  const own = new Set(rows.map(({ indicator }) => indicator))
  const definitions = report.definitions.filter(({ indicator }) => own.has(indicator))
  const sources = [...new Set(definitions.map(({ source }) => source))]
  const fact = (label: string): string =>
    report.facts.find((one) => one.label === label)?.text ?? ''
  return {
    ...{ format: 1, view: 'profile', isCrossed: false, definitions },
    claim: (sentences[0] ?? slideText.profile.none(report.title)).replace(/\.$/, ''),
    blocks: [
      ...(sentences.length > 1
        ? [
            {
              ...{ kind: 'text' as const, voice: 'figures' as const, heading: null },
              paragraphs: sentences.slice(1),
            },
          ]
        : []),
      ...(table ? [table] : []),
      ...(map && !table ? [map] : []),
    ],
    foot: [report.subtitle, fact('Period'), slideText.sources(sources)]
      .filter((part) => part !== '')
      .join('. '),
    notes: report.limits,
    synthetic: report.synthetic !== null,
  }
}
