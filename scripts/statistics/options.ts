import { parseArgs } from 'node:util'
import { DISTANCE_CLASSES } from '../../src/core/stats/dutilleul.ts'
import type { Contiguity } from '../../src/core/stats/contiguity.ts'
import type { PermutationPlan } from '../../src/core/stats/conditional-permutation.ts'
import type { WeightStyle } from '../../src/core/stats/weights.ts'
import { UsageError } from '../publish/usage.ts'

export type NeighbourChoice =
  | { readonly by: 'border'; readonly contiguity: Contiguity }
  | { readonly by: 'number'; readonly count: number }

/** What a method of `stats` was asked to do. */
export interface StatisticsOptions {
  readonly geojson: string | null
  readonly x: string | null
  readonly y: string | null
  readonly events: string | null
  /** A column, or for intervals a number. */
  readonly population: string | null
  readonly count: string | null
  readonly neighbours: NeighbourChoice
  readonly style: WeightStyle
  readonly plan: PermutationPlan
  /** Whether permutations were asked for by number. */
  readonly isPermuted: boolean
  readonly isNormality: boolean
  readonly classes: number
  readonly level: number
  readonly method: string | null
  readonly isJson: boolean
}

/** Above this nothing is learnt and much is waited for. */
const MOST_PERMUTATIONS = 1_000_000
const DEFAULT_PERMUTATIONS = 999

/** Reads the options of `stats METHOD`. @throws UsageError with a sentence */
export function readOptions(parameters: readonly string[]): StatisticsOptions {
  const { values } = parseArgs({
    args: withValuesAttached(parameters),
    options: {
      geojson: { type: 'string' },
      x: { type: 'string' },
      y: { type: 'string' },
      events: { type: 'string' },
      population: { type: 'string' },
      count: { type: 'string' },
      weights: { type: 'string', default: 'queen' },
      style: { type: 'string', default: 'W' },
      permutations: { type: 'string' },
      seed: { type: 'string', default: '1' },
      normality: { type: 'boolean', default: false },
      classes: { type: 'string', default: String(DISTANCE_CLASSES) },
      level: { type: 'string', default: '0.95' },
      method: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  const level = numberOption('level', values.level)
  if (!(level > 0 && level < 1))
    throw new UsageError('--level är ett tal mellan 0 och 1, t.ex. 0.95.')
  return {
    geojson: values.geojson ?? null,
    x: values.x ?? null,
    y: values.y ?? null,
    events: values.events ?? null,
    population: values.population ?? null,
    count: values.count ?? null,
    neighbours: neighbourChoice(values.weights),
    style: weightStyle(values.style),
    plan: {
      permutations: wholeOption(
        'permutations',
        values.permutations ?? String(DEFAULT_PERMUTATIONS),
        0,
        MOST_PERMUTATIONS,
      ),
      seed: wholeOption('seed', values.seed, -(2 ** 31), 2 ** 32 - 1),
    },
    isPermuted: values.permutations !== undefined,
    isNormality: values.normality,
    classes: wholeOption('classes', values.classes, 1, 1000),
    level,
    method: values.method ?? null,
    isJson: values.json,
  }
}

/** @throws UsageError when the text is no finite number */
export function numberOption(name: string, text: string): number {
  const value = Number(text.replace(',', '.'))
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UsageError(`--${name} ska vara ett tal, inte "${text}".`)
  return value
}

function wholeOption(name: string, text: string, least: number, most: number): number {
  const value = numberOption(name, text)
  if (!Number.isInteger(value) || value < least || value > most)
    throw new UsageError(
      `--${name} ska vara ett heltal från ${least} till ${most}, inte "${text}".`,
    )
  return value
}

function neighbourChoice(text: string): NeighbourChoice {
  if (text === 'queen' || text === 'rook') return { by: 'border', contiguity: text }
  const count = /^knn:([1-9]\d{0,5})$/.exec(text)?.[1]
  if (count === undefined)
    throw new UsageError(`--weights är queen, rook eller knn:ANTAL, inte "${text}".`)
  return { by: 'number', count: Number(count) }
}

function weightStyle(text: string): WeightStyle {
  if (text !== 'W' && text !== 'B') throw new UsageError(`--style är W eller B, inte "${text}".`)
  return text
}

/** Puts a negative number in the same word as its option, where parseArgs takes it for a value. */
function withValuesAttached(parameters: readonly string[]): string[] {
  const words: string[] = []
  for (const word of parameters) {
    const before = words.at(-1)
    if (/^-[\d.,]/.test(word) && before?.startsWith('--') && !before.includes('='))
      words[words.length - 1] = `${before}=${word}`
    else words.push(word)
  }
  return words
}
