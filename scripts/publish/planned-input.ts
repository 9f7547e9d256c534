import { basename } from 'node:path'
import type { AreaRegister } from '../../src/core/area.ts'
import {
  buildJointTable,
  type GivenObservation,
} from '../../src/core/disclosure/build-joint-table.ts'
import type { JointTable } from '../../src/core/disclosure/joint-table.ts'
import type { Finding } from '../../src/core/finding.ts'
import type { Indicator, IndicatorId } from '../../src/core/indicator.ts'
import { readAreaHierarchy, type AreaHierarchy } from '../../src/files/boundaries/area-hierarchy.ts'
import { decodeText } from '../../src/files/formats/decode-text.ts'
import { readIndicatorTable } from '../../src/files/indicator-table.ts'
import { readObservationTable } from '../../src/files/observation-table.ts'
import { slugOf } from '../../src/core/slug.ts'
import { sha256 } from './checksum.ts'
import { readByRecipe, type RecipeBook } from './read-by-recipe.ts'
import type { InputFile } from './real-input.ts'

export interface PlannedInput {
  readonly areas: InputFile
  readonly observations: readonly InputFile[]
  readonly indicators: InputFile
  /** How files of a known shape are read; see `readRecipes`. */
  readonly recipes?: RecipeBook
}

export type PlannedReading =
  | {
      readonly ok: true
      readonly register: AreaRegister
      /** Those that have figures. */
      readonly indicators: readonly Indicator[]
      /** One per indicator, before the gate. */
      readonly tables: readonly JointTable[]
      /** The file of areas as text, for its geometry. */
      readonly areasText: string
      readonly findings: readonly Finding[]
    }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/** Reads areas, indicators with their publication plans, and figures: every cell of every plan, before the gate. */
export async function readPlannedInput(input: PlannedInput): Promise<PlannedReading> {
  const findings: Finding[] = []
  const read = (file: InputFile): string => {
    const { text, encoding } = decodeText(file.bytes)
    if (encoding === 'windows-1252')
      findings.push({
        ...{ severity: 'warning', code: 'table-encoding', file: basename(file.path) },
        ...{ row: null, column: null, text: null },
      })
    return text.replace(/^\ufeff/, '')
  }
  const hasErrors = (): boolean => findings.some(({ severity }) => severity === 'error')
  const indicatorsFile = basename(input.indicators.path)
  const planned = readIndicatorTable(read(input.indicators), indicatorsFile)
  findings.push(...planned.findings)
  if (!planned.ok) return { ok: false, findings }

  const areasFile = basename(input.areas.path)
  const areasText = read(input.areas)
  const plannedLevels = [...new Set(planned.indicators.flatMap(({ plan }) => plan.levels))]
  const outlined = readAreaHierarchy(areasText, areasFile, plannedLevels)
  findings.push(...outlined.findings)
  if (!outlined.ok) return { ok: false, findings }
  const { hierarchy } = outlined
  const indicators = planned.indicators.map((indicator) => onLevels(indicator, hierarchy))

  const given = new Map<IndicatorId, GivenObservation[]>()
  for (const file of input.observations) {
    const reading =
      (input.recipes && (await readByRecipe(file, input.recipes, indicators, hierarchy))) ??
      readObservationTable(read(file), basename(file.path), indicators, hierarchy)
    findings.push(...reading.findings)
    for (const [id, observations] of reading.observations) {
      const list = given.get(id) ?? []
      given.set(id, list)
      for (const observation of observations) list.push(observation)
    }
  }
  if (!hasErrors()) findings.push(...repeatedBetweenFiles(given))
  if (hasErrors()) return { ok: false, findings }

  const tables: JointTable[] = []
  for (const indicator of indicators) {
    const observations = given.get(indicator.id)
    const finding = (severity: Finding['severity'], code: string, text: string): void => {
      findings.push({
        ...{ severity, code, file: indicatorsFile, row: null, column: 'plan', text },
        parameters: { indicator: indicator.id },
      })
    }
    if (!observations) {
      finding('note', 'observations-none-of-indicator', indicator.id)
      continue
    }
    const before = planned.indicators.find(({ id }) => id === indicator.id)!.plan.levels
    const gone = before.filter((level) => !indicator.plan.levels.includes(level))
    if (gone.length > 0)
      finding(
        indicator.plan.levels.length > 0 ? 'warning' : 'error',
        'observations-level-without-areas',
        gone.join(', '),
      )
    if (indicator.plan.levels.length === 0) continue
    const reading = buildJointTable(indicator, hierarchy.areas, observations)
    findings.push(...reading.findings)
    if (reading.ok) tables.push(reading.table)
  }
  if (hasErrors()) return { ok: false, findings }
  return {
    ok: true,
    register: {
      ...hierarchy,
      boundaryVersion: {
        id: `${slugOf(areasFile.replace(/\.[^.]+$/, '')) || 'gr'}-${sha256(input.areas.bytes).slice(0, 8)}`,
        name: areasFile,
        schematic: false,
        source: areasFile,
        licence: 'Se källan',
      },
    },
    indicators: tables.map(({ indicator }) => indicator),
    tables,
    areasText,
    findings,
  }
}

/** A plan without the levels that no area is of: a municipality without districts has none to publish. */
function onLevels(indicator: Indicator, { levels }: AreaHierarchy): Indicator {
  const known = levels.map(({ id }) => id)
  const own = indicator.plan.levels.filter((level) => known.includes(level))
  return { ...indicator, plan: { ...indicator.plan, levels: own } }
}

function repeatedBetweenFiles(
  given: ReadonlyMap<IndicatorId, readonly GivenObservation[]>,
): Finding[] {
  const findings: Finding[] = []
  for (const [id, observations] of given) {
    const first = new Map<string, GivenObservation>()
    for (const observation of observations) {
      const { area, period, sex, file, row } = observation
      const key = `${area}\t${period}\t${sex}`
      const earlier = first.get(key)
      if (!earlier) first.set(key, observation)
      else if (findings.length < 10)
        findings.push({
          ...{
            severity: 'error',
            code: 'observations-repeated',
            file,
            row,
            column: null,
            text: id,
          },
          parameters: { earlier: `${earlier.row} (${earlier.file})` },
        })
    }
  }
  return findings
}
