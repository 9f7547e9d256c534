import { planWithFollowUps } from '../core/follow-up.ts'
import type { DisclosedFlow } from '../core/disclosure/disclosed-flow.ts'
import type { PeriodCode } from '../core/period.ts'
import { briefingPageText } from '../text/briefing-page.ts'
import type { BriefingSlide } from '../views/briefing/briefing.ts'
import { shownSlide, type ShownSlide } from '../views/briefing/shown-slide.ts'
import type { SlideContent } from '../views/briefing/slide-content.ts'
import type { Cross } from './cross/cross-once.ts'
import type { ProfilePackage } from './profile-reports.ts'
import type { Neighbours } from '../files/package/neighbours.ts'
import type { Workspace } from '../files/package/overlay.ts'
import { withOwnFlows } from '../files/plan/own-flows.ts'

export interface SlidePackage extends ProfilePackage {
  /** @throws PackageFault */
  neighbours(): Promise<Neighbours>
  /** @throws PackageFault */
  caseFlows(): Promise<readonly DisclosedFlow[]>
}

/** A package with the follow-ups and flows that are kept beside it, as in a project. */
export const withKept = (
  source: SlidePackage,
  { followUps, caseFlows }: Pick<Workspace, 'followUps' | 'caseFlows'>,
): SlidePackage => ({
  index: source.index,
  table: (indicator, level) => source.table(indicator, level),
  incidents: (level) => source.incidents(level),
  boundaries: () => source.boundaries(),
  neighbours: () => source.neighbours(),
  plan: async () => {
    const plan = await source.plan()
    return plan && planWithFollowUps(plan, followUps)
  },
  caseFlows: async () => withOwnFlows(await source.caseFlows(), caseFlows),
})

export interface SlideMaking {
  /** ISO date. */
  readonly date: string
  /** The colour of a design token. */
  readonly colour: (token: string) => string
  /** Width in pixels of a line in the interface's typeface at 12 px. */
  readonly measure: (text: string) => number
  readonly cross: Cross
}

/** Why a view cannot be shown on a slide. */
export type SlideFailure = 'not-a-view' | 'nothing-to-show' | 'unreadable'

export type MadeSlide =
  | {
      readonly kind: 'made'
      readonly content: SlideContent
      /** Those that the view could be of, oldest first; none where it is of many. */
      readonly periods: readonly PeriodCode[]
      /** That it is of. */
      readonly period: PeriodCode | null
    }
  | { readonly kind: 'failed'; readonly why: SlideFailure }

export const failed = (why: SlideFailure): MadeSlide => ({ kind: 'failed', why })

/** A slide that is of no one period. */
export const made = (content: SlideContent): MadeSlide => ({
  ...{ kind: 'made', content, periods: [], period: null },
})

/** A slide as it is to be shown: fixed, of words alone, or as its view was made. @param one null where it has no view */
export const shownAs = (slide: BriefingSlide, one: MadeSlide | null): ShownSlide =>
  one?.kind === 'failed'
    ? shownSlide(slide, null, briefingPageText.failure[one.why])
    : shownSlide(slide, one?.content ?? null, '')

/** Whether what a slide shows is made of figures that are open: it has a view, and is not fixed. */
export const isMade = (
  slide: BriefingSlide,
): slide is BriefingSlide & { readonly address: string; readonly fixed: null } =>
  slide.address !== null && slide.fixed === null
