import type { Sex } from '../../src/core/indicator.ts'
import {
  addFigures,
  drawUntil,
  isFreeOfAreaType,
  isUnrelated,
  meanValues,
  valuesByLevel,
  type Figures,
  type ValuesByLevel,
} from './acceptance.ts'
import type { Ground } from './ground.ts'
import type { Pattern } from './pattern.ts'
import type { Population } from './population.ts'
import type { Random } from './random.ts'
import { PLANTED_UNRELATED, type FinestLevel, type LatentModel } from './specifications.ts'

/** What every part of the generator draws from. */
export interface Setting {
  readonly seed: number
  readonly ground: Ground
  readonly population: Population
  readonly pattern: Pattern
  /** Time-averaged values of the indicators drawn so far, for the pairs planted as unrelated. */
  readonly averages: Map<string, ValuesByLevel>
  /** How many attempts were turned down, by indicator. */
  readonly refusals: Map<string, number>
  /** Whether the acceptance rule is kept. Where nothing is planted, figures are taken as they fall. */
  readonly isJudged: boolean
}

/** One period's figures by sex; "T" alone where the indicator has no sexes. */
export type SexFigures = { readonly [sex in Sex]?: Figures }

/** Periods that are drawn, judged and, if need be, drawn again together: a year or a läsår. */
export interface Block<Drawn> {
  readonly name: string
  draw(latent: Float64Array, random: Random, earlier: readonly Drawn[]): Drawn
}

/**
 * Draws one indicator by the acceptance rule. Each block is drawn until every judged figure of it, in each sex and
 * both together, at every published level, is free of the real områdestyp; the whole is drawn until its averages
 * over time are too, and are unrelated to the indicators drawn before that it was planted as unrelated to.
 * @param judged the figures of a block that the rule looks at; they also make the average over time
 */
export function drawIndicator<Drawn>(
  setting: Setting,
  id: string,
  model: LatentModel,
  levels: { readonly latent: FinestLevel; readonly published: FinestLevel },
  blocks: readonly Block<Drawn>[],
  judged: (drawn: Drawn) => readonly SexFigures[],
): readonly Drawn[] {
  const { seed, ground, pattern, isJudged } = setting
  const valuesOfSexes = (figures: SexFigures): Map<Sex, ValuesByLevel> =>
    new Map(
      [...withBoth(figures)].map(([sex, one]) => [
        sex,
        valuesByLevel(ground, levels.published, one),
      ]),
    )
  const isFree = (values: Iterable<ValuesByLevel>): boolean =>
    !isJudged || [...values].every((one) => isFreeOfAreaType(one, pattern.types))
  const averageOf = (series: readonly Map<Sex, ValuesByLevel>[]): Map<Sex, ValuesByLevel> =>
    new Map(
      [...series[0]!.keys()].map((sex) => [sex, meanValues(series.map((one) => one.get(sex)!))]),
    )
  const partners = PLANTED_UNRELATED.filter((pair) => isJudged && pair.includes(id)).flatMap(
    ([one, other]) => setting.averages.get(one === id ? other : one) ?? [],
  )
  let refusals = 0
  const { drawn, attempt } = drawUntil(
    seed,
    id,
    (random, outer) => {
      const latent = pattern.latent(model, levels.latent, random)
      const kept: Drawn[] = []
      for (const block of blocks) {
        const one = drawUntil(
          seed,
          `${id}/${outer}/${block.name}`,
          (blockRandom) => block.draw(latent, blockRandom, kept),
          (candidate) => {
            const figures = judged(candidate)
            if (figures.length === 0) return true
            return [...figures, together(figures)].every((one) =>
              isFree(valuesOfSexes(one).values()),
            )
          },
        )
        refusals += one.attempt
        kept.push(one.drawn)
      }
      const series = kept.flatMap((one) => judged(one).map(valuesOfSexes))
      return { kept, average: averageOf(series) }
    },
    ({ average }) =>
      isFree(average.values()) &&
      partners.every((partner) => isUnrelated(average.get('T')!, partner)),
  )
  setting.averages.set(id, drawn.average.get('T')!)
  setting.refusals.set(id, refusals + attempt)
  return drawn.kept
}

/** The figures by sex with both sexes together. */
function withBoth({ T, K, M }: SexFigures): Map<Sex, Figures> {
  const both = T ?? (K && M && addFigures([K, M]))
  return new Map([
    ...(both ? [['T', both] as const] : []),
    ...(K ? [['K', K] as const] : []),
    ...(M ? [['M', M] as const] : []),
  ])
}

/** The periods of a block together, by sex. */
function together(periods: readonly SexFigures[]): SexFigures {
  const sexes = Object.keys(periods[0]!) as Sex[]
  return Object.fromEntries(
    sexes.map((sex) => [sex, addFigures(periods.map((figures) => figures[sex]!))]),
  )
}
