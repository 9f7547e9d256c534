import type { GridColumn } from './grid.ts'

/**
 * Builds one column of a text table out of the file's bytes. A distinct text is kept as the place where it first
 * stands, and made at the end: a million cells that say a thousand things cost a thousand texts.
 */
export class TextColumnBuilder {
  /** Where each distinct text begins and ends. Text 0 is the empty one. */
  #starts = new Uint32Array(32)
  #ends = new Uint32Array(32)
  #hashes = new Uint32Array(32)
  #count = 1
  /** Open addressing: the number of the text at the first free place from its hash; 0 is free. */
  #places = new Uint32Array(64)
  #codes = new Uint32Array(64)

  /** Sets a cell below all that are set to the text from `start` to before `end`; those between have none. */
  set(row: number, bytes: Uint8Array, start: number, end: number): void {
    if (row >= this.#codes.length) this.#codes = lengthened(this.#codes, row + 1)
    this.#codes[row] = start === end ? 0 : this.#codeOf(bytes, start, end)
  }

  /**
   * The column's first `rowCount` rows.
   * @param textsOf makes texts of parts of the bytes
   */
  build(
    rowCount: number,
    textsOf: (starts: Uint32Array, ends: Uint32Array) => string[],
  ): GridColumn {
    const codes = lengthened(this.#codes, rowCount).slice(0, rowCount)
    // The empty text is one of the column's only where a cell has none.
    const first = codes.includes(0) ? 0 : 1
    const texts = textsOf(
      this.#starts.subarray(first, this.#count),
      this.#ends.subarray(first, this.#count),
    )
    if (first > 0) for (let row = 0; row < rowCount; row++) codes[row]!--
    return { texts, codes, numbers: null }
  }

  #codeOf(bytes: Uint8Array, start: number, end: number): number {
    // FNV-1a (Fowler, Noll, Vo), its upper bits brought down to where places are taken from.
    let hash = 0x811c9dc5
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
    hash = (hash ^ (hash >>> 15)) >>> 0
    const mask = this.#places.length - 1
    let place = hash & mask
    for (let code = this.#places[place]!; code > 0; code = this.#places[place]!) {
      if (this.#hashes[code] === hash && this.#isText(code, bytes, start, end)) return code
      place = (place + 1) & mask
    }
    const code = this.#count++
    if (code === this.#starts.length) {
      this.#starts = lengthened(this.#starts, code + 1)
      this.#ends = lengthened(this.#ends, code + 1)
      this.#hashes = lengthened(this.#hashes, code + 1)
    }
    this.#starts[code] = start
    this.#ends[code] = end
    this.#hashes[code] = hash
    this.#places[place] = code
    if (this.#count * 2 > this.#places.length) this.#spread()
    return code
  }

  #isText(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const known = this.#starts[code]!
    if (this.#ends[code]! - known !== end - start) return false
    for (let at = 0; at < end - start; at++)
      if (bytes[known + at] !== bytes[start + at]) return false
    return true
  }

  #spread(): void {
    const mask = this.#places.length * 4 - 1
    this.#places = new Uint32Array(mask + 1)
    for (let code = 1; code < this.#count; code++) {
      let place = this.#hashes[code]! & mask
      while (this.#places[place]! > 0) place = (place + 1) & mask
      this.#places[place] = code
    }
  }
}

/** The same numbers with room for at least `length`, zeros behind them. */
function lengthened<Buffer extends ArrayBufferLike>(
  numbers: Uint32Array<Buffer>,
  length: number,
): Uint32Array<Buffer | ArrayBuffer> {
  if (length <= numbers.length) return numbers
  const longer = new Uint32Array(Math.max(length, numbers.length * 2))
  longer.set(numbers)
  return longer
}
