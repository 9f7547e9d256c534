import { basename } from 'node:path'
import type { AreaId } from '../../src/core/area.ts'
import type { GivenObservation } from '../../src/core/disclosure/build-joint-table.ts'
import type { Finding } from '../../src/core/finding.ts'
import type { Indicator, IndicatorId } from '../../src/core/indicator.ts'
import type { AreaHierarchy } from '../../src/files/boundaries/area-hierarchy.ts'
import { openArchive, unpackMember } from '../../src/files/formats/archive.ts'
import { eventObservationsOf } from '../../src/files/event-observations.ts'
import { observationsOf } from '../../src/files/import-observations.ts'
import type { ObservationTableReading } from '../../src/files/observation-table.ts'
import { Fault } from '../../src/files/package/json-shape.ts'
import { areaNamesOf, recipesOf } from '../../src/files/package/workspace-shape.ts'
import {
  subtractedFrom,
  type ReadPart,
  type TablePart,
} from '../../src/files/package/table-part.ts'
import { NO_ANSWERS, type Recipe } from '../../src/files/tables/mapping.ts'
import { inspectWith } from '../import/inspect.ts'
import type { InputFile } from './real-input.ts'
import { UsageError } from './usage.ts'

/** How files are read, as a project file keeps it. */
export interface RecipeBook {
  readonly recipes: readonly Recipe[]
  readonly areaNames: Readonly<Record<string, AreaId | null>>
}

const MEMBER = 'recipes.json'

/** Takes recipes out of a project file, or out of a recipes.json by itself. @throws UsageError when it has none */
export function readRecipes({ path, bytes }: InputFile): RecipeBook {
  const file = basename(path)
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  try {
    const stored: unknown = JSON.parse(
      new TextDecoder().decode(isZip ? memberOf(file, bytes) : bytes),
    )
    const { recipes, areaNames } = stored as { recipes: unknown; areaNames?: unknown }
    return {
      recipes: recipesOf(recipes, 'recipes'),
      areaNames: areaNamesOf(areaNames ?? {}, 'areaNames'),
    }
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    const where = cause instanceof Fault ? ` (${cause.message})` : ''
    throw new UsageError(`--recipe ${file}: recepten kan inte läsas${where}.`)
  }
}

function memberOf(file: string, bytes: Uint8Array): Uint8Array {
  const opened = openArchive(file, bytes)
  const entry = opened.ok ? opened.entries.find(({ name }) => name === MEMBER) : undefined
  const member = entry && unpackMember(MEMBER, bytes, entry)
  if (!member?.ok) throw new UsageError(`--recipe ${file}: filen har inga recept.`)
  return member.bytes
}

/** Reads a raw file as the page does; null when no recipe is for files of its shape. */
export async function readByRecipe(
  { path, bytes }: InputFile,
  { recipes, areaNames }: RecipeBook,
  indicators: readonly Indicator[],
  hierarchy: AreaHierarchy,
): Promise<ObservationTableReading | null> {
  const file = basename(path)
  const inspection = await inspectWith([{ name: file, bytes }], hierarchy.areas, {
    answers: { ...NO_ANSWERS, areas: areaNames },
    recipes,
  })
  const tables = inspection.tables.filter(({ recipe }) => recipe?.indicator != null)
  if (tables.length === 0) return null
  const findings: Finding[] = inspection.findings.map((finding) =>
    // Nobody is there to answer.
    finding.severity === 'question' ? { ...finding, severity: 'error' } : finding,
  )
  const observations = new Map<IndicatorId, readonly GivenObservation[]>()
  const register = { ...hierarchy, boundaryVersion: UNNAMED }
  const parts: ReadPart[] = []
  for (const { shape, readings, mapping } of tables)
    for (const recipe of recipes.filter((one) => one.shape === shape && one.indicator !== null)) {
      const indicator = indicators.find(({ id }) => id === recipe.indicator)
      if (!indicator) {
        findings.push({
          ...{ severity: 'error', code: 'observations-unknown-indicator', file, row: null },
          ...{ column: null, text: recipe.indicator },
        })
        continue
      }
      const alone = readings.measures.length === 1 ? readings.measures[0]! : null
      const { measure, age } = recipe.part ?? { measure: alone, age: null }
      const isEvents = mapping.layout === 'events'
      const part: TablePart = { shape, measure, age, isEvents }
      const subtracted = subtractedFrom(file, part, parts, indicator.policy)
      if (subtracted) findings.push(subtracted)
      parts.push({ ...part, name: indicator.name })
      const read = (isEvents ? eventObservationsOf : observationsOf)(readings, {
        ...{ indicator, register, file, measure, age },
      })
      findings.push(...read.findings)
      if (read.ok)
        observations.set(indicator.id, [
          ...(observations.get(indicator.id) ?? []),
          ...read.observations,
        ])
    }
  const hasErrors = findings.some(({ severity }) => severity === 'error')
  return { observations: hasErrors ? new Map() : observations, findings }
}

const UNNAMED = { id: '', name: '', schematic: false, source: '', licence: '' }
