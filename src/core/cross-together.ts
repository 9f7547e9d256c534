import type { CrossValues, OwnVariable } from './cross-values.ts'
import { benjaminiHochberg } from './stats/benjamini-hochberg.ts'
import type { PermutationPlan } from './stats/conditional-permutation.ts'
import {
  crossSteps,
  FALSE_DISCOVERY_RATE,
  type CrossCell,
  type CrossProgress,
} from './stats/crossing.ts'
import { optimalLeafOrder } from './stats/optimal-leaf-ordering.ts'
import { spearman } from './stats/rank-correlation.ts'

export interface CrossAnswer {
  /** By event, then by factor, in the order of the values; null where the pair is not crossed. */
  readonly cells: readonly (readonly (CrossCell | null)[])[]
  /** How many were tested together, over the whole matrix. */
  readonly familySize: number
  /** How many of them survive the correction for that. */
  readonly survivors: number
  /** The order in which structure shows: of all events, and of all factors, one class after the other. */
  readonly eventOrder: readonly number[]
  readonly factorOrder: readonly number[]
}

/**
 * Crosses groups of pairs, each group at its own level and times, one cell at a time, and corrects what was tested in
 * all of them together (Benjamini and Hochberg). Each randomisation is as long as the whole family needs for one cell
 * alone to be able to survive.
 */
export function* crossTogether(
  { pairs, groups, factorGroups, eventVariables, factorVariables }: CrossValues,
  { permutations, seed }: PermutationPlan,
): Generator<CrossProgress, CrossAnswer> {
  const all = groups.reduce((sum, { events, factors }) => sum + events.length * factors.length, 0)
  const enough = groups.length > 1 ? Math.ceil((2 * all) / FALSE_DISCOVERY_RATE) : 0
  const plan = { permutations: Math.max(permutations, enough), seed }
  const cells = pairs.map((row) => row.map((): CrossCell | null => null))
  let before = 0
  for (const { events, factors, question } of groups) {
    const steps = crossSteps({ ...question, plan })
    let step = steps.next()
    for (; !step.done; step = steps.next()) yield { done: before + step.value.done, all }
    step.value.cells.forEach((row, first) =>
      row.forEach((cell, second) => (cells[events[first]!]![factors[second]!] = cell)),
    )
    before += events.length * factors.length
  }
  return {
    ...correctTogether(cells),
    eventOrder: orderByLikeness(eventVariables),
    factorOrder: factorGroups.flatMap((places) =>
      orderByLikeness(places.map((factor) => factorVariables[factor]!)).map(
        (place) => places[place]!,
      ),
    ),
  }
}

/** Corrects the cells of a whole matrix together, whatever they were corrected for before. */
export function correctTogether(
  cells: readonly (readonly (CrossCell | null)[])[],
): Pick<CrossAnswer, 'cells' | 'familySize' | 'survivors'> {
  const { adjusted, familySize } = benjaminiHochberg(
    cells.flat().map((cell) => (cell?.kind === 'tested' ? cell.p : null)),
  )
  let [place, survivors] = [0, 0]
  const corrected = cells.map((row) =>
    row.map((cell): CrossCell | null => {
      const own = adjusted[place++] ?? null
      if (cell?.kind !== 'tested' || own === null) return cell
      const survives = own <= FALSE_DISCOVERY_RATE
      if (survives) survivors++
      return { ...cell, adjusted: own, mark: survives ? 'survives' : 'does-not' }
    }),
  )
  return { cells: corrected, familySize, survivors }
}

/**
 * Optimal leaf ordering on 1 − |ρ| of what both are crossed by at the same level, at the same time if they can be. Two
 * that share no level are as far apart as can be.
 */
function orderByLikeness(indicators: readonly (readonly OwnVariable[])[]): readonly number[] {
  const distances = indicators.map(() => new Float64Array(indicators.length))
  indicators.forEach((first, i) =>
    indicators.slice(0, i).forEach((second, j) => {
      distances[i]![j] = distances[j]![i] = 1 - likeness(first, second)
    }),
  )
  return optimalLeafOrder(distances).order
}

function likeness(first: readonly OwnVariable[], second: readonly OwnVariable[]): number {
  const alike = first
    .flatMap((own) => second.map((other) => [own, other] as const))
    .filter(([own, other]) => own.level === other.level)
  const [own, other] =
    alike.find(([one, another]) => one.side.period === another.side.period) ?? alike[0] ?? []
  const rho = own && other && spearman(own.values, other.values)
  return rho?.ok ? Math.abs(rho.value.r) : 0
}
