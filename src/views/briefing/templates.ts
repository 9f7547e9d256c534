import type { Area } from '../../core/area.ts'
import type { Indicator, IndicatorId } from '../../core/indicator.ts'
import type { PackageIndex } from '../../core/release.ts'
import { DEFAULT_VIEW_STATE, encode, type ViewState } from '../../core/view-state.ts'
import { templateText as text } from '../../text/briefing-templates.ts'
import { areaName, compareSwedish } from '../../text/format.ts'
import { sv } from '../../text/sv.ts'
import { newSlide, type BriefingSlide } from './briefing.ts'
import { oftenCertain, strongest, type Looked, type Suggestion } from './suggestions.ts'

export type TemplateKind = 'lagesbild' | 'halvarsuppfoljning' | 'omrade'

/** What a template is filled with. */
export interface TemplateFacts {
  readonly index: PackageIndex
  readonly suggestions: readonly Suggestion[]
  readonly looked: Looked
  /** Identifiers for new slides, another at each call. */
  readonly newId: () => string
}

/** Of one area, besides. */
export interface AreaFacts {
  readonly area: Area
  /** Indicators that its profile says something certain of, in its order. */
  readonly indicators: readonly IndicatorId[]
}

export interface FilledTemplate {
  readonly title: string
  readonly slides: readonly BriefingSlide[]
}

const AREAS_MOST = 2
const TRENDS_MOST = 4

class Builder {
  readonly slides: BriefingSlide[] = []
  private readonly indicators = new Set<Indicator>()

  constructor(private readonly facts: TemplateFacts) {}

  section(title: string): void {
    this.slides.push(newSlide({ id: this.facts.newId(), kind: 'section', title }))
  }

  /** @param lines of which each can be changed; prompts end with what is to be written */
  words(title: string, lines: readonly string[], notes = ''): void {
    this.slides.push(
      newSlide({ id: this.facts.newId(), kind: 'words', title, words: lines.join('\n'), notes }),
    )
  }

  view(state: Partial<ViewState>, detail: string): void {
    const address = encode({ ...DEFAULT_VIEW_STATE, ...state })
    this.slides.push(newSlide({ id: this.facts.newId(), kind: 'view', address, detail }))
  }

  suggested(chosen: readonly Suggestion[], none: string): void {
    for (const { address, indicator, kind } of chosen) {
      this.indicators.add(indicator)
      const detail = text.detail[kind](indicator.name)
      this.slides.push(newSlide({ id: this.facts.newId(), kind: 'view', address, detail }))
    }
    if (chosen.length === 0) this.words(none, [text.nothingCertain(this.facts.looked.comparisons)])
  }

  profile({ id, name }: Area): void {
    this.view({ page: 'omraden', profileAreas: [id] }, text.detail.profile(areaName(name)))
  }

  uses(indicators: readonly Indicator[]): void {
    for (const one of indicators) this.indicators.add(one)
  }

  /** How sure it all is, and where it comes from. */
  ending(): void {
    const { index, looked } = this.facts
    this.words(text.chapters.uncertainty, [
      ...text.looked(looked),
      ...(index.release.synthetic ? [sv.syntheticLong] : []),
      text.prompts.gaps,
    ])
    const sources = new Map<string, Indicator[]>()
    for (const one of this.indicators)
      sources.set(one.source, [...(sources.get(one.source) ?? []), one])
    const lines = [...sources]
      .toSorted(([a], [b]) => compareSwedish(a, b))
      .map(([source, own]) =>
        text.source(
          source,
          own.map(({ name }) => name),
        ),
      )
    this.words(text.chapters.sources, [...lines, text.release(index.release.id)])
  }
}

/** The survey of the municipality, in nine chapters. */
export function municipalityTemplate(facts: TemplateFacts): FilledTemplate {
  const { suggestions } = facts
  const build = new Builder(facts)
  const differs = suggestions.filter(({ kind }) => kind === 'differs')
  const changed = suggestions.filter(({ kind }) => kind === 'changed')
  const standsOut = strongest(differs, {
    ...{ 'unwanted-event': 2, 'root-cause': 2, 'protective-factor': 1 },
  })
  const moved = strongest(changed, { 'unwanted-event': 2, 'root-cause': 1, 'protective-factor': 1 })
  build.words(
    text.chapters.brief,
    [
      ...standsOut.slice(0, 3).map(({ claim, period }) => text.said(claim, period)),
      ...moved.slice(0, 1).map(({ claim }) => `${claim}.`),
      text.prompts.brief,
    ],
    text.notes.brief,
  )
  build.section(text.chapters.standsOut)
  build.suggested(standsOut, text.none.differs)
  build.section(text.chapters.development)
  build.suggested(moved, text.none.changed)
  build.section(text.chapters.crossing)
  build.view({ page: 'korsa' }, text.detail.matrix)
  build.section(text.chapters.areas)
  const areas = oftenCertain(standsOut, AREAS_MOST)
  for (const area of areas) build.profile(area)
  if (areas.length === 0) build.words(text.none.areas, [text.prompts.areas])
  build.words(text.chapters.causes, text.prompts.causes, text.notes.causes)
  build.words(text.chapters.activities, text.prompts.activities)
  build.ending()
  return { title: text.titles.lagesbild, slides: build.slides }
}

/** What has become of it since last time. */
export function followUpTemplate(facts: TemplateFacts): FilledTemplate {
  const build = new Builder(facts)
  const changed = facts.suggestions.filter(({ kind }) => kind === 'changed')
  const moved = strongest(changed, {
    ...{ 'unwanted-event': 4, 'root-cause': 3, 'protective-factor': 2 },
  })
  build.words(text.chapters.since, text.prompts.since)
  build.section(text.chapters.changed)
  build.suggested(moved, text.none.changed)
  build.words(text.chapters.activities, text.prompts.activitiesSince)
  build.words(text.chapters.next, text.prompts.next)
  build.ending()
  return { title: text.titles.halvarsuppfoljning, slides: build.slides }
}

/** One area: who lives there, what stands out, how it has gone. */
export function areaTemplate(
  facts: TemplateFacts,
  { area, indicators }: AreaFacts,
): FilledTemplate {
  const build = new Builder(facts)
  const { index } = facts
  const known = indicators.flatMap((id) => index.indicators.find((one) => one.id === id) ?? [])
  build.uses(known)
  build.profile(area)
  for (const indicator of known.slice(0, TRENDS_MOST))
    build.view(
      { indicator: indicator.id, level: area.level, areas: [area.id], tab: 'trend' },
      sv.trendOf(indicator.name),
    )
  build.words(text.chapters.causes, text.prompts.causes, text.notes.causes)
  build.words(text.chapters.activities, text.prompts.activities)
  build.ending()
  return { title: areaName(area.name), slides: build.slides }
}
