import { isPlainDrawing } from '../../charts/plain-drawing.ts'
import { SAVED_BEFORE } from '../../text/briefing.ts'
import {
  BRIEFINGS_MAX,
  newSlide,
  SLIDES_MAX,
  type Briefing,
} from '../../views/briefing/briefing.ts'
import {
  boolean,
  checksum,
  count,
  Fault,
  identifier,
  instant,
  is,
  list,
  name,
  oneOf,
  optional,
  orNull,
  record,
  text,
  unique,
} from './json-shape.ts'

const figure = record({ kind: oneOf('value', 'hidden', 'missing') })

/** Where a list tells in a word. */
const told = record({ kind: oneOf('value', 'hidden', 'missing', 'word') })

const drawing = is('drawing', (value) => typeof value === 'string' && isPlainDrawing(value))

const picture = {
  ...{ id: text, caption: text, alternative: text, svg: drawing, width: count, height: count },
}
const axis = record({ indicator: text, name: text, unitText: text, periodText: text })

/** As much of a block as must be there for it to be drawn without a fault. */
const BLOCKS: Readonly<Record<string, ReturnType<typeof record>>> = {
  text: record({ voice: oneOf('figures', 'analyst', 'caveat'), paragraphs: list(text) }),
  map: record(picture),
  scatter: record({
    ...{ ...picture, across: axis, along: axis },
    points: list(
      record({
        ...{ name: text, across: figure, along: figure },
        ...{ corner: optional(record({ name: text, token: text })), isNamed: optional(boolean) },
      }),
    ),
  }),
  list: record({
    ...{ id: text, caption: text, unitText: text, periodText: text },
    groups: list(record({ heading: text, rows: list(record({ name: text, figure: told })) })),
  }),
  table: record({
    ...{ id: text, caption: text, heads: record({ reference: text }), elsewhere: list(text) },
    rows: list(record({ name: text, figure, reference: figure, verdictText: text })),
  }),
  bars: record({
    ...{ id: text, title: text, categories: list(text) },
    series: list(record({ name: text, figures: list(figure) })),
  }),
  lines: record({
    ...{ id: text, title: text, periods: list(record({ code: text, text })) },
    series: list(record({ name: text, figures: list(figure) })),
  }),
}

const content = record({
  ...{
    format: oneOf(1),
    claim: text,
    foot: text,
    notes: list(text),
    synthetic: boolean,
  },
  view: oneOf('map', 'matrix', 'moved', 'pair', 'plan', 'profile', 'table', 'trend'),
  definitions: list(record({ indicator: text, name: text, definition: text, source: text })),
  blocks: list((block, place) => {
    record({ kind: oneOf(...Object.keys(BLOCKS)) })(block, place)
    BLOCKS[(block as { kind: string }).kind]!(block, place)
  }),
})

const slide = record({
  id: identifier,
  kind: oneOf('view', 'words', 'section'),
  ...{ title: text, words: text, notes: text, detail: text },
  // It becomes a link, which must not lead anywhere else.
  address: orNull(is('address', (value) => typeof value === 'string' && value.startsWith('#/'))),
  fixed: orNull(
    record({
      ...{ fixedAt: instant, by: text, release: text, checksum, title: text, words: text },
      content: orNull(content),
    }),
  ),
  seen: (seen, place) => {
    // It came later than the format.
    if (seen === undefined || seen === null) return
    record({
      ...{ seenAt: instant, release: text, claim: text, foot: text },
      figures: list(record({ name: text, group: text, figure })),
    })(seen, place)
  },
})

const briefings = list(
  record({
    id: identifier,
    title: name,
    ...{ author: text, periodText: text, minutes: count, changedAt: instant },
    slides: list(slide),
  }),
)

/** Lägesbilder as they are stored. @throws Fault */
export function briefingsOf(stored: unknown, place: string): readonly Briefing[] {
  briefings(stored, place)
  const all = stored as readonly Briefing[]
  unique(all, place, ({ id }) => id)
  if (all.length > BRIEFINGS_MAX) throw new Fault('package-type', place, all.length)
  all.forEach(({ slides }, at) => {
    if (slides.length > SLIDES_MAX)
      throw new Fault('package-type', `${place}[${at}]`, slides.length)
    unique(slides, `${place}[${at}].slides`, ({ id }) => id)
  })
  return all.map((one) => ({
    ...one,
    slides: one.slides.map((own) => newSlide(own)),
  }))
}

interface SavedView {
  readonly address?: unknown
  readonly title?: unknown
  readonly detail?: unknown
  readonly savedAt?: unknown
}

/** Views as they were saved before there were lägesbilder, as one of them. What it is given has not been checked. */
export function briefingsOfViews(views: unknown): readonly Briefing[] {
  if (!Array.isArray(views) || views.length === 0) return []
  const own = views as readonly SavedView[]
  const slides = own.map((view, at) =>
    newSlide({
      ...{ id: `vy-${at + 1}`, kind: 'view', title: String(view.title ?? '') },
      detail: String(view.detail ?? ''),
      address: String(view.address ?? '')
        .replace(/([?&])utgava=[^&]*&?/, '$1')
        .replace(/[?&]$/, ''),
    }),
  )
  return [
    {
      ...{
        id: 'sparat',
        title: SAVED_BEFORE,
        author: '',
        periodText: '',
        minutes: 20,
      },
      ...{ slides, changedAt: String(own.at(-1)?.savedAt) },
    },
  ]
}
