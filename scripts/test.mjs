import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import util from 'node:util'
import { build, publish } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { install, requireNode } from './install.mjs'
import { cacheDirectory, Refusal, runCommand } from './project.mjs'
import { runProgram } from './run.mjs'

const reports = join(cacheDirectory, 'test-reports')
const unitReport = join(reports, 'unit.json')
const endToEndReport = join(reports, 'end-to-end.json')

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @typedef {object} Step
 * @property {'static' | 'unit' | 'e2e'} part
 * @property {string} name
 * @property {() => Promise<boolean>} run resolves to whether it passed
 * @property {() => Counts} [counts] tests counted by the step's own runner
 */

/** @param {string} program @param {readonly string[]} parameters @param {Record<string, string>} [environment] */
const program =
  (program, parameters, environment = {}) =>
  async () =>
    (await runProgram(program, parameters, { environment })).code === 0

/** @type {readonly Step[]} */
const STEPS = [
  {
    part: 'static',
    name: 'formatting',
    run: program('prettier', [
      '--check',
      '.',
      '--log-level=warn',
      '--cache',
      '--cache-strategy=content',
      `--cache-location=${join(cacheDirectory, 'prettier')}`,
    ]),
  },
  {
    part: 'static',
    name: 'lint',
    run: program('eslint', [
      '.',
      '--max-warnings=0',
      '--cache',
      '--cache-strategy=content',
      `--cache-location=${join(cacheDirectory, 'eslint')}`,
    ]),
  },
  {
    part: 'static',
    name: 'types',
    run: program('svelte-check', [
      '--fail-on-warnings',
      '--output',
      'human',
      '--tsconfig',
      'tsconfig.json',
    ]),
  },
  { part: 'static', name: 'types of the core', run: program('tsc', ['-p', 'src/core']) },
  {
    part: 'static',
    name: 'types of the service worker',
    run: program('tsc', ['-p', 'src/service-worker']),
  },
  {
    part: 'unit',
    name: 'unit tests',
    run: program('vitest', [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${unitReport}`,
    ]),
    counts: () => {
      const report = readReport(unitReport)
      return {
        passed: report?.numPassedTests ?? 0,
        failed: (report?.numFailedTests ?? 0) + (report ? failedFiles(report) : 1),
        skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
      }
    },
  },
  {
    part: 'e2e',
    name: 'production build',
    run: async () => {
      await publish()
      await build()
      return true
    },
  },
  {
    part: 'e2e',
    name: 'end-to-end tests',
    run: async () => {
      const environment = {
        CHROMIUM_PATH: await ensureChromium(),
        PLAYWRIGHT_JSON_OUTPUT_NAME: endToEndReport,
      }
      return program('playwright', ['test', '--reporter=list,json'], environment)()
    },
    counts: () => {
      const stats = readReport(endToEndReport)?.stats
      return {
        // What passed only when tried again is named as flaky in the list above.
        passed: stats ? stats.expected + stats.flaky : 0,
        failed: stats ? stats.unexpected : 1,
        skipped: stats?.skipped ?? 0,
      }
    },
  },
]

/** @param {string} path */
const readReport = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null)

/** Test files that could not be loaded hold no failed test, but have failed. @param {{ testResults: { status: string, assertionResults: unknown[] }[] }} report */
const failedFiles = (report) =>
  report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length

const seconds = (/** @type {number} */ start) =>
  `${((performance.now() - start) / 1000).toFixed(1)} s`

await runCommand(async () => {
  requireNode()
  const { values } = util.parseArgs({ options: { only: { type: 'string' } } })
  const parts = [...new Set(STEPS.map(({ part }) => part))]
  if (values.only !== undefined && !parts.some((part) => part === values.only))
    throw new Refusal(`Usage: npm test -- [--only ${parts.join('|')}]`)
  await install()
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })

  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const step of STEPS) {
    if (values.only !== undefined && step.part !== values.only) continue
    const start = performance.now()
    process.stdout.write(`\n▸ ${step.name}\n`)
    let passed = false
    try {
      passed = await step.run()
    } catch (error) {
      process.stderr.write(`${error instanceof Refusal ? error.message : util.inspect(error)}\n`)
    }
    const counts = step.counts?.() ?? { passed: 0, failed: 0, skipped: 0 }
    // A step that fails without a failed test of its own still counts as a failure.
    if (!passed && counts.failed === 0) counts.failed = 1
    total.passed += counts.passed
    total.failed += counts.failed
    total.skipped += counts.skipped
    process.stdout.write(
      `${passed ? '✓' : '✗'} ${step.name}: ${passed ? 'passed' : 'FAILED'} in ${seconds(start)}\n`,
    )
    if (!passed) break
  }
  process.stdout.write(
    `\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`,
  )
  return total.failed === 0 ? 0 : 1
})
