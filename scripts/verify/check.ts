/** What a check has counted, by name; the numbers of batches are added. */
export type Tally = Readonly<Record<string, number>>

/** A long check, run in batches so that it can be taken up again where it was left. */
export interface Check {
  readonly name: string
  /** What is shown by it, as a sentence. */
  readonly claim: string
  /** What is counted: "hashes", "worlds". */
  readonly unit: string
  readonly seed: number
  /** How many in a full run, and how many at a time. */
  readonly count: number
  readonly batchSize: number
  /**
   * Runs one batch.
   * @param seed of the batch alone
   * @param first position of the batch's first item in the whole run
   * @throws Error with what was found and how to find it again
   */
  run(batch: {
    readonly seed: number
    readonly first: number
    readonly count: number
  }): Promise<Tally>
  /** Faults that only the whole run can show, as sentences. */
  conclude?(tally: Tally, count: number): readonly string[]
}

export const addTallies = (a: Tally, b: Tally): Tally => {
  const sum: Record<string, number> = { ...a }
  for (const [name, value] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + value
  return sum
}

/** Stops a check with what is wrong. */
export function fail(message: string): never {
  throw new Error(message)
}
