import { parseArgs } from 'node:util'
import { Refusal, runCommand } from '../project.mjs'
import { CHECKS } from './checks.ts'
import { ProgressStore } from './progress.ts'
import { runCheck, type Outcome } from './run-check.ts'

/** `npm run verify -- [--only NAME] [--scale 0.01] [--fresh]`: the long checks, taken up where they were left. */
await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      scale: { type: 'string' },
      fresh: { type: 'boolean' },
    },
  })
  const scale = values.scale === undefined ? 1 : Number(values.scale)
  if (!(scale > 0 && scale <= 1)) throw new Refusal('--scale is a number above 0, at most 1.')
  const names = CHECKS.map(({ name }) => name)
  const chosen = CHECKS.filter(({ name }) => values.only === undefined || name === values.only)
  if (chosen.length === 0) throw new Refusal(`--only is one of ${names.join(', ')}.`)

  const store = await ProgressStore.open(values.fresh ?? false)
  const outcomes: Outcome[] = []
  for (const check of chosen) {
    process.stdout.write(`▸ ${check.name}: ${check.claim}\n`)
    const outcome = await runCheck(check, scale, store, (done, count) => {
      if (process.stderr.isTTY) process.stderr.write(`\r  ${done} of ${count} ${check.unit} `)
    })
    if (process.stderr.isTTY) process.stderr.write('\r')
    process.stdout.write(`${linesOf(outcome).join('\n')}\n`)
    outcomes.push(outcome)
  }
  const failed = outcomes.filter(({ faults }) => faults.length > 0)
  const seconds = outcomes.reduce((sum, outcome) => sum + outcome.seconds, 0)
  process.stdout.write(
    `\n${outcomes.length - failed.length} of ${outcomes.length} checks passed, ${seconds.toFixed(0)} s in all\n`,
  )
  for (const { name } of failed) process.stdout.write(`  failed: ${name}\n`)
  return failed.length === 0 ? 0 : 1
})

function linesOf({ count, unit, seed, seconds, tally, faults }: Outcome): string[] {
  const result = faults.length === 0 ? '✓' : '✗'
  return [
    `  ${result} ${count.toLocaleString('en')} ${unit}, seed ${seed}, ${seconds.toFixed(1)} s`,
    ...Object.entries(tally).map(([name, value]) => `      ${name}: ${value.toLocaleString('en')}`),
    ...faults.map((fault) => `    ${fault}`),
  ]
}
