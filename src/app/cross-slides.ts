import { drawSlideScatter } from '../charts/cross-picture.ts'
import type { LevelId } from '../core/area.ts'
import { crossOptions } from '../core/cross-options.ts'
import {
  crossKey,
  crossPlan,
  crossTableKey,
  otherLevelPlan,
  type CrossChoice,
  type CrossPlan,
} from '../core/cross-plan.ts'
import type { CrossAnswer } from '../core/cross-together.ts'
import { crossValues, type CrossValues, type LevelGround } from '../core/cross-values.ts'
import type { DisclosedTable } from '../core/disclosure/gate.ts'
import type { Indicator, IndicatorId } from '../core/indicator.ts'
import type { ViewState } from '../core/view-state.ts'
import { levelShapes } from '../views/area-shapes.ts'
import { matrixSlide } from '../views/briefing/matrix-slide.ts'
import { pairSlide, uncrossedSlide } from '../views/briefing/pair-slide.ts'
import { crossPairView, uncrossedPairView, type CrossPairQuestion } from '../views/cross-pair.ts'
import { levelGround } from '../views/level-ground.ts'
import {
  failed,
  made,
  type MadeSlide,
  type SlideMaking,
  type SlidePackage,
} from './slide-making.ts'

interface CrossedPackage {
  readonly plan: CrossPlan
  readonly tables: ReadonlyMap<string, DisclosedTable>
  readonly grounds: ReadonlyMap<LevelId, LevelGround>
  readonly values: CrossValues
  readonly answer: CrossAnswer
}

/** Slides of what the page that crosses shows: a pair, or all of them. Each question is crossed once. */
export class CrossSlides {
  private readonly crossed = new Map<string, Promise<CrossedPackage>>()

  constructor(
    private readonly source: SlidePackage,
    private readonly making: SlideMaking,
  ) {}

  async make(state: ViewState): Promise<MadeSlide> {
    const { index } = this.source
    const { register } = index
    const options = crossOptions(index, state)
    if (!options) return failed('nothing-to-show')
    const { choice } = options
    const key = crossKey(index.release.id, choice)
    const known = this.crossed.get(key) ?? this.cross(key, crossPlan(index, choice))
    this.crossed.set(key, known)
    // What failed once is tried again when it is asked for again.
    known.catch(() => this.crossed.delete(key))
    const { plan, tables, grounds, values, answer } = await known
    const nameOf = (id: LevelId): string =>
      register.levels.find((level) => level.id === id)?.singular ?? id
    if (state.crossEvent === null && state.crossFactor === null)
      return made(matrixSlide(plan, answer, nameOf(choice.level)))
    const e = plan.events.findIndex(({ id }) => id === state.crossEvent)
    const f = plan.factors.findIndex(({ id }) => id === state.crossFactor)
    const [event, factor] = [plan.events[e], plan.factors[f]]
    if (!event || !factor) return failed('nothing-to-show')
    const pair = values.pairs[e]![f]!
    const cell = answer.cells[e]?.[f] ?? null
    if (pair.kind !== 'planned' || cell?.kind !== 'tested') {
      const [reason, counts] =
        pair.kind === 'not-crossed'
          ? [pair.reason, pair.counts]
          : cell?.kind === 'untested'
            ? [cell.reason, pair]
            : [null, null]
      return reason === null
        ? failed('nothing-to-show')
        : made(uncrossedSlide(uncrossedPairView(event, factor, reason, counts), [event, factor]))
    }
    const tableOf = (id: IndicatorId) => tables.get(crossTableKey(id, pair.level))!
    const view = crossPairView({
      ...{ choice, register, pair, cell, ground: grounds.get(pair.level)! },
      event: { indicator: event, table: tableOf(event.id) },
      factor: { indicator: factor, table: tableOf(factor.id) },
      familySize: answer.familySize,
      other: await this.atOtherLevel(choice, event, factor, pair.level),
    })
    const { colour, measure } = this.making
    const synthetic = event.synthetic || factor.synthetic
    return made(
      pairSlide({ view, cell }, (alternative) =>
        drawSlideScatter(view, choice.lag !== null, alternative, { colour, measure, synthetic }),
      ),
    )
  }

  /** The same pair at another level, as the page asks for it; null where there is none. */
  private async atOtherLevel(
    choice: CrossChoice,
    event: Indicator,
    factor: Indicator,
    level: LevelId,
  ): Promise<NonNullable<CrossPairQuestion['other']> | null> {
    const { index } = this.source
    const other = otherLevelPlan(index, choice, event, factor, level)
    if (!other) return null
    const key = `${crossKey(index.release.id, other.plan.choice)} ${event.id} ${factor.id}`
    const { answer } = await this.cross(key, other.plan)
    const cell = answer.cells[0]?.[0]
    return cell ? { level: other.level, cell } : null
  }

  private async cross(key: string, plan: CrossPlan): Promise<CrossedPackage> {
    const { source } = this
    const { register } = source.index
    const [neighbours, topology] = await Promise.all([source.neighbours(), source.boundaries()])
    const levels = [...new Set(plan.tables.map(({ level }) => level))]
    const grounds = new Map(
      levels.map((level) => [
        level,
        levelGround(register, levelShapes(topology, register, level), neighbours[level] ?? null),
      ]),
    )
    const tables = new Map<string, DisclosedTable>()
    await Promise.all(
      plan.tables.map(async ({ indicator, level }) => {
        const table = await source.table(indicator, level)
        if (table) tables.set(crossTableKey(indicator, level), table)
      }),
    )
    const values = crossValues(plan, tables, grounds)
    return { plan, tables, grounds, values, answer: await this.making.cross(key, values) }
  }
}
