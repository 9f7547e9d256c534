import { profileText } from '../../text/profile.ts'
import { sv } from '../../text/sv.ts'
import type { Release } from '../../core/release.ts'
import { listed } from '../../text/format.ts'
import { slugOf } from '../../core/slug.ts'
import { briefingReportText as text, slideText } from '../../text/briefing.ts'
import type { Report, ReportBlock, ReportDefinition, ReportSection } from '../report.ts'
import type { Briefing } from './briefing.ts'
import type { ShownSlide } from './shown-slide.ts'

export interface BriefingMaking {
  readonly release: Release
  /** ISO date. */
  readonly date: string
}

/** A lägesbild as the one report that slides, pages and paper are made of: a section a slide. */
export function briefingReport(
  briefing: Pick<Briefing, 'title' | 'author' | 'periodText'>,
  slides: readonly ShownSlide[],
  { release, date }: BriefingMaking,
): Report {
  const contents = slides.flatMap(({ content }) => (content ? [content] : []))
  const definitions = new Map<string, ReportDefinition>()
  for (const content of contents)
    for (const one of content.definitions)
      if (!definitions.has(one.indicator)) definitions.set(one.indicator, one)
  const isSynthetic = contents.some(({ synthetic }) => synthetic)
  const { title, author, periodText } = briefing
  const releases = new Set([...slides.map((slide) => slide.release), release.id])
  releases.delete('')
  return {
    ...{ format: 1, kind: 'briefing', title, date, sexText: sv.sexes.T },
    subtitle: [author, periodText].filter((part) => part !== '').join(', '),
    facts: [
      ...(author === '' ? [] : [{ label: text.author, text: author }]),
      ...(periodText === '' ? [] : [{ label: text.period, text: periodText }]),
      { label: text.release, text: listed([...releases].toSorted()) },
      { label: text.date, text: date },
    ],
    synthetic: isSynthetic ? { label: sv.synthetic, sentence: sv.syntheticLong } : null,
    sections: slides.map(sectionOf),
    definitions: [...definitions.values()],
    key: profileText.key,
    sources: [
      ...new Set([
        ...[...definitions.values()].map(({ source }) => source),
        ...release.sources.map((one) => `${one.title} (${one.licence})`),
      ]),
    ],
    limits: [
      ...(contents.some(({ isCrossed }) => isCrossed) ? [text.crossed] : []),
      text.words,
      profileText.limits.chance,
      ...release.notes,
    ],
    fileStem: `lagesbild-${slugOf(title).slice(0, 60) || 'bilder'}-${date.slice(0, 7)}`.replace(
      'lagesbild-lagesbild',
      'lagesbild',
    ),
    imprint: `${sv.product}, ${sv.release(release.id).toLowerCase()}`,
  }
}

function sectionOf(slide: ShownSlide, at: number): ReportSection {
  const { content, words, notes, fault, stamp } = slide
  const foot = [
    content?.isCrossed ? `${slideText.crossed}.` : '',
    content?.foot ?? '',
    stamp === '' ? '' : `${stamp}.`,
  ]
    .filter((part) => part !== '')
    .join(' ')
  const blocks: readonly ReportBlock[] = [
    ...(content?.blocks ?? []),
    ...(fault === ''
      ? []
      : [{ kind: 'text' as const, voice: 'caveat' as const, heading: null, paragraphs: [fault] }]),
    ...(words.length === 0
      ? []
      : [
          {
            ...{ kind: 'text' as const, voice: 'analyst' as const },
            ...{ heading: text.analysis, paragraphs: words },
          },
        ]),
  ]
  return {
    ...{ id: `bild-${at + 1}`, heading: slide.title, blocks, foot },
    notes: [
      ...notes.split('\n').map((line) => line.trim()),
      foot,
      ...(content?.notes ?? []),
    ].filter((line) => line !== ''),
  }
}
