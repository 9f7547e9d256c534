import type { PeriodCode } from '../../core/period.ts'
import type { ActivityPlan, DepartmentId } from '../../core/plan.ts'
import { DEFAULT_VIEW_STATE, encode, type ViewState } from '../../core/view-state.ts'
import { roundText } from '../../text/follow-up-round.ts'
import { planText } from '../../text/plan.ts'
import {
  followUpRound,
  roundHalfYear,
  roundState,
  type FollowUpRound,
  type RoundRow,
} from '../plan/follow-up-round.ts'
import { markText } from '../plan/follow-up-words.ts'
import { departmentName } from '../plan/plan-table.ts'
import { TIMELINE_READINGS } from '../plan/plan-timeline.ts'
import { capital } from '../../text/format.ts'
import { countFigure } from '../report-figure.ts'
import type { ReportList, ReportListGroup, ReportText, ReportWord } from '../report.ts'
import type { SlideContent } from './slide-content.ts'
import type { RoundChapters } from './templates.ts'

/** More lines than these cannot be read from the back row; the others have a slide of their own. */
const MOST_EFFORTS = 8
const MOST_CHANGES = 4

const text = roundText.slide

/**
 * A half-year's follow-up on a slide: without a department all of it in short, with one its efforts, and of those that
 * are missing (`planStatus` none) which. Long ones are several slides, told by the address's own number.
 * @param day ISO date
 */
export function followUpSlide(plan: ActivityPlan, state: ViewState, day: string): SlideContent {
  const halfYear = roundHalfYear(plan, state.planHalfYear, day)
  const round = followUpRound(plan, halfYear, state.planDepartment)
  if (state.planStatus === 'none') return missingSlide(plan, round, state)
  return state.planDepartment === null
    ? shortSlide(plan, round)
    : departmentSlide(plan, round, state.planDepartment, state.slide)
}

const READINGS = TIMELINE_READINGS.map((reading) => ({ reading, name: markText(reading) }))

/** How many slides so many efforts take. */
export const pagesOf = (efforts: number): number => Math.max(1, Math.ceil(efforts / MOST_EFFORTS))

function shortSlide(plan: ActivityPlan, round: FollowUpRound): SlideContent {
  const { rows, done, halfYear, changes } = round
  const counted = READINGS.map(({ reading, name }) => ({
    name,
    figure: countFigure(rows.filter((row) => row.reading === reading).length),
  }))
  const told = changes.slice(0, MOST_CHANGES)
  const more = changes.length - told.length
  return content(plan, round, {
    claim: text.claim(done, rows.length, halfYear),
    list: {
      id: 'uppfoljning',
      caption: text.caption,
      nameHead: text.nameHead,
      unitText: text.unit,
    },
    groups: [{ heading: text.caption, mark: null, rows: counted }],
    said: [...told, ...(more > 0 ? [roundText.more(more)] : [])],
    notes: changes,
  })
}

function departmentSlide(
  plan: ActivityPlan,
  round: FollowUpRound,
  department: DepartmentId,
  asked: number,
): SlideContent {
  const name = departmentName(plan, department)
  const { page, pages, shown } = paged(round.rows, asked)
  return content(plan, round, {
    claim: text.page(text.claimOf(name, round.done, round.rows.length), page, pages),
    list: {
      id: `uppfoljning-${department}`,
      caption: text.captionOf(name),
      nameHead: text.effortHead,
      unitText: text.status,
    },
    groups: READINGS.flatMap(({ reading, name: heading }) => {
      const rows = shown.flatMap((row) =>
        row.reading === reading ? [{ name: row.title, figure: toldOf(row) }] : [],
      )
      return rows.length > 0 ? [{ heading: capital(heading), mark: null, rows }] : []
    }),
    said: [],
    notes: round.changes,
  })
}

function missingSlide(plan: ActivityPlan, round: FollowUpRound, state: ViewState): SlideContent {
  const { missing, halfYear } = round
  const { page, pages, shown } = paged(missing, state.slide)
  const groups = shown.map(({ title, effort }) =>
    alone(text.missingFrom(title, departmentName(plan, effort.intervention.department))),
  )
  return content(plan, round, {
    claim: text.page(text.claimOfMissing(missing.length, halfYear), page, pages),
    list: {
      id: 'uppfoljning-saknas',
      caption: text.captionOfMissing,
      nameHead: text.effortHead,
      unitText: text.status,
    },
    groups: groups.length > 0 ? groups : [alone(roundText.noneMissing)],
    ...{ said: [], notes: [] },
  })
}

interface Told {
  readonly claim: string
  readonly list: Pick<ReportList, 'id' | 'caption' | 'nameHead' | 'unitText'>
  readonly groups: readonly ReportListGroup[]
  readonly said: readonly string[]
  readonly notes: readonly string[]
}

function content(
  { source }: ActivityPlan,
  { halfYear, countText, missingText }: FollowUpRound,
  { claim, list, groups, said, notes }: Told,
): SlideContent {
  return {
    ...{ format: 1, view: 'plan', isCrossed: false, synthetic: false, definitions: [], claim },
    blocks: [
      {
        ...{ kind: 'list', indicator: '', ...list, groups },
        periodText: planText.halfYear(halfYear),
      },
      ...(said.length > 0 ? [summary(said)] : []),
    ],
    foot: text.foot(source.title, source.publisher),
    notes: [`${countText}. ${missingText}`, ...notes],
  }
}

const summary = (paragraphs: readonly string[]): ReportText => ({
  ...{ kind: 'text', voice: 'figures', heading: null, paragraphs },
})

/** An effort's status, beside the reading it stands under. */
const toldOf = ({ record }: RoundRow): ReportWord => ({
  kind: 'word',
  word: record ? planText.statuses[record.status] : roundText.states.missing,
})

const alone = (heading: string): ReportListGroup => ({ heading, mark: null, rows: [] })

/** The efforts of one slide; of the last one where fewer are left than were. */
function paged(
  rows: readonly RoundRow[],
  asked: number,
): { readonly page: number; readonly pages: number; readonly shown: readonly RoundRow[] } {
  const pages = pagesOf(rows.length)
  const page = Math.min(Math.max(1, asked), pages)
  // Slides as full as each other are read more easily than one with a single line.
  const each = Math.ceil(rows.length / pages)
  return { page, pages, shown: rows.slice((page - 1) * each, page * each) }
}

/** The chapters of a lägesbild made of a round. */
export function roundChapters(plan: ActivityPlan, halfYear: PeriodCode): RoundChapters {
  const round = followUpRound(plan, halfYear)
  const words = roundText.template
  const viewOf = (
    change: Partial<ViewState>,
    name = '',
    page = 1,
  ): { readonly address: string; readonly detail: string } => ({
    address: encode({
      ...{ ...DEFAULT_VIEW_STATE, ...roundState(halfYear, null), ...change, slide: page },
    }),
    detail: words.detail(halfYear, name, page),
  })
  const numbered = (efforts: number): number[] =>
    Array.from({ length: pagesOf(efforts) }, (_, at) => at + 1)
  const { title, publisher } = plan.source
  return {
    ...{ title: words.title(halfYear), chapter: words.chapter, brief: viewOf({}) },
    // Departments where none is followed up are told of with those that are missing.
    efforts: round.groups.flatMap(({ department, name, rows, done }) =>
      done === 0
        ? []
        : numbered(rows.length).map((page) => viewOf({ planDepartment: department }, name, page)),
    ),
    missing: numbered(round.missing.length).map((page) =>
      viewOf({ planStatus: 'none' }, words.missing, page),
    ),
    ...{ limits: words.limits, source: words.source(title, publisher) },
  }
}
