import { drawSlideMap } from '../charts/map-picture.ts'
import { areasAtLevel, wholeArea } from '../core/area.ts'
import { crossTableKey } from '../core/cross-plan.ts'
import type { DisclosedTable } from '../core/disclosure/gate.ts'
import { comparePeriods, kindOf, type PeriodCode } from '../core/period.ts'
import type { ActivityPlan } from '../core/plan.ts'
import {
  decode,
  resolveView,
  tablesOf,
  type ResolvedView,
  type ViewState,
} from '../core/view-state.ts'
import { levelShapes, waterShapes } from '../views/area-shapes.ts'
import { flowSlide } from '../views/briefing/flow-slide.ts'
import { followUpSlide } from '../views/briefing/follow-up-slide.ts'
import { mapClaim, mapSlide } from '../views/briefing/map-slide.ts'
import { movedSlide } from '../views/briefing/moved-slide.ts'
import { needSlide } from '../views/briefing/need-slide.ts'
import { planSlide } from '../views/briefing/plan-slide.ts'
import { profileSlide } from '../views/briefing/profile-slide.ts'
import type { SlideContent } from '../views/briefing/slide-content.ts'
import { tableSlide } from '../views/briefing/table-slide.ts'
import { trendSlide } from '../views/briefing/trend-slide.ts'
import {
  breakScale,
  choropleth,
  valuesForBreaks,
  type Choropleth,
  type ClassScale,
} from '../views/choropleth.ts'
import { caseFlowView, chosenFlow } from '../views/plan/case-flow.ts'
import { needChoice, needEffort, needTables } from '../views/plan/need-effort.ts'
import { profileChoice } from '../views/profile/profile-question.ts'
import type { Report } from '../views/report.ts'
import { trend } from '../views/trend.ts'
import { CrossSlides } from './cross-slides.ts'
import { readMoved } from './moved-reading.ts'
import { ProfileReports } from './profile-reports.ts'
import {
  failed,
  made,
  type MadeSlide,
  type SlideMaking,
  type SlidePackage,
} from './slide-making.ts'

/** Makes slides of one package out of the addresses of views, each once. */
export class BriefingSlides {
  private readonly known = new Map<string, Promise<MadeSlide>>()
  private readonly profiles: ProfileReports
  private readonly crossing: CrossSlides

  constructor(
    private readonly source: SlidePackage,
    readonly making: SlideMaking,
  ) {
    this.profiles = new ProfileReports(source)
    this.crossing = new CrossSlides(source, making)
  }

  /**
   * @param address of the view
   * @param period in place of the view's own
   */
  make(address: string, period: PeriodCode | null = null): Promise<MadeSlide> {
    const key = `${address} ${period ?? ''}`
    const known = this.known.get(key)
    if (known) return known
    const making = this.read(address, period).catch((): MadeSlide => {
      this.known.delete(key)
      return failed('unreadable')
    })
    this.known.set(key, making)
    return making
  }

  /** A map's view and what its slide says in its heading, without making the slide; null where there is none. */
  async map(
    address: string,
  ): Promise<{ readonly view: Choropleth; readonly claim: string } | null> {
    const { view } = resolveView({ ...decode(address).state, release: null }, this.source.index)
    if (!view) return null
    const { table, wholeTable } = await this.tables(view)
    if (!table) return null
    const shown = this.shown(view, table, wholeTable)
    return { view: shown, claim: mapClaim(shown) }
  }

  /** The whole profile that a slide of an address is made of; null where its areas are unknown. @throws PackageFault */
  async profile(address: string): Promise<Report | null> {
    return this.profileOf({ ...decode(address).state, release: null })
  }

  private read(address: string, period: PeriodCode | null): Promise<MadeSlide> {
    const { state } = decode(address)
    const own = { ...state, release: null, ...(period === null ? {} : { period }) }
    if (own.page === 'karta') return this.ofMap(own)
    if (own.page === 'omraden') return this.ofProfile(own)
    if (own.page === 'korsa') return this.crossing.make(own)
    if (own.page === 'insatser') return this.ofPlan(own)
    return Promise.resolve(failed('not-a-view'))
  }

  private async ofMap(state: ViewState): Promise<MadeSlide> {
    const { index } = this.source
    const { view } = resolveView(state, index)
    // Another indicator in its place would stand below words about the first.
    if (!view || (state.indicator !== null && view.indicator.id !== state.indicator))
      return failed('nothing-to-show')
    const { indicator, level } = view
    const { table, wholeTable } = await this.tables(view)
    if (!table) return failed('unreadable')
    const periods = table.periods.filter((code) => kindOf(code) === kindOf(view.period))
    const isSynthetic = index.release.synthetic
    if (state.tab === 'trend') {
      const chosen = areasAtLevel(index.register, level.id).filter(({ id }) =>
        view.areas.includes(id),
      )
      const lines = trend(
        indicator,
        table,
        wholeTable,
        chosen,
        null,
        view.sex,
        kindOf(view.period)!,
      )
      if (!lines || lines.series.length === 0) return failed('nothing-to-show')
      const content = trendSlide({ indicator, trend: lines, sex: view.sex, isSynthetic })
      return made(content)
    }
    const shown = this.shown(view, table, wholeTable)
    const content =
      state.tab === 'table'
        ? tableSlide({ view: shown, isSynthetic })
        : await this.mapContent(view, shown)
    return { kind: 'made', content, periods: periods.toSorted(comparePeriods), period: view.period }
  }

  private async tables(view: ResolvedView): Promise<{
    readonly table: DisclosedTable | null
    readonly wholeTable: DisclosedTable | null
  }> {
    const { index } = this.source
    const tables = new Map(
      await Promise.all(
        tablesOf(view, index).map(
          async ([id, level]) => [level, await this.source.table(id, level)] as const,
        ),
      ),
    )
    return {
      table: tables.get(view.level.id) ?? null,
      wholeTable: tables.get(wholeArea(index.register)?.level ?? '') ?? null,
    }
  }

  private shown(
    view: ResolvedView,
    table: DisclosedTable,
    wholeTable: DisclosedTable | null,
  ): Choropleth {
    const { indicator, sex, period, smoothing, fixedClasses } = view
    // A map of differences or changes has classes of certainty: none are made of its values.
    const scale: ClassScale =
      view.display === 'value'
        ? breakScale(
            valuesForBreaks(table, indicator, sex, period, smoothing, fixedClasses),
            indicator,
            view.breaks,
            view.classCount,
            view.ownBreaks,
          )
        : { kind: 'verdicts' }
    return choropleth(this.source.index.register, indicator, table, wholeTable, view, scale)
  }

  private async mapContent(view: ResolvedView, shown: Choropleth): Promise<SlideContent> {
    const { register, release, start } = this.source.index
    const { level } = view
    const topology = await this.source.boundaries()
    const areas = areasAtLevel(register, level.id)
    const { colour, measure } = this.making
    const isSchematic = register.boundaryVersion.schematic
    return mapSlide({ view: shown, isSchematic, isSynthetic: release.synthetic }, (alternative) =>
      drawSlideMap(
        {
          ...{ view: shown, release, colour, measure, schematic: isSchematic },
          shapes: levelShapes(topology, register, level.id),
          water: waterShapes(topology),
          bounds: boundsOf(view) ?? start.bounds,
          chosen: view.areas.flatMap((id) => {
            const at = areas.findIndex((area) => area.id === id)
            return at < 0 ? [] : [at]
          }),
          ...{ incidents: null, incidentIndicator: null, outlines: null },
          boundaryName: register.boundaryVersion.name,
        },
        alternative,
      ),
    )
  }

  private async ofPlan(state: ViewState): Promise<MadeSlide> {
    if (state.planPart === 'flow') return this.ofFlow(state)
    const plan = await this.source.plan()
    if (!plan) return failed('nothing-to-show')
    if (state.planPart === 'moved') return this.ofMoved(plan, state)
    if (state.planPart === 'need') return this.ofNeed(plan, state)
    const slide = state.planPart === 'round' ? followUpSlide : planSlide
    return made(slide(plan, state, this.making.date))
  }

  private async ofFlow(state: ViewState): Promise<MadeSlide> {
    const flow = chosenFlow(await this.source.caseFlows(), state)
    // All of the time in place of a period that is gone would stand below words about that period.
    if (!flow || (state.flowPeriod !== null && !flow.periods.includes(state.flowPeriod)))
      return failed('nothing-to-show')
    return made(flowSlide(caseFlowView(flow, state.flowPeriod)))
  }

  private async ofMoved(plan: ActivityPlan, state: ViewState): Promise<MadeSlide> {
    const reading = await readMoved(this.source, plan, state)
    if (!reading) return failed('nothing-to-show')
    const { view, question } = reading
    // Another in its place would stand below words about the first.
    const isAnother =
      (state.movedIndicator !== null && question.indicator.id !== state.movedIndicator) ||
      (state.movedArea !== null && question.area !== state.movedArea)
    if (isAnother) return failed('nothing-to-show')
    if (!view) return failed('unreadable')
    const { effort, indicator } = question
    const isSynthetic = this.source.index.release.synthetic
    return made(movedSlide({ view, effort: effort.intervention.title, indicator, isSynthetic }))
  }

  private async ofNeed(plan: ActivityPlan, state: ViewState): Promise<MadeSlide> {
    const { index } = this.source
    const { level, indicators } = needChoice(index, plan, state)
    if (level === null) return failed('nothing-to-show')
    const tables = await Promise.all(
      needTables(index, level, indicators).map(async ({ indicator, level: own }) => ({
        key: crossTableKey(indicator, own),
        table: await this.source.table(indicator, own),
      })),
    )
    // Without one of its tables it would say less than its page, and not say so.
    const read = tables.flatMap(({ key, table }) => (table ? [[key, table] as const] : []))
    if (read.length < tables.length) return failed('unreadable')
    const view = needEffort({
      ...{ source: index, plan, level, indicators },
      ...{ tables: new Map(read), day: this.making.date },
    })
    return made(needSlide(view, plan, state))
  }

  private async ofProfile(state: ViewState): Promise<MadeSlide> {
    const report = await this.profileOf(state)
    return report ? made(profileSlide(report)) : failed('nothing-to-show')
  }

  private async profileOf(state: ViewState): Promise<Report | null> {
    const { date, colour } = this.making
    const choice = profileChoice(this.source.index, state)
    const profile = await this.profiles.make(choice, { date, words: [], colour })
    return profile && profile.report
  }
}

/** Tiles of Web Mercator are 512 px wide at zoom 0; a slide's map is as wide as the middle of a screen's. */
const TILE = 512
const SLIDE_WIDTH = 664

/** Around the camera that the view was saved with. */
function boundsOf({ camera }: ResolvedView): readonly [number, number, number, number] | null {
  if (!camera) return null
  const across = (SLIDE_WIDTH / (TILE * 2 ** camera.zoom)) * 360
  const up = across * Math.cos((camera.latitude * Math.PI) / 180) * 0.85
  return [
    camera.longitude - across / 2,
    camera.latitude - up / 2,
    camera.longitude + across / 2,
    camera.latitude + up / 2,
  ]
}
