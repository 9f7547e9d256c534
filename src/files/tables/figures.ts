import type { GridColumn } from '../formats/grid.ts'
import type { ReadingReason } from './readings.ts'

/** What a text in a column of figures is. */
export type Figure =
  | {
      readonly kind: 'number'
      readonly value: number
      readonly isPercent: boolean
      /** Which sign was read in a way that the rest of the file does not use. */
      readonly against: ',' | '.' | null
      /** A footnote mark or scientific notation, which may have cost digits. */
      readonly doubt: 'footnote' | 'scientific' | null
    }
  | { readonly kind: 'hidden'; readonly reason: ReadingReason }
  | { readonly kind: 'missing'; readonly reason: ReadingReason }
  /** "1,234": thousands or decimals, and nothing in the file tells which. */
  | { readonly kind: 'ambiguous'; readonly sign: ',' | '.' }
  | { readonly kind: 'unreadable' }

const HIDDEN =
  /^(\.\.|[<≤]\s*=?\s*\d+|(?!(19|20)\d{2}[–-]\d{2}$)\d+\s*[–-]\s*\d+|(f(ä|a)rre|mindre|under)( än)? \d+|dold\b.*|sekretess\w*|skyddad\w*)$/i
const NOT_APPLICABLE = /^\.$/
const NOT_REPORTED =
  /^(|[-–—\u2212]|…|\.\.\.|(uppgift(er)?|data|värde) saknas|saknas|ej uppgift|ingen uppgift|n\/?a|null|nan)$/i
const CELL_ERROR =
  /^#(n\/a|ref|value|div\/0|name|num|null|saknas|referens|värdefel|division\/0|namn|ogiltigt|skräp|spill|####*)[!?]?$|^#+$/i
/** The sign that stands alone in SCB's own tables for nothing to report. */
const LONE_DASH = /^[-–—\u2212]$/

const SPACES = '[ \\u00a0\\u202f\\u2009\\u2007]'
const NUMBER = new RegExp(
  `^-?(\\d+|\\d{1,3}(${SPACES}\\d{3})+|\\d{1,3}(\\.\\d{3})+|\\d{1,3}(,\\d{3})+)([.,]\\d+)?$`,
)
const SCIENTIFIC = /^-?\d+([.,]\d+)?e[+-]?\d+$/i
/** One sign before exactly three digits: a whole group, or three decimals. */
const AMBIGUOUS = /^-?[1-9]\d{0,2}([.,])\d{3}$/
const ALL_SPACES = new RegExp(SPACES, 'g')

/** How often each sign is used in a way that admits no doubt. */
export interface FigureHabit {
  readonly decimal: Readonly<Record<',' | '.', number>>
  readonly thousands: Readonly<Record<',' | '.', number>>
}

/** Counts the rows, by the codes of a column, that each of its texts stands in. */
export function countTexts({ texts, codes }: GridColumn, first: number, last: number): Uint32Array {
  const counts = new Uint32Array(texts.length)
  for (let row = first; row <= last; row++) counts[codes[row]!]!++
  return counts
}

/** The habit that a column shows, from the texts that admit one reading only. */
export function habitOf(column: GridColumn, counts: Uint32Array): FigureHabit {
  const decimal = { ',': 0, '.': 0 }
  const thousands = { ',': 0, '.': 0 }
  column.texts.forEach((text, index) => {
    const count = counts[index]!
    if (count === 0 || isTyped(column, index)) return
    const plain = plainOf(text).plain
    if (!NUMBER.test(plain) || AMBIGUOUS.test(plain)) return
    const signs = plain.match(/[.,]/g)
    if (!signs) return
    const last = signs.at(-1) as ',' | '.'
    const other = last === ',' ? '.' : ','
    const repeated = signs.filter((sign) => sign === last).length > 1
    if (repeated) thousands[last] += count
    else {
      decimal[last] += count
      if (signs.includes(other)) thousands[other] += count
    }
  })
  return { decimal, thousands }
}

export function addHabits(habits: readonly FigureHabit[]): FigureHabit {
  const sum = (of: (habit: FigureHabit) => number): number =>
    habits.reduce((total, habit) => total + of(habit), 0)
  return {
    decimal: { ',': sum(({ decimal }) => decimal[',']), '.': sum(({ decimal }) => decimal['.']) },
    thousands: {
      ',': sum(({ thousands }) => thousands[',']),
      '.': sum(({ thousands }) => thousands['.']),
    },
  }
}

/** The sign that a habit has for decimals; null when it shows none. */
export function decimalOf({ decimal, thousands }: FigureHabit): ',' | '.' | null {
  const comma = decimal[','] + thousands['.']
  const point = decimal['.'] + thousands[',']
  if (comma === point) return null
  return comma > point ? ',' : '.'
}

const isTyped = (column: GridColumn, index: number): boolean =>
  column.numbers !== null && !Number.isNaN(column.numbers[index]!)

/** What figures are read by: the column's own habit, then the file's, then the analyst's answer. */
export interface FigureRules {
  readonly column: FigureHabit
  readonly file: FigureHabit
  readonly answer: ',' | '.' | null
  readonly isScb: boolean
}

/**
 * Reads the distinct texts of a column of figures as Swedes write them: spaces of any kind between thousands, decimal
 * comma or point, U+2212 or an en dash before a digit as minus, "12,5 %" as 12.5, and the marks for hidden and
 * missing. "1,234" is what the rest of the column makes it, else what the rest of the file does, else ambiguous.
 */
export function readFigures(column: GridColumn, rules: FigureRules): readonly Figure[] {
  const ownDecimal = decimalOf(rules.column)
  const fileDecimal = decimalOf(rules.file)
  const decimal = ownDecimal ?? fileDecimal ?? rules.answer
  const readings = column.texts.map((text, index): Figure => {
    const { plain, isPercent, hasFootnote } = plainOf(text)
    if (isTyped(column, index)) {
      const value = column.numbers![index]!
      return { kind: 'number', value, isPercent, against: null, doubt: null }
    }
    const trimmed = text.trim()
    if (CELL_ERROR.test(trimmed)) return { kind: 'missing', reason: 'cell-error' }
    if (rules.isScb && LONE_DASH.test(trimmed))
      return { kind: 'number', value: 0, isPercent: false, against: null, doubt: null }
    if (HIDDEN.test(trimmed)) return { kind: 'hidden', reason: 'hidden-at-source' }
    if (NOT_APPLICABLE.test(trimmed)) return { kind: 'missing', reason: 'not-applicable' }
    if (NOT_REPORTED.test(trimmed)) return { kind: 'missing', reason: 'not-reported' }
    const doubt = hasFootnote ? 'footnote' : null
    if (SCIENTIFIC.test(plain))
      return {
        ...{ kind: 'number' as const, value: Number(plain.replace(',', '.')), isPercent },
        ...{ against: null, doubt: 'scientific' },
      }
    if (!NUMBER.test(plain)) return { kind: 'unreadable' }
    const ambiguous = AMBIGUOUS.exec(plain)?.[1] as ',' | '.' | undefined
    if (ambiguous !== undefined && decimal === null) return { kind: 'ambiguous', sign: ambiguous }
    const isDecimal = ambiguous === undefined ? null : ambiguous === decimal
    const { value, used } = numberOf(plain, isDecimal)
    const against = used !== null && fileDecimal !== null && isAgainst(used, fileDecimal)
    return { kind: 'number', value, isPercent, against: against ? used.sign : null, doubt }
  })
  // Beyond what a number holds exactly, it would be another one.
  return readings.map((figure) =>
    figure.kind === 'number' && !(Math.abs(figure.value) <= Number.MAX_SAFE_INTEGER)
      ? { kind: 'unreadable' }
      : figure,
  )
}

interface UsedSign {
  readonly sign: ',' | '.'
  readonly as: 'decimal' | 'thousands'
}

const isAgainst = ({ sign, as }: UsedSign, fileDecimal: ',' | '.'): boolean =>
  as === 'decimal' ? sign !== fileDecimal : sign === fileDecimal

/** @param isDecimal whether a lone sign before three digits is a decimal sign; null where there is no doubt */
function numberOf(
  plain: string,
  isDecimal: boolean | null,
): { readonly value: number; readonly used: UsedSign | null } {
  const compact = plain.replace(ALL_SPACES, '')
  const signs = compact.match(/[.,]/g) ?? []
  const last = signs.at(-1) as ',' | '.' | undefined
  if (last === undefined) return { value: Number(compact), used: null }
  const asThousands =
    isDecimal === null ? signs.filter((sign) => sign === last).length > 1 : !isDecimal
  if (asThousands)
    return {
      value: Number(compact.replace(/[.,]/g, '')),
      used: { sign: last, as: 'thousands' },
    }
  const other = last === ',' ? '.' : ','
  return {
    value: Number(compact.replaceAll(other, '').replace(last, '.')),
    used: { sign: last, as: 'decimal' },
  }
}

/** Without the percent sign, with a plain minus, and without a footnote mark. */
function plainOf(text: string): {
  readonly plain: string
  readonly isPercent: boolean
  readonly hasFootnote: boolean
} {
  let plain = text.trim().replace(/^[\u2212–](?=\s?\d)\s?/, '-')
  const isPercent = /%$/.test(plain)
  if (isPercent) plain = plain.replace(/[\s\u00a0\u202f]*%$/, '')
  const hasFootnote = /\d\s?\*+$/.test(plain)
  if (hasFootnote) plain = plain.replace(/\s?\*+$/, '')
  return { plain, isPercent, hasFootnote }
}

/** Whether a text is a figure or one of the marks that stand for one, whatever its signs mean. */
export function looksLikeFigure(text: string): boolean {
  const { plain } = plainOf(text)
  return NUMBER.test(plain) || SCIENTIFIC.test(plain) || looksLikeMark(text)
}

/** Marks of hidden and missing, but for a blank. */
export function looksLikeMark(text: string): boolean {
  const trimmed = text.trim()
  return (
    trimmed !== '' &&
    (HIDDEN.test(trimmed) ||
      NOT_APPLICABLE.test(trimmed) ||
      NOT_REPORTED.test(trimmed) ||
      CELL_ERROR.test(trimmed))
  )
}
