import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot, Refusal } from './project.mjs'
import { run } from './run.mjs'

/** @param {string} path */
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

/**
 * Refuses a Node older than package.json asks for.
 * @param {string} [running]
 */
export function requireNode(running = process.versions.node) {
  const wanted = String(readJson(join(projectRoot, 'package.json')).engines.node).replace(/^>=/, '')
  const [major = 0, minor = 0] = running.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number)
  if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor))
    throw new Refusal(
      `Node ${running} is too old: Lägeskartan needs Node ${wanted} or newer. Install it and run the command again.`,
    )
}

/**
 * Whether what is installed differs from what package-lock.json states. Optional packages may be absent: they
 * are for other systems.
 * @param {{ packages: Record<string, LockedPackage> }} wanted package-lock.json
 * @param {{ packages: Record<string, LockedPackage> } | null} installed npm's own note in node_modules
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockedPackage
 */
export function isInstallNeeded(wanted, installed) {
  if (!installed) return true
  return Object.entries(wanted.packages).some(([path, { version, optional, devOptional }]) => {
    if (path === '') return false
    const found = installed.packages[path]
    if (!found) return !(optional || devOptional)
    return found.version !== version
  })
}

/** Installs what is missing, from package-lock.json alone. Says nothing when nothing is missing. */
export async function install() {
  requireNode()
  const note = join(projectRoot, 'node_modules', '.package-lock.json')
  const lock = readJson(join(projectRoot, 'package-lock.json'))
  if (!isInstallNeeded(lock, existsSync(note) ? readJson(note) : null)) return
  process.stderr.write('Installing packages (npm ci) …\n')
  const parameters = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const npmScript = process.env['npm_execpath']
  const { code, output } = npmScript?.endsWith('.js')
    ? await run(process.execPath, [npmScript, ...parameters], { output: 'capture' })
    : await run('npm', parameters, { output: 'capture', shell: process.platform === 'win32' })
  if (code !== 0) throw new Refusal(explainFailure(output))
}

/**
 * Why npm failed, in a sentence, with its own words below.
 * @param {string} output
 */
export function explainFailure(output) {
  const network =
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR/
  const reason = network.test(output)
    ? 'The packages could not be installed because the npm registry cannot be reached. Check the network and the proxy settings (npm config get registry), then run the command again.'
    : /EUSAGE/.test(output)
      ? 'package-lock.json does not agree with package.json. Run npm install, then run the command again.'
      : 'The packages could not be installed.'
  return `${reason}\n\n${output.trim().split('\n').slice(-20).join('\n')}`
}
