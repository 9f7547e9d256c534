import { summarised } from './measurement.ts'

/** Each function runs at least so often, and until it has had this time. */
const LEAST_RUNS = 20
const TIME_MS = 1500

/** Runs works in turn, so that what disturbs one disturbs all. @returns milliseconds of each run, by work */
export async function timeBeside<Works extends readonly (() => unknown)[]>(
  ...works: Works
): Promise<{ readonly [Index in keyof Works]: number[] }> {
  for (let run = 0; run < 3; run++) for (const work of works) await work()
  const times = works.map((): number[] => [])
  const until = performance.now() + TIME_MS
  while (times[0]!.length < LEAST_RUNS || performance.now() < until)
    for (const [index, work] of works.entries()) {
      const start = performance.now()
      await work()
      times[index]!.push(performance.now() - start)
    }
  return times as { [Index in keyof Works]: number[] }
}

export const median = (values: readonly number[]): number => summarised('', '', 'ms', values).median

export const thousands = (value: number): string => value.toLocaleString('en')
