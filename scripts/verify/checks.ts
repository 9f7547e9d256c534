import type { Check } from './check.ts'
import { aggregateTotals } from './checks/aggregate-totals.ts'
import { beforeAfterCheck } from './checks/before-after.ts'
import { databaseAnswers } from './checks/database-answers.ts'
import { disclosure } from './checks/disclosure.ts'
import { importDamage } from './checks/import-damage.ts'
import { importRoundTrip } from './checks/import-round-trip.ts'
import { indexDamage } from './checks/index-damage.ts'
import { linkFuzzing } from './checks/link-fuzzing.ts'
import { nullWorlds } from './checks/null-worlds.ts'
import { officeFiles } from './checks/office-files.ts'
import { publishingTwice } from './checks/publishing-twice.ts'
import { releasedCells } from './checks/released-cells.ts'
import { releasedDamage } from './checks/released-damage.ts'
import { schematicAgain } from './checks/schematic-again.ts'
import { syntheticWorlds } from './checks/synthetic-worlds.ts'
import { wholeMunicipality } from './checks/whole-municipality.ts'

/** Every long check, the quickest first. */
export const CHECKS: readonly Check[] = [
  releasedCells,
  publishingTwice,
  schematicAgain,
  linkFuzzing,
  releasedDamage,
  indexDamage,
  officeFiles,
  aggregateTotals,
  beforeAfterCheck,
  wholeMunicipality,
  databaseAnswers,
  importRoundTrip,
  importDamage,
  disclosure,
  syntheticWorlds,
  nullWorlds,
]
