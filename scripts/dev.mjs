import { publish } from './build.mjs'
import { install } from './install.mjs'
import { runCommand } from './project.mjs'
import { runProgram } from './run.mjs'

await runCommand(async () => {
  await install()
  await publish()
  const { code } = await runProgram('vite', ['--host', '127.0.0.1', ...process.argv.slice(2)])
  return code
})
