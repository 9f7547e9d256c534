import type { PlanePolygons } from '../polygons.ts'
import type { Neighbours } from './weights.ts'

/** Queen: areas that share a point of their borders. Rook: areas that share a stretch of border. */
export type Contiguity = 'queen' | 'rook'

/** Points nearer than this share of the whole extent are one: a millimetre over all of Sweden. */
const TOLERANCE = 1e-9

/**
 * Neighbours by contiguity, read from the vertices that areas have in common. Queen: at least one. Rook: both ends of
 * an edge that one of the two areas has, so that a border still counts where one side has points that the other
 * lacks, and two corners that merely meet do not.
 * Source: spdep::poly2nb(queen = TRUE | FALSE), whose rook asks for any two vertices in common. Borders that cross
 * or pass one another without a vertex in common are mended first (`snapBoundaries`).
 * @param areas an area without polygons has no neighbours
 * @returns each area's in ascending order
 */
export function contiguousNeighbours(
  areas: readonly PlanePolygons[],
  contiguity: Contiguity = 'queen',
): Neighbours {
  const vertices = internVertices(areas)
  const shared = areasByVertex(vertices, areas.length)
  return contiguity === 'queen'
    ? queenNeighbours(vertices, shared, areas.length)
    : rookNeighbours(vertices, shared, areas.length)
}

interface Vertices {
  /** Number of the vertex at each corner of each ring, ring after ring. */
  readonly corners: Uint32Array
  /** Where each ring starts in `corners`; one more than there are rings. */
  readonly ringStarts: Uint32Array
  /** The area of each ring, ascending. */
  readonly ringAreas: Uint32Array
  readonly count: number
}

/** Areas at each vertex, each once, ascending: vertex v has areas[starts[v]] … areas[starts[v + 1] − 1]. */
interface AreasByVertex {
  readonly starts: Uint32Array
  readonly areas: Uint32Array
}

/** Numbers the corners of all rings; corners nearer to one another than the tolerance get the same number. */
function internVertices(areas: readonly PlanePolygons[]): Vertices {
  let [west, south, east, north, cornerCount, ringCount] = [
    Infinity,
    Infinity,
    -Infinity,
    -Infinity,
    0,
    0,
  ]
  for (const polygons of areas)
    for (const rings of polygons)
      for (const ring of rings) {
        ringCount++
        cornerCount += ring.length
        for (let index = 0; index < ring.length; index++) {
          const point = ring[index]!
          if (point[0] < west) west = point[0]
          if (point[0] > east) east = point[0]
          if (point[1] < south) south = point[1]
          if (point[1] > north) north = point[1]
        }
      }
  const corners = new Uint32Array(cornerCount)
  const ringStarts = new Uint32Array(ringCount + 1)
  const ringAreas = new Uint32Array(ringCount)
  const number = vertexNumbering(west, south, Math.max(east - west, north - south), cornerCount)
  let [corner, ringIndex] = [0, 0]
  areas.forEach((polygons, area) => {
    for (const rings of polygons)
      for (const ring of rings) {
        ringAreas[ringIndex++] = area
        for (let index = 0; index < ring.length; index++)
          corners[corner++] = number.of(ring[index]![0], ring[index]![1])
        ringStarts[ringIndex] = corner
      }
  })
  return { corners, ringStarts, ringAreas, count: number.count() }
}

/** Cells of the grid that points are hashed by, in tolerances: points near a cell's edge are looked for beyond it. */
const CELL_TOLERANCES = 256

/** −1 or 1 when a point this far across its cell may be near one in the cell before or after, else 0. */
const sideOf = (part: number): number =>
  part * CELL_TOLERANCES <= 1 ? -1 : (1 - part) * CELL_TOLERANCES <= 1 ? 1 : 0

/** Gives points numbers from 0, near ones the same. A hash table of open addressing over the cells of a grid. */
function vertexNumbering(west: number, south: number, extent: number, most: number) {
  const tolerance = extent * TOLERANCE
  const cell = Math.max(tolerance * CELL_TOLERANCES, Number.MIN_VALUE)
  let capacity = 16
  while (capacity < 2 * most) capacity *= 2
  const slots = new Int32Array(capacity).fill(-1)
  const xs = new Float64Array(most)
  const ys = new Float64Array(most)
  let count = 0

  const slotOf = (column: number, row: number): number => {
    let mixed = Math.imul(column, 0x9e3779b1) ^ Math.imul(row, 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35)
    return (mixed ^ (mixed >>> 13)) & (capacity - 1)
  }
  /** The vertex within the tolerance among those of a cell, or −1 − the slot where one may be put. */
  const find = (column: number, row: number, x: number, y: number): number => {
    let slot = slotOf(column, row)
    for (; slots[slot]! >= 0; slot = (slot + 1) & (capacity - 1)) {
      const vertex = slots[slot]!
      if (Math.abs(xs[vertex]! - x) <= tolerance && Math.abs(ys[vertex]! - y) <= tolerance)
        return vertex
    }
    return -1 - slot
  }
  const of = (x: number, y: number): number => {
    const acrossX = (x - west) / cell
    const acrossY = (y - south) / cell
    const column = Math.floor(acrossX)
    const row = Math.floor(acrossY)
    const own = find(column, row, x, y)
    if (own >= 0) return own
    const asideX = sideOf(acrossX - column)
    const asideY = sideOf(acrossY - row)
    if (asideX !== 0 || asideY !== 0) {
      const found = Math.max(
        find(column + asideX, row, x, y),
        find(column, row + asideY, x, y),
        find(column + asideX, row + asideY, x, y),
      )
      if (found >= 0) return found
    }
    slots[-1 - own] = count
    xs[count] = x
    ys[count] = y
    return count++
  }
  return { of, count: () => count }
}

function areasByVertex(vertices: Vertices, areaCount: number): AreasByVertex {
  const { corners, ringStarts, ringAreas, count } = vertices
  const starts = new Uint32Array(count + 1)
  const lastArea = new Int32Array(count).fill(-1)
  const eachOnce = (take: (vertex: number, area: number) => void): void => {
    lastArea.fill(-1)
    for (let ring = 0; ring < ringAreas.length; ring++) {
      const area = ringAreas[ring]!
      for (let corner = ringStarts[ring]!; corner < ringStarts[ring + 1]!; corner++) {
        const vertex = corners[corner]!
        if (lastArea[vertex] === area) continue
        lastArea[vertex] = area
        take(vertex, area)
      }
    }
  }
  eachOnce((vertex) => starts[vertex + 1]!++)
  for (let vertex = 0; vertex < count; vertex++) starts[vertex + 1]! += starts[vertex]!
  const areas = new Uint32Array(areaCount === 0 ? 0 : starts[count]!)
  const next = starts.slice()
  eachOnce((vertex, area) => (areas[next[vertex]!++] = area))
  return { starts, areas }
}

function queenNeighbours(
  { corners, ringStarts, ringAreas }: Vertices,
  shared: AreasByVertex,
  areaCount: number,
): Neighbours {
  const collected = new Collected(areaCount)
  let ring = 0
  for (let area = 0; area < areaCount; area++) {
    collected.start(area)
    for (; ring < ringAreas.length && ringAreas[ring] === area; ring++)
      for (let corner = ringStarts[ring]!; corner < ringStarts[ring + 1]!; corner++) {
        const vertex = corners[corner]!
        const end = shared.starts[vertex + 1]!
        for (let at = shared.starts[vertex]!; at < end; at++) collected.add(shared.areas[at]!)
      }
    collected.finish(area)
  }
  return collected.neighbours()
}

function rookNeighbours(
  { corners, ringStarts, ringAreas }: Vertices,
  { starts, areas }: AreasByVertex,
  areaCount: number,
): Neighbours {
  const oneWay = new Collected(areaCount)
  let ring = 0
  for (let area = 0; area < areaCount; area++) {
    oneWay.start(area)
    for (; ring < ringAreas.length && ringAreas[ring] === area; ring++) {
      let from = corners[ringStarts[ring + 1]! - 1]!
      for (let corner = ringStarts[ring]!; corner < ringStarts[ring + 1]!; corner++) {
        const to = corners[corner]!
        // Both lists ascend: the areas of both ends are found by walking along them together.
        let [atFrom, atTo] = [starts[from]!, starts[to]!]
        while (from !== to && atFrom < starts[from + 1]! && atTo < starts[to + 1]!) {
          const difference = areas[atFrom]! - areas[atTo]!
          if (difference === 0) oneWay.add(areas[atFrom]!)
          if (difference <= 0) atFrom++
          if (difference >= 0) atTo++
        }
        from = to
      }
    }
    oneWay.finish(area)
  }
  return bothWays(oneWay.neighbours(), areaCount)
}

/** Makes every link run both ways. */
function bothWays({ starts, neighbours }: Neighbours, areaCount: number): Neighbours {
  const reverse: number[][] = Array.from({ length: areaCount }, () => [])
  for (let area = 0; area < areaCount; area++)
    for (let link = starts[area]!; link < starts[area + 1]!; link++)
      reverse[neighbours[link]!]!.push(area)
  const collected = new Collected(areaCount)
  for (let area = 0; area < areaCount; area++) {
    collected.start(area)
    for (let link = starts[area]!; link < starts[area + 1]!; link++)
      collected.add(neighbours[link]!)
    for (const other of reverse[area]!) collected.add(other)
    collected.finish(area)
  }
  return collected.neighbours()
}

/** Gathers neighbours area by area, each once and never the area itself. */
class Collected {
  readonly #starts: Uint32Array
  readonly #seenFor: Int32Array
  #links = new Uint32Array(1024)
  #end = 0
  #area = -1

  constructor(areaCount: number) {
    this.#starts = new Uint32Array(areaCount + 1)
    this.#seenFor = new Int32Array(areaCount).fill(-1)
  }

  start(area: number): void {
    this.#area = area
    this.#seenFor[area] = area
  }

  add(neighbour: number): void {
    if (this.#seenFor[neighbour] === this.#area) return
    this.#seenFor[neighbour] = this.#area
    if (this.#end === this.#links.length) {
      const longer = new Uint32Array(2 * this.#end)
      longer.set(this.#links)
      this.#links = longer
    }
    this.#links[this.#end++] = neighbour
  }

  finish(area: number): void {
    this.#links.subarray(this.#starts[area], this.#end).sort()
    this.#starts[area + 1] = this.#end
  }

  neighbours(): Neighbours {
    return { starts: this.#starts, neighbours: this.#links.slice(0, this.#end) }
  }
}
