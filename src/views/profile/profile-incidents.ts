import {
  CELL_STATUSES,
  STATUS_HIDDEN,
  STATUS_INCOMPLETE,
  STATUS_NOT_COLLECTED,
  STATUS_VALUE,
} from '../../core/cell.ts'
import type { DisclosedIncidents } from '../../core/disclosure/incidents.ts'
import { periodStart, type PeriodCode } from '../../core/period.ts'
import type { Place } from '../../core/place.ts'
import type { IncidentCategory } from '../../core/release.ts'
import { periodShort } from '../../text/format.ts'
import { profileText } from '../../text/profile.ts'
import { sv } from '../../text/sv.ts'
import type { ReportBars, ReportBlock, ReportFigure } from '../report.ts'
import { countFigure, figureText } from '../report-figure.ts'

const SEASONS = ['winter', 'spring', 'summer', 'autumn'] as const
type Season = (typeof SEASONS)[number]

/** December belongs to the winter, whatever its year: seasons are summed over all years. */
const seasonOf = (month: PeriodCode): Season =>
  SEASONS[Math.floor((periodStart(month).month % 12) / 3)]!

const yearOf = (month: PeriodCode): string => month.slice(0, 4)

/**
 * What has happened in a place: each category's months of the newest year, and its seasons over all years. A sum is
 * shown only where all its parts are.
 * @param until years after this one are left out; null: none are
 */
export function profileIncidents(
  incidents: DisclosedIncidents,
  categories: readonly IncidentCategory[],
  place: Place,
  until: string | null,
): readonly ReportBlock[] {
  const words = profileText.incidents
  const months = incidents.periods.filter((month) => until === null || yearOf(month) <= until)
  if (months.length === 0) return []
  const [first, last] = [yearOf(months[0]!), yearOf(months.at(-1)!)]
  const newest = months.filter((month) => yearOf(month) === last)
  const blocks: ReportBars[] = []
  const none: string[] = []
  const notHere: string[] = []
  const hidden: string[] = []
  for (const { id, name } of categories) {
    const category = incidents.categories.indexOf(id)
    if (category < 0) continue
    const figureOf = (of: readonly PeriodCode[]): ReportFigure =>
      sumOf(incidents, category, place, of)
    const all = months.map((month) => figureOf([month]))
    if (all.every(({ kind }) => kind === 'missing')) {
      notHere.push(name)
      continue
    }
    if (all.every((figure) => figure.kind === 'value' && figure.value === 0)) {
      none.push(name)
      continue
    }
    if (all.every(({ kind }) => kind !== 'value')) {
      hidden.push(name)
      continue
    }
    const bars = (
      kind: string,
      title: string,
      head: string,
      periodText: string,
      parts: readonly { readonly text: string; readonly figure: ReportFigure }[],
      note: string,
    ): ReportBars => ({
      ...{ kind: 'bars', id: `${id}-${kind}`, form: 'columns', title, note, periodText },
      alternative: words.alternative(
        title,
        place.name,
        parts.map(({ text, figure }) => `${text} ${figureText(figure)}`),
      ),
      ...{ unitText: words.unit, categoryHead: head },
      categories: parts.map(({ text }) => text),
      series: [{ name, figures: parts.map(({ figure }) => figure) }],
    })
    blocks.push(
      bars(
        'manad',
        words.byMonth(name, last),
        words.month,
        last,
        newest.map((month) => ({
          text: periodShort(month).split(' ')[0]!,
          figure: figureOf([month]),
        })),
        '',
      ),
      bars(
        'arstid',
        words.bySeason(name, first, last),
        words.season,
        `${first}–${last}`,
        SEASONS.map((season) => ({
          text: words.seasonNames[season],
          figure: figureOf(months.filter((month) => seasonOf(month) === season)),
        })),
        words.seasonNote,
      ),
    )
  }
  const sentences = [
    ...(none.length > 0 ? [words.none(none, first, last)] : []),
    ...(hidden.length > 0 ? [words.allHidden(hidden)] : []),
    ...(notHere.length > 0 ? [words.notHere(notHere)] : []),
  ]
  return [
    ...blocks,
    ...(sentences.length > 0
      ? [
          {
            ...({ kind: 'text', voice: 'figures', heading: null } as const),
            paragraphs: sentences,
          },
        ]
      : []),
  ]
}

/** A place's count over months; hidden where any part is, else missing where any part is. */
function sumOf(
  incidents: DisclosedIncidents,
  category: number,
  place: Place,
  of: readonly PeriodCode[],
): ReportFigure {
  const statuses = new Set<number>()
  let sum = 0
  for (const month of of) {
    const period = incidents.periods.indexOf(month)
    for (const area of place.areas) {
      const at = incidents.areas.indexOf(area)
      const cell = (category * incidents.periods.length + period) * incidents.areas.length + at
      const status = at < 0 ? STATUS_NOT_COLLECTED : incidents.status[cell]!
      statuses.add(status)
      if (status === STATUS_VALUE) sum += incidents.count[cell]!
    }
  }
  if (statuses.size === 1 && statuses.has(STATUS_VALUE)) return countFigure(sum)
  const hidden = [...statuses].find((status) => CELL_STATUSES[status]!.startsWith('hidden'))
  if (hidden !== undefined)
    return {
      ...{ kind: 'hidden', word: sv.cell.hidden },
      reason: sv.cell.hiddenLong[hidden === STATUS_HIDDEN ? 'disclosure' : 'at-source'],
    }
  const [only] = statuses
  const status = statuses.size === 1 ? only! : STATUS_INCOMPLETE
  const reason = {
    'missing-not-collected': 'not-collected',
    'missing-no-population': 'no-population',
    'missing-outside-period': 'outside-period',
    'missing-other-boundaries': 'other-boundaries',
  }[CELL_STATUSES[status] as string] as 'not-collected' | undefined
  return {
    ...{ kind: 'missing', word: sv.cell.missing },
    reason: sv.cell.missingLong[reason ?? 'incomplete'],
  }
}
