import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)))

/** Made by the commands and safe to delete: fingerprints, compressed files, test reports. */
export const cacheDirectory = join(projectRoot, '.cache')

/** Whether a module is the program that was started. @param {string} moduleUrl */
export function isMain(moduleUrl) {
  const started = process.argv[1]
  return started !== undefined && realpathSync(started) === realpathSync(fileURLToPath(moduleUrl))
}

/** A reason to stop that is the user's to solve: printed as one sentence, without a stack. */
export class Refusal extends Error {
  /** @override */
  name = 'Refusal'
}

/**
 * Runs a command's main function; a Refusal ends it with its sentence and exit code 1.
 * @param {() => Promise<number | void>} command resolves to the exit code, 0 when undefined
 */
export async function runCommand(command) {
  try {
    process.exitCode = (await command()) ?? 0
  } catch (error) {
    if (error instanceof Refusal) process.stderr.write(`${error.message}\n`)
    else console.error(error)
    process.exitCode = 1
  }
}
