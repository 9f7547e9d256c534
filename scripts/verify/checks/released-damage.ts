import { STATUS_VALUE } from '../../../src/core/cell.ts'
import {
  admitReleased,
  disclose,
  writeReleased,
  type DisclosedTable,
  type ReleasedExpectation,
} from '../../../src/core/disclosure/gate.ts'
import type { Indicator } from '../../../src/core/indicator.ts'
import { sha256 } from '../../publish/checksum.ts'
import { randomStream, type Random } from '../../synthesise/random.ts'
import { fail, type Check } from '../check.ts'
import { reasonToHide } from '../own-primary-rule.ts'
import { LEVEL, pick, randomAxes, randomIndicator, randomRaw, upTo } from '../random-table.ts'

/** Damage per table: making a table takes longer than damaging it. */
const DAMAGES_PER_TABLE = 20

export const releasedDamage: Check = {
  name: 'released-damage',
  claim:
    'no damage to an observation file throws, none passes the checksum, and none made to fit it brings a figure that must be hidden',
  unit: 'damaged files',
  seed: 20261104,
  count: 60_000,
  batchSize: 5_000,
  run({ seed, count }) {
    const random = randomStream(seed, 'released-damage')
    const tally = {
      refused: 0,
      'unchanged by the damage': 0,
      'whole, with a checksum made to fit': 0,
    }
    for (let done = 0; done < count;) {
      const indicator = randomIndicator(random)
      const axes = randomAxes(
        random,
        ['0180', 'väst', 'öst', 'd', 'e'].slice(0, 1 + upTo(random, 4)),
      )
      const table = disclose(randomRaw(random, axes, indicator), indicator, 'r')
      const text = writeReleased(table)
      const expected = expectationOf(table, indicator, text)
      for (let damage = 0; damage < DAMAGES_PER_TABLE && done < count; damage++, done++) {
        const damaged = withDamage(random, text)
        const admission = admitReleased(damaged, sha256(damaged), expected)
        if (damaged === text) {
          if (!admission.ok) fail(`a whole file is refused: ${admission.finding.code}`)
          tally['unchanged by the damage']++
          continue
        }
        if (admission.ok) fail(`another file than was released is admitted:\n${damaged}`)
        tally.refused++
        const fitted = { ...expected, sha256: sha256(damaged) }
        const forged = admitReleased(damaged, fitted.sha256, fitted)
        if (!forged.ok) continue
        tally['whole, with a checksum made to fit']++
        requireShowable(forged.table, indicator, damaged)
      }
    }
    return Promise.resolve(tally)
  },
}

const expectationOf = (
  { sexes, periods, areas }: DisclosedTable,
  indicator: Indicator,
  text: string,
): ReleasedExpectation => ({
  ...{ sexes, periods, areas, indicator, level: LEVEL, release: 'r' },
  ...{ file: 'observations/regso/indikator.csv', sha256: sha256(text) },
})

function requireShowable(
  table: DisclosedTable,
  { measure, policy }: Indicator,
  text: string,
): void {
  table.status.forEach((status, cell) => {
    const [count, base] = [table.numerator[cell]!, table.denominator[cell]!]
    if (status !== STATUS_VALUE) {
      if (!Number.isNaN(count) || !Number.isNaN(base)) fail(`a figure without a value:\n${text}`)
      return
    }
    if (!Number.isFinite(count)) fail(`a value without a figure:\n${text}`)
    const reason = reasonToHide(count, base, measure, policy)
    if (reason) fail(`cell ${cell} is shown in spite of its ${reason}:\n${text}`)
  })
}

const CHARACTERS = '0123456789,.-+eE \n\r\t"\'\u0000\uFEFFåKMTvalue'

/** A text with one to three damages of any kind. */
function withDamage(random: Random, text: string): string {
  let damaged = text
  for (let times = 1 + upTo(random, 2); times > 0; times--) damaged = damagedOnce(random, damaged)
  return damaged
}

function damagedOnce(random: Random, text: string): string {
  const at = upTo(random, text.length)
  const lines = text.split('\n')
  const line = upTo(random, lines.length - 1)
  const other = upTo(random, lines.length - 1)
  switch (upTo(random, 9)) {
    case 0:
      return text.slice(0, at) + pick(random, [...CHARACTERS]) + text.slice(at)
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + upTo(random, 3))
    case 2:
      return text.slice(0, at) + pick(random, [...CHARACTERS]) + text.slice(at + 1)
    case 3:
      return text.slice(0, at)
    case 4:
      return lines.toSpliced(line, 1).join('\n')
    case 5:
      return lines.toSpliced(line, 0, lines[other]!).join('\n')
    case 6:
      return lines.with(line, lines[other]!).with(other, lines[line]!).join('\n')
    case 7:
      return lines
        .with(
          line,
          lines[line]!.replace(/\d+(?=,|$)/, () => String(upTo(random, 40))),
        )
        .join('\n')
    case 8:
      return lines
        .with(
          line,
          lines[line]!.replace(/,(hidden|value|missing)[^,]*,/, () =>
            pick(random, [
              ',value,',
              ',hidden,',
              ',hidden-at-source,',
              ',missing-incomplete,',
              ',,',
            ]),
          ),
        )
        .join('\n')
    default:
      return text.replace(/\n/g, () => (random() < 0.5 ? '\r\n' : '\n'))
  }
}
