/** Deterministic generator of numbers in [0, 1): mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A smooth random surface: metres east and north to a value in [-1, 1]. */
export type Noise = (east: number, north: number) => number

const GRID_SIZE = 256

/** Value noise on a repeating grid with the given spacing, faded by the quintic of improved Perlin noise. */
export function valueNoise(seed: number, wavelengthMetres: number): Noise {
  const random = seededRandom(seed)
  const grid = Float64Array.from({ length: GRID_SIZE * GRID_SIZE }, () => random() * 2 - 1)
  const at = (column: number, row: number) =>
    grid[(row & (GRID_SIZE - 1)) * GRID_SIZE + (column & (GRID_SIZE - 1))]!
  const fade = (t: number) => t * t * t * (t * (t * 6 - 15) + 10)
  return (east, north) => {
    const x = east / wavelengthMetres
    const y = north / wavelengthMetres
    const column = Math.floor(x)
    const row = Math.floor(y)
    const u = fade(x - column)
    const v = fade(y - row)
    const low = at(column, row) * (1 - u) + at(column + 1, row) * u
    const high = at(column, row + 1) * (1 - u) + at(column + 1, row + 1) * u
    return low * (1 - v) + high * v
  }
}
