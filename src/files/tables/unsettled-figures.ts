import type { Grid } from '../formats/grid.ts'
import type { Answers, TableMapping } from './mapping.ts'

/** Numbers that tell of the event, its place or its case, and count nothing. */
const NO_COUNT =
  /(^|[^\p{L}])(id|nr|kod|postnr|prio|tim|kl|år|ar|dag|vecka)([^\p{L}]|$)|nummer|prioritet|ålder|alder|klock|timme|veckodag|kostnad|belopp|koordinat/iu
/** Headings of what is counted: figures that happen to rise below one of these are no running number. */
const COUNTS =
  /antal|anm(ä|a)l|h(ä|a)ndelse|brott|(^|[^\p{L}])fall([^\p{L}]|$)|(ä|a)rende|incident|larm|insats|inkom/iu
const WHOLE_NUMBER = /^\d{1,6}$/
const CLOCK = /\d[ T]\d{1,2}[:.]\d{2}/
const SHARE_OF_ROWS = 0.6

/**
 * Columns of a register of events that may hold how many each row stands for: whole numbers under a heading that says
 * nothing, beside a day and an area and nothing else that tells of single events (a clock, a position, a case number).
 * Whether each row is one event, or as many as it says, is for the analyst to say.
 * @param isPersonal whether some column tells of people or cases
 * @returns positions of the columns
 */
export function unsettledFigures(
  grid: Grid,
  { columns, firstRow, lastRow }: TableMapping,
  answers: Answers,
  isPersonal: boolean,
): number[] {
  const hasPosition = columns.some(({ role }) => role === 'longitude' || role === 'latitude')
  const date = columns.findIndex(({ role }) => role === 'date')
  const textsOf = (column: number): string[] => {
    const { texts, codes } = grid.columns[column]!
    const found: string[] = []
    for (let row = firstRow; row <= lastRow; row++) {
      const text = texts[codes[row]!]!.replace(/[\s\u00a0\u202f]/g, '')
      if (text !== '') found.push(text)
    }
    return found
  }
  const hasClock = date >= 0 && grid.columns[date]!.texts.some((text) => CLOCK.test(text))
  if (isPersonal || hasPosition || hasClock) return []
  return columns.flatMap(({ name, role }, column) => {
    if (role !== 'ignored' || answers.roles[name] !== undefined || NO_COUNT.test(name)) return []
    const texts = textsOf(column)
    const isRunning =
      !COUNTS.test(name) &&
      texts.length > 2 &&
      texts.every((text, at) => at === 0 || Number(text) > Number(texts[at - 1]))
    const isFilled = texts.length >= SHARE_OF_ROWS * (lastRow - firstRow + 1)
    return isFilled && !isRunning && texts.every((text) => WHOLE_NUMBER.test(text)) ? [column] : []
  })
}
