const [LINE_FEED, CARRIAGE_RETURN, SPACE, QUOTE] = [10, 13, 32, 34]

/**
 * Walks through the fields of a delimited text (RFC 4180). A row ends at CR, LF or both; the last one need not. A
 * quoted field holds delimiters, line breaks and doubled quotes; spaces around its quotes are no part of it. A field
 * that begins with a quote whose pair is missing, or followed by anything but the end of the field, is as it stands: a
 * stray quote then costs its own field, not the rest of the file.
 */
export class DelimitedFields {
  /** Where `start` and `end` stand: the text, or a copy of it in which doubled quotes that were met are single. */
  bytes: Uint8Array
  /** Where the field's text begins, and the byte after it; its quotes excluded. */
  start = 0
  end = 0
  isQuoted = false
  /** Begins with a quote that has no pair where the field ends. */
  isStray = false
  endsRow = false
  readonly #isEdge = new Uint8Array(256)
  readonly #delimiter: number
  #isCopy = false
  #next: number

  /**
   * @param bytes text in which a byte below 128 is never part of another letter
   * @param delimiter one such byte; null when every line is one field
   */
  constructor(bytes: Uint8Array, delimiter: number | null) {
    this.bytes = bytes
    this.#delimiter = delimiter ?? LINE_FEED
    this.#isEdge[this.#delimiter] = this.#isEdge[LINE_FEED] = this.#isEdge[CARRIAGE_RETURN] = 1
    this.#next = bytes.length > 0 ? 0 : -1
  }

  /** Goes to the next field; false when there is none. */
  next(): boolean {
    if (this.#next < 0) return false
    this.start = this.#next
    this.isQuoted = this.isStray = false
    const bytes = this.bytes
    const isEdge = this.#isEdge
    let at = this.start
    const first = bytes[at]
    if ((first === QUOTE || first === SPACE) && this.#takeQuoted()) return true
    while (at < bytes.length && isEdge[bytes[at]!] === 0) at++
    this.end = at
    this.#pass(at)
    return true
  }

  /** @returns false for a field without quotes around it */
  #takeQuoted(): boolean {
    const open = this.#pastSpaces(this.start)
    if (this.bytes[open] !== QUOTE) return false
    let doubled = 0
    let close = this.bytes.indexOf(QUOTE, open + 1)
    for (; close >= 0 && this.bytes[close + 1] === QUOTE; doubled++)
      close = this.bytes.indexOf(QUOTE, close + 2)
    const edge = close < 0 ? -1 : this.#pastSpaces(close + 1)
    this.isStray = edge < 0 || (edge < this.bytes.length && this.#isEdge[this.bytes[edge]!] === 0)
    if (this.isStray) return false
    this.isQuoted = true
    this.start = open + 1
    this.end = close - doubled
    if (doubled > 0) this.#undouble(open + 1, close)
    this.#pass(edge)
    return true
  }

  #pastSpaces(from: number): number {
    let at = from
    while (this.bytes[at] === SPACE && this.#delimiter !== SPACE) at++
    return at
  }

  #undouble(start: number, end: number): void {
    if (!this.#isCopy) this.bytes = this.bytes.slice()
    this.#isCopy = true
    const { bytes } = this
    let to = start
    for (let from = start; from < end; from++) {
      bytes[to++] = bytes[from]!
      if (bytes[from] === QUOTE) from++
    }
  }

  /** @param edge where the delimiter or line break after the field stands, or the text's length */
  #pass(edge: number): void {
    const code = this.bytes[edge]
    this.endsRow = code !== this.#delimiter || code === LINE_FEED
    const isPair = code === CARRIAGE_RETURN && this.bytes[edge + 1] === LINE_FEED
    const next = edge + (isPair ? 2 : 1)
    // After a delimiter there is a field yet; after a line break, only if anything follows.
    this.#next = this.endsRow && next >= this.bytes.length ? -1 : next
  }
}
