/**
 * Something found in a file. The text is made elsewhere from the code, so that the core stays free of language.
 * `row` is 1-based as a spreadsheet shows it, title lines included.
 */
export interface Finding {
  /** An error stops; a question waits for an answer; a warning and a note do not stop. */
  readonly severity: 'error' | 'question' | 'warning' | 'note'
  readonly code: string
  readonly file: string
  readonly row: number | null
  readonly column: string | null
  /** The offending text, never of a column that is dropped for privacy. */
  readonly text: string | null
  readonly parameters?: Readonly<Record<string, string | number>>
}
