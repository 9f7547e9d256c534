import { expect, it } from 'vitest'
import { crossPlan } from '../../src/core/cross-plan.ts'
import { crossTogether } from '../../src/core/cross-together.ts'
import { crossValues } from '../../src/core/cross-values.ts'
import { mulberry } from '../../src/core/random.ts'
import { crossCsv } from '../../src/exports/cross-csv.ts'
import { swedishCsv } from '../../src/exports/swedish-csv.ts'
import { rhoText } from '../../src/text/cross.ts'
import { crossMatrixView } from '../../src/views/cross-matrix.ts'
import { byKey, GROUNDS, LEVELS, open, sourceOf, tableOf } from '../support/cross-world.ts'

it('defuses what a spreadsheet would run, and leaves numbers as Swedes write them', () => {
  const rows = [['=1+1', '@SUM(A1)', '-x', 'a;b "c"', -0.5, 1e-7, null]]
  expect(swedishCsv(rows)).toBe('\uFEFF\'=1+1;\'@SUM(A1);\'-x;"a;b ""c""";-0,5;1e-7;\r\n')
})

it('holds just what the matrix on screen does, cell by cell', () => {
  const areas = GROUNDS.get('regso')!.areas
  const random = mulberry(7)
  const pattern = areas.map(() => random())
  const indicators = [
    open('event', { name: '=Klotter', class: 'unwanted-event' }),
    open('hidden', { name: 'Hot', class: 'unwanted-event' }),
    open('alike', { name: 'Frånvaro' }),
    open('other', { name: 'Tillit', class: 'protective-factor' }),
  ]
  const tables = indicators.map((one) =>
    tableOf(one, 'regso', areas, ['2025'], (area) => {
      const place = areas.indexOf(area)
      if (one.id === 'hidden' && place < 15) return 'hidden'
      if (one.id === 'event' && place < 2) return 'hidden'
      const own = one.id === 'alike' || one.id === 'event' ? pattern[place]! : random()
      return { count: 100 + Math.round(700 * own) + Math.round(50 * random()), base: 1000 }
    }),
  )
  const plan = crossPlan(sourceOf(indicators, tables), {
    ...{ level: 'regso', period: '2025', sex: 'T', smoothing: 'raw', lag: null },
  })
  const values = crossValues(plan, byKey(tables), GROUNDS)
  const steps = crossTogether(values, { permutations: 99, seed: 1 })
  let step = steps.next()
  while (!step.done) step = steps.next()
  const answer = step.value
  const view = crossMatrixView(plan, values, answer, LEVELS)
  const csv = crossCsv({ release: { id: 'r1' }, plan, values, answer, levels: LEVELS })
  const [heads, ...lines] = csv
    .trimEnd()
    .slice(1)
    .split('\r\n')
    .map((line) => line.split(';'))
  const at = (line: readonly string[], head: string) => line[heads!.indexOf(head)]!
  const numberAt = (line: readonly string[], head: string) =>
    Number(at(line, head).replace(',', '.'))

  const cells = view.groups.flatMap((group) => group.lines.flatMap((line) => line.cells))
  expect(lines).toHaveLength(4)
  expect(cells).toHaveLength(2)
  for (const cell of cells) {
    const name = cell.event.name.replace('=', "'=")
    const line = lines.find(
      (own) => at(own, 'Oönskad händelse') === name && at(own, 'Faktor') === cell.factor.name,
    )!
    expect(rhoText(numberAt(line, 'ρ'))).toBe(cell.text)
    expect((numberAt(line, '95 % undre') + 1) / 2).toBeCloseTo(cell.bar!.from, 5)
    expect((numberAt(line, '95 % övre') + 1) / 2).toBeCloseTo(cell.bar!.to, 5)
    expect(numberAt(line, 'n områden')).toBe(cell.n)
    expect(numberAt(line, 'Dolda områden')).toBe(cell.hidden)
    expect(at(line, 'Står sig efter korrigering')).toBe(cell.survives ? 'ja' : 'nej')
  }
  expect(cells.some(({ survives }) => survives)).toBe(true)
  const hidden = lines.filter((line) => at(line, 'Oönskad händelse') === 'Hot')
  expect(hidden.map((line) => [at(line, 'ρ'), at(line, 'Dolda områden')])).toEqual([
    ['', '15'],
    ['', '15'],
  ])
  for (const line of hidden) expect(at(line, 'Varför inget tal')).toMatch(/^För många dolda/)
})
