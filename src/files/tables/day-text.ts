/**
 * The day of the month that a text which is read as a period names: 2024-03-01, 20240301, 1/3 2024, 1.3.2024; 0 when
 * it names none.
 * @param order of day and month in texts such as "03/04/2024"
 */
export function dayInMonth(text: string, order: 'day-first' | 'month-first'): number {
  const plain = text.trim()
  const yearFirst =
    /^\d{4}[-/.]\d{2}[-/.](\d{2})(?!\d)/.exec(plain) ?? /^(?:19|20)\d{4}(\d{2})$/.exec(plain)
  if (yearFirst) return Number(yearFirst[1])
  const yearLast = /^(\d{1,2})([-/.])(\d{1,2})[-/. ]\d{4}(?!\d)/.exec(plain)
  if (!yearLast) return 0
  const [first, second] = [Number(yearLast[1]), Number(yearLast[3])]
  const isMonthFirst = second > 12 || (order === 'month-first' && first <= 12)
  return isMonthFirst && yearLast[2] !== '.' ? second : first
}
