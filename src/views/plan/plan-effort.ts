import type { AreaRegister } from '../../core/area.ts'
import type { Indicator, IndicatorId } from '../../core/indicator.ts'
import { tellingsOf } from '../../core/plan-period.ts'
import type { ActivityPlan, Effort, Intervention } from '../../core/plan.ts'
import { formatNumber, listed } from '../../text/format.ts'
import { planText } from '../../text/plan.ts'
import { sv } from '../../text/sv.ts'
import { followUpsOf } from './plan-filter.ts'
import { departmentName, placeText } from './plan-table.ts'

/** One telling of an effort, in words. */
export interface ToldEffort {
  /** Null of the one it is counted with. */
  readonly toldBy: string | null
  readonly description: string
  readonly facts: readonly { readonly label: string; readonly lines: readonly string[] }[]
  readonly problems: readonly {
    readonly name: string
    /** The plan's own words. */
    readonly words: string
    readonly how: string
  }[]
  /** The plan's own words where it names no problem; else nothing. */
  readonly problemNote: string
  readonly early: string
  readonly goals: readonly string[]
  readonly measures: readonly {
    readonly text: string
    readonly reason: string
    readonly expected: string
    /** The nearest of the package's; null where none measures it. */
    readonly indicator: {
      readonly id: IndicatorId
      readonly name: string
      readonly text: string
      /** "Syntetiska demonstrationsdata" where its figures are invented. */
      readonly synthetic: string
    } | null
  }[]
}

export interface EffortFacts {
  readonly title: string
  readonly told: readonly ToldEffort[]
  readonly followUps: readonly {
    readonly heading: string
    readonly measures: readonly string[]
    readonly comment: string
  }[]
}

/** All that the plan says of one effort, everyone who tells of it in turn. */
export function effortFacts(
  plan: ActivityPlan,
  effort: Effort,
  register: Pick<AreaRegister, 'areas'>,
  indicators: readonly Indicator[],
): EffortFacts {
  const text = planText.effort
  return {
    title: effort.intervention.title,
    told: tellingsOf(effort).map((one, position) => ({
      toldBy: position === 0 ? null : text.toldBy(departmentName(plan, one.department)),
      description: one.description,
      facts: factsOf(plan, one, register),
      problems: one.focusProblems.map(({ id, words, how }) => ({
        ...{ name: planText.problem(id), words: text.words(words), how },
      })),
      problemNote: one.focusNote ? text.words(one.focusNote.words) : '',
      early: one.earlyDetection ? text.early : '',
      goals: one.goals,
      measures: one.followUpMeasures.map((measure) => {
        const indicator = indicators.find(({ id }) => id === measure.indicator)
        return {
          ...{ text: measure.text, reason: measure.reason ?? '' },
          expected: measure.expected ? text.expected[measure.expected] : '',
          indicator: indicator
            ? {
                ...{ id: indicator.id, name: indicator.name, text: text.indicator(indicator.name) },
                synthetic: indicator.synthetic ? sv.synthetic : '',
              }
            : null,
        }
      }),
    })),
    followUps: followUpsOf(plan, effort).map(
      ({ halfYear, status, reading, measures, comment }) => ({
        heading: text.followUp(
          halfYear,
          planText.statuses[status],
          reading === null ? text.notJudged : planText.readings[reading],
        ),
        measures: measures.map(
          ({ name, value, unit }) =>
            `${name}: ${formatNumber(value, Number.isInteger(value) ? 0 : 1)} ${unit}`,
        ),
        comment,
      }),
    ),
  }
}

/** What the plan names; and, where that is no area's name, where it lies. */
function placeLines(one: Intervention, register: Pick<AreaRegister, 'areas'>): readonly string[] {
  const where = placeText({ intervention: one, alsoToldBy: [] }, register)
  const { places } = one
  if (places.kind !== 'areas') return [where]
  const names = listed(places.names)
  return names === where || places.areas.length === 0
    ? [names]
    : [names, planText.effort.onMap(where)]
}

function factsOf(
  plan: ActivityPlan,
  one: Intervention,
  register: Pick<AreaRegister, 'areas'>,
): ToldEffort['facts'] {
  const text = planText.effort
  const { labels } = text
  const { places, period, ages, partners, budget } = one
  const notes = (...lines: readonly (string | null)[]): readonly string[] =>
    lines.filter((line): line is string => line !== null && line !== '')
  return [
    { label: labels.department, lines: [departmentName(plan, one.department)] },
    { label: labels.levels, lines: [one.levelText] },
    { label: labels.period, lines: notes(period.text, period.note) },
    { label: labels.target, lines: [one.targetGroup] },
    ...(ages ? [{ label: labels.ages, lines: [text.ages(ages.from, ages.to)] }] : []),
    {
      label: labels.places,
      lines: notes(
        ...placeLines(one, register),
        places.kind === 'areas' && places.unresolved.length > 0
          ? text.unresolved(places.unresolved)
          : null,
        places.note,
      ),
    },
    { label: labels.partners, lines: partners.length > 0 ? partners : [text.notSet] },
    {
      label: labels.money,
      lines:
        budget.length > 0
          ? budget.map(
              (money) =>
                `${money.text} (${money.year === null ? '' : `${money.year}: `}${planText.budget.partAmount(money.thousandsSEK)})`,
            )
          : [text.noMoney],
    },
    {
      label: labels.source,
      lines: [`${one.section.join(' › ')}, ${text.lines(one.lines.from, one.lines.to)}`],
    },
  ]
}
