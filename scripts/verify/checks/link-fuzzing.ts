import fc from 'fast-check'
import { decode, encode, pushesHistory } from '../../../src/core/view-state.ts'
import { fail, type Check } from '../check.ts'

const FIELDS =
  'utgava indikator niva period kon visa sedan utjamning klasser antal granser fasta omraden ordning handelser form flik vy v __proto__ toString constructor'.split(
    ' ',
  )
/** Values that some field takes, so that damage happens near what works. */
const VALUES =
  '2024 2024-13 2023/24 2020-W53 2024-K4 K M T varde skillnad forandring ja nej kvantil egna 5 8 1,2,3 3,2 1e308,2e308 -1e-300,0 20.26,63.82,11 20,64 NaN Infinity %E0%A4 %C3%A5 a,b,a , staplar karta 0x10 1e999 99999999999999999999999999'.split(
    ' ',
  )

const field = fc.tuple(
  fc.constantFrom(...FIELDS),
  fc.oneof(
    fc.constantFrom(...VALUES),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.array(fc.constantFrom(...VALUES), { maxLength: 12 }).map((parts) => parts.join(',')),
  ),
)
const path = fc.constantFrom('#/karta', '#/data', '#/metod', '#', '', '#/', '#//karta', '#/%00')
const nearly = fc
  .tuple(path, fc.array(field, { maxLength: 12 }))
  .map(([page, fields]) => `${page}?${fields.map((pair) => pair.join('=')).join('&')}`)
const hashes = fc.oneof(
  { weight: 4, arbitrary: nearly },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: fc.webFragments() },
)

export const linkFuzzing: Check = {
  name: 'links',
  claim:
    'any hash opens some view, says shortly what it ignored, and is then written so that it is read again',
  unit: 'hashes',
  seed: 20261103,
  count: 200_000,
  batchSize: 10_000,
  run({ seed, count }) {
    const tally = { 'with something ignored': 0, 'with something used': 0 }
    const empty = encode(decode('').state)
    fc.assert(
      fc.property(hashes, (hash) => {
        const { state, ignored } = decode(hash)
        for (const { field: name, text } of ignored)
          if (name.length > 80 || text.length > 80) fail('a note is too long')
        const written = encode(state)
        const again = decode(written)
        if (again.ignored.length > 0) fail(`"${written}" is written but not read`)
        if (encode(again.state) !== written) fail(`"${written}" is read as another view`)
        if (pushesHistory(state, again.state)) fail(`"${written}" is a step from itself`)
        if (ignored.length > 0) tally['with something ignored']++
        if (written !== empty) tally['with something used']++
      }),
      { seed, numRuns: count },
    )
    return Promise.resolve(tally)
  },
}
