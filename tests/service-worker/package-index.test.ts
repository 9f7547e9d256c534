import { describe, expect, it } from 'vitest'
import { namesRelease, referredFiles } from '../../src/service-worker/package-index.ts'

const file = (path: string) => ({ path, bytes: 1, sha256: 'ab' })

describe('the files of a package', () => {
  it('are all that its index refers to, each once', () => {
    const index = {
      release: { id: '2026-11-03' },
      boundaries: file('boundaries.json'),
      neighbours: file('neighbours.json'),
      observations: [file('observations/regso/a.csv'), file('observations/stadsdel/a.csv')],
      incidents: { counts: [file('incidents/regso.csv')], hexagons: null },
      aTableOfALaterFormat: { nested: [file('later.csv'), file('boundaries.json')] },
    }
    expect(referredFiles(index)).toEqual([
      'boundaries.json',
      'neighbours.json',
      'observations/regso/a.csv',
      'observations/stadsdel/a.csv',
      'incidents/regso.csv',
      'later.csv',
    ])
  })

  it.each(['https://example.org/a', '//example.org/a', '../a', 'a/../../b', '/a', 'a\\b', ''])(
    'never lie elsewhere: %s',
    (path) => expect(referredFiles({ boundaries: file(path) })).toEqual([]),
  )

  it.each([null, 1, 'text', [], {}])('are none for %j', (index) => {
    expect(referredFiles(index)).toEqual([])
    expect(namesRelease(index)).toBe(false)
  })

  it('belong to a release that the index names', () => {
    expect(namesRelease({ release: { id: '2026-11-03' } })).toBe(true)
    expect(namesRelease({ release: { id: 5 } })).toBe(false)
    expect(namesRelease({ release: '2026' })).toBe(false)
  })
})
