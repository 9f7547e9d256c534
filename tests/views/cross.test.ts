import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crossPlan, type CrossChoice } from '../../src/core/cross-plan.ts'
import { crossTogether, type CrossAnswer } from '../../src/core/cross-together.ts'
import { crossValues, type CrossValues, type LevelGround } from '../../src/core/cross-values.ts'
import type { Indicator } from '../../src/core/indicator.ts'
import { mulberry } from '../../src/core/random.ts'
import type { TestedCell } from '../../src/core/stats/crossing.ts'
import { crossText, moreOrLess, notCrossed } from '../../src/text/cross.ts'
import { NBSP } from '../../src/text/format.ts'
import { crossMatrixView, strengthToken } from '../../src/views/cross-matrix.ts'
import {
  crossPairView,
  uncrossedPairView,
  type CrossPairQuestion,
} from '../../src/views/cross-pair.ts'
import {
  byKey,
  GROUNDS,
  LEVELS,
  open,
  reordered,
  sourceOf,
  tableOf,
  type FigureOf,
} from '../support/cross-world.ts'

fc.configureGlobal({ seed: 20261103 })

const CHOICE: CrossChoice = {
  ...{ level: 'regso', period: '2025', sex: 'T', smoothing: 'raw', lag: null },
}

const damage = open('damage', {
  ...{ name: 'Skadegörelse', class: 'unwanted-event', measure: 'rate', per: 1000 },
  ...{ unit: 'per 1 000', denominatorName: 'befolkning' },
})
const litter = open('litter', {
  ...{ name: 'Nedskräpning', class: 'unwanted-event', measure: 'count', per: 1 },
  ...{ unit: 'antal', denominatorName: null },
})
const absence = open('absence', {
  ...{ name: 'Elever med minst 10 % frånvaro', denominatorName: 'elever i grundskolan' },
})
const trust = open('trust', {
  ...{ name: 'Tillit till andra', class: 'protective-factor', measure: 'survey' },
  ...{ denominatorName: 'svarande' },
})
const INDICATORS: readonly Indicator[] = [damage, litter, absence, trust]

const AREAS = GROUNDS.get('regso')!.areas

/**
 * A world with one pattern under all figures: `together` is how much of it damage and absence share, negative when
 * they are opposite; trust exists at the coarser level alone, and three areas of damage are hidden.
 */
function world(seed: number, together: number) {
  const random = mulberry(seed)
  const pattern = new Map(AREAS.map((area) => [area, random()]))
  const at = (weight: number): FigureOf => {
    const own = mulberry(seed + Math.round(1000 * weight) + 7)
    return (area) => {
      const shared = (pattern.get(area) ?? own()) - 0.5
      const level = 0.5 + 0.8 * (weight * shared + (1 - Math.abs(weight)) * (own() - 0.5))
      return { count: Math.round(900 * level) + 50, base: 1000 }
    }
  }
  const ofDamage = at(1)
  const tables = [
    tableOf(damage, 'regso', AREAS, ['2025'], (area, ...rest) =>
      AREAS.indexOf(area) < 3 ? 'hidden' : ofDamage(area, ...rest),
    ),
    tableOf(litter, 'regso', AREAS, ['2025'], at(0.2)),
    tableOf(absence, 'regso', AREAS, ['2025'], at(together)),
    ...[damage, litter, trust].map((one, place) =>
      tableOf(one, 'stadsdel', GROUNDS.get('stadsdel')!.areas, ['2025'], at(0.01 * place)),
    ),
  ]
  const plan = crossPlan(sourceOf(INDICATORS, tables), CHOICE)
  return { tables, plan, grounds: GROUNDS }
}

function answerTo(values: CrossValues): CrossAnswer {
  const steps = crossTogether(values, { permutations: 199, seed: 1 })
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

function crossed(
  { tables, plan }: ReturnType<typeof world>,
  grounds: ReadonlyMap<string, LevelGround> = GROUNDS,
) {
  const values = crossValues(plan, byKey(tables), grounds)
  return { tables, plan, values, answer: answerTo(values), grounds }
}

/** The pair of damage and absence. */
function pairQuestion(
  { tables, values, answer, grounds, plan }: ReturnType<typeof crossed>,
  changes: Partial<CrossPairQuestion> = {},
): CrossPairQuestion {
  const [e, f] = [plan.events.indexOf(damage), plan.factors.indexOf(absence)]
  const [pair, cell] = [values.pairs[e]![f]!, answer.cells[e]![f]]
  if (pair.kind !== 'planned' || cell?.kind !== 'tested') throw new Error('not crossed')
  const areas = [...GROUNDS.values()].flatMap(({ areas }) =>
    areas.map((id) => ({ id, level: id.split('-')[0]!, name: `Område ${id}`, parent: null })),
  )
  const [ofDamage, , ofAbsence] = tables
  return {
    ...{ choice: CHOICE, register: { levels: LEVELS, areas }, ground: grounds.get('regso')! },
    event: { indicator: damage, table: ofDamage! },
    factor: { indicator: absence, table: ofAbsence! },
    ...{ pair, cell, familySize: answer.familySize },
    ...changes,
  }
}

const BLAME = /orsak|beror på|leder till|påverka|skapar|utsatt|problemområde|hotspot|värst/i

describe('the matrix', () => {
  const made = crossed(world(4, 0.9))
  const view = crossMatrixView(made.plan, made.values, made.answer, LEVELS)
  const cells = view.groups.flatMap(({ lines }) => lines.flatMap(({ cells }) => cells))
  const cellOf = (event: Indicator, factor: Indicator) =>
    cells.find((cell) => cell.event === event && cell.factor === factor)!

  it('has its causes above its protection, each with a cell for every event', () => {
    expect(view.groups.map(({ heading }) => heading)).toEqual([
      ...['Bakomliggande faktorer', 'Skyddsfaktorer'],
    ])
    for (const { lines } of view.groups)
      for (const line of lines) expect(line.cells.map(({ event }) => event)).toEqual(view.events)
    expect(new Set(view.events)).toEqual(new Set([damage, litter]))
  })

  it('shows in each cell what was computed of that pair', () => {
    for (const cell of cells) {
      const answer = made.answer.cells[cell.eventPlace]![cell.factorPlace] as TestedCell
      expect(made.plan.events[cell.eventPlace]).toBe(cell.event)
      expect(made.plan.factors[cell.factorPlace]).toBe(cell.factor)
      expect(cell.rho).toBe(answer.rho)
      expect(cell.n).toBe(answer.n)
      expect(cell.text.startsWith('−')).toBe(Math.round(answer.rho * 100) < 0)
      expect(cell.token).toBe(cell.survives ? strengthToken(answer.rho) : null)
      const { from, to, rho, zero } = cell.bar!
      expect(from).toBeLessThan(rho)
      expect(rho).toBeLessThan(to)
      expect(Math.sign(rho - zero)).toBe(Math.sign(answer.rho))
    }
    expect(cellOf(damage, absence)).toMatchObject({ survives: true, n: 37, hidden: 3 })
    expect(cellOf(damage, trust).n).toBe(20)
  })

  it('says a cell in words, with what is hidden', () => {
    const { label, text } = cellOf(damage, absence)
    expect(label).toContain(
      `Skadegörelse och elever med minst 10 % frånvaro, per RegSO, 2025: ρ ${text}, 95 % intervall 0,`,
    )
    expect(label).toMatch(/, 37\sområden\. Står sig efter korrigering för 4\sjämförelser\./)
    expect(label).toMatch(/3\sområden är dolda\.$/)
    for (const cell of cells) expect(cell.label).not.toContain('−')
  })

  it('says what its numbers are, and what is otherwise than chosen', () => {
    expect(view.caption).toMatch(/^Spearmans ρ med 95\s% intervall, 20–40 områden\./)
    expect(view.notes).toEqual([`2${NBSP}rutor är per stadsdel: båda talen finns inte finare.`])
    expect(crossText.caption(39, 39, 130, 9)).toBe(
      `Spearmans ρ med 95${NBSP}% intervall, 39${NBSP}områden. Fylld ruta: står sig efter korrigering för 130${NBSP}jämförelser (9 av 130).`,
    )
  })

  it('stands in its place before the numbers are there', () => {
    const waiting = crossMatrixView(made.plan, made.values, null, LEVELS)
    const all = waiting.groups.flatMap(({ lines }) => lines.flatMap((line) => line.cells))
    expect(all).toHaveLength(cells.length)
    expect(new Set(all.map(({ kind, text }) => `${kind} ${text}`))).toEqual(new Set(['waiting ']))
    expect(waiting.caption).toBeNull()
  })

  it('says why a pair has no number, and leaves out what is crossed with nothing', () => {
    const { tables } = world(4, 0.9)
    const women = crossPlan(sourceOf(INDICATORS, tables), { ...CHOICE, sex: 'K' })
    const nothing = crossValues(women, byKey(tables), GROUNDS)
    const empty = crossMatrixView(women, nothing, answerTo(nothing), LEVELS)
    expect([empty.events, empty.groups]).toEqual([[], []])
    expect(empty.caption).toBe('Inget par kan korsas med de här valen.')
    expect(empty.notes).toEqual([
      `4${NBSP}par har inget tal. Den ena redovisas inte för kvinnor och män var för sig.`,
    ])
  })

  it('colours by sign and strength', () => {
    expect([0.59, 0.6, -0.57, -0.9].map(strengthToken)).toEqual([
      ...['div-high-1', 'div-high-2', 'div-low-1', 'div-low-2'],
    ])
  })
})

describe('a pair', () => {
  it('says more or fewer as its number has it, and nothing of causes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: -0.95, max: 0.95, noNaN: true }),
        (seed, together) => {
          const question = pairQuestion(crossed(world(seed, together)))
          const { title, sentences, warnings, lists } = crossPairView(question)
          const { rho, mark, p } = question.cell
          fc.pre(Math.abs(rho) >= 0.005)
          const [more, less] = ['mer skadegörelse', 'mindre skadegörelse']
          expect(sentences[0]).toContain(
            `har ${p <= 0.05 ? 'oftare' : 'något oftare'} ${rho > 0 ? more : less}`,
          )
          expect(sentences[0]).not.toContain(rho > 0 ? less : more)
          expect(sentences[0]!.includes(`ρ${NBSP}=${NBSP}−`)).toBe(rho < 0)
          expect(title).toBe(
            mark === 'survives'
              ? `Högre andel elever med minst 10 % frånvaro, oftare ${rho > 0 ? more : less}`
              : 'Skadegörelse och elever med minst 10 % frånvaro: inget säkert samband',
          )
          expect(sentences.at(-1)).toBe('Det säger inget om orsak.')
          const said = [title, ...sentences.slice(0, -1), ...warnings.map(({ text }) => text)]
          for (const sentence of [...said, ...lists.map(({ heading }) => heading)])
            expect(sentence).not.toMatch(BLAME)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('has a point for each area that shows both, in the third of each that its value is in', () => {
    const { points, map, lists, factor, event } = crossPairView(
      pairQuestion(crossed(world(4, 0.9))),
    )
    expect(points).toHaveLength(37)
    expect(map.filter(({ token }) => token === 'hidden-ground').map(({ area }) => area)).toEqual(
      AREAS.slice(0, 3),
    )
    for (const { factor: x, event: y, token, label } of points) {
      expect(token).toBe(`biv-${x.third}${y.third}`)
      for (const own of [x, y]) {
        expect(own.interval!.lower).toBeLessThan(own.value)
        expect(own.interval!.upper).toBeGreaterThan(own.value)
        expect(label).toContain(own.text)
      }
      for (const [own, { thirds }] of [
        [x, factor],
        [y, event],
      ] as const)
        expect(own.third).toBe(own.value <= thirds[0] ? 0 : own.value <= thirds[1] ? 1 : 2)
    }
    for (const side of ['factor', 'event'] as const)
      for (const third of [0, 1, 2])
        expect(points.filter((point) => point[side].third === third).length).toBeGreaterThan(10)
    expect(points.filter(({ factor: x }) => x.value <= factor.median)).toHaveLength(19)
    const listed = lists.flatMap(({ areas }) => areas.map(({ id }) => id))
    expect(new Set(listed).size).toBe(listed.length)
    expect(lists.map(({ token }) => token)).toEqual(['biv-22', 'biv-20', 'biv-02', 'biv-00'])
    expect(lists.flatMap(({ areas }) => areas).length).toBe(
      points.filter(({ factor: x, event: y }) => x.third !== 1 && y.third !== 1).length,
    )
    expect(points.filter(({ isNamed }) => isNamed)).toHaveLength(8)
  })

  it('does not depend on the order that areas are listed in', () => {
    const some = world(4, 0.6)
    const expected = crossPairView(pairQuestion(crossed(some)))
    const order = [...AREAS.keys()].map((place) => (place * 7 + 3) % AREAS.length)
    const grounds = new Map([...GROUNDS, ['regso', reordered(GROUNDS.get('regso')!, order)]])
    const view = crossPairView(pairQuestion(crossed(some, grounds)))
    const byArea = ({ points }: typeof view) =>
      new Map(points.map(({ area, token, label }) => [area, [token, label]]))
    expect(byArea(view)).toEqual(byArea(expected))
    expect([view.sentences[1], view.lists]).toEqual([expected.sentences[1], expected.lists])
  })

  it('says on which area it hangs, and never that it hangs when it does not', () => {
    const question = pairQuestion(crossed(world(4, 0.9)))
    const { cell } = question
    const without = (lowest: number): string =>
      crossPairView({
        ...question,
        cell: { ...cell, leaveOneOut: { ...cell.leaveOneOut, lowest, lowestWithout: 11 } },
      }).sentences[1]!
    expect(without(cell.leaveOneOut.lowest)).toMatch(
      /^Det hänger inte på ett enda område \(0,\d\d–0,\d\d när de tas bort ett i taget\)\.$/,
    )
    expect(without(0.1)).toBe(
      `Det hänger på Område regso–11: utan det området är ρ${NBSP}0,10.`.replace('–', '-'),
    )
  })

  it('warns of what belongs to it, and of nothing else', () => {
    const question = pairQuestion(crossed(world(4, 0.9)))
    const codes = (changes: Partial<CrossPairQuestion>) =>
      crossPairView({ ...question, ...changes }).warnings.map(({ code }) => code)
    const always = ['areas-not-people', 'worst-chosen']
    expect(codes({})).toEqual(['reporting', 'residents', ...always])
    const few = { ...question.cell, n: 16 }
    expect(codes({ cell: few })).toContain('few-areas')
    const same = { ...question.factor, indicator: { ...absence, denominatorName: 'befolkning' } }
    expect(codes({ factor: same })).toContain('shared-denominator')
    const level = LEVELS[1]!
    expect(codes({ other: { level, cell: { ...question.cell, rho: -0.2 } } })).toContain(
      'sign-changes',
    )
    expect(codes({ other: { level, cell: { ...question.cell, rho: 0.2 } } })).not.toContain(
      'sign-changes',
    )
    const pair = { ...question.pair, factor: { period: '2024/25', before: null } }
    expect(codes({ pair })).toContain('different-periods')
  })

  it('says why there is nothing to show', () => {
    const { title, sentences } = uncrossedPairView(damage, absence, 'too-many-hidden', {
      ...{ n: 20, hidden: 15, missing: 0 },
    })
    expect(title).toBe('Skadegörelse och elever med minst 10 % frånvaro: inget att visa')
    expect(sentences).toEqual([notCrossed['too-many-hidden'], `15${NBSP}områden är dolda.`])
  })
})

describe('the words of an indicator', () => {
  it('fit what its name says', () => {
    const file = readFileSync('data/indicators/indicators.json', 'utf8')
    const indicators = JSON.parse(file) as readonly Indicator[]
    const words = new Map(indicators.map((one) => [one.id, moreOrLess(one)]))
    for (const [id, { more, less }] of words) {
      expect(more, id).toMatch(/^(högre andel|fler som svarar|fler|mer) \S/)
      expect(less, id).not.toBe(more)
      expect(more, id).not.toMatch(/andel andel|\s{2}/)
    }
    const more = (id: string) => words.get(id)!.more
    expect(more('franvaro_10')).toBe('högre andel elever med minst 10 % frånvaro')
    expect(more('klotter')).toBe('mer klotter')
    expect(more('smabrott')).toBe('fler stölder och småbrott')
    expect(more('narkotika_brott')).toBe('fler anmälda narkotikabrott')
    expect(more('otrygg_ute')).toBe('fler som svarar ”otrygg ute sen kväll”')
    expect(more('tillit')).toBe('mer tillit till andra')
    expect(words.get('orosanm')!.less).toBe('färre orosanmälningar')
  })
})
