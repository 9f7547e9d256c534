import { type Face, FRAME, type LabelRaster } from './label-raster.ts'
import type { Point } from './projection.ts'

/** A stretch of border between two faces, from one junction to the next (or around, when closed). */
export interface Arc {
  readonly left: Face
  readonly right: Face
  /** Junction ids at the ends; null for a closed arc, whose last point repeats the first. */
  readonly ends: readonly [number, number] | null
  readonly points: readonly Point[]
}

/** East, north, west, south. */
const DIRECTIONS = [0, 1, 2, 3] as const
type Direction = (typeof DIRECTIONS)[number]
const OPPOSITE = [2, 3, 0, 1] as const

/**
 * Follows the borders between the raster's faces along the corners of its cells. Every border is traced
 * once, so that the areas on its two sides share it exactly. Needs a raster without corner contacts.
 */
export function traceArcs(raster: LabelRaster): Arc[] {
  const { columns, rows, faces, cellMetres } = raster
  const stride = columns + 1
  const faceAt = (column: number, row: number): Face =>
    column < 0 || row < 0 || column >= columns || row >= rows
      ? FRAME
      : faces[row * columns + column]!

  /** Faces on the left and right when leaving a corner in a direction. */
  const facesBeside = (corner: number, direction: Direction): readonly [Face, Face] => {
    const column = corner % stride
    const row = (corner - column) / stride
    const northEast = faceAt(column, row)
    const northWest = faceAt(column - 1, row)
    const southWest = faceAt(column - 1, row - 1)
    const southEast = faceAt(column, row - 1)
    if (direction === 0) return [northEast, southEast]
    if (direction === 1) return [northWest, northEast]
    if (direction === 2) return [southWest, northWest]
    return [southEast, southWest]
  }
  const armsOf = (corner: number): Direction[] =>
    DIRECTIONS.filter((direction) => {
      const [left, right] = facesBeside(corner, direction)
      return left !== right
    })
  const step = (corner: number, direction: Direction): number =>
    corner + [1, stride, -1, -stride][direction]!
  const positionOf = (corner: number): Point => {
    const column = corner % stride
    return [
      raster.west + column * cellMetres,
      raster.south + ((corner - column) / stride) * cellMetres,
    ]
  }

  const cornerCount = stride * (rows + 1)
  const arms = new Uint8Array(cornerCount)
  const junctions: number[] = []
  for (let corner = 0; corner < cornerCount; corner++) {
    const directions = armsOf(corner)
    for (const direction of directions) arms[corner]! |= 1 << direction
    if (directions.length > 2) junctions.push(corner)
  }
  const isJunction = new Set(junctions)
  const walked = new Uint8Array(cornerCount)

  const walk = (start: number, firstDirection: Direction): Arc => {
    const [left, right] = facesBeside(start, firstDirection)
    const points = [positionOf(start)]
    let corner = start
    let direction = firstDirection
    for (;;) {
      walked[corner]! |= 1 << direction
      corner = step(corner, direction)
      walked[corner]! |= 1 << OPPOSITE[direction]
      points.push(positionOf(corner))
      if (corner === start || isJunction.has(corner)) break
      const back = OPPOSITE[direction]
      direction = DIRECTIONS.find((next) => next !== back && (arms[corner]! & (1 << next)) !== 0)!
    }
    return { left, right, ends: isJunction.has(start) ? [start, corner] : null, points }
  }

  const arcs: Arc[] = []
  const walkFrom = (corner: number) => {
    for (const direction of DIRECTIONS) {
      const unwalked = arms[corner]! & ~walked[corner]! & (1 << direction)
      if (unwalked) arcs.push(walk(corner, direction))
    }
  }
  junctions.forEach(walkFrom)
  for (let corner = 0; corner < cornerCount; corner++) {
    if (arms[corner] !== 0 && arms[corner] !== walked[corner]) walkFrom(corner)
  }
  return arcs
}
