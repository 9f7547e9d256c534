import type { AreaId } from './area.ts'
import type { AgeRange, IndicatorId } from './indicator.ts'

/*
 * A municipality's plan of activities: what its departments mean to do, against which problems, where, and how they
 * will see whether it helped. Words in the data's own language are the plan's where the field says so, otherwise a
 * retelling. What the plan does not say is null or "not-stated", never guessed.
 */

export type DepartmentId = string
/** A focus problem as indicators name it (`Indicator.focusProblems`), so that the two meet. */
export type FocusProblemId = string
export type InterventionId = string

/** Lines of the plan as plain text, a paragraph a line; 1-based, both ends included. */
export interface Lines {
  readonly from: number
  readonly to: number
}

/** Headings of the plan, outermost first. */
export type SectionPath = readonly string[]

/** For everyone, for groups or places at risk, for those already affected; or not aimed at people at all. */
export const PREVENTION_LEVELS = ['universell', 'selektiv', 'indikerad', 'inte-relevant'] as const
export type PreventionLevel = (typeof PREVENTION_LEVELS)[number]

/** Spring (vårtermin, våren) and autumn (hösttermin, hösten). */
export const PLAN_TERMS = ['VT', 'HT'] as const
export type PlanTerm = (typeof PLAN_TERMS)[number]

/**
 * When an intervention runs. An end only where the plan states one: a term alone is a start, a year alone is the
 * whole year, a summer lies within its year. Where preparation and start are both given, the start counts.
 */
export interface PlanPeriod {
  /** "YYYY" or "YYYY-MM". */
  readonly start: string | null
  /** The half of the start's year, where the plan says no month. */
  readonly startTerm: PlanTerm | null
  readonly end: string | null
  readonly endTerm: PlanTerm | null
  /** The plan's own words. */
  readonly text: string
  readonly note: string | null
}

/**
 * Where an intervention takes place.
 * areas: the plan names places; those that the register of areas can tell are in `areas`, the others in `unresolved`
 * whole: the plan says all of them, e.g. every school
 * not-stated: the plan names no place
 * not-shown: sheltered or residential care, which is never put on a map, whatever the plan says
 */
export type InterventionPlaces =
  | {
      readonly kind: 'areas'
      /** As the plan writes them. */
      readonly names: readonly string[]
      readonly areas: readonly AreaId[]
      readonly unresolved: readonly string[]
      readonly note: string | null
    }
  | { readonly kind: 'whole' | 'not-stated' | 'not-shown'; readonly note: string | null }

/**
 * named: the problems are listed
 * all: the plan says all of them, in time; none is listed
 * indirect: the plan says that it helps others to help; none is listed
 * none: the plan says that it is tied to none
 */
export const FOCUS_SCOPES = ['named', 'all', 'indirect', 'none'] as const
export type FocusScope = (typeof FOCUS_SCOPES)[number]

export interface FocusLink {
  readonly id: FocusProblemId
  /** What the plan calls the problem here; its wording varies. */
  readonly words: string
  readonly line: number
  /** How the intervention is meant to help. */
  readonly how: string
}

export interface FollowUpMeasure {
  readonly text: string
  /** The indicator that comes nearest to what the plan wants to measure; null where none does. */
  readonly indicator: IndicatorId | null
  /**
   * Where the plan expects the indicator to go, or the measure itself where there is no indicator; null where it does
   * not say. May oppose the indicator's polarity: more reports can be the aim.
   */
  readonly expected: 'up' | 'down' | null
  /** Why the link and the direction, or why none; given wherever there is a link or a direction. */
  readonly reason: string | null
  readonly line: number
}

/** Money that the plan states for an intervention. */
export interface PlanMoney {
  /** Null where the plan ties it to no year. */
  readonly year: number | null
  /** Null where the plan speaks of money without an amount. */
  readonly thousandsSEK: number | null
  readonly text: string
  readonly line: number
}

export interface Intervention {
  readonly id: InterventionId
  readonly department: DepartmentId
  readonly number: number | null
  /** As in the plan. */
  readonly title: string
  readonly levels: readonly PreventionLevel[]
  /** The plan's own words for the level. */
  readonly levelText: string
  readonly description: string
  readonly period: PlanPeriod
  readonly targetGroup: string
  /** Of the children and young people it is for, where the plan states ages for the whole of it. */
  readonly ages: AgeRange | null
  readonly places: InterventionPlaces
  readonly focusScope: FocusScope
  /** The plan's own words where the scope is not "named". */
  readonly focusNote: { readonly words: string; readonly line: number } | null
  readonly focusProblems: readonly FocusLink[]
  /** The plan says that children at risk will be noticed earlier. */
  readonly earlyDetection: boolean
  /** None where the plan has not set any yet. */
  readonly goals: readonly string[]
  readonly followUpMeasures: readonly FollowUpMeasure[]
  readonly partners: readonly string[]
  readonly budget: readonly PlanMoney[]
  /** The same effort, told by another department first: counted there, with the dates of both shown. */
  readonly sameAs: InterventionId | null
  readonly section: SectionPath
  readonly lines: Lines
}

/** What a department already does, whatever the plan adds. */
export interface OrdinaryWork {
  readonly department: DepartmentId
  /** Null where the plan does not tie it to one problem. */
  readonly focusProblem: FocusProblemId | null
  readonly items: readonly string[]
  readonly section: SectionPath
  readonly lines: Lines
}

/** A department's extra money for the plan, and how it says that it is divided. */
export interface BudgetAddition {
  readonly department: DepartmentId
  /** 0 where the department says that it got none. */
  readonly thousandsSEK: number
  /** The plan's own words. */
  readonly words: string
  readonly text: string
  readonly split: readonly {
    readonly thousandsSEK: number | null
    readonly text: string
    /** Only those that the plan names for this money. */
    readonly interventions: readonly InterventionId[]
    readonly line: number
  }[]
  readonly section: SectionPath
  readonly lines: Lines
}

/** Whether sums that the plan states agree with their parts. */
export interface BudgetCheck {
  readonly text: string
  /** Null where the plan's figures do not suffice to tell. */
  readonly holds: boolean | null
  readonly saidThousandsSEK: number | null
  readonly foundThousandsSEK: number | null
  readonly lines: readonly number[]
}

/** planerad planned, pagaende under way, avslutad ended, ordinarie part of the ordinary work now. */
export const FOLLOW_UP_STATUSES = ['planerad', 'pagaende', 'avslutad', 'ordinarie'] as const
export type FollowUpStatus = (typeof FOLLOW_UP_STATUSES)[number]

/** Too early to tell, on its way, reached, ended. */
export const FOLLOW_UP_READINGS = ['for-tidigt', 'pa-vag', 'uppnatt', 'avslutad'] as const
export type FollowUpReading = (typeof FOLLOW_UP_READINGS)[number]

/** What was seen of an intervention in one half-year. */
export interface FollowUp {
  readonly intervention: InterventionId
  /** "2024-H1". */
  readonly halfYear: string
  readonly status: FollowUpStatus
  readonly measures: readonly {
    readonly name: string
    readonly value: number
    readonly unit: string
  }[]
  /** Null where nobody has judged it. */
  readonly reading: FollowUpReading | null
  readonly comment: string
  /** ISO day when it was written; null where the plan tells of it, without a day. */
  readonly date: string | null
  /** Null for what was written after the plan. */
  readonly lines: Lines | null
}

/** A project from before the plan, as its own source tells of it: nothing of what came of it. */
export interface EarlierProject {
  /** As in the source. */
  readonly title: string
  /** Retold. */
  readonly description: string
  /** The year that it began; null where the source does not say. */
  readonly since: number | null
  readonly targetGroup: string | null
  readonly ages: AgeRange | null
  /** As in the source; null where it names none. */
  readonly place: string | null
  readonly thousandsSEK: number | null
  readonly line: number
}

/** What was done before the plan. */
export interface PlanHistory {
  readonly source: { readonly title: string; readonly publisher: string; readonly note: string }
  readonly projects: readonly EarlierProject[]
}

export interface ActivityPlan {
  readonly format: 1
  readonly source: {
    readonly title: string
    readonly publisher: string
    readonly years: { readonly from: number; readonly to: number }
    readonly note: string
  }
  readonly departments: readonly { readonly id: DepartmentId; readonly name: string }[]
  readonly focusProblems: readonly {
    readonly id: FocusProblemId
    /** The plan's own words. */
    readonly words: string
  }[]
  readonly interventions: readonly Intervention[]
  readonly ordinaryWork: readonly OrdinaryWork[]
  readonly budgetAdditions: readonly BudgetAddition[]
  readonly budgetCheck: readonly BudgetCheck[]
  readonly followUps: readonly FollowUp[]
  /** Left out where nothing is told of the time before. */
  readonly history?: PlanHistory
}

/** One effort: an intervention, and what other departments tell of the same. */
export interface Effort {
  readonly intervention: Intervention
  readonly alsoToldBy: readonly Intervention[]
}

/** The plan's efforts, each once, in its order. */
export const effortsOf = ({ interventions }: ActivityPlan): Effort[] =>
  interventions
    .filter(({ sameAs }) => sameAs === null)
    .map((intervention) => ({
      intervention,
      alsoToldBy: interventions.filter(({ sameAs }) => sameAs === intervention.id),
    }))
