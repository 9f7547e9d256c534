/** A list as one bound value: the engine binds no lists. Its other half is LIST_ITEMS. */
export const listParameter = (values: readonly string[]): string => values.join('\u001f')

/** The rows of a bound list; an empty list gives one empty text, which no code is. */
export const LIST_ITEMS = 'SELECT unnest(string_split(?, chr(31)))'
