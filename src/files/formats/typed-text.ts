/**
 * A number as a grid shows it: decimal comma, no spaces, never an exponent, and at most 15 significant digits, which
 * is what a spreadsheet holds and what is left when the noise of binary fractions is off.
 */
export function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value)
  if (!Number.isFinite(value)) return ''
  const digits = String(Number(value.toPrecision(15)))
  if (!digits.includes('e')) return digits.replace('.', ',')
  if (Math.abs(value) >= 1) return String(BigInt(value))
  return value
    .toFixed(Math.min(100, 15 - Math.floor(Math.log10(Math.abs(value)))))
    .replace(/0+$/, '')
    .replace('.', ',')
}

/** A share as the percentage that is shown: 0.07 is 7, without what a product of binary fractions would add. */
export function percentOf(share: number): number {
  const [digits, exponent = '0'] = String(share).split('e')
  return Number(`${digits}e${Number(exponent) + 2}`)
}

/** "12,5 %" of a share, 0.125. */
export function percentText(share: number): string {
  return `${numberText(percentOf(share))} %`
}

export type DateParts = 'date' | 'month' | 'year' | 'date-time' | 'time'

/**
 * A moment in UTC as "2024-03-01", "2024-03", "2024", "2024-03-01 14:30" or "14:30". Seconds are shown where there are
 * any; a date without time of day is a date alone.
 */
export function dateText(moment: Date, parts: DateParts): string {
  // Days held as fractions are a little off the whole second.
  const iso = new Date(Math.round(moment.getTime() / 1000) * 1000).toISOString()
  const date = iso.slice(0, iso.indexOf('T'))
  const time = iso.slice(iso.indexOf('T') + 1, iso.indexOf('.')).replace(/:00$/, '')
  if (parts === 'year') return date.slice(0, -6)
  if (parts === 'month') return date.slice(0, -3)
  if (parts === 'time') return time
  return parts === 'date' || time === '00:00' ? date : `${date} ${time}`
}
