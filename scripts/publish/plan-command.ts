import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { PackageFault } from '../../src/app/package-files.ts'
import type { ActivityPlan } from '../../src/core/plan.ts'
import { planWorkbook } from '../../src/exports/plan-workbook.ts'
import { openPackage } from '../profile/package-at.ts'
import { printFindings } from './print-findings.ts'
import { integer, print, shown } from './terminal.ts'
import { UsageError } from './usage.ts'

/**
 * `plan PACKAGE --out FILE.xlsx`: writes the plan of activities of a package's folder or a project file as a workbook.
 * @returns the exit code: 1 when the package cannot be read or has no plan
 */
export async function planCommand(parameters: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    options: { out: { type: 'string' } },
    allowPositionals: true,
  })
  const [path, ...others] = positionals
  if (path === undefined || others.length > 0 || values.out === undefined)
    throw new UsageError('Ange ett paket och en fil: plan PAKET --out FIL.xlsx')
  const opened = await openPackage(resolve(path))
  if ('findings' in opened) {
    printFindings(opened.findings)
    return 1
  }
  let plan: ActivityPlan | null
  try {
    plan = await opened.reader.plan()
  } catch (cause) {
    if (!(cause instanceof PackageFault)) throw cause
    printFindings([cause.finding])
    return 1
  }
  if (!plan) {
    print('Paketet har ingen aktivitetsplan.')
    return 1
  }
  const file = resolve(values.out)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, await planWorkbook(plan))
  print(`${integer(plan.interventions.length)} insatser skrivna i ${shown(file)}.`)
  return 0
}
