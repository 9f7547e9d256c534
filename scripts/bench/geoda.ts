import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** Of @geoda/lisa, what is measured; its p are one-sided. */
export interface GeodaLisa {
  initWASM(address: string): Promise<unknown>
  localMoran(options: {
    readonly data: readonly number[]
    readonly neighbors: readonly (readonly number[])[]
    readonly permutation: number
    readonly seed: number
  }): Promise<{ readonly pValues: readonly number[] }>
}

/** @geoda/lisa, made to run in Node: it asks for a browser's name, and fetches its own program. */
export async function openGeodaLisa(): Promise<GeodaLisa> {
  if (!('navigator' in globalThis))
    Object.defineProperty(globalThis, 'navigator', { value: { language: 'sv', languages: ['sv'] } })
  const lisa = (await import('@geoda/lisa')) as unknown as GeodaLisa
  const program = require.resolve('@geoda/lisa').replace(/dist[\\/].*$/, 'wasm/geoda-lisa.wasm')
  const bytes = (await readFile(program)).toString('base64')
  await lisa.initWASM(`data:application/wasm;base64,${bytes}`)
  return lisa
}

/** Of jsgeoda, what is measured. */
export interface JsGeoda {
  readGeoJSON(bytes: ArrayBufferLike): unknown
  getQueenWeights(map: unknown): unknown
  localMoran(
    weights: unknown,
    values: readonly number[],
    permutations: number,
  ): { readonly pvalues: ArrayLike<number> }
}

export function openJsGeoda(): Promise<JsGeoda> {
  const { New } = require('jsgeoda') as { New: () => Promise<JsGeoda> }
  return New()
}
