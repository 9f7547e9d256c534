import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import {
  followUpKey,
  planWithFollowUps,
  withFollowUp,
  withoutFollowUp,
} from '../../src/core/follow-up.ts'
import {
  FOLLOW_UP_READINGS,
  FOLLOW_UP_STATUSES,
  type ActivityPlan,
  type FollowUp,
} from '../../src/core/plan.ts'
import planJson from '../../data/plan/plan.json'

const plan = planJson as unknown as ActivityPlan
const anyFollowUp: fc.Arbitrary<FollowUp> = fc.record({
  intervention: fc.constantFrom('kraft', 'salam-familj-vaxer', 'of-another-plan'),
  halfYear: fc.constantFrom('2024-H1', '2024-H2', '2025-H1'),
  status: fc.constantFrom(...FOLLOW_UP_STATUSES),
  measures: fc.constant([]),
  reading: fc.option(fc.constantFrom(...FOLLOW_UP_READINGS)),
  comment: fc.string(),
  date: fc.constant('2026-11-23'),
  lines: fc.constant(null),
})
const kept = (records: readonly FollowUp[]): FollowUp[] =>
  records.reduce<FollowUp[]>((own, record) => withFollowUp(own, record), [])

describe('follow-ups written after the plan', () => {
  it('stand in place of what the plan tells of the same, and nothing else goes', () => {
    fc.assert(
      fc.property(fc.array(anyFollowUp, { maxLength: 12 }), (records) => {
        const own = kept(records)
        const { followUps } = planWithFollowUps(plan, own)
        const keys = followUps.map(followUpKey)
        expect(new Set(keys).size).toBe(keys.length)
        const newest = new Map(records.map((record) => [followUpKey(record), record]))
        const told = new Map(plan.followUps.map((record) => [followUpKey(record), record]))
        for (const record of followUps) {
          const key = followUpKey(record)
          expect(record).toBe(newest.get(key) ?? told.get(key))
        }
        const known = [...newest.values()].filter((one) => one.intervention !== 'of-another-plan')
        expect(new Set(keys)).toEqual(new Set([...known.map(followUpKey), ...told.keys()]))
      }),
    )
  })

  it('are taken away, and what the plan tells is seen again', () => {
    const [first] = plan.followUps
    const own = [{ ...first!, comment: 'Annat.', date: '2026-11-23', lines: null }]
    expect(planWithFollowUps(plan, own).followUps).toContain(own[0])
    expect(
      planWithFollowUps(plan, withoutFollowUp(own, first!.intervention, first!.halfYear)),
    ).toBe(plan)
  })
})
