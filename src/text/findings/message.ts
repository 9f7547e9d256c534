import { formatNumber } from '../format.ts'

export type Parameters = Readonly<Record<string, string | number>>

/** What was found, what it means and what can be done: one to three sentences, without file and row. */
export type Message = (parameters: Parameters, text: string) => string

export const integer = (value: string | number | undefined): string =>
  formatNumber(Number(value), 0)

export const suggestion = ({ suggestions }: Parameters): string =>
  suggestions ? ` Menades ${suggestions}?` : ''
