import { build, publish } from './build.mjs'
import { install, requireNode } from './install.mjs'
import { Refusal, runCommand } from './project.mjs'
import { serveOptions, serveUntilStopped } from './serve.mjs'

await runCommand(async () => {
  requireNode()
  let options
  try {
    options = serveOptions(process.argv.slice(2))
  } catch (error) {
    throw new Refusal(
      `${error instanceof Error ? error.message : error}\nUsage: npm start -- [--port NUMBER] [--package FOLDER] [--base /PATH/]`,
    )
  }
  await install()
  await publish()
  await build()
  await serveUntilStopped(options)
})
