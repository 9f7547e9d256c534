import type { Finding } from '../../core/finding.ts'
import type { DisclosurePolicy } from '../../core/indicator.ts'

/** Which of a table's figures an indicator was read of. */
export interface TablePart {
  /** What files of the same columns share. */
  readonly shape: string
  /** Column of figures, or kind of event; null for all together. */
  readonly measure: string | null
  /** Age group as the file has it; null for all ages. */
  readonly age: string | null
  readonly isEvents: boolean
}

/** A part of a table that has been read in, and what it is known as. */
export interface ReadPart extends TablePart {
  readonly name: string
}

/**
 * Whether two parts of the same table can be subtracted, so that what is hidden in one, or never published, is what the
 * other leaves: all ages beside a group of them, groups that share an age, all kinds of event beside one. Parts are not
 * protected together, so only one of the two may be read in.
 */
export function canBeSubtracted(one: TablePart, other: TablePart): boolean {
  if (one.shape !== other.shape) return false
  const isSameMeasure = one.measure === other.measure
  const isWholeOfKinds =
    one.isEvents && other.isEvents && (one.measure === null || other.measure === null)
  if (!isSameMeasure && !isWholeOfKinds) return false
  if (one.age === other.age) return !isSameMeasure
  return shareAges(one.age, other.age)
}

/** Groups whose ages cannot be told are taken to share some. */
function shareAges(one: string | null, other: string | null): boolean {
  const [a, b] = [agesOf(one), agesOf(other)]
  return !a || !b || (a[0] <= b[1] && b[0] <= a[1])
}

/** First and last year of age: "13–18 år", "85+", "-19 år", "65 år och äldre", "16 år". */
function agesOf(text: string | null): readonly [number, number] | null {
  if (text === null) return null
  const plain = text.toLowerCase().replace(/\s+|år/g, '')
  const range = /^(\d{1,3})[–-](\d{1,3})$/.exec(plain)
  if (range) return [Number(range[1]), Number(range[2])]
  const from = /^(\d{1,3})(?:\+|w|[–-]|ochäldre)$/.exec(plain)
  if (from) return [Number(from[1]), Infinity]
  const to = /^[–-](\d{1,3})$/.exec(plain)
  if (to) return [0, Number(to[1])]
  return /^\d{1,3}$/.test(plain) ? [Number(plain), Number(plain)] : null
}

/** Why a part is not read in beside others; null where it may be, as where the policy hides no small figures. */
export function subtractedFrom(
  file: string,
  part: TablePart,
  others: readonly ReadPart[],
  { threshold }: DisclosurePolicy,
): Finding | null {
  const beside = others.find((other) => canBeSubtracted(part, other))
  if (!beside || threshold === 0) return null
  const { name, age, measure } = beside
  return {
    ...{ severity: 'error', file, row: null, column: null },
    code: age === part.age ? 'import-beside-other-kind' : 'import-beside-other-age',
    text: name,
    parameters: { age: age ?? '', measure: measure ?? '' },
  }
}
