import { addTallies, type Check, type Tally } from './check.ts'
import type { Progress, ProgressStore } from './progress.ts'

export interface Outcome {
  readonly name: string
  readonly claim: string
  readonly unit: string
  readonly count: number
  readonly seed: number
  readonly seconds: number
  readonly tally: Tally
  /** Empty when the check passed. */
  readonly faults: readonly string[]
}

/**
 * Runs a check, from where it was left when there is a store.
 * @param scale part of the full count; at least one item is run
 */
export async function runCheck(
  check: Check,
  scale: number,
  store: ProgressStore | null = null,
  onBatch: (done: number, count: number) => void = () => undefined,
): Promise<Outcome> {
  const count = Math.max(1, Math.round(check.count * scale))
  const batches = Math.ceil(count / check.batchSize)
  let progress: Progress = (await store?.read(check.name, count)) ?? {
    batchesDone: 0,
    tally: {},
    seconds: 0,
  }
  const outcome = (faults: readonly string[]): Outcome => ({
    name: check.name,
    claim: check.claim,
    unit: check.unit,
    count,
    seed: check.seed,
    seconds: progress.seconds,
    tally: progress.tally,
    faults,
  })
  for (let batch = progress.batchesDone; batch < batches; batch++) {
    const first = batch * check.batchSize
    const size = Math.min(check.batchSize, count - first)
    const start = performance.now()
    try {
      const tally = await check.run({ seed: check.seed + batch, first, count: size })
      progress = {
        batchesDone: batch + 1,
        tally: addTallies(progress.tally, tally),
        seconds: progress.seconds + (performance.now() - start) / 1000,
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return outcome([`batch ${batch} (seed ${check.seed + batch}): ${message}`])
    }
    await store?.write(check.name, count, progress)
    onBatch(first + size, count)
  }
  return outcome(check.conclude?.(progress.tally, count) ?? [])
}
