import type { PeriodCode } from '../core/period.ts'
import type { SlideContent } from '../views/briefing/slide-content.ts'
import type { Cross } from './cross/cross-once.ts'
import type { ProfilePackage } from './profile-reports.ts'
import type { Neighbours } from '../files/package/neighbours.ts'

export interface SlidePackage extends ProfilePackage {
  /** @throws PackageFault */
  neighbours(): Promise<Neighbours>
}

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
