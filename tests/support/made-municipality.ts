import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomStream, type Random } from '../../scripts/synthesise/random.ts'
import { UNPLACED, cellKey, type KnownPolicy } from './attacker.ts'

/*
 * Small municipalities out of a seed, as the files that are published from: areas of one to three levels, one or two
 * indicators of every measure, and one to three releases of their figures. Figures are sparse (many zeros, many below
 * the threshold), with a giant among them, cases without a place, shares whose remainder is small, populations that
 * are too small; later releases add a period, and revise a little or much.
 */

export interface MadeArea {
  readonly id: string
  readonly name: string
  /** null: directly under the whole, which is not named. */
  readonly parent: string | null
  /** Column and row of its square; null for an area that is dissolved from its parts. */
  readonly square: readonly [number, number] | null
}

export interface MadeIndicator extends KnownPolicy {
  readonly id: string
  readonly unit: string
  readonly denominatorName: string
  readonly kind: 'person' | 'enkät' | 'plats' | 'offentlig'
  readonly bySex: boolean
  /** Finest first, in the words of the plan: månad, kvartal, halvår, termin, läsår, år, vecka. */
  readonly chain: readonly string[]
  /** In the words of the plan, joined by "+". */
  readonly levels: string
}

/** One row of the observations: a smallest area, a finest period, one sex. */
export interface MadeFigure {
  readonly indicator: string
  readonly area: string
  readonly period: string
  readonly sex: string
  readonly numerator: number
  /** null where the measure has none. */
  readonly denominator: number | null
}

export interface MadeMunicipality {
  readonly seed: number
  readonly areas: readonly MadeArea[]
  readonly indicators: readonly MadeIndicator[]
  /** Figures before any rule, oldest release first; also where nobody is without a place. */
  readonly releases: readonly (readonly MadeFigure[])[]
  /** Whether the files have rows of what has no place only where there is any, as a register has. */
  readonly isUnplacedSparse: boolean
}

/** Published id of the whole when the areas name none. */
export const NAMELESS_WHOLE = 'kommun'

const upTo = (random: Random, most: number): number => Math.floor(random() * (most + 1))
const pick = <Item>(random: Random, items: readonly Item[]): Item =>
  items[Math.floor(random() * items.length)]!

/** Areas that are no parent: those that figures are given for. */
export const smallestAreas = (areas: readonly MadeArea[]): MadeArea[] =>
  areas.filter(({ id }) => !areas.some(({ parent }) => parent === id))

/** The containing area of every area but the whole, as an attacker knows it. */
export function hierarchyOf(areas: readonly MadeArea[]): Map<string, string> {
  const named = new Set(areas.map(({ id }) => id))
  const roots = areas.filter(({ parent }) => parent === null)
  const outside = new Set(
    areas.flatMap(({ parent }) => (parent !== null && !named.has(parent) ? [parent] : [])),
  )
  const parents = new Map<string, string>()
  const isWholeNamed = roots.length === 1 && areas.some(({ parent }) => parent === roots[0]!.id)
  for (const { id, parent } of areas) {
    if (parent !== null) parents.set(id, parent)
    else if (!isWholeNamed) parents.set(id, NAMELESS_WHOLE)
  }
  if (outside.size > 1) for (const parent of outside) parents.set(parent, NAMELESS_WHOLE)
  return parents
}

/** The area that holds all others. */
export function wholeOf(areas: readonly MadeArea[]): string {
  const parents = hierarchyOf(areas)
  let at = areas[0]!.id
  while (parents.has(at)) at = parents.get(at)!
  return at
}

function makeAreas(random: Random): MadeArea[] {
  const shape = pick(random, [
    'flat',
    'flat',
    'of-2480',
    'districts',
    'districts',
    'districts',
    'single',
  ])
  const square = (row: number, column: number) => [column, row] as const
  const flat = (count: number, parent: string | null): MadeArea[] =>
    Array.from({ length: count }, (_, index) => ({
      id: `2480R${String(index + 1).padStart(3, '0')}`,
      name: `Område ${index + 1}`,
      parent,
      square: square(0, index),
    }))
  if (shape === 'single') return flat(1, '2480')
  if (shape === 'flat') return flat(2 + upTo(random, 6), null)
  if (shape === 'of-2480') return flat(2 + upTo(random, 6), '2480')
  const areas: MadeArea[] = []
  let number = 1
  const districts = 2 + upTo(random, 2)
  for (let district = 1; district <= districts; district++) {
    const id = `2480-del${district}`
    areas.push({ id, name: `Stadsdel ${district}`, parent: '2480', square: null })
    const parts = random() < 0.3 ? 1 : 1 + upTo(random, 3)
    for (let part = 0; part < parts; part++, number++)
      areas.push({
        id: `2480R${String(number).padStart(3, '0')}`,
        name: `Område ${number}`,
        parent: id,
        square: square(district, part),
      })
  }
  return areas
}

const CHAINS: readonly (readonly string[])[] = [
  ['år'],
  ['år'],
  ['kvartal', 'år'],
  ['kvartal', 'år'],
  ['halvår', 'år'],
  ['termin', 'läsår'],
  ['månad', 'kvartal', 'år'],
  ['vecka'],
]

function makeIndicator(random: Random, id: string, hasDistricts: boolean): MadeIndicator {
  const measure = pick(random, ['count', 'count', 'rate', 'share', 'share', 'survey'] as const)
  const isPart = measure === 'share' || measure === 'survey'
  const chain = measure === 'survey' ? ['år'] : pick(random, CHAINS)
  return {
    id,
    measure,
    chain,
    unit: { count: 'antal', rate: 'per 1 000', share: '%', survey: '%' }[measure],
    per: { count: 1, rate: 1000, share: 100, survey: 100 }[measure],
    denominatorName: { count: '', rate: 'befolkning', share: 'befolkning', survey: 'svarande' }[
      measure
    ],
    kind: measure === 'survey' ? 'enkät' : 'person',
    threshold: measure === 'survey' ? 0 : pick(random, [5, 5, 10]),
    complement: measure === 'share' && random() < 0.6,
    minimumDenominator: measure === 'share' || measure === 'rate' ? 30 : 0,
    minimumRespondents: measure === 'survey' ? 30 : 0,
    areZerosShown: measure === 'survey' || random() < 0.25,
    bySex: chain.length < 3 && random() < (isPart ? 0.5 : 0.7),
    levels: hasDistricts ? 'RegSO+stadsdel+kommun' : 'stadsdel+kommun',
  }
}

/** Consecutive periods of a kind from a beginning that is sometimes in the middle of a longer one. */
function periodsOf(random: Random, kind: string): string[] {
  const count = {
    år: 1 + upTo(random, 2),
    kvartal: 4 + upTo(random, 2),
    halvår: 2 + upTo(random, 2),
    termin: 2 + upTo(random, 2),
    månad: 3 + upTo(random, 3),
    vecka: 3,
  }[kind]!
  const start = random() < 0.8 ? 0 : 1
  return Array.from({ length: count + 1 }, (_, index) => periodAt(kind, start + index))
}

function periodAt(kind: string, index: number): string {
  const year = (parts: number) => 2022 + Math.floor(index / parts)
  switch (kind) {
    case 'kvartal':
      return `${year(4)}-K${(index % 4) + 1}`
    case 'halvår':
      return `${year(2)}-H${(index % 2) + 1}`
    case 'termin':
      // A läsår begins with its HT.
      return index % 2 === 0 ? `${year(2)}-HT` : `${year(2) + 1}-VT`
    case 'månad':
      return `${year(12)}-${String((index % 12) + 1).padStart(2, '0')}`
    case 'vecka':
      return `2022-W${String(index + 10)}`
    default:
      return String(year(1))
  }
}

/** A count as areas have them: mostly none or few. */
function sparseCount(random: Random, emptiness: number): number {
  if (random() < emptiness) return 0
  const size = random()
  if (size < 0.45) return 1 + upTo(random, 6)
  if (size < 0.85) return 5 + upTo(random, 20)
  return 20 + upTo(random, 60)
}

function makeFigures(
  random: Random,
  areas: readonly MadeArea[],
  indicator: MadeIndicator,
): MadeFigure[] {
  const { id, measure, bySex, chain } = indicator
  const emptiness = 0.1 + 0.6 * random()
  const periods = periodsOf(random, chain[0]!)
  const places = smallestAreas(areas).map((area) => area.id)
  if (measure === 'count' && random() < 0.4) places.push(UNPLACED)
  const sexes = bySex ? ['K', 'M'] : ['']
  const figures: MadeFigure[] = []
  const baseOf = new Map<string, number>()
  for (const area of places)
    for (const sex of sexes)
      baseOf.set(area + sex, random() < 0.15 ? 5 + upTo(random, 24) : 30 + upTo(random, 400))
  const giant = upTo(random, places.length * sexes.length * periods.length - 1)
  const giantPlace = pick(random, places)
  if (measure === 'share') baseOf.set(giantPlace + sexes[0]!, 31_000 + upTo(random, 60_000))
  for (const period of periods)
    for (const sex of sexes)
      for (const area of places) {
        const isGiant = figures.length === giant && area !== UNPLACED
        const denominator = measure === 'count' ? null : baseOf.get(area + sex)!
        let numerator = sparseCount(random, area === UNPLACED ? 0.7 : emptiness)
        if (denominator === null) {
          if (isGiant) numerator = 31_000 + upTo(random, 60_000)
        } else {
          if (measure !== 'rate' && random() < 0.2) numerator = denominator - upTo(random, 7)
          // What people answer is seldom said by next to none of them.
          if (measure === 'survey' && random() < 0.8)
            numerator = Math.round(denominator * (0.15 + 0.7 * random()))
          numerator = Math.max(0, Math.min(denominator, numerator))
        }
        figures.push({ indicator: id, area, period, sex, numerator, denominator })
      }
  return figures
}

/** The next release's figures of the same cells: most stand, some are corrected by little, some by much. */
function revise(random: Random, figures: readonly MadeFigure[], change: number): MadeFigure[] {
  return figures.map((figure) => {
    if (random() >= change) return figure
    const step = random() < 0.6 ? 1 + upTo(random, 2) : 5 + upTo(random, 25)
    const moved = Math.max(0, figure.numerator + (random() < 0.7 ? step : -step))
    return { ...figure, numerator: Math.min(moved, figure.denominator ?? Infinity) }
  })
}

/** @param releases how many; left out, mostly one */
export function makeMunicipality(seed: number, releases?: number): MadeMunicipality {
  const random = randomStream(seed, 'municipality')
  const areas = makeAreas(random)
  const hasDistricts = areas.some(({ square }) => square === null)
  const indicators = Array.from({ length: 1 + upTo(random, 1) }, (_, index) =>
    makeIndicator(random, `prov_${index + 1}`, hasDistricts),
  )
  const count = releases ?? pick(random, [1, 1, 1, 2, 3])
  const change = random() < 0.3 ? 0 : 0.1 * random()
  let figures = indicators.flatMap((indicator) => makeFigures(random, areas, indicator))
  const lastPeriods = new Map(
    indicators.map(({ id }) => [id, figures.findLast(({ indicator }) => indicator === id)!.period]),
  )
  const isLast = ({ indicator, period }: MadeFigure) => lastPeriods.get(indicator) === period
  const made: MadeFigure[][] = []
  for (let release = 0; release < count; release++) {
    if (release > 0) figures = revise(random, figures, change)
    // The last period comes with the last release.
    made.push(release === count - 1 ? figures : figures.filter((figure) => !isLast(figure)))
  }
  return { seed, areas, indicators, releases: made, isUnplacedSparse: random() < 0.5 }
}

/** Paths of the written files. */
export interface MadeFiles {
  readonly areas: string
  readonly indicators: string
  /** One per release. */
  readonly observations: readonly string[]
}

/** Writes the files that `publish` takes. */
export function writeMunicipality(made: MadeMunicipality, folder: string): MadeFiles {
  mkdirSync(folder, { recursive: true })
  const write = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  return {
    areas: write('A.geojson', areasGeoJson(made.areas)),
    indicators: write('I.csv', indicatorsCsv(made.indicators)),
    observations: made.releases.map((figures, release) => {
      const written = figures.filter(
        ({ area, numerator }) => area !== UNPLACED || numerator > 0 || !made.isUnplacedSparse,
      )
      return write(`O${release + 1}.csv`, observationsCsv(written))
    }),
  }
}

/** Squares of about a kilometre side by side; an area without one is left for its parts to make up. */
export function areasGeoJson(areas: readonly MadeArea[]): string {
  const [west, south, width, height] = [20.2, 63.8, 0.02, 0.01]
  return JSON.stringify({
    type: 'FeatureCollection',
    features: areas.map(({ id, name, parent, square }) => ({
      type: 'Feature',
      properties: { id, name, parent },
      geometry: square && {
        type: 'Polygon',
        coordinates: [
          (
            [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 1],
              [0, 0],
            ] as const
          ).map(([x, y]) => [
            Number((west + (square[0] + x) * width).toFixed(4)),
            Number((south + (square[1] + y) * height).toFixed(4)),
          ]),
        ],
      },
    })),
  })
}

export function indicatorsCsv(indicators: readonly MadeIndicator[]): string {
  const header =
    'id;namn;klass;enhet;namnare;polaritet;kalla;niva;frekvens;policy;troskel;komplement;min_namnare;' +
    'min_svarande;nollor;kon;fokusproblem;plan'
  const rows = indicators.map((one) =>
    [
      one.id,
      `Påhittad ${one.id}`,
      'oönskad händelse',
      one.unit,
      one.denominatorName,
      'neutral',
      'påhittad',
      one.levels.split('+')[0],
      one.chain[0],
      one.kind,
      one.threshold,
      one.complement ? 'ja' : 'nej',
      one.minimumDenominator,
      one.minimumRespondents,
      one.areZerosShown ? 'visas' : 'kan döljas',
      one.bySex ? 'ja' : 'nej',
      '',
      `"${one.levels}; ${one.chain.join('–')}${one.bySex ? '; kön' : ''}"`,
    ].join(';'),
  )
  return [header, ...rows].join('\n') + '\n'
}

export function observationsCsv(figures: readonly MadeFigure[]): string {
  const rows = figures.map(({ indicator, area, period, sex, numerator, denominator }) =>
    [indicator, area, period, sex, numerator, denominator ?? ''].join(';'),
  )
  return ['indikator;omrade;period;kon;taljare;namnare', ...rows].join('\n') + '\n'
}

/** The periods that a period is part of in its indicator's chain, itself first. */
export function chainOf(period: string, chain: readonly string[]): string[] {
  const [year, month] = [Number(period.slice(0, 4)), Number(period.slice(5, 7))]
  const own = [period]
  for (const kind of chain.slice(1)) {
    if (kind === 'kvartal') own.push(`${year}-K${Math.ceil(month / 3)}`)
    else if (kind === 'år') own.push(String(year))
    else if (kind === 'läsår') {
      const first = period.endsWith('HT') ? year : year - 1
      own.push(`${first}/${String((first + 1) % 100).padStart(2, '0')}`)
    } else throw new RangeError(`"${kind}" is no longer period`)
  }
  return own
}

/** How many of the finest periods make up one of a kind. */
export function partsIn(kind: string, finest: string): number {
  const months: Readonly<Record<string, number>> = {
    ...{ månad: 1, kvartal: 3, halvår: 6, termin: 6, läsår: 12, år: 12, vecka: 1 },
  }
  return months[kind]! / months[finest]!
}

/** What a cell of the plan truly holds. */
export interface TrueCell {
  readonly indicator: MadeIndicator
  readonly area: string
  readonly period: string
  readonly sex: string
  /** Sum of its smallest parts. */
  readonly sum: number
  /** How many finest periods it spans, and how many of them have figures. */
  readonly span: number
  readonly periods: number
  /** Population, over areas and sexes; the mean over its periods. */
  readonly denominator: number | null
}

/** Every cell of the plan by `cellKey`, out of the smallest figures; without a place only where there are any. */
export function trueCells(
  made: MadeMunicipality,
  figures: readonly MadeFigure[],
): Map<string, TrueCell> {
  const parents = hierarchyOf(made.areas)
  const whole = wholeOf(made.areas)
  const sums = new Map<
    string,
    {
      cell: Pick<TrueCell, 'indicator' | 'area' | 'period' | 'sex' | 'span'>
      sum: number
      denominator: number
      periods: Set<string>
    }
  >()
  for (const figure of figures) {
    const indicator = made.indicators.find(({ id }) => id === figure.indicator)!
    const areas = [figure.area]
    for (let at = figure.area; parents.has(at);) areas.push((at = parents.get(at)!))
    if (figure.area === UNPLACED) areas.push(whole)
    chainOf(figure.period, indicator.chain).forEach((period, rank) => {
      const span = partsIn(indicator.chain[rank]!, indicator.chain[0]!)
      for (const area of new Set(areas))
        for (const sex of new Set([figure.sex, ''])) {
          const key = cellKey({ indicator: indicator.id, area, period, sex })
          const cell = sums.get(key) ?? {
            cell: { indicator, area, period, sex, span },
            sum: 0,
            denominator: 0,
            periods: new Set<string>(),
          }
          sums.set(key, cell)
          cell.sum += figure.numerator
          cell.denominator += (figure.denominator ?? 0) / span
          cell.periods.add(figure.period)
        }
    })
  }
  const unplaced = new Set(
    figures.flatMap(({ area, indicator, numerator }) =>
      area === UNPLACED && numerator > 0 ? [indicator] : [],
    ),
  )
  const present = [...sums].filter(
    ([, { cell }]) => cell.area !== UNPLACED || unplaced.has(cell.indicator.id),
  )
  return new Map(
    present.map(([key, { cell, sum, denominator, periods }]) => [
      key,
      {
        ...cell,
        sum,
        periods: periods.size,
        denominator: cell.indicator.measure === 'count' ? null : denominator,
      },
    ]),
  )
}
