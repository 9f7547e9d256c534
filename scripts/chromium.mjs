import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { isMain, projectRoot, Refusal, runCommand } from './project.mjs'
import { run, runProgram } from './run.mjs'

/** Either names the browser to use; nothing else is tried then. */
const VARIABLES = ['CHROMIUM_PATH', 'PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH']

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
]

const MAC_APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
]

/** A browser that the registry of Playwright downloads, or the system's package, should be had within this time. */
const INSTALL_LIMIT_MS = 5 * 60_000

/** How the tests start Chromium: in software, the same on every machine, and without calls of its own. */
export const CHROMIUM_FLAGS = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-default-browser-check',
  // Whatever slips through still cannot reach another host.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
]

/**
 * The path of a Chromium, Chrome or Edge that starts: named by the environment, installed on the system, or
 * downloaded by Playwright earlier. Null when there is none.
 * @throws Refusal when the environment names one that does not start
 */
export function findChromium() {
  for (const variable of VARIABLES) {
    const path = process.env[variable]
    if (!path) continue
    if (isChromium(path)) return path
    throw new Refusal(`${variable} names "${path}", which does not start as a Chromium browser.`)
  }
  return candidates().find(isChromium) ?? null
}

function candidates() {
  const environment = process.env
  const places = [
    ...(environment['PATH'] ?? '')
      .split(delimiter)
      .filter((folder) => folder !== '' && process.platform !== 'win32')
      .flatMap((folder) => NAMES.map((name) => join(folder, name))),
    ...(process.platform === 'darwin' ? MAC_APPLICATIONS : []),
    ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) =>
      environment[variable] && process.platform === 'win32'
        ? WINDOWS_PROGRAMS.map((program) => join(environment[variable] ?? '', program))
        : [],
    ),
    playwrightChromium(),
  ]
  // In the order of the names above, wherever on the path they lie.
  const rank = (/** @type {string} */ path) =>
    NAMES.findIndex((name) => path.endsWith(`/${name}`)) + 1 || NAMES.length + 1
  return places
    .filter((path) => path !== null)
    .filter((path) => existsSync(path))
    .sort((a, b) => rank(a) - rank(b))
}

/** Where Playwright would have put its own browser. @returns {string | null} */
function playwrightChromium() {
  try {
    const require = createRequire(join(projectRoot, 'package.json'))
    return require('@playwright/test').chromium.executablePath()
  } catch {
    return null
  }
}

/** Whether a program says that it is a Chromium browser; stubs that only advertise a package do not. @param {string} path */
function isChromium(path) {
  if (!existsSync(path)) return false
  // On Windows asking for the version opens a window instead.
  if (process.platform === 'win32') return true
  const { status, stdout } = spawnSync(path, ['--version'], { timeout: 30_000, encoding: 'utf8' })
  return status === 0 && /Chrom|Edge/i.test(stdout)
}

/**
 * Finds a Chromium or installs one: Playwright's own download, then Debian's package where we may install it.
 * @throws Refusal when none can be had
 */
export async function ensureChromium() {
  const found = findChromium()
  if (found) return found
  process.stderr.write('No Chromium found; downloading one with Playwright …\n')
  const download = await runProgram('playwright', ['install', 'chromium'], {
    output: 'capture',
    limitMs: INSTALL_LIMIT_MS,
    environment: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
  })
  const downloaded = download.code === 0 ? findChromium() : null
  if (downloaded) return downloaded
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write("The download failed; installing the system's chromium package …\n")
    const environment = { DEBIAN_FRONTEND: 'noninteractive' }
    const options = /** @type {const} */ ({ output: 'capture', limitMs: INSTALL_LIMIT_MS })
    await run('apt-get', ['update', '-q'], { ...options, environment })
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], {
      ...options,
      environment,
    })
    const installed = findChromium()
    if (installed) return installed
  }
  throw new Refusal(
    'No Chromium browser could be found or installed. Install Chromium, Chrome or Edge, or set CHROMIUM_PATH to one, and run the command again.',
  )
}

if (isMain(import.meta.url))
  await runCommand(async () => {
    process.stdout.write(`${await ensureChromium()}\n`)
  })
