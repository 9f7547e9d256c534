import type { Topology } from 'topojson-specification'
import { describe, expect, it } from 'vitest'
import { BriefingSlides } from '../../src/app/briefing-slides.ts'
import { crossHere, type Cross } from '../../src/app/cross/cross-once.ts'
import { CrossWork } from '../../src/app/cross/cross-work.ts'
import { CROSS_RANDOMISATION, type CrossReply } from '../../src/app/cross/protocol.ts'
import type { SlidePackage } from '../../src/app/slide-making.ts'
import { crossOptions } from '../../src/core/cross-options.ts'
import { crossPlan, crossTableKey } from '../../src/core/cross-plan.ts'
import type { CrossAnswer } from '../../src/core/cross-together.ts'
import { crossValues } from '../../src/core/cross-values.ts'
import type { DisclosedTable } from '../../src/core/disclosure/gate.ts'
import { mulberry } from '../../src/core/random.ts'
import type { PackageIndex } from '../../src/core/release.ts'
import { decode } from '../../src/core/view-state.ts'
import { reportCsv } from '../../src/exports/report/csv.ts'
import { recordsOf } from '../../src/exports/report/records.ts'
import { reportHtml } from '../../src/exports/report/html.ts'
import { levelShapes } from '../../src/views/area-shapes.ts'
import { briefingReport } from '../../src/views/briefing/briefing-report.ts'
import { newSlide } from '../../src/views/briefing/briefing.ts'
import { shownSlide } from '../../src/views/briefing/shown-slide.ts'
import { figuresOf, type SlideContent } from '../../src/views/briefing/slide-content.ts'
import { levelGround } from '../../src/views/level-ground.ts'
import { GROUNDS, LEVELS, open, tableOf, type FigureOf } from '../support/cross-world.ts'

const PERIODS = ['2025-K3', '2025-K4', '2025']
const damage = open('damage', {
  ...{ name: 'Skadegörelse', class: 'unwanted-event', measure: 'rate', per: 1000 },
  ...{ unit: 'per 1 000', denominatorName: 'befolkning', source: 'Polisen' },
})
const absence = open('absence', {
  ...{ name: 'Frånvaro', denominatorName: 'elever', source: 'Skolan' },
})
/** Has little to do with the others: whether it stands is for the shuffling to say. */
const leisure = open('leisure', {
  ...{ name: 'Fritid', denominatorName: 'barn', source: 'Skolan' },
})
const HIDDEN = GROUNDS.get('regso')!.areas.slice(0, 3)

/** How high an area lies: along its grid, and from period to period, but not so that one is told by the other. */
const height = (area: string, period: string, seed: number): number => {
  const place = Number(area.split('-').at(-1))
  return ((place * 37 + PERIODS.indexOf(period) * 11 * seed + seed * 5) % 41) * 10 + 40
}

/** Together at the finer level, opposite at the coarser one. */
const figuresOfWorld =
  (isFactor: boolean, sign: number): FigureOf =>
  (area, period) =>
    !isFactor && HIDDEN.includes(area)
      ? 'hidden'
      : {
          count: isFactor
            ? sign > 0
              ? height(area, period, 1) + (height(area, period, 3) % 60)
              : 600 - height(area, period, 1)
            : height(area, period, 1),
          base: 1000,
        }

const random = mulberry(7)
const TABLES: readonly DisclosedTable[] = [...GROUNDS].flatMap(([level, { areas }]) => [
  tableOf(leisure, level, areas, PERIODS, (area, period) => ({
    count: Math.round(height(area, period, 1) / 3 + 300 * random()),
    base: 1000,
  })),
  ...[damage, absence].map((one) =>
    tableOf(
      ...([one, level, areas, PERIODS] as const),
      figuresOfWorld(one === absence, level === 'regso' ? 1 : -1),
    ),
  ),
])

/** The grids as boundaries, a square each. */
function boundaries(): Topology {
  const arcs: [number, number][][] = []
  const objects = Object.fromEntries(
    [...GROUNDS].map(([level, { areas, points }]) => [
      level,
      {
        type: 'GeometryCollection' as const,
        geometries: areas.map((id, at) => {
          const [x, y] = [20 + points[at]![0] / 100, 63.8 + points[at]![1] / 200]
          const [east, north] = [x + 0.01, y + 0.005]
          arcs.push([
            [x, y],
            [x, north],
            [east, north],
            [east, y],
            [x, y],
          ])
          return { type: 'Polygon' as const, id, arcs: [[arcs.length - 1]] }
        }),
      },
    ]),
  )
  return { type: 'Topology', arcs, objects }
}

const INDEX = {
  release: {
    ...{ id: '2026-11-03', date: '2026-11-03', title: 'Prov', synthetic: true },
    ...{ sources: [], notes: [] },
  },
  register: {
    levels: LEVELS,
    areas: [...GROUNDS].flatMap(([level, { areas }]) =>
      areas.map((id) => ({ id, level, name: `Område ${id}`, parent: null })),
    ),
    boundaryVersion: { id: 'prov', name: 'Prov', schematic: true, source: '', licence: '' },
  },
  indicators: [damage, absence, leisure],
  observations: TABLES,
} as unknown as PackageIndex

const SOURCE: SlidePackage = {
  index: INDEX,
  table: (indicator, level) =>
    Promise.resolve(
      TABLES.find((one) => one.indicator === indicator && one.level === level) ?? null,
    ),
  incidents: () => Promise.reject(new Error('none')),
  plan: () => Promise.resolve(null),
  boundaries: () => Promise.resolve(boundaries()),
  neighbours: () => Promise.resolve({}),
  caseFlows: () => Promise.resolve([]),
}

async function slideOf(address: string, cross: Cross = crossHere): Promise<SlideContent> {
  const slides = new BriefingSlides(SOURCE, {
    ...{ date: '2026-11-23', colour: () => '#123456', cross },
    measure: (text) => 6 * text.length,
  })
  const made = await slides.make(address)
  if (made.kind === 'failed') throw new Error(made.why)
  return made.content
}

/** What the page that crosses shows: its worker's answer to the same address, as it is sent between the two. */
async function answerOfPage(address: string) {
  const { choice } = crossOptions(INDEX, decode(address).state)!
  const plan = crossPlan(INDEX, choice)
  const topology = boundaries()
  const grounds = new Map(
    [...GROUNDS.keys()].map((level) => [
      level,
      levelGround(INDEX.register, levelShapes(topology, INDEX.register, level), null),
    ]),
  )
  const tables = new Map(TABLES.map((one) => [crossTableKey(one.indicator, one.level), one]))
  const values = crossValues(plan, tables, grounds)
  const said: CrossReply[] = []
  const work = new CrossWork({
    post: (reply) => said.push(structuredClone(reply)),
    pause: () => Promise.resolve(),
    now: () => 0,
  })
  await work.hear({
    ...{ type: 'cross', turn: 1, question: '', plan: CROSS_RANDOMISATION },
    values: structuredClone(values),
  })
  const reply = said.at(-1)
  if (reply?.type !== 'crossed') throw new Error('not crossed')
  return reply.answer
}

const reportOf = (content: SlideContent) =>
  briefingReport(
    { title: 'Prov', author: '', periodText: '' },
    [shownSlide(newSlide({ id: 'a', kind: 'view' }), content, '')],
    { release: INDEX.release, date: '2026-11-23' },
  )

const PAIR = '#/korsa?niva=regso&period=2025&symptom=damage&faktor=absence'
const LAGGED = '#/korsa?niva=regso&symptom=damage&faktor=absence&fordrojning=kvartal-0'

describe('a pair on a slide', () => {
  it('has the coefficient, its interval and the areas that the page shows', async () => {
    const answers: CrossAnswer[] = []
    const content = await slideOf(PAIR, async (question, values) => {
      const own = await crossHere(question, values)
      answers.push(own)
      return own
    })
    const answer = await answerOfPage(PAIR)
    // The whole of it: p and what stands after correction come out of the shuffling.
    expect(answers[0]).toEqual(answer)
    const cell = answer.cells[0]![0]!
    if (cell.kind !== 'tested') throw new Error('not tested')
    const [rho, areas] = figuresOf(content).slice(-2)
    expect(rho!.figure).toMatchObject({
      value: cell.rho,
      interval: { lower: cell.interval!.lower, upper: cell.interval!.upper },
    })
    expect(areas!.figure).toMatchObject({ value: cell.n })
    expect(cell.n).toBe(37)
  })

  it('has no point, and no figure in any file, of an area that hides one of the two', async () => {
    const content = await slideOf(PAIR)
    const report = reportOf(content)
    const scatter = content.blocks.find((block) => block.kind === 'scatter')!
    expect(scatter.points).toHaveLength(37)
    const named = [
      ...figuresOf(content).map(({ name }) => name),
      ...recordsOf(report).map(({ whose }) => whose),
    ]
    for (const id of HIDDEN) {
      expect(named.filter((name) => name.startsWith(`Område ${id}`.replace('-', '–')))).toEqual([])
      expect(named.filter((name) => name.startsWith(`Område ${id}`))).toEqual([])
    }
  })

  it('warns, as the page does, that the sign turns at another level', async () => {
    const fine = (await answerOfPage(PAIR)).cells[0]![0]!
    const coarse = (await answerOfPage(PAIR.replace('regso', 'stadsdel'))).cells[0]![0]!
    if (fine.kind !== 'tested' || coarse.kind !== 'tested') throw new Error('not tested')
    expect(fine.rho * coarse.rho).toBeLessThan(0)
    expect((await slideOf(PAIR)).notes.join(' ')).toMatch(/per stadsdel/i)
  })

  it('says of changes and smoothed values in every file that they are', async () => {
    const changes = recordsOf(reportOf(await slideOf(LAGGED))).filter(
      ({ identifier, whose }) => identifier !== '' && whose.startsWith('Område '),
    )
    expect(changes.length).toBeGreaterThan(60)
    for (const { name } of changes) expect(name).toMatch(/^Förändring av (skadegörelse|frånvaro)$/)
    const smoothed = recordsOf(reportOf(await slideOf(`${PAIR}&utjamning=ja`)))
    const own = smoothed.filter(({ whose }) => whose.startsWith('Område '))
    expect(own.length).toBe(74)
    for (const { name } of own) expect(name).toMatch(/, utjämnat$/)
    const plain = recordsOf(reportOf(await slideOf(PAIR)))
    for (const { name } of plain) expect(name).not.toMatch(/Förändring|utjämnat/)
    expect(plain.find(({ whose }) => whose === 'Områden')!.unit).toBe('antal')
  })

  it('says beside its figures, on the page that is handed out, that it is not about causes', async () => {
    const report = reportOf(await slideOf(PAIR))
    expect(report.sections[0]!.foot).toMatch(/^Samvariation, inte orsak\./)
    expect(reportHtml(report, { colour: () => '#123456', fontFace: '' })).toContain(
      'Samvariation, inte orsak.',
    )
    expect(reportCsv(report, 'machine')).toContain('säger inget om orsak')
  })
})

describe('the matrix on a slide', () => {
  it('counts what the page counts', async () => {
    const address = '#/korsa?niva=regso&period=2025'
    const [content, answer] = await Promise.all([slideOf(address), answerOfPage(address)])
    expect(content.view).toBe('matrix')
    expect(content.claim).toContain(`av ${answer.familySize} prövade par`)
    const tested = answer.cells.flat().filter((cell) => cell?.kind === 'tested')
    const standing = tested.filter((cell) => cell!.kind === 'tested' && cell!.mark === 'survives')
    expect(figuresOf(content).map(({ figure }) => figure.kind === 'value' && figure.value)).toEqual(
      standing.map((cell) => cell!.kind === 'tested' && cell!.rho),
    )
  })
})
