import type { RawTable } from '../../src/core/observation.ts'
import type { IncidentCategory } from '../../src/core/release.ts'
import { drawGaps, type Gap } from './gaps.ts'
import { readGround, type Ground } from './ground.ts'
import {
  drawRegister,
  eventTables,
  incidentCategories,
  type SyntheticIncident,
} from './incident-register.ts'
import type { Setting } from './indicator-draw.ts'
import { drawPattern, drawUnplantedPattern } from './pattern.ts'
import { personTables } from './person-indicators.ts'
import { plantedTruths, type PlantedTruths } from './planted-truths.ts'
import { drawPopulation } from './population.ts'
import { DEMONSTRATION_SEED } from './specifications.ts'
import { surveyTables } from './survey-indicators.ts'

export type { SyntheticIncident } from './incident-register.ts'

export interface SyntheticWorld {
  readonly seed: number
  /**
   * One table per synthetic indicator at the finest level and period of its plan, for women and men (K, M) where
   * the plan has sexes and both together (T) otherwise. Coarser figures are totals: see src/core/aggregate.ts.
   */
  readonly tables: readonly RawTable[]
  /** By day. */
  readonly incidents: readonly SyntheticIncident[]
  readonly incidentCategories: readonly IncidentCategory[]
  /** Years in which an area did not collect an indicator, or an incident category of the same id. */
  readonly notCollected: readonly Gap[]
  readonly planted: PlantedTruths
  /** Draws that the acceptance rule turned down, by indicator. */
  readonly refusals: ReadonlyMap<string, number>
}

/**
 * Invents the demonstration data: the same seed and areas give the same world, to the last figure. How it is made,
 * and what is planted in it, stands in data/demonstration/README.md.
 * @throws Error when the acceptance rule admits no draw, which a seed that is in use never meets
 */
export function synthesise(
  seed: number = DEMONSTRATION_SEED,
  ground: Ground = readGround(),
): SyntheticWorld {
  return worldOf(seed, ground, true)
}

/** The same kind of world with nothing planted in it: no relation, lag or cluster. See `drawUnplantedPattern`. */
export function synthesiseUnplanted(seed: number, ground: Ground = readGround()): SyntheticWorld {
  return worldOf(seed, ground, false)
}

function worldOf(seed: number, ground: Ground, isPlanted: boolean): SyntheticWorld {
  const { drawn: population, attempt } = drawPopulation(seed, ground)
  const pattern = isPlanted
    ? drawPattern(seed, ground, population)
    : drawUnplantedPattern(ground, population)
  const gaps = drawGaps(seed, ground)
  const setting: Setting = {
    seed,
    ground,
    population,
    pattern,
    averages: new Map(),
    refusals: new Map([['bef_antal', attempt]]),
    isJudged: isPlanted,
  }
  const persons = personTables(setting, gaps)
  const surveys = surveyTables(setting, gaps)
  const incidents = drawRegister(setting, gaps)
  return {
    seed,
    tables: [...persons, ...surveys, ...eventTables(setting, incidents, gaps)],
    incidents,
    incidentCategories,
    notCollected: gaps,
    planted: plantedTruths(seed, ground, pattern, gaps),
    refusals: setting.refusals,
  }
}
