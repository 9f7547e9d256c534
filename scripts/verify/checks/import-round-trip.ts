import fc from 'fast-check'
import { misread } from '../../../tests/support/misread-table.ts'
import { writtenTables } from '../../../tests/support/table-dialects.ts'
import { embeddedAreas, inspectWith } from '../../import/inspect.ts'
import type { Check } from '../check.ts'

export const importRoundTrip: Check = {
  name: 'import-round-trip',
  claim: 'a table written in any dialect reads back as what it means, without error or question',
  unit: 'tables',
  seed: 20261107,
  count: 20_000,
  batchSize: 1_000,
  async run({ seed, count }) {
    const areas = await embeddedAreas()
    const tally: Record<string, number> = {}
    await fc.assert(
      fc.asyncProperty(writtenTables(areas), async (table) => {
        const wrong = misread(table, await inspectWith([table], areas))
        if (wrong !== '') throw new Error(wrong)
        const format = table.name.slice(table.name.indexOf('.') + 1)
        tally[format] = (tally[format] ?? 0) + 1
      }),
      { seed, numRuns: count },
    )
    return tally
  },
}
