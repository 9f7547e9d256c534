import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { completedByTotals, FLOW_STAGES, perStage } from '../../src/core/case-flow.ts'
import { discloseFlowFinest } from '../../src/core/disclosure/case-flow.ts'
import { rawFlowsOf } from '../../src/files/plan/case-flow-shape.ts'
import { caseFlowView } from '../../src/views/plan/case-flow.ts'

/*
 * Västerås stad: Sociala insatsgrupper, delrapport (IFN 2016/00676), section 4.1, "Ärenden som hittills behandlats
 * under projekttiden", told here a second time, row by row as the table has it. March has three figures for four
 * columns.
 */
const TABLE = [
  ['Januari', 22, 12, 5, 0],
  ['Februari', 3, 2, 2, 1],
  ['Mars', 0, 3, 1],
  ['April', 5, 4, 0, 1],
  ['Maj', 2, 2, 0, 0],
  ['Juni', 3, 3, 3, 3],
  ['Juli', 2, 2, 2, 2],
] as const
const TOTAL = [37, 25, 15, 8] as const
const MARCH = 2

const [flow] = rawFlowsOf(
  JSON.parse(readFileSync(new URL('../../data/flows/flows.json', import.meta.url), 'utf8')),
)

describe('the shipped flow is the source', () => {
  test('month by month, with the totals that the table gives', () => {
    FLOW_STAGES.forEach((stage, column) => {
      TABLE.forEach((row, at) => {
        if (at !== MARCH) expect(flow!.counts[stage][at]).toBe(row[column + 1])
      })
      expect(flow!.totals[stage]).toBe(TOTAL[column])
    })
    expect(flow!.months).toEqual(TABLE.map((_, at) => `2017-0${at + 1}`))
    expect(flow!.policy.kind).toBe('public-at-source')
  })

  test('March is what the totals force, whichever of its figures is taken to be lacking', () => {
    const forced = FLOW_STAGES.map(
      (_, column) =>
        TOTAL[column]! -
        TABLE.reduce((sum, row, at) => (at === MARCH ? sum : sum + Number(row[column + 1])), 0),
    )
    expect(forced).toEqual([0, 0, 3, 1])
    // Its three figures in their order are those four with one zero less.
    expect(TABLE[MARCH].slice(1)).toEqual([0, 3, 1])
    const { counts, derived, contradictions } = completedByTotals(flow!)
    expect(FLOW_STAGES.map((stage) => counts[stage][MARCH])).toEqual(forced)
    expect(derived).toEqual([{ stage: 'suitable', month: '2017-03' }])
    expect(contradictions).toEqual([])
  })

  test('says what the running text has otherwise, and nothing of anyone', () => {
    const outcome = discloseFlowFinest(flow!, {})
    if (!outcome.ok) throw new Error(outcome.why)
    const view = caseFlowView(outcome.flow, null)
    expect(view.steps.map(({ figure }) => figure.kind === 'value' && figure.value)).toEqual([
      ...TOTAL,
    ])
    expect(view.facts.join(' ')).toMatch(/25 lämpliga.*4\.2.*27/)
    expect(view.derivedNote).toContain('mars 2017')
    expect(JSON.stringify(flow)).not.toMatch(/pojk|flick|kille|tjej/i)
    expect(Object.keys(perStage(() => 0))).toEqual(Object.keys(flow!.counts))
  })

  const SOURCE = new URL('../../../shared/seeds/004_f1692aae315c0080.txt', import.meta.url)
  test.runIf(existsSync(SOURCE))('the table stands in the report as it is told here', () => {
    const text = readFileSync(SOURCE, 'utf8')
    for (const [month, ...figures] of TABLE) expect(text).toContain(`${month} ${figures.join(' ')}`)
    expect(text).toContain(`Totalt ${TOTAL.join(' ')}`)
    expect(text).toContain('27 ungdomar')
  })
})
