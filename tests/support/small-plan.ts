import type { ActivityPlan, Intervention } from '../../src/core/plan.ts'

/** One that is faultless where area norr and indicator klotter exist. */
export const intervention = (changes: Partial<Intervention>): Intervention => ({
  id: 'lamps',
  department: 'streets',
  number: 1,
  title: 'Lamps',
  levels: ['universell'],
  levelText: 'universell',
  description: 'More lamps.',
  period: {
    start: '2024-03',
    startTerm: null,
    end: '2024',
    endTerm: null,
    text: 'Mars 2024',
    note: null,
  },
  targetGroup: 'Everyone',
  ages: null,
  places: { kind: 'areas', names: ['Norr'], areas: ['norr'], unresolved: [], note: null },
  focusScope: 'named',
  focusNote: null,
  focusProblems: [{ id: 'dark streets', words: 'Dark', line: 2, how: 'Light.' }],
  earlyDetection: false,
  goals: [],
  followUpMeasures: [
    { text: 'Graffiti', indicator: 'klotter', expected: 'down', reason: 'Seen.', line: 3 },
  ],
  partners: [],
  budget: [],
  sameAs: null,
  section: ['Streets', '1. Lamps'],
  lines: { from: 1, to: 3 },
  ...changes,
})

/** A plan of two departments and one problem. */
export const planOf = (...interventions: Intervention[]): ActivityPlan => ({
  format: 1,
  source: { title: 'Plan', publisher: 'Town', years: { from: 2024, to: 2026 }, note: 'None' },
  departments: [
    { id: 'streets', name: 'Streets' },
    { id: 'schools', name: 'Schools' },
  ],
  focusProblems: [{ id: 'dark streets', words: 'dark streets' }],
  interventions,
  ordinaryWork: [],
  budgetAdditions: [],
  budgetCheck: [],
  followUps: [],
})
