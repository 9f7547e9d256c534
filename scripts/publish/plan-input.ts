import { basename } from 'node:path'
import type { AreaRegister } from '../../src/core/area.ts'
import { wholeArea } from '../../src/core/area.ts'
import type { Finding } from '../../src/core/finding.ts'
import type { Indicator } from '../../src/core/indicator.ts'
import type { ActivityPlan } from '../../src/core/plan.ts'
import type { Release } from '../../src/core/release.ts'
import { readFormat } from '../../src/files/formats/read-format.ts'
import { recogniseFormat } from '../../src/files/formats/recognise-format.ts'
import type { Grid } from '../../src/files/formats/grid.ts'
import { Fault, findingOf, parseJson } from '../../src/files/package/json-shape.ts'
import { readPlanSheets } from '../../src/files/plan/plan-sheet.ts'
import { planReferences, readPlan } from '../../src/files/plan/read-plan.ts'
import type { InputFile } from './real-input.ts'

/** Characters of a plan as JSON. */
const MAXIMUM_LENGTH = 20_000_000

export type PlanInputReading =
  | { readonly ok: true; readonly plan: ActivityPlan; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/**
 * Reads a plan of activities for a package: one JSON file of the type `ActivityPlan`, one workbook, or text tables
 * whose names are those of a workbook's sheets. All or nothing.
 */
export async function readPlanInput(
  files: readonly InputFile[],
  {
    register,
    indicators,
  }: { readonly register: AreaRegister; readonly indicators: readonly Indicator[] },
): Promise<PlanInputReading> {
  const [first] = files
  if (files.length === 1 && first && /\.json$/i.test(first.path)) {
    const file = basename(first.path)
    try {
      const json = parseJson(new TextDecoder().decode(first.bytes), MAXIMUM_LENGTH)
      const reading = readPlan(json, file, planReferences({ register, indicators }))
      return 'plan' in reading
        ? { ok: true, plan: reading.plan, findings: [] }
        : { ok: false, findings: reading.findings }
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault
      return { ok: false, findings: [findingOf(fault, file)] }
    }
  }
  const grids: Grid[] = []
  const findings: Finding[] = []
  for (const { path, bytes } of files) {
    const file = basename(path)
    const recognised = recogniseFormat(file, bytes)
    if (recognised.format === null) findings.push(recognised.finding)
    else if (!TABLES.has(recognised.format))
      findings.push({
        ...{ severity: 'error', code: 'plan-not-a-table', file, row: null, column: null },
        text: null,
      })
    else {
      const reading = await readFormat(file, bytes, recognised, NO_LOADERS)
      findings.push(...reading.findings)
      grids.push(...reading.grids)
    }
  }
  if (findings.some(({ severity }) => severity === 'error')) return { ok: false, findings }
  const reading = readPlanSheets(grids, {
    ...{ areas: register.areas, indicators },
    publisher: wholeArea(register)?.name ?? basename(first?.path ?? ''),
  })
  return { ...reading, findings: [...findings, ...reading.findings] }
}

/** A plan's files among the sources of a release. */
export const planSources = (files: readonly InputFile[]): Release['sources'] =>
  files.map(({ path }) => ({ title: basename(path), licence: 'Se källan' }))

const TABLES: ReadonlySet<string> = new Set(['csv', 'xlsx', 'ods'])

const NO_LOADERS = {
  sqlite: () => Promise.reject(new TypeError('A table needs no database')),
}
