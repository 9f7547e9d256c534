import type { FollowUp } from '../../core/plan.ts'
import { formatNumber, NBSP } from '../../text/format.ts'
import { roundText } from '../../text/follow-up-round.ts'
import { planText } from '../../text/plan.ts'
import type { TimelineReading } from './plan-timeline.ts'

type Measure = FollowUp['measures'][number]

/** Counts below this can point at single persons. */
const FEWEST_PERSONS = 5
const DECIMALS_MOST = 10

/** Whether what a measure counts are people: told by its unit, which is a free word. */
const PEOPLE =
  /person|deltagare|barn|ung(a|dom)|elev|famil|föräld|vårdnadshavare|flick|pojk|kvinn|män\b/i

/** A number of people that can point at single ones. */
export const isSmallCount = ({
  name,
  value,
  unit,
}: Pick<Measure, 'name' | 'value' | 'unit'>): boolean =>
  value > 0 && value < FEWEST_PERSONS && PEOPLE.test(`${unit} ${unit === '' ? name : ''}`)

/** "24 personer", "7,5 procent". */
export function amountText({ value, unit }: Pick<Measure, 'value' | 'unit'>): string {
  const decimals = Math.min(DECIMALS_MOST, /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0)
  return `${formatNumber(value, decimals)}${NBSP}${unit}`
}

/** As `amountText`; "färre än 5 personer" where the number could point at single ones. */
export const measureValue = (measure: Measure): string =>
  isSmallCount(measure) ? `${roundText.fewerThanFive}${NBSP}${measure.unit}` : amountText(measure)

/** What a mark on the time line says, in a word. */
export const markText = (reading: TimelineReading): string =>
  reading === 'not-judged' ? roundText.form.notJudged : planText.readings[reading]

/** What was judged, in a word. */
export const readingText = (reading: FollowUp['reading']): string =>
  markText(reading ?? 'not-judged')
