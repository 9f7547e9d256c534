import { mulberry } from '../../src/core/random.ts'

/** A copy of the bytes with one to twelve injuries: bytes changed, left out, put in or cut off. The same for a seed. */
export function damagedBytes(bytes: Uint8Array, seed: number): Uint8Array {
  const random = mulberry(seed)
  const below = (limit: number): number => Math.floor(random() * limit)
  let damaged: Uint8Array = bytes.slice()
  for (let injuries = 1 + below(12); injuries > 0 && damaged.length > 0; injuries--) {
    const at = below(damaged.length)
    const length = 1 + below(20)
    const [before, after] = [damaged.subarray(0, at), damaged.subarray(at + length)]
    const kind = below(10)
    if (kind < 4) damaged[at] = below(256)
    else if (kind < 6) damaged[at]! ^= 1 << below(8)
    else if (kind < 7) damaged = joined(before, after)
    else if (kind < 8)
      damaged = joined(
        before,
        Uint8Array.from({ length }, () => (below(2) ? 255 : below(256))),
        damaged.subarray(at),
      )
    else if (kind < 9) damaged.fill([0, 0x7f, 0xff][below(3)]!, at, at + length)
    else if (below(3) === 0) damaged = before.slice()
  }
  return damaged
}

/** Pieces of bytes as one. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
