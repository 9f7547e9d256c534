const NUMBER_MOST = 1e12

/**
 * A number as Swedes write it: "1 234,5", "−3"; also with a point before its decimals. Null: it is none, or one that
 * could be meant in two ways ("1.234").
 */
export function readNumber(text: string): number | null {
  const bare = text.replace(/[\s\u00a0\u202f]/g, '').replace(/^[−–]/, '-')
  if (!/^-?\d+(,\d+|\.\d{1,2})?$/.test(bare)) return null
  const value = Number(bare.replace(',', '.')) + 0
  return Math.abs(value) <= NUMBER_MOST ? value : null
}
