import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { readDemonstration } from '../scripts/publish/demonstration.ts'
import type { PackageSource } from '../scripts/publish/package-source.ts'
import { readPlanInput } from '../scripts/publish/plan-input.ts'
import { findingText } from '../src/text/findings.ts'

/*
 * Every plan that is dropped in the folder, a file or a folder of several, is read as `publish --plan` reads it, and
 * gives the lines of `NAME.expected.txt`: its findings, or what was read.
 */
const FOLDER = fileURLToPath(new URL('fixtures/plan/', import.meta.url))
const EXPECTED = '.expected.txt'
const fixtures = readdirSync(FOLDER).filter(
  (name) => !name.endsWith(EXPECTED) && name !== 'README.md',
)

let source: PackageSource
beforeAll(async () => {
  const reading = await readDemonstration()
  if (reading.ok) source = reading.source
})

async function linesOf(name: string): Promise<string> {
  const path = join(FOLDER, name)
  const paths = statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .map((member) => join(path, member))
    : [path]
  const files = paths.map((one) => ({ path: one, bytes: readFileSync(one) }))
  const reading = await readPlanInput(files, source)
  const lines = reading.findings.map((one) => `${one.severity}: ${findingText(one)}`)
  const read = reading.ok
    ? reading.plan.interventions.map((one) => {
        const { start, startTerm, end, endTerm } = one.period
        return [
          ...[one.department, one.title, one.levels.join('+')],
          `${start}${startTerm ?? ''}–${end}${endTerm ?? ''}`,
          one.places.kind === 'areas'
            ? `${one.places.areas.join('+')} (${one.places.unresolved.join('+')})`
            : one.places.kind,
          one.focusProblems.map(({ id }) => id).join('+'),
          one.goals.join('+'),
          one.followUpMeasures.map(({ text }) => text).join('+'),
        ].join(' | ')
      })
    : ['inget läst']
  return [...lines, ...read, ''].join('\n')
}

describe('plan files', () => {
  it.each(fixtures)('%s', async (name) => {
    const path = join(FOLDER, name + EXPECTED)
    expect(await linesOf(name)).toBe(existsSync(path) ? readFileSync(path, 'utf8') : '')
  })
})
