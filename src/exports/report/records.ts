import { reportText } from '../../text/report.ts'
import { commonReference } from '../../views/report-table.ts'
import type {
  Report,
  ReportBars,
  ReportFigure,
  ReportLines,
  ReportList,
  ReportRow,
  ReportScatter,
  ReportSection,
  ReportTable,
} from '../../views/report.ts'

/** One figure of a report with all that it is read by: a line of its tables. */
export interface FigureRecord {
  readonly section: string
  /** The indicator's identifier, or a chart's. */
  readonly identifier: string
  readonly name: string
  /** A larger area whose figure it is; nothing for the report's own. */
  readonly place: string
  readonly period: string
  /** Of a chart: "0–5", "mars". */
  readonly part: string
  readonly sex: string
  /** The area's name, or of what it is compared with. */
  readonly whose: string
  readonly figure: ReportFigure
  readonly unit: string
  readonly verdict: string
  readonly trend: string
  readonly note: string
}

/**
 * Every figure of a report, once: the rows of its tables with what they are compared with, women and men, then all
 * periods, then what charts show besides.
 */
export function recordsOf(report: Report): readonly FigureRecord[] {
  return report.sections.flatMap((section) =>
    section.blocks.flatMap((block) => {
      switch (block.kind) {
        case 'table':
          if (block.ofAreas) return ofAreas(report, section, block)
          return [
            ...block.rows.flatMap((row) => ofRow(report, section, row, block.heads.reference)),
            ...block.rows.flatMap((row) => ofTrend(report, section, row, block.heads.reference)),
          ]
        case 'bars':
          return ofBars(report, section, block)
        case 'list':
          return ofList(report, section, block)
        case 'lines':
          // In a profile they show periods that the rows have.
          return report.kind === 'briefing' ? ofLines(report, section, block) : []
        case 'scatter':
          return ofScatter(report, section, block)
        case 'map':
        case 'text':
          return []
      }
    }),
  )
}

const NOTHING = { place: '', part: '', verdict: '', trend: '', note: '' } as const

/** The unit beside a number: "%", "per 1 000", "antal". */
const unitOfRow = ({ unitText }: ReportRow): string => (unitText === '' ? '%' : unitText)

function ofRow(
  report: Report,
  { heading: section }: ReportSection,
  row: ReportRow,
  reference: string,
): FigureRecord[] {
  const { tables } = reportText
  const common = {
    ...NOTHING,
    ...{ section, identifier: row.indicator, name: row.name, place: row.place },
    ...{ period: row.periodText, unit: unitOfRow(row) },
  }
  const whose = row.place === '' ? report.title : row.place
  const own = { ...common, whose, sex: report.sexText }
  return [
    {
      ...{ ...own, figure: row.figure, verdict: row.verdictText, note: row.note },
      trend: row.trend?.word ?? '',
    },
    { ...own, whose: reference, figure: row.reference },
    ...(row.women ? [{ ...own, sex: tables.women, figure: row.women }] : []),
    ...(row.men ? [{ ...own, sex: tables.men, figure: row.men }] : []),
  ]
}

/** Areas of a table, and once what all of them are compared with. */
function ofAreas(
  { sexText: sex }: Report,
  { heading: section }: ReportSection,
  table: ReportTable,
): FigureRecord[] {
  const recordOf = (row: ReportRow): FigureRecord => ({
    ...{ ...NOTHING, section, identifier: row.indicator, name: table.ofAreas?.name ?? '', sex },
    ...{ whose: row.name, figure: row.figure, unit: unitOfRow(row), period: row.periodText },
    ...{ verdict: row.verdictText, note: row.note },
  })
  const [first] = table.rows
  const reference = commonReference(table)
  return [
    ...table.rows.map(recordOf),
    ...(first && reference
      ? [
          {
            ...recordOf({ ...first, name: table.heads.reference, figure: reference }),
            ...{ verdict: '', note: '' },
          },
        ]
      : []),
  ]
}

/** All periods but the row's own, which its row has. */
function ofTrend(
  report: Report,
  { heading: section }: ReportSection,
  row: ReportRow,
  reference: string,
): FigureRecord[] {
  const whose = row.place === '' ? report.title : row.place
  return (row.trend?.points ?? [])
    .filter(({ period }) => period !== row.period)
    .flatMap((point) => {
      const common = {
        ...NOTHING,
        ...{ section, identifier: row.indicator, name: row.name, place: row.place },
        ...{ period: point.periodText, unit: unitOfRow(row), sex: report.sexText },
      }
      return [
        { ...common, whose, figure: point.figure },
        { ...common, whose: reference, figure: point.reference },
      ]
    })
}

function ofBars(
  report: Report,
  { heading: section }: ReportSection,
  bars: ReportBars,
): FigureRecord[] {
  const isPyramid = bars.form === 'pyramid'
  return bars.series.flatMap(({ name, figures }) =>
    figures.map((figure, at) => ({
      ...{ ...NOTHING, section, identifier: bars.id, name: bars.title },
      ...{ period: bars.periodText, part: bars.categories[at]!, unit: bars.unitText, figure },
      sex: isPyramid ? name.toLowerCase() : reportText.tables.all,
      whose: report.title,
    })),
  )
}

function ofList(
  { sexText: sex }: Report,
  { heading: section }: ReportSection,
  { indicator, caption, groups, unitText, periodText }: ReportList,
): FigureRecord[] {
  return groups.flatMap(({ heading, rows }) =>
    // What is told in words alone is no figure.
    rows.flatMap(({ name, figure, unitText: own = unitText }) =>
      figure.kind === 'word'
        ? []
        : {
            ...{
              ...NOTHING,
              section,
              identifier: indicator,
              name: caption,
              whose: name,
              figure,
              sex,
            },
            ...{ period: periodText, unit: own === '' ? '%' : own, verdict: heading },
          },
    ),
  )
}

function ofScatter(
  { sexText: sex }: Report,
  { heading: section }: ReportSection,
  { along, across, points }: ReportScatter,
): FigureRecord[] {
  return points.flatMap(({ name: whose, ...point }) =>
    ([along, across] as const).map((axis) => ({
      ...{ ...NOTHING, section, identifier: axis.indicator, name: axis.name, whose, sex },
      ...{ period: axis.periodText, unit: axis.unitText === '' ? '%' : axis.unitText },
      figure: axis === along ? point.along : point.across,
    })),
  )
}

function ofLines(
  { sexText: sex }: Report,
  { heading: section }: ReportSection,
  { id, title, series, periods, unitText }: ReportLines,
): FigureRecord[] {
  return series.flatMap(({ name: whose, figures }) =>
    figures.map((figure, at) => ({
      ...{ ...NOTHING, section, identifier: id, name: title, whose, figure, sex },
      ...{ period: periods[at]!.text, unit: unitText === '' ? '%' : unitText },
    })),
  )
}

/** Charts of a section that are not of its table's rows. */
export const barsOf = ({ blocks }: ReportSection): readonly ReportBars[] =>
  blocks.filter((block) => block.kind === 'bars')
