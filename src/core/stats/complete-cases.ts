/** What several columns have in common. */
export interface CompleteCases {
  /** Places where every column has a figure, ascending. */
  readonly places: Uint32Array
  /** The columns' figures there, in the order they were given. */
  readonly columns: readonly Float64Array[]
}

/**
 * Leaves out the places where any of the columns has no figure (hidden, missing: not finite), as R's complete.cases.
 * @param columns equally long
 */
export function completeCases(...columns: readonly ArrayLike<number>[]): CompleteCases {
  const length = columns[0]?.length ?? 0
  const places = Uint32Array.from({ length }, (_, place) => place).filter((place) =>
    columns.every((column) => Number.isFinite(column[place])),
  )
  return {
    places,
    columns: columns.map((column) => Float64Array.from(places, (place) => column[place]!)),
  }
}
