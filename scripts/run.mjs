import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './project.mjs'

/** Packages whose program has another name than the package. @type {Readonly<Record<string, string>>} */
const PACKAGE_OF_PROGRAM = { playwright: '@playwright/test', tsc: 'typescript' }

/**
 * The script behind an installed program, so that it runs without a shell on every system.
 * @param {string} program e.g. "vite"
 */
export function programScript(program) {
  const folder = join(projectRoot, 'node_modules', PACKAGE_OF_PROGRAM[program] ?? program)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[program])
}

/**
 * @typedef {object} RunOptions
 * @property {Record<string, string>} [environment] added to this process's own
 * @property {'inherit' | 'capture'} [output] captured output is returned, not shown
 * @property {number} [limitMs] the process is ended after this time
 */

/**
 * Runs an installed program with Node and waits for it.
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {RunOptions} [options]
 */
export const runProgram = (program, parameters, options) =>
  run(process.execPath, [programScript(program), ...parameters], options)

/**
 * Runs a process in the project's folder and waits for it. Signals to this process reach it too.
 * @param {string} file
 * @param {readonly string[]} parameters
 * @param {RunOptions & { shell?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string, timedOut: boolean }>} code 127 when it could not be started
 */
export function run(file, parameters, options = {}) {
  const { environment = {}, output = 'inherit', limitMs, shell = false } = options
  return new Promise((finished) => {
    const child = spawn(file, parameters, {
      cwd: projectRoot,
      env: { ...process.env, ...environment },
      stdio: output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      shell,
    })
    let text = ''
    let timedOut = false
    const collect = (/** @type {Buffer} */ chunk) => {
      text = (text + chunk.toString()).slice(-200_000)
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    const timer =
      limitMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true
            child.kill('SIGKILL')
          }, limitMs)
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal)
    process.on('SIGINT', forward)
    process.on('SIGTERM', forward)
    const finish = (/** @type {number} */ code) => {
      clearTimeout(timer)
      process.off('SIGINT', forward)
      process.off('SIGTERM', forward)
      finished({ code, output: text, timedOut })
    }
    child.on('error', (error) => {
      text += error.message
      finish(127)
    })
    child.on('close', (code) => finish(code ?? 1))
  })
}
