import { centroidOf, type PlanePoint, type PlanePolygons } from '../../src/core/polygons.ts'
import { mulberry } from '../../src/core/random.ts'
import { contiguousNeighbours } from '../../src/core/stats/contiguity.ts'
import { crossMatrix } from '../../src/core/stats/crossing.ts'
import { localMoran } from '../../src/core/stats/local-moran.ts'
import { nearestNeighbours } from '../../src/core/stats/near-neighbours.ts'
import { neighbourCount, spatialLag, weigh, type Neighbours } from '../../src/core/stats/weights.ts'
import { openGeodaLisa, openJsGeoda, type GeodaLisa, type JsGeoda } from './geoda.ts'
import { single, summarised, type Measurement } from './measurement.ts'
import { meshBoundaries } from './mesh-world.ts'
import { median, thousands, timeBeside } from './timing.ts'

const GROUP = 'Statistics of areas'
/** Columns and rows of areas: a small municipality, Sweden's RegSO, its DeSO. */
const MESHES = [
  [10, 10],
  [57, 59],
  [88, 70],
] as const
const PERMUTATIONS = 999
const SEED = 20261123
/** Points between the corners of a border: as finely drawn as real boundaries. */
const FINE = 24
const BUDGET_MS = 150
const EVENTS = 12
const CAUSES = 16
/** Columns and rows of areas, and the most milliseconds that they may take. */
const CROSSED = [
  [6, 7, 1000],
  [57, 59, null],
] as const

/** Neighbours, crossing, and local Moran, the last beside GeoDa's two packages in the same run. */
export async function measureStatistics(say: (line: string) => void): Promise<Measurement[]> {
  const peers = { lisa: await openGeodaLisa(), jsgeoda: await openJsGeoda() }
  const measurements: Measurement[] = []
  for (const [columns, rows] of MESHES) {
    say(`local Moran of ${thousands(columns * rows)} areas …`)
    measurements.push(...(await measureLocalMoran(columns, rows, peers)))
  }
  say('neighbours …')
  measurements.push(...(await measureNeighbours()))
  for (const [columns, rows, most] of CROSSED) {
    say(`crossing ${thousands(columns * rows)} areas …`)
    measurements.push(await measureCrossing(columns, rows, most))
  }
  return measurements
}

/** Twelve events crossed with sixteen causes, neighbours alike within each. */
async function measureCrossing(
  columns: number,
  rows: number,
  most: number | null,
): Promise<Measurement> {
  const polygons = meshPolygons(columns, rows)
  const neighbours = contiguousNeighbours(polygons)
  const variables = Array.from({ length: EVENTS + CAUSES }, (_, index) =>
    patternedValues(neighbours, SEED + index),
  )
  const cross = () =>
    crossMatrix({
      rows: variables.slice(0, EVENTS),
      columns: variables.slice(EVENTS),
      points: polygons.map(centroidOf),
      weights: weigh(neighbours),
      plan: { permutations: PERMUTATIONS, seed: SEED },
    })
  const name = `${EVENTS} × ${CAUSES} crossed, ${thousands(columns * rows)} areas, ${PERMUTATIONS} randomisations`
  const budget = most === null ? null : ({ of: 'median', most } as const)
  if (most !== null) return summarised(GROUP, name, 'ms', (await timeBeside(cross))[0], budget)
  const start = performance.now()
  cross()
  return single(GROUP, name, 'ms', performance.now() - start)
}

async function measureLocalMoran(
  columns: number,
  rows: number,
  { lisa, jsgeoda }: { readonly lisa: GeodaLisa; readonly jsgeoda: JsGeoda },
): Promise<Measurement[]> {
  const polygons = meshPolygons(columns, rows)
  const neighbours = contiguousNeighbours(polygons)
  const weights = weigh(neighbours)
  const values = patternedValues(neighbours)
  const data = [...values]
  const lists = listsOf(neighbours)
  const map = jsgeoda.readGeoJSON(
    new TextEncoder().encode(JSON.stringify(meshBoundaries(columns, rows))).buffer,
  )
  const queen = jsgeoda.getQueenWeights(map)
  const [own, ofLisa, ofJsGeoda] = await timeBeside(
    () => localMoran(values, weights, { permutations: PERMUTATIONS, seed: SEED }).ok,
    () => lisa.localMoran({ data, neighbors: lists, permutation: PERMUTATIONS, seed: SEED }),
    () => jsgeoda.localMoran(queen, data, PERMUTATIONS),
  )
  const name = `local Moran, ${thousands(columns * rows)} areas, ${PERMUTATIONS} permutations`
  return [
    summarised(GROUP, name, 'ms', own),
    summarised(GROUP, '  @geoda/lisa', 'ms', ofLisa),
    summarised(GROUP, '  jsgeoda', 'ms', ofJsGeoda),
    single(
      ...([GROUP, '  through the faster of them', '×'] as const),
      median(own) / Math.min(median(ofLisa), median(ofJsGeoda)),
      { of: 'median', most: 1 },
    ),
  ]
}

async function measureNeighbours(): Promise<Measurement[]> {
  const [columns, rows] = MESHES[2]
  const plain = meshPolygons(columns, rows)
  const fine = plain.map((rings) => rings.map((polygon) => polygon.map(finelyDrawn)))
  const centroids = plain.map(centroidOf)
  const areas = `${thousands(plain.length)} areas`
  const corners = thousands(fine.flat(2).reduce((sum, ring) => sum + ring.length, 0))
  const timed = async (name: string, work: () => unknown, budget: Measurement['budget'] = null) =>
    summarised(GROUP, name, 'ms', (await timeBeside(work))[0], budget)
  const most = { of: 'median', most: BUDGET_MS } as const
  return [
    await timed(`queen neighbours, ${areas}`, () => contiguousNeighbours(plain), most),
    await timed(`queen neighbours, ${areas}, ${corners} points`, () => contiguousNeighbours(fine)),
    await timed(`rook neighbours, ${areas}, ${corners} points`, () =>
      contiguousNeighbours(fine, 'rook'),
    ),
    await timed(`the 6 nearest, ${areas}`, () => nearestNeighbours(centroids, 6)),
  ]
}

const meshPolygons = (columns: number, rows: number): readonly PlanePolygons[] =>
  meshBoundaries(columns, rows).features.map(({ geometry }) => [
    geometry.coordinates.map((ring) => ring.map(([x, y]): PlanePoint => [x!, y!])),
  ])

/** A ring with points between its corners, the same from either side. */
function finelyDrawn(ring: readonly PlanePoint[]): PlanePoint[] {
  return ring.slice(1).flatMap((to, index) => {
    const from = ring[index]!
    const isAscending = from[0] < to[0] || (from[0] === to[0] && from[1] < to[1])
    const [start, end] = isAscending ? [from, to] : [to, from]
    const between = Array.from({ length: FINE }, (_, step): PlanePoint => {
      const share = (step + 1) / (FINE + 1)
      return [start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])]
    })
    return [from, ...(isAscending ? between : between.reverse())]
  })
}

/** Values that resemble those of neighbours, as figures of areas do. */
function patternedValues(neighbours: Neighbours, seed = SEED): Float64Array {
  const random = mulberry(seed)
  const noise = Float64Array.from({ length: neighbours.starts.length - 1 }, random)
  const lag = spatialLag(weigh(neighbours), noise)
  return noise.map((value, area) => value + 2 * lag[area]!)
}

const listsOf = (neighbours: Neighbours): number[][] =>
  Array.from({ length: neighbours.starts.length - 1 }, (_, area) => {
    const start = neighbours.starts[area]!
    return [...neighbours.neighbours.subarray(start, start + neighbourCount(neighbours, area))]
  })
