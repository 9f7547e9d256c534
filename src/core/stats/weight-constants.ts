import type { SpatialWeights } from './weights.ts'

/** Sums of weights that the moments of Moran's I and Geary's C are made of. */
export interface WeightConstants {
  /** Areas that have neighbours. */
  readonly areas: number
  /** S₀ = Σᵢⱼ wᵢⱼ */
  readonly total: number
  /** S₁ = ½ Σᵢⱼ (wᵢⱼ + wⱼᵢ)² */
  readonly squares: number
  /** S₂ = Σᵢ (Σⱼ wᵢⱼ + Σⱼ wⱼᵢ)² */
  readonly rowsAndColumns: number
}

/** Source: Cliff & Ord, Spatial Processes (1981) ch. 1–2; spdep::spweights.constants(adjust.n = TRUE). */
export function weightConstants({ starts, neighbours, weights }: SpatialWeights): WeightConstants {
  const count = starts.length - 1
  const sums = new Float64Array(count)
  let [areas, total, squares] = [0, 0, 0]
  for (let area = 0; area < count; area++) {
    if (starts[area + 1]! > starts[area]!) areas++
    for (let link = starts[area]!; link < starts[area + 1]!; link++) {
      const weight = weights[link]!
      const other = neighbours[link]!
      total += weight
      sums[area]! += weight
      sums[other]! += weight
      squares += weight * weight
      for (let back = starts[other]!; back < starts[other + 1]!; back++)
        if (neighbours[back] === area) squares += weight * weights[back]!
    }
  }
  let rowsAndColumns = 0
  for (const sum of sums) rowsAndColumns += sum * sum
  return { areas, total, squares, rowsAndColumns }
}
