import { mkdir, writeFile } from 'node:fs/promises'
import os from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser } from '@playwright/test'
import { build, publish } from '../build.mjs'
import { CHROMIUM_FLAGS, ensureChromium } from '../chromium.mjs'
import { compress } from '../compress.mjs'
import { cacheDirectory, projectRoot, runCommand } from '../project.mjs'
import { assemblePackage } from '../publish/assemble.ts'
import { replaceFolder } from '../publish/package-folder.ts'
import { serve } from '../serve.mjs'
import { measureBriefing } from './briefing.ts'
import { measureDisclosure } from './disclosure.ts'
import { measureColdLoads, measureTransfers } from './first-map.ts'
import { measureImporting } from './importing.ts'
import { isWithinBudget, single, type Measurement } from './measurement.ts'
import { MESH_AREAS, MESH_INDICATORS, MESH_LEVEL, meshWorld } from './mesh-world.ts'
import { measureProfiles } from './profile.ts'
import { measureFunctions } from './pure-functions.ts'
import { readIndex } from './read-package.ts'
import { machine, reportText } from './report.ts'
import { measureStatistics } from './statistics.ts'
import { measureSwitching, type SwitchingPlan } from './switching.ts'

const PARTS = [
  'load',
  'switch',
  'import',
  'functions',
  'statistics',
  'disclosure',
  'profile',
  'briefing',
] as const
type Part = (typeof PARTS)[number]

const PUBLISHED = join(projectRoot, 'public', 'package')
const MESH = join(cacheDirectory, 'bench', 'mesh-package')
const PROFILES = join(cacheDirectory, 'bench', 'profiles')
/** Compute of one switch, 95th percentile: one frame at 60 Hz; three where there are thousands of areas. */
const BUDGET_MS = { small: 16, large: 50 }

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      only: { type: 'string' },
      profile: { type: 'boolean' },
      'as-built': { type: 'boolean' },
    },
  })
  const parts = PARTS.filter((part) => values.only === undefined || values.only === part)
  if (parts.length === 0)
    throw new RangeError(`--only is one of ${PARTS.join(', ')}, not "${values.only}"`)
  const loadAtStart = os.loadavg()[0] ?? 0

  if (!values['as-built']) {
    say('publishing and building …')
    await publish()
    await build()
  }
  const meshSeconds = await publishMesh()
  const executablePath = await ensureChromium()
  const browser = await chromium.launch({
    executablePath,
    args: CHROMIUM_FLAGS,
    chromiumSandbox: process.getuid?.() !== 0,
  })
  try {
    const measurements = [
      ...(await measureInBrowser(browser, parts, values.profile ?? false)),
      ...(parts.includes('functions') ? await functions(meshSeconds) : []),
      ...(parts.includes('statistics') ? await measureStatistics(say) : []),
      ...(parts.includes('disclosure') ? await measureDisclosure(say) : []),
      ...(parts.includes('profile') ? await measureProfiles(browser, PUBLISHED, say) : []),
      ...(parts.includes('briefing') ? await measureBriefing(browser, say) : []),
    ]
    const on = machine(browser.version(), loadAtStart)
    process.stdout.write(`\n${reportText(on, measurements)}\n`)
    if (values.json !== undefined)
      await writeFile(
        values.json,
        JSON.stringify({ machine: on, measurements: measurements.map(withVerdict) }, null, 2) +
          '\n',
      )
    return measurements.some((measurement) => isWithinBudget(measurement) === false) ? 1 : 0
  } finally {
    await browser.close()
  }
})

/** Publishes the large world through the same code as any package. @returns seconds that it took */
async function publishMesh(): Promise<number> {
  const start = performance.now()
  await mkdir(join(cacheDirectory, 'bench'), { recursive: true })
  await replaceFolder(MESH, assemblePackage(meshWorld()))
  const seconds = (performance.now() - start) / 1000
  await compress(MESH, join(cacheDirectory, 'bench', 'compressed'))
  return seconds
}

async function measureInBrowser(
  browser: Browser,
  parts: readonly Part[],
  profile: boolean,
): Promise<Measurement[]> {
  const small = await serve({ port: 0 })
  const large = await serve({ port: 0, packageDirectory: MESH })
  const measurements: Measurement[] = []
  try {
    if (parts.includes('load')) {
      say('bytes and times of the first map …')
      measurements.push(
        ...(await measureTransfers(browser, small.url, 'Before the first map')),
        ...(await measureColdLoads(browser, small.url, 'Cold load, demonstration', 7)),
        ...(await measureColdLoads(browser, large.url, `Cold load, ${MESH_AREAS} areas`, 5)),
      )
    }
    if (parts.includes('switch'))
      for (const plan of await switchingPlans(small.url, large.url, profile)) {
        say(`${plan.group} …`)
        measurements.push(...(await measureSwitching(browser, plan)))
      }
    if (parts.includes('import'))
      measurements.push(...(await measureImporting(browser, small.url, say)))
  } finally {
    await small.close()
    await large.close()
  }
  return measurements
}

async function switchingPlans(
  smallUrl: string,
  largeUrl: string,
  profile: boolean,
): Promise<SwitchingPlan[]> {
  const { observations } = await readIndex(PUBLISHED)
  const atRegso = observations
    .filter(({ level }) => level === 'regso')
    .map(({ indicator }) => indicator)
  const first = 'klotter'
  const sinkOf = (world: string): SwitchingPlan['profile'] =>
    profile
      ? async (name, content) => {
          await mkdir(PROFILES, { recursive: true })
          await writeFile(join(PROFILES, `${world}-${name}.cpuprofile`), JSON.stringify(content))
        }
      : null
  return [
    {
      group: 'Switching, 42 areas',
      url: `${smallUrl}#/karta?indikator=${first}&niva=regso&period=2025-12`,
      indicators: [first, ...atRegso.filter((id) => id !== first)],
      indicatorSwitches: 60,
      periodSwitches: 80,
      budget: BUDGET_MS.small,
      profile: sinkOf('small'),
    },
    {
      group: `Switching, ${MESH_AREAS} areas`,
      url: `${largeUrl}#/karta?indikator=${MESH_INDICATORS[0]}&niva=${MESH_LEVEL}`,
      indicators: MESH_INDICATORS,
      indicatorSwitches: 40,
      periodSwitches: 40,
      budget: BUDGET_MS.large,
      profile: sinkOf('large'),
    },
  ]
}

async function functions(meshSeconds: number): Promise<Measurement[]> {
  say('functions in Node …')
  return [
    ...(await measureFunctions(
      { folder: PUBLISHED, indicator: 'trangbodd', level: 'regso' },
      { folder: PUBLISHED, indicator: 'ordning', level: 'regso' },
      { folder: MESH, indicator: 'andel', level: MESH_LEVEL },
    )),
    single(
      'Publishing',
      `assemble and write ${MESH_AREAS} areas, 3 indicators, 8 years`,
      'ms',
      meshSeconds * 1000,
    ),
  ]
}

function withVerdict(measurement: Measurement) {
  return { ...measurement, isWithinBudget: isWithinBudget(measurement) }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
