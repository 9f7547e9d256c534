/** A small reproducible generator of numbers in [0, 1) (mulberry32). */
export function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Fisher and Yates' shuffle, in place: every order is as likely. */
export function shuffle(values: number[] | Float64Array, random: () => number): void {
  for (let last = values.length - 1; last > 0; last--) {
    const drawn = Math.floor(random() * (last + 1))
    const value = values[drawn]!
    values[drawn] = values[last]!
    values[last] = value
  }
}
