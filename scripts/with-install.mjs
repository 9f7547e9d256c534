import { install } from './install.mjs'
import { Refusal, runCommand } from './project.mjs'
import { runProgram } from './run.mjs'

/** Runs an installed program after installing what is missing: with-install.mjs <program> [parameters]. */
await runCommand(async () => {
  const [program, ...parameters] = process.argv.slice(2)
  if (program === undefined)
    throw new Refusal('Usage: node scripts/with-install.mjs <program> [parameters]')
  await install()
  const { code } = await runProgram(program, parameters)
  return code
})
