/** A stream of numbers, uniform in [0, 1). */
export type Random = () => number

/**
 * A reproducible stream for a seed and a name. Streams with different names are independent, so that adding a draw
 * in one place of the generator does not move the figures of another.
 * The name is hashed with FNV-1a into the state of sfc32 (Doty-Humphrey, PractRand: 128 bits of state).
 */
export function randomStream(seed: number, ...name: readonly (string | number)[]): Random {
  const text = [seed, ...name].join('/')
  let a = hash(text, 0x811c9dc5)
  let b = hash(text, a)
  let c = hash(text, b)
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  // sfc32 needs some rounds before similar seeds have parted.
  for (let round = 0; round < 15; round++) next()
  return next
}

function hash(text: string, start: number): number {
  let state = start
  for (let index = 0; index < text.length; index++)
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193)
  return state | 0
}
