/** A table that is laid out as blocks on narrow screens loses its roles in some browsers; these give them back. */
export const TABLE_ROLES = { table: 'table', group: 'rowgroup', row: 'row' } as const
