import type { AreaId } from '../../src/core/area.ts'
import { LARGEST_TYPE_CORRELATION, LARGEST_UNRELATED_CORRELATION } from './acceptance.ts'
import type { Gap } from './gaps.ts'
import type { Ground } from './ground.ts'
import { ownLoadingOf, type Pattern } from './pattern.ts'
import {
  DESIGN_EFFECT,
  EVENT_SPECIFICATIONS,
  HIDDEN_AT_SOURCE,
  LOW_RESPONSE,
  PERSON_SPECIFICATIONS,
  PLANTED_CLUSTERS,
  PLANTED_LAG,
  PLANTED_RELATIONS,
  PLANTED_SERIES_BREAK,
  PLANTED_UNRELATED,
  SPARED_DISTRICTS,
  SURVEY_SPECIFICATIONS,
  type LatentField,
  type LatentModel,
} from './specifications.ts'

/** What was put into the invented data, so that a method can be tried on whether it finds it. */
export interface PlantedTruths {
  readonly seed: number
  readonly acceptance: {
    readonly largestAreaTypeCorrelation: number
    readonly largestUnrelatedCorrelation: number
    readonly sparedDistricts: readonly string[]
  }
  readonly designEffect: number
  readonly relations: readonly {
    readonly factor: string
    readonly event: string
    readonly field: LatentField
    readonly sign: 1 | -1
    /** Correlation of the two latent values between areas, before sampling. */
    readonly latentCorrelation: number
  }[]
  readonly lag: typeof PLANTED_LAG
  readonly clusters: readonly {
    readonly indicator: string
    readonly level: 'regso'
    readonly areas: readonly AreaId[]
    /** The level inside, relative to what it would be otherwise. */
    readonly factor: number
    readonly fromYear: number
  }[]
  readonly unrelated: readonly (readonly [string, string])[]
  /** Change per year on the log scale (shares: logit), for every indicator that has one. */
  readonly trends: Readonly<Record<string, number>>
  readonly seriesBreak: typeof PLANTED_SERIES_BREAK
  readonly notCollected: readonly Gap[]
  readonly hiddenAtSource: typeof HIDDEN_AT_SOURCE
  readonly lowResponse: typeof LOW_RESPONSE
  /** How every indicator hangs on the latent fields; `own` is what it has to itself. */
  readonly loadings: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** Gathers the planted truths of a pattern. */
export function plantedTruths(
  seed: number,
  ground: Ground,
  pattern: Pattern,
  gaps: readonly Gap[],
): PlantedTruths {
  const models = new Map<string, LatentModel>(
    [...PERSON_SPECIFICATIONS, ...SURVEY_SPECIFICATIONS, ...EVENT_SPECIFICATIONS].map((one) => [
      one.id,
      one,
    ]),
  )
  return {
    seed,
    acceptance: {
      largestAreaTypeCorrelation: LARGEST_TYPE_CORRELATION,
      largestUnrelatedCorrelation: LARGEST_UNRELATED_CORRELATION,
      sparedDistricts: SPARED_DISTRICTS,
    },
    designEffect: DESIGN_EFFECT,
    relations: PLANTED_RELATIONS.map(({ factor, event, field }) => {
      const product = loadingOf(models, factor, field) * loadingOf(models, event, field)
      return {
        factor,
        event,
        field,
        sign: product > 0 ? 1 : -1,
        latentCorrelation: rounded(product),
      }
    }),
    lag: PLANTED_LAG,
    clusters: PLANTED_CLUSTERS.map(({ indicator, factor, fromYear }, index) => ({
      indicator,
      level: 'regso',
      areas: pattern.clusters[index]!.map((area) => ground.areas[area]!.id),
      factor,
      fromYear,
    })),
    unrelated: PLANTED_UNRELATED,
    trends: Object.fromEntries(
      [...models]
        .filter(([, one]) => one.trendPerYear !== 0)
        .map(([id, one]) => [id, one.trendPerYear]),
    ),
    seriesBreak: PLANTED_SERIES_BREAK,
    notCollected: gaps,
    hiddenAtSource: HIDDEN_AT_SOURCE,
    lowResponse: LOW_RESPONSE,
    loadings: Object.fromEntries(
      [...models].map(([id, { loadings }]) => [
        id,
        { ...loadings, own: rounded(ownLoadingOf(loadings)) },
      ]),
    ),
  }
}

function loadingOf(
  models: ReadonlyMap<string, LatentModel>,
  id: string,
  field: LatentField,
): number {
  const loading = models.get(id)?.loadings[field]
  if (loading === undefined) throw new RangeError(`${id} does not hang on "${field}"`)
  return loading
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000
