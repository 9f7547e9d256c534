import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { embeddedAreas, inspectWith } from '../../../scripts/import/inspect.ts'
import { writtenTables } from '../../support/table-dialects.ts'
import { misread } from '../../support/misread-table.ts'

describe('a table in any dialect', () => {
  it('reads back as what it means, without an error or a question', async () => {
    const areas = await embeddedAreas()
    await fc.assert(
      fc.asyncProperty(writtenTables(areas), async (table) => {
        expect(misread(table, await inspectWith([table], areas))).toBe('')
      }),
      { numRuns: 150 },
    )
  })
})
