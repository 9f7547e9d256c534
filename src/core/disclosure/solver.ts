/** A linear program over columns with bounds and rows of equations or inequalities. */
export interface LinearModel {
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly cost: Float64Array
  /** Compressed rows: row r has the entries starts[r] … starts[r + 1] − 1. */
  readonly starts: Int32Array
  readonly columns: Int32Array
  readonly coefficients: Float64Array
  readonly rowLower: Float64Array
  readonly rowUpper: Float64Array
  /** Columns are whole numbers. */
  readonly integer: boolean
}

export interface Solution {
  /** "limit": the best that was found when the time was out, possibly nothing. */
  readonly status: 'optimal' | 'infeasible' | 'unbounded' | 'limit'
  readonly objective: number
  /** One per column; empty without a solution. */
  readonly values: Float64Array
  /** What one more unit of a column would add to the objective; of linear programs only. */
  readonly reducedCosts: Float64Array
}

/** A model kept open, so that the next question about it starts from the last answer. */
export interface OpenModel {
  setCosts(cost: Float64Array): void
  setCost(column: number, cost: number): void
  setBounds(lower: Float64Array, upper: Float64Array): void
  addRow(lower: number, upper: number, columns: Int32Array, coefficients: Float64Array): void
  minimise(secondsMax?: number): Solution
  maximise(secondsMax?: number): Solution
  close(): void
}

/** Whoever solves linear and integer programs. Calls block: use it where nobody waits for the thread. */
export interface Solver {
  open(model: LinearModel): OpenModel
}
