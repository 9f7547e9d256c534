import type { Place } from '../../core/place.ts'
import type { FiveStepVerdict } from '../../core/stats/comparison.ts'
import { moreOrLess } from '../../text/cross.ts'
import { profileText } from '../../text/profile.ts'
import type { ProfileRow } from './profile-rows.ts'

const namesWith = (
  rows: readonly ProfileRow[],
  verdict: FiveStepVerdict,
  word: 'more' | 'less',
): string[] =>
  rows.filter((row) => row.verdict === verdict).map(({ indicator }) => moreOrLess(indicator)[word])

/**
 * What can be said of a place with certainty, in sentences: where it differs from what it is compared with (at
 * 99.8 %), what protects, what is so of the larger area around it, and what has changed. Of what is not certain
 * nothing is said; if nothing is, that is.
 * @param than as it stands after "än"
 */
export function profileSummary(rows: readonly ProfileRow[], place: Place, than: string): string[] {
  const words = profileText.summary
  const compared = rows.filter(({ verdict }) => verdict !== null)
  const own = compared.filter(({ isOwn }) => isOwn)
  const ofClass = (...classes: string[]) =>
    own.filter(({ indicator }) => classes.includes(indicator.class))
  const sentences: string[] = []
  for (const some of [ofClass('root-cause'), ofClass('unwanted-event')]) {
    const more = namesWith(some, 'much-higher', 'more')
    const less = namesWith(some, 'much-lower', 'less')
    if (more.length + less.length > 0)
      sentences.push(
        words.differs(
          sentences.length === 0 ? place.name : words.again(place.areas.length > 1),
          more,
          less,
          than,
        ),
      )
  }
  const protective = ofClass('protective-factor')
  const strong = namesWith(protective, 'much-higher', 'more')
  const weak = namesWith(protective, 'much-lower', 'less')
  if (strong.length + weak.length > 0) sentences.push(words.protects(strong, weak))

  const around = new Map<string, string[]>()
  for (const row of compared.filter(
    ({ isOwn, indicator }) => !isOwn && indicator.class !== 'context',
  )) {
    const said = [
      ...namesWith([row], 'much-higher', 'more'),
      ...namesWith([row], 'much-lower', 'less'),
    ]
    if (said.length > 0) around.set(row.row.place, [...(around.get(row.row.place) ?? []), ...said])
  }
  for (const [name, parts] of around) sentences.push(words.ofParent(name, parts, than))

  const changed = changes(rows)
  if (sentences.length === 0)
    sentences.push(compared.length > 0 ? words.noneDiffers(compared.length, than) : words.nothing)
  return [...sentences, ...changed]
}

/** One sentence for each first period that changes are counted from; context is not said to change. */
function changes(rows: readonly ProfileRow[]): string[] {
  const since = new Map<string, { rising: string[]; falling: string[] }>()
  for (const { indicator, isOwn, row } of rows) {
    const { trend } = row
    if (!isOwn || indicator.class === 'context') continue
    if (trend?.direction !== 'rising' && trend?.direction !== 'falling') continue
    const first = trend.points.find(({ figure }) => figure.kind === 'value')!.period
    const one = since.get(first) ?? { rising: [], falling: [] }
    one[trend.direction].push(indicator.name)
    since.set(first, one)
  }
  return [...since]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([first, { rising, falling }]) => profileText.summary.changed(first, rising, falling))
}
