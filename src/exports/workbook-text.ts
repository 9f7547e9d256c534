import { defused } from './swedish-csv.ts'

/**
 * Text for a cell of a workbook: what would be taken for a formula is defused. "_x000A_" stands for a line break there,
 * and "_x005F_" for its first sign (ECMA-376, ST_Xstring); so do signs that XML cannot hold, and the first letter of
 * words that the writer's table of texts takes for its own, as "constructor".
 */
export function workbookText(text: string): string {
  const coded = (sign: string): string =>
    `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
  const plain = defused(text)
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, coded)
  return plain in Object.prototype ? coded(plain) + plain.slice(1) : plain
}
