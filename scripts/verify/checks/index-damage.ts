import { areasAtLevel } from '../../../src/core/area.ts'
import { kindOf } from '../../../src/core/period.ts'
import type { PackageIndex } from '../../../src/core/release.ts'
import { readBoundaries, readPackageIndex } from '../../../src/files/package/package-index.ts'
import { findingText } from '../../../src/text/findings.ts'
import { assemblePackage } from '../../publish/assemble.ts'
import { randomStream, type Random } from '../../synthesise/random.ts'
import { fail, type Check } from '../check.ts'
import { pick, upTo } from '../random-table.ts'
import { smallPackage } from '../small-package.ts'

export const indexDamage: Check = {
  name: 'index-damage',
  claim:
    'no damage to a package’s index or boundaries throws; it is refused in words, or what is read hangs together',
  unit: 'damaged files',
  seed: 20261105,
  count: 60_000,
  batchSize: 5_000,
  run({ seed, count }) {
    const random = randomStream(seed, 'index-damage')
    const files = assemblePackage(smallPackage())
    const [indexText, boundariesText] = [files.get('index.json')!, files.get('boundaries.json')!]
    const whole = readPackageIndex(indexText, 'index.json')
    if (!whole.ok) return fail(`a whole index is refused: ${whole.finding.code}`)
    const tally = { refused: 0, 'read, and whole': 0 }
    for (let done = 0; done < count; done++) {
      const isIndex = random() < 0.7
      const text = withDamage(random, isIndex ? indexText : boundariesText)
      const reading = isIndex
        ? readPackageIndex(text, 'index.json')
        : readBoundaries(text, 'boundaries.json', whole.index)
      if (!reading.ok) {
        if (findingText(reading.finding).length < 10) fail(`${reading.finding.code} has no words`)
        tally.refused++
        continue
      }
      if ('index' in reading) requireCoherence(reading.index, text)
      tally['read, and whole']++
    }
    return Promise.resolve(tally)
  },
}

function requireCoherence(index: PackageIndex, text: string): void {
  const { register, indicators, observations, start } = index
  const levels = new Set(register.levels.map(({ id }) => id))
  const areas = new Set(register.areas.map(({ id }) => id))
  for (const { level, parent } of register.areas)
    if (!levels.has(level) || (parent !== null && !areas.has(parent)))
      fail(`a lost area in ${text}`)
  for (const file of observations) {
    const size = areasAtLevel(register, file.level).length * file.periods.length * file.sexes.length
    if (file.rows !== size) fail(`wrong rows in ${text}`)
    if (file.periods.some((code) => kindOf(code) === null)) fail(`no period in ${text}`)
    if (/^[a-z]+:|^\/|(^|\/)\.\.(\/|$)/i.test(file.path))
      fail(`a path outside the package in ${text}`)
    if (
      !indicators.some(({ id, plan }) => id === file.indicator && plan.levels.includes(file.level))
    )
      fail(`a file outside the plan in ${text}`)
  }
  if (
    !observations.some((file) => file.indicator === start.indicator && file.level === start.level)
  )
    fail(`nothing to start with in ${text}`)
}

const VALUES: readonly unknown[] = [
  ...[
    null,
    true,
    0,
    -1,
    1e308,
    '',
    ' ',
    'x',
    '../x',
    'https://x.se/',
    '2024-13',
    '2024..2023',
    '1000-01..9999-12',
  ],
  ...[[], [[]], {}, { id: 'x' }, ['x', 'x'], 'a'.repeat(300), '__proto__', '\u0000'],
]

function withDamage(random: Random, text: string): string {
  if (random() < 0.3) {
    const at = upTo(random, text.length)
    const cut = text.slice(at + upTo(random, 3))
    return (
      text.slice(0, at) + (random() < 0.7 ? pick(random, [...'{}[]",:0e\\ \u0000å']) : '') + cut
    )
  }
  const root = JSON.parse(text) as unknown
  for (let times = 1 + upTo(random, 1); times > 0; times--) damageValue(random, root)
  return JSON.stringify(root)
}

/** Walks to some place in a JSON value and replaces, removes, adds or doubles what is there. */
function damageValue(random: Random, root: unknown): void {
  let holder = root as Record<string, unknown>
  for (;;) {
    const keys = Object.keys(holder)
    if (keys.length === 0) return
    const key = pick(random, keys)
    const value = holder[key]
    if (typeof value === 'object' && value !== null && random() < 0.85) {
      holder = value as Record<string, unknown>
      continue
    }
    const action = upTo(random, 4)
    if (action === 0 && Array.isArray(holder)) holder.splice(Number(key), 1)
    else if (action === 0) Reflect.deleteProperty(holder, key)
    else if (action === 1 && Array.isArray(holder)) holder.push(structuredClone(value))
    else if (action === 2) holder[key] = structuredClone(holder[pick(random, keys)])
    else if (action === 3 && typeof value === 'number')
      holder[key] = value + pick(random, [-1, 1, 0.5])
    else holder[key] = structuredClone(pick(random, VALUES))
    return
  }
}
