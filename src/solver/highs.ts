import highsLoader, { type Highs } from 'highs'
import type { LinearModel, OpenModel, Solution, Solver } from '../core/disclosure/solver.ts'

/** HiGHS (MIT) as the solver of the disclosure gate. Reproducible: a fixed seed. */
export async function createSolver(): Promise<Solver> {
  const highs = await highsLoader()
  return { open: (model) => openModel(highs, model) }
}

/** No question about one table takes longer than this; an answer that is not found in time is none. */
const SECONDS_MAX = 600

function openModel(highs: Highs, source: LinearModel): OpenModel {
  const columnCount = source.lower.length
  const model = highs.createModel({
    numCols: columnCount,
    numRows: source.starts.length - 1,
    colCost: source.cost,
    colLower: source.lower,
    colUpper: source.upper,
    rowLower: source.rowLower,
    rowUpper: source.rowUpper,
    matrix: {
      format: 'csr',
      numRows: source.starts.length - 1,
      numCols: columnCount,
      starts: source.starts,
      indices: source.columns,
      values: source.coefficients,
    },
    ...(source.integer && {
      integrality: new Int32Array(columnCount).fill(highs.constants.variableType.integer),
    }),
  })
  model.options.set({ output_flag: false, random_seed: 1 })
  const all = { kind: 'range', from: 0, to: columnCount - 1 } as const
  const solve = (sense: 'minimize' | 'maximize', secondsMax: number): Solution => {
    model.options.set('time_limit', secondsMax)
    model.zeroAllClocks()
    model.changeObjectiveSense(highs.constants.objectiveSense[sense])
    const { modelStatus } = model.run()
    const { optimal, infeasible, unbounded, unboundedOrInfeasible } = highs.constants.modelStatus
    const status =
      modelStatus === optimal
        ? 'optimal'
        : modelStatus === infeasible
          ? 'infeasible'
          : modelStatus === unbounded || modelStatus === unboundedOrInfeasible
            ? 'unbounded'
            : 'limit'
    if (status === 'infeasible' || status === 'unbounded')
      return {
        ...{ status, objective: NaN },
        ...{ values: new Float64Array(), reducedCosts: new Float64Array() },
      }
    const { colValue, colDual } = model.getSolution()
    return {
      status,
      objective: model.getObjectiveValue(),
      values: colValue,
      reducedCosts: colDual,
    }
  }
  return {
    setCosts: (cost) => void model.changeColsCost(all, cost),
    setCost: (column, cost) => void model.changeColCost(column, cost),
    setBounds: (lower, upper) => void model.changeColsBounds(all, lower, upper),
    addRow: (lower, upper, columns, coefficients) =>
      void model.addRow(lower, upper, { indices: columns, values: coefficients }),
    minimise: (secondsMax = SECONDS_MAX) => solve('minimize', secondsMax),
    maximise: (secondsMax = SECONDS_MAX) => solve('maximize', secondsMax),
    close: () => model.dispose(),
  }
}
