import type { ReleasedFlow } from '../case-flow.ts'
import { isPrimaryHidden } from './primary.ts'

declare const disclosed: unique symbol

/** A flow that has been through the gate. */
export type DisclosedFlow = ReleasedFlow & { readonly [disclosed]: true }

/**
 * Takes a flow back that has been released, when it can have been: no shown count is one that its policy hides.
 * @throws RangeError naming the stage and the period
 */
export function admitFlow(flow: ReleasedFlow): DisclosedFlow {
  for (const columns of [flow.cells, flow.left])
    for (const [stage, cells] of Object.entries(columns))
      cells.forEach((cell, at) => {
        if (typeof cell === 'number' && isPrimaryHidden(cell, NaN, flow.policy))
          throw new RangeError(`${stage} ${flow.periods[at]}`)
      })
  return flow as DisclosedFlow
}
