import type { PeriodCode } from '../../core/period.ts'
import type { Point } from '../boundaries/coordinate-frame.ts'

/** Where events happened and when, one row an event, before they are counted. Never leaves the worker that read it. */
export interface EventPoints {
  readonly count: number
  /** [easting, northing] in SWEREF 99 TM, metres, one after another. */
  readonly coordinates: Float64Array
  readonly years: Uint16Array
  /** Index into `kinds`. */
  readonly kind: Uint32Array
  /** Kinds of event; null where the register has none. */
  readonly kinds: readonly (string | null)[]
}

/** Gathers the points of events one by one. */
export class EventPointsBuilder {
  readonly #coordinates: number[] = []
  readonly #years: number[] = []
  readonly #kind: number[] = []
  readonly #kinds = new Map<string | null, number>()

  add([easting, northing]: Point, month: PeriodCode, kind: string | null): void {
    this.#coordinates.push(easting, northing)
    this.#years.push(Number(month.slice(0, 4)))
    const known = this.#kinds.get(kind) ?? this.#kinds.size
    this.#kinds.set(kind, known)
    this.#kind.push(known)
  }

  /** Null when no event has a place. */
  build(): EventPoints | null {
    if (this.#years.length === 0) return null
    return {
      count: this.#years.length,
      coordinates: Float64Array.from(this.#coordinates),
      years: Uint16Array.from(this.#years),
      kind: Uint32Array.from(this.#kind),
      kinds: [...this.#kinds.keys()],
    }
  }
}
