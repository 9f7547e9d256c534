import type { Area } from '../../core/area.ts'
import type { Indicator, IndicatorId } from '../../core/indicator.ts'
import { periodEnd, type PeriodCode } from '../../core/period.ts'
import type { PackageIndex } from '../../core/release.ts'
import { DEFAULT_VIEW_STATE, encode } from '../../core/view-state.ts'
import { templateText as text } from '../../text/briefing-templates.ts'
import { areaName, compareSwedish } from '../../text/format.ts'
import { sv } from '../../text/sv.ts'
import { placeWithFigures } from '../profile/profile-question.ts'
import { profileAddress, type AreaFacts } from './area-facts.ts'
import { newSlide, type BriefingSlide } from './briefing.ts'
import {
  comparisonsOf,
  expectedByChance,
  oftenCertain,
  strongest,
  withinRoom,
  type ClassRoom,
  type Found,
  type Looked,
  type Suggestion,
  type SuggestionKind,
} from './suggestions.ts'

export type TemplateKind = 'lagesbild' | 'halvarsuppfoljning' | 'omrade'

/** What every template needs. */
export interface TemplateFacts {
  readonly index: PackageIndex
  /** Identifiers for new slides, another at each call. */
  readonly newId: () => string
}

export interface FilledTemplate {
  readonly title: string
  readonly slides: readonly BriefingSlide[]
}

const DIFFERS_ROOM: ClassRoom = { 'unwanted-event': 2, 'root-cause': 2, 'protective-factor': 1 }
const CHANGED_ROOM: ClassRoom = { 'unwanted-event': 2, 'root-cause': 1, 'protective-factor': 1 }
const FOLLOW_UP_ROOM: ClassRoom = { 'unwanted-event': 4, 'root-cause': 3, 'protective-factor': 2 }
const BRIEF_DIFFERS = 3
const BRIEF_CHANGED = 1
const AREAS_MOST = 2
/** Of an area over time: some of each class first, then whatever is left. */
const TRENDS_ROOM: ClassRoom = { 'unwanted-event': 2, 'root-cause': 1, 'protective-factor': 1 }
const TRENDS_MOST = 4

class Builder {
  readonly slides: BriefingSlide[] = []
  /** Of which the slides are, each in the period that is shown. */
  private readonly used = new Map<Indicator, PeriodCode>()
  /** Whether a slide is of more indicators than those. */
  private hasOthers = false

  constructor(
    private readonly facts: TemplateFacts,
    private readonly looked: Looked,
  ) {}

  section(title: string): void {
    this.slides.push(newSlide({ id: this.facts.newId(), kind: 'section', title }))
  }

  /** @param lines of which each can be changed; prompts end with what is to be written */
  words(title: string, lines: readonly string[], notes = ''): void {
    this.slides.push(
      newSlide({ id: this.facts.newId(), kind: 'words', title, words: lines.join('\n'), notes }),
    )
  }

  view(address: string, detail: string): void {
    this.slides.push(newSlide({ id: this.facts.newId(), kind: 'view', address, detail }))
  }

  suggested(chosen: readonly Suggestion[], kind: SuggestionKind): void {
    for (const { address, indicator, period } of chosen) {
      this.used.set(indicator, period)
      this.view(address, text.detail[kind](indicator.name))
    }
    if (chosen.length > 0) return
    const { id } = this.facts.index.release
    this.words(text.none[kind], [
      text.nothingCertain[kind](this.looked.compared[kind]),
      text.release(id),
    ])
  }

  matrix(): void {
    this.hasOthers = true
    this.view(encode({ ...DEFAULT_VIEW_STATE, page: 'korsa' }), text.detail.matrix)
  }

  profile({ id, name }: Area): void {
    this.hasOthers = true
    this.view(profileAddress(id), text.detail.profile(areaName(name)))
  }

  /** What the municipality's plan does against each focus problem, where the package has one. */
  plan(): void {
    if (!this.facts.index.plan) return
    this.hasOthers = true
    this.view(encode({ ...DEFAULT_VIEW_STATE, page: 'insatser' }), text.detail.plan)
  }

  uses(indicator: Indicator, period: PeriodCode): void {
    this.used.set(indicator, period)
  }

  /**
   * How sure it all is, how old, and where it comes from.
   * @param limits of what is told beside the figures
   * @param otherSources of the same
   */
  ending(limits: readonly string[] = [], otherSources: readonly string[] = []): void {
    const { index } = this.facts
    const { looked, used } = this
    this.words(text.chapters.uncertainty, [
      ...text.looked(looked, expectedByChance(comparisonsOf(looked))),
      ...this.age(),
      text.noCause,
      ...limits,
      ...(index.release.synthetic ? [sv.syntheticLong] : []),
      text.release(index.release.id),
      text.prompts.gaps,
    ])
    const sources = new Map<string, string[]>()
    for (const { source, name } of used.keys())
      sources.set(source, [...(sources.get(source) ?? []), name])
    const lines = [...sources]
      .toSorted(([a], [b]) => compareSwedish(a, b))
      .map(([source, names]) => text.source(source, names))
    this.words(text.chapters.sources, [
      ...lines,
      ...otherSources,
      ...(this.hasOthers ? [text.otherSources] : []),
      text.release(index.release.id),
    ])
  }

  /** The newest of what is shown, and the oldest where it is older. */
  private age(): string[] {
    const inTime = [...this.used].toSorted(([, a], [, b]) => compareEnds(a, b))
    const [oldest, newest] = [inTime[0]?.[1], inTime.at(-1)?.[1]]
    if (oldest === undefined || newest === undefined) return []
    const names = inTime
      .filter(([, period]) => compareEnds(period, oldest) === 0)
      .map(([{ name }]) => name)
    return [
      compareEnds(oldest, newest) === 0
        ? text.ages.same(newest)
        : text.ages.between(newest, oldest, names),
    ]
  }
}

const compareEnds = (a: PeriodCode, b: PeriodCode): number => {
  const day = (code: PeriodCode): number => {
    const { year, month, day: of } = periodEnd(code)
    return Date.UTC(year, month - 1, of)
  }
  return day(a) - day(b)
}

/** The survey of the municipality, in nine chapters. */
export function municipalityTemplate(
  facts: TemplateFacts,
  { suggestions, looked }: Found,
): FilledTemplate {
  const build = new Builder(facts, looked)
  const differs = suggestions.filter(({ kind }) => kind === 'differs')
  const changed = suggestions.filter(({ kind }) => kind === 'changed')
  const standsOut = strongest(differs, DIFFERS_ROOM)
  const moved = strongest(changed, CHANGED_ROOM)
  const brief = [...standsOut.slice(0, BRIEF_DIFFERS), ...moved.slice(0, BRIEF_CHANGED)]
  build.words(
    text.chapters.brief,
    [
      ...brief.map(({ claim, period }) => text.said(claim, period)),
      ...(brief.length > 0 ? [text.release(facts.index.release.id)] : []),
      text.prompts.brief,
    ],
    text.notes.brief,
  )
  build.section(text.chapters.standsOut)
  build.suggested(standsOut, 'differs')
  build.section(text.chapters.development)
  build.suggested(moved, 'changed')
  build.section(text.chapters.crossing)
  build.matrix()
  build.section(text.chapters.areas)
  const areas = oftenCertain(standsOut, AREAS_MOST)
  for (const area of areas) build.profile(area)
  if (areas.length === 0) build.words(text.none.areas, [text.prompts.areas])
  build.words(text.chapters.causes, text.prompts.causes, text.notes.causes)
  build.words(text.chapters.activities, text.prompts.activities)
  build.plan()
  build.ending()
  return { title: text.titles.lagesbild, slides: build.slides }
}

/** What a round of follow-ups tells, for the lägesbild that is made of it. */
export interface RoundChapters {
  readonly title: string
  readonly chapter: string
  /** The round in short, then each department's, then what is missing: views that follow what is written. */
  readonly brief: SlideView
  readonly efforts: readonly SlideView[]
  readonly missing: readonly SlideView[]
  readonly limits: readonly string[]
  readonly source: string
}

interface SlideView {
  readonly address: string
  readonly detail: string
}

/**
 * What has become of it since last time. @param round in place of questions about the efforts, where one has been made
 */
export function followUpTemplate(
  facts: TemplateFacts,
  { suggestions, looked }: Found,
  round: RoundChapters | null = null,
): FilledTemplate {
  const build = new Builder(facts, looked)
  const changed = suggestions.filter(({ kind }) => kind === 'changed')
  const moved = strongest(changed, FOLLOW_UP_ROOM)
  const views = (own: readonly SlideView[]): void => {
    for (const { address, detail } of own) build.view(address, detail)
  }
  if (round) views([round.brief])
  build.words(text.chapters.since, text.prompts.since)
  if (round) {
    build.section(round.chapter)
    views([...round.efforts, ...round.missing])
  }
  build.section(text.chapters.changed)
  build.suggested(moved, 'changed')
  if (!round) build.words(text.chapters.activities, text.prompts.activitiesSince)
  build.plan()
  build.words(text.chapters.next, text.prompts.next)
  build.ending([text.sinceYear, ...(round?.limits ?? [])], round ? [round.source] : [])
  return { title: round?.title ?? text.titles.halvarsuppfoljning, slides: build.slides }
}

/** One area: who lives there, what stands out, how it has gone. */
export function areaTemplate(
  facts: TemplateFacts,
  { area, outstanding, shown, looked }: AreaFacts,
): FilledTemplate {
  const { index } = facts
  const build = new Builder(facts, looked)
  const known = (id: IndicatorId) => index.indicators.filter((one) => one.id === id)
  build.profile(area)
  for (const { indicator: id, period } of shown)
    for (const one of known(id)) build.uses(one, period)
  const certain = outstanding.flatMap(known)
  const chosen = withinRoom(certain, (one) => one, TRENDS_ROOM)
  const rest = certain.filter((one) => !chosen.includes(one))
  for (const indicator of [...chosen, ...rest].slice(0, TRENDS_MOST)) {
    const own = { level: area.level, areas: [area.id], name: areaName(area.name) }
    // An area that has no figure of its own is shown by the one around it, which its slide then names.
    const found = placeWithFigures(index, indicator, own)
    if (!found) continue
    const { level, areas, name } = found.place
    const state = { indicator: indicator.id, level, areas, tab: 'trend' } as const
    build.view(encode({ ...DEFAULT_VIEW_STATE, ...state }), text.detail.trend(indicator.name, name))
  }
  build.words(text.chapters.causes, text.prompts.causes, text.notes.causes)
  build.words(text.chapters.activities, text.prompts.activities)
  build.ending()
  return { title: areaName(area.name), slides: build.slides }
}
