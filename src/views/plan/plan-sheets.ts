import type { AreaId } from '../../core/area.ts'
import type { ActivityPlan, Lines, PlanHistory, PlanTerm } from '../../core/plan.ts'
import {
  PLAN_CHOICES,
  PLAN_COLUMNS,
  PLAN_SHEETS,
  planSheetText,
  type PlanColumn,
  type PlanSheetName,
} from '../../text/plan-sheet.ts'
import { departmentName } from './plan-table.ts'

export type PlanSheetCell = string | number | null

/** A sheet of a plan as a workbook: names of its columns, then its rows. */
export interface PlanSheet {
  readonly name: string
  readonly heads: readonly string[]
  readonly rows: readonly (readonly PlanSheetCell[])[]
}

/**
 * A plan as the sheets of a workbook, which `readPlanSheets` makes the same plan of. Not carried: a term without its
 * year, and spaces at the ends of a text. Areas stand with their identifiers.
 */
export function planSheets(plan: ActivityPlan): PlanSheet[] {
  const department = (id: string): string => departmentName(plan, id)
  const { interventions: efforts, source } = plan
  return [
    sheet(
      'about',
      ['planTitle', 'publisher', 'firstYear', 'lastYear', 'note'],
      [[source.title, source.publisher, source.years.from, source.years.to, source.note]],
    ),
    sheet(
      'efforts',
      EFFORT_COLUMNS,
      efforts.map((one) => [
        department(one.department),
        one.number,
        one.title,
        one.id,
        listed(one.levels.map((level) => word(PLAN_CHOICES.level[level]))),
        one.levelText,
        one.description,
        dated(one.period.start, one.period.startTerm),
        dated(one.period.end, one.period.endTerm),
        one.period.text,
        one.period.note,
        one.targetGroup,
        one.ages?.from ?? null,
        one.ages?.to ?? null,
        one.places.kind === 'areas'
          ? listed(one.places.names)
          : word(PLAN_CHOICES.place[one.places.kind]),
        one.places.kind === 'areas' ? listed(one.places.areas) : null,
        one.places.kind === 'areas' ? listed(one.places.unresolved) : null,
        one.places.note,
        one.focusScope === 'named'
          ? listed(one.focusProblems.map(({ id }) => id))
          : word(PLAN_CHOICES.scope[one.focusScope]),
        one.focusNote?.words ?? null,
        one.focusNote?.line ?? null,
        word(PLAN_CHOICES.yes[one.earlyDetection ? 'yes' : 'no']),
        listed(one.goals),
        listed(one.partners),
        one.sameAs,
        listed(one.section),
        span(one.lines),
      ]),
    ),
    sheet(
      'links',
      ['effort', 'problem', 'words', 'how', 'line'],
      efforts.flatMap(({ id, focusProblems }) =>
        focusProblems.map((link) => [id, link.id, link.words, link.how, link.line]),
      ),
    ),
    sheet(
      'measures',
      ['effort', 'measure', 'indicator', 'expected', 'reason', 'line'],
      efforts.flatMap(({ id, followUpMeasures }) =>
        followUpMeasures.map(({ text, indicator, expected, reason, line }) => [
          ...[id, text, indicator, expected && word(PLAN_CHOICES.expected[expected]), reason, line],
        ]),
      ),
    ),
    sheet(
      'money',
      ['effort', 'year', 'thousands', 'text', 'line'],
      efforts.flatMap(({ id, budget }) =>
        budget.map(({ year, thousandsSEK, text, line }) => [id, year, thousandsSEK, text, line]),
      ),
    ),
    sheet(
      'departments',
      ['name', 'id'],
      plan.departments.map(({ id, name }) => [name, id]),
    ),
    sheet(
      'problems',
      ['problem', 'words'],
      plan.focusProblems.map(({ id, words }) => [id, words]),
    ),
    sheet(
      'ordinary',
      ['department', 'problem', 'items', 'section', 'lines'],
      plan.ordinaryWork.map((work) => [
        ...[department(work.department), work.focusProblem, listed(work.items)],
        ...[listed(work.section), span(work.lines)],
      ]),
    ),
    sheet(
      'additions',
      ['department', 'thousands', 'words', 'text', 'section', 'lines'],
      plan.budgetAdditions.map((one) => [
        ...[department(one.department), one.thousandsSEK, one.words, one.text],
        ...[listed(one.section), span(one.lines)],
      ]),
    ),
    sheet(
      'split',
      ['department', 'thousands', 'text', 'interventions', 'line'],
      plan.budgetAdditions.flatMap((one) =>
        one.split.map(({ thousandsSEK, text, interventions, line }) => [
          ...[department(one.department), thousandsSEK, text, listed(interventions), line],
        ]),
      ),
    ),
    sheet(
      'checks',
      ['text', 'holds', 'said', 'found', 'lines'],
      plan.budgetCheck.map((one) => [
        one.text,
        word(PLAN_CHOICES.holds[one.holds === null ? 'unknown' : one.holds ? 'yes' : 'no']),
        ...[one.saidThousandsSEK, one.foundThousandsSEK, listed(one.lines.map(String))],
      ]),
    ),
    ...(plan.history ? [historySheet(plan.history)] : []),
    sheet(
      'followUps',
      FOLLOW_UP_COLUMNS,
      plan.followUps.flatMap((one) =>
        (one.measures.length > 0 ? one.measures : [null]).map((measure) => [
          ...[
            one.intervention,
            planSheetText.halfYear(one.halfYear),
            word(PLAN_CHOICES.status[one.status]),
          ],
          one.reading && word(PLAN_CHOICES.reading[one.reading]),
          ...[measure?.name ?? null, measure?.value ?? null, measure?.unit ?? null],
          ...[one.comment, one.date, one.lines && span(one.lines)],
        ]),
      ),
    ),
  ]
}

/** The source on every row, so that each says where it is from. */
const historySheet = ({ source, projects }: PlanHistory): PlanSheet =>
  sheet(
    'history',
    HISTORY_COLUMNS,
    projects.map((one) => [
      ...[one.title, one.description, one.since, one.targetGroup],
      ...[one.ages?.from ?? null, one.ages?.to ?? null, one.place, one.thousandsSEK, one.line],
      ...[source.title, source.publisher, source.note],
    ]),
  )

const HISTORY_COLUMNS: readonly PlanColumn[] = [
  ...(['project', 'description', 'since', 'targetGroup', 'agesFrom', 'agesTo', 'place'] as const),
  ...(['thousands', 'line', 'sourceTitle', 'sourcePublisher', 'sourceNote'] as const),
]

const EFFORT_COLUMNS = [
  ...['department', 'number', 'title', 'id', 'levels', 'levelText', 'description', 'start'],
  ...['end', 'when', 'whenNote', 'targetGroup', 'agesFrom', 'agesTo', 'places', 'areas'],
  ...['unresolved', 'placeNote', 'problems', 'problemNote', 'problemLine', 'early', 'goals'],
  ...['partners', 'sameAs', 'section', 'lines'],
] as readonly PlanColumn[]

const FOLLOW_UP_COLUMNS: readonly PlanColumn[] = [
  ...(['effort', 'halfYear', 'status', 'reading', 'measure', 'value', 'unit'] as const),
  ...(['comment', 'date', 'lines'] as const),
]

function sheet(
  kind: PlanSheetName,
  columns: readonly PlanColumn[],
  rows: readonly (readonly PlanSheetCell[])[],
): PlanSheet {
  return {
    name: PLAN_SHEETS[kind][0],
    heads: columns.map((column) => PLAN_COLUMNS[column][0]),
    rows,
  }
}

/** What is written for a choice: the first of its words. */
const word = (words: readonly string[]): string => words[0]!

/** One a line; a single one that holds a semicolon ends with a line break, so that it is not taken apart. */
function listed(items: readonly (string | AreaId)[]): string {
  const [only, ...others] = items
  if (only !== undefined && others.length === 0 && only.includes(';')) return `${only}\n`
  return items.join('\n')
}

const dated = (date: string | null, term: PlanTerm | null): string | null =>
  date === null ? null : term === null ? date : `${planSheetText.term[term]} ${date}`

const span = ({ from, to }: Lines): string => (from === to ? String(from) : `${from}–${to}`)
