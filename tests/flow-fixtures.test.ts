import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, test } from 'vitest'
import { doCaseFlowWork, type CaseFlowRequest } from '../src/app/case-flow-work.ts'
import { FLOW_STAGES, perStage } from '../src/core/case-flow.ts'
import type { DisclosedFlow } from '../src/core/disclosure/disclosed-flow.ts'
import type { DisclosurePolicy } from '../src/core/indicator.ts'
import { releasedFlowsOf } from '../src/files/plan/case-flow-shape.ts'
import { findingText } from '../src/text/findings.ts'

/* Every file that is dropped in the folder gives the lines of `NAME.expected.txt`. */
const FOLDER = fileURLToPath(new URL('fixtures/flow/', import.meta.url))
const EXPECTED = '.expected.txt'
const fixtures = readdirSync(FOLDER).filter(
  (name) => !name.endsWith(EXPECTED) && name !== 'README.md',
)
const PUBLIC: DisclosurePolicy = {
  ...{ kind: 'public-at-source', threshold: 0, complement: false, zeros: 'shown' },
  ...{ minimumDenominator: 0, minimumRespondents: 0 },
}

const read = (name: string, told: Partial<CaseFlowRequest> = {}) =>
  doCaseFlowWork({
    ...{ name, bytes: new Uint8Array(readFileSync(join(FOLDER, name))) },
    ...{ id: 'flode', title: 'Ett flöde', source: 'En källa', finest: 'month', earlier: [] },
    policy: PUBLIC,
    ...told,
  })

const shownOf = ({ periods, stages, cells, derived }: DisclosedFlow): readonly string[] => [
  ['', ...FLOW_STAGES.map((stage) => stages[stage].name)].join(' | '),
  ...periods.map((period, at) =>
    [period, ...FLOW_STAGES.map((stage) => String(cells[stage][at]))].join(' | '),
  ),
  ...derived.map(({ stage, month }) => `derived: ${stage} ${month}`),
]

describe('files of flows', () => {
  it.each(fixtures)('%s', async (name) => {
    const { flow, findings } = await read(name)
    const lines = [
      ...findings.map((one) => `${one.severity}: ${findingText(one)}`),
      ...(flow ? shownOf(flow) : ['inget läst']),
    ]
    const path = join(FOLDER, name + EXPECTED)
    expect([...lines, ''].join('\n')).toBe(existsSync(path) ? readFileSync(path, 'utf8') : '')
  })
})

test('the table of Västerås comes out of its file as its report has it', async () => {
  const { flow } = await read('vasteras.csv')
  expect(perStage((stage) => flow!.cells[stage].slice(0, 7))).toEqual({
    received: [22, 3, 0, 5, 2, 3, 2],
    suitable: [12, 2, 0, 4, 2, 3, 2],
    asked: [5, 2, 3, 0, 0, 3, 2],
    begun: [0, 1, 1, 1, 0, 3, 2],
  })
})

test('nothing that is hidden is in what comes back, and it can be stored and read again', async () => {
  const policy: DisclosurePolicy = {
    ...PUBLIC,
    ...{ kind: 'person', threshold: 5, zeros: 'may-be-hidden' },
  }
  const { flow } = await read('vasteras.csv', { policy, finest: 'auto' })
  expect(flow!.periods).toEqual(['2017-H1'])
  expect(JSON.stringify(flow)).not.toMatch(/37|25|15|22/)
  expect(releasedFlowsOf(JSON.parse(JSON.stringify([flow])), '')).toEqual([flow])
  const small = { ...flow!, cells: { ...flow!.cells, begun: [4] } }
  expect(() => releasedFlowsOf([small], '')).toThrow('released-too-small')
})
