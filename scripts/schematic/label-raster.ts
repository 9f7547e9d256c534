import type { Landscape, Ring } from './drawn-lines.ts'
import { BentNearestSeed, SIDES, type Seed, sideOf } from './place-seeds.ts'
import type { Point } from './projection.ts'

/** What covers the ground of a cell. */
export const COVERS = ['land', 'river', 'lake'] as const
export type Cover = (typeof COVERS)[number]

/** A face of the drawing: what one cell of the raster belongs to. Cells of equal face form one patch. */
export type Face = number

/** Beyond the raster. */
export const FRAME: Face = 0
/** Land of other municipalities. */
export const ELSEWHERE: Face = 1
export const ELSEWHERE_RIVER: Face = 2
export const SEA: Face = 3
const FIRST_AREA_FACE = 4

/** The face of an area (by its position in the register) under one cover. */
export function areaFace(area: number, cover: Cover): Face {
  return FIRST_AREA_FACE + area * COVERS.length + COVERS.indexOf(cover)
}

/** Position of the area in the register, or null for faces outside the municipality. */
export function areaOfFace(face: Face): number | null {
  return face < FIRST_AREA_FACE ? null : Math.floor((face - FIRST_AREA_FACE) / COVERS.length)
}

export function coverOfFace(face: Face): Cover | null {
  return face < FIRST_AREA_FACE ? null : COVERS[(face - FIRST_AREA_FACE) % COVERS.length]!
}

export interface RasterFrame {
  readonly west: number
  readonly south: number
  readonly columns: number
  readonly rows: number
  readonly cellMetres: number
}

/** Row-major from the south-west corner. */
export interface LabelRaster extends RasterFrame {
  readonly faces: Uint16Array
}

/** A frame of whole cells around two opposite corners, in metres. */
export function frameAround(southWest: Point, northEast: Point, cellMetres: number): RasterFrame {
  return {
    west: southWest[0],
    south: southWest[1],
    columns: Math.ceil((northEast[0] - southWest[0]) / cellMetres),
    rows: Math.ceil((northEast[1] - southWest[1]) / cellMetres),
    cellMetres,
  }
}

const SMALLEST_PATCH_SQUARE_METRES = 2.6e6
const LARGEST_SPECK_CELLS = 30
const SMALLEST_WATER_SQUARE_METRES = 3e5
const SIDE_OF_SEA_ISLANDS = SIDES.length

/**
 * Decides the face of every cell. Land takes the area of the nearest seed on its own side of the river;
 * patches without a named place that came loose are given to the area around them; river and lake
 * cells follow the bank that they are nearest to, so that water is divided along its middle.
 * @param codes RegSO codes in register order
 * @param namedPlaces positions whose patch is kept however small
 */
export function labelRaster(
  frame: RasterFrame,
  landscape: Landscape,
  seeds: readonly Seed[],
  codes: readonly string[],
  namedPlaces: readonly Point[],
): LabelRaster {
  const area = new Map(codes.map((code, index) => [code, index]))
  const areaIndex = (code: string): number => {
    const index = area.get(code)
    if (index === undefined) throw new Error(`No area has the code ${code}`)
    return index
  }
  const size = frame.columns * frame.rows
  const sea = fillRings(frame, [landscape.sea])
  const inside = fillRings(frame, [landscape.municipality])
  const river = fillRings(frame, landscape.river)
  const lake = fillRings(
    frame,
    landscape.lakes.map((each) => each.ring),
  )
  const side = new Uint8Array(size)
  paint(frame, landscape.southBank, side, SIDES.indexOf('south bank'))
  paint(frame, landscape.riverIsland, side, SIDES.indexOf('river island'))

  const faces = new Uint16Array(size)
  const finders = SIDES.map(
    (name) =>
      new BentNearestSeed(seeds.filter((seed) => sideOf(seed.position, landscape) === name)),
  )
  const uncharted = areaFace(codes.length, 'land')
  for (let cell = 0; cell < size; cell++) {
    if (sea[cell]) faces[cell] = SEA
    else if (!inside[cell]) faces[cell] = river[cell] ? ELSEWHERE_RIVER : ELSEWHERE
    else if (river[cell] || lake[cell]) faces[cell] = uncharted
    else
      faces[cell] = areaFace(areaIndex(finders[side[cell]!]!.find(centreOf(frame, cell))), 'land')
  }
  landscape.islands.forEach((island, index) => {
    const mask = fillRings(frame, [island.ring])
    const face = areaFace(areaIndex(island.regso), 'land')
    for (let cell = 0; cell < size; cell++) {
      if (!mask[cell] || faces[cell] !== SEA) continue
      faces[cell] = face
      side[cell] = SIDE_OF_SEA_ISLANDS + index
    }
  })

  const raster: LabelRaster = { ...frame, faces }
  mergeLoosePatches(raster, side, uncharted, namedPlaces)
  chartWater(raster, side, uncharted, lake)
  separateCorners(raster)
  absorbSpecks(raster, side)
  separateCorners(raster)
  return raster
}

function centreOf(frame: RasterFrame, cell: number): Point {
  const column = cell % frame.columns
  const row = (cell - column) / frame.columns
  return [
    frame.west + (column + 0.5) * frame.cellMetres,
    frame.south + (row + 0.5) * frame.cellMetres,
  ]
}

function fillRings(frame: RasterFrame, rings: readonly Ring[]): Uint8Array {
  const mask = new Uint8Array(frame.columns * frame.rows)
  for (const ring of rings) paint(frame, ring, mask, 1)
  return mask
}

/** Sets the cells whose centre lies inside the ring (scan lines, even-odd rule). */
function paint(frame: RasterFrame, ring: Ring, mask: Uint8Array, value: number): void {
  const crossings: number[][] = Array.from({ length: frame.rows }, () => [])
  for (let index = 0, before = ring.length - 1; index < ring.length; before = index++) {
    const a = ring[index]!
    const b = ring[before]!
    const low = (Math.min(a[1], b[1]) - frame.south) / frame.cellMetres - 0.5
    const high = (Math.max(a[1], b[1]) - frame.south) / frame.cellMetres - 0.5
    const firstRow = Math.max(0, Math.floor(low))
    const lastRow = Math.min(frame.rows - 1, Math.ceil(high))
    for (let row = firstRow; row <= lastRow; row++) {
      const north = frame.south + (row + 0.5) * frame.cellMetres
      if (a[1] > north === b[1] > north) continue
      crossings[row]!.push(((b[0] - a[0]) * (north - a[1])) / (b[1] - a[1]) + a[0])
    }
  }
  crossings.forEach((easts, row) => {
    easts.sort((a, b) => a - b)
    for (let pair = 0; pair + 1 < easts.length; pair += 2) {
      const from = Math.ceil((easts[pair]! - frame.west) / frame.cellMetres - 0.5)
      const to = Math.floor((easts[pair + 1]! - frame.west) / frame.cellMetres - 0.5)
      const start = row * frame.columns
      mask.fill(value, start + Math.max(0, from), start + Math.min(frame.columns - 1, to) + 1)
    }
  })
}

interface Patch {
  readonly face: Face
  readonly side: number
  readonly cells: readonly number[]
}

/** Connected cells of equal face and side; faces outside the municipality count as one side. */
function patchesOf(
  raster: LabelRaster,
  side: Uint8Array,
): { patches: Patch[]; patchOf: Int32Array } {
  const { columns, faces } = raster
  const patchOf = new Int32Array(faces.length).fill(-1)
  const patches: Patch[] = []
  for (let start = 0; start < faces.length; start++) {
    if (patchOf[start] !== -1) continue
    const cells = [start]
    patchOf[start] = patches.length
    for (let next = 0; next < cells.length; next++) {
      for (const neighbour of neighboursOf(cells[next]!, columns, faces.length)) {
        if (patchOf[neighbour] !== -1 || faces[neighbour] !== faces[start]) continue
        if (areaOfFace(faces[start]!) !== null && side[neighbour] !== side[start]) continue
        patchOf[neighbour] = patches.length
        cells.push(neighbour)
      }
    }
    patches.push({ face: faces[start]!, side: side[start]!, cells })
  }
  return { patches, patchOf }
}

function neighboursOf(cell: number, columns: number, size: number): number[] {
  const column = cell % columns
  const neighbours: number[] = []
  if (column > 0) neighbours.push(cell - 1)
  if (column < columns - 1) neighbours.push(cell + 1)
  if (cell >= columns) neighbours.push(cell - columns)
  if (cell + columns < size) neighbours.push(cell + columns)
  return neighbours
}

/**
 * Gives small patches that hang loose from the rest of their area, and pools and skerries that the rough
 * coast and banks left behind, to the face that they border most on.
 */
function mergeLoosePatches(
  raster: LabelRaster,
  side: Uint8Array,
  uncharted: Face,
  namedPlaces: readonly Point[],
): void {
  const { columns, faces } = raster
  const { patches, patchOf } = patchesOf(raster, side)
  const largest = new Map<Face, Patch>()
  for (const patch of patches) {
    const other = largest.get(patch.face)
    if (!other || patch.cells.length > other.cells.length) largest.set(patch.face, patch)
  }
  const named = new Set(
    namedPlaces.map(([east, north]) => {
      const column = Math.floor((east - raster.west) / raster.cellMetres)
      const row = Math.floor((north - raster.south) / raster.cellMetres)
      return patchOf[row * columns + column]!
    }),
  )
  const cellArea = raster.cellMetres * raster.cellMetres
  patches.forEach((patch, index) => {
    if (patch === largest.get(patch.face) || named.has(index)) return
    const smallest =
      patch.face === uncharted ? SMALLEST_WATER_SQUARE_METRES : SMALLEST_PATCH_SQUARE_METRES
    if (patch.cells.length * cellArea > smallest || patch.side >= SIDE_OF_SEA_ISLANDS) return
    const bordering = new Map<Face, number>()
    for (const cell of patch.cells) {
      for (const neighbour of neighboursOf(cell, columns, faces.length)) {
        const face = faces[neighbour]!
        if (face === patch.face || face === uncharted) continue
        const acrossTheRiver = areaOfFace(face) !== null && side[neighbour] !== side[cell]
        if (acrossTheRiver && areaOfFace(patch.face) !== null) continue
        bordering.set(face, (bordering.get(face) ?? 0) + 1)
      }
    }
    const [winner] = [...bordering].reduce(
      (best, entry) => (entry[1] > best[1] ? entry : best),
      [uncharted, 0],
    )
    for (const cell of patch.cells) faces[cell] = winner
  })
}

/**
 * Divides river and lakes between the areas on their banks: each water cell follows its nearest bank on
 * its own side of the river, and pockets cut off from their own side follow any bank.
 */
function chartWater(
  raster: LabelRaster,
  side: Uint8Array,
  uncharted: Face,
  lake: Uint8Array,
): void {
  const { columns, faces } = raster
  for (const keepToSide of [true, false]) {
    let front: number[] = []
    for (let cell = 0; cell < faces.length; cell++) {
      if (faces[cell] !== uncharted && areaOfFace(faces[cell]!) !== null) front.push(cell)
    }
    while (front.length > 0) {
      const next: number[] = []
      for (const cell of front) {
        const area = areaOfFace(faces[cell]!)!
        for (const neighbour of neighboursOf(cell, columns, faces.length)) {
          if (faces[neighbour] !== uncharted) continue
          if (keepToSide && side[neighbour] !== side[cell]) continue
          faces[neighbour] = areaFace(area, lake[neighbour] ? 'lake' : 'river')
          next.push(neighbour)
        }
      }
      front = next
    }
  }
}

/** Gives patches of a few cells, left where water was divided, to the face that they border most on. */
function absorbSpecks(raster: LabelRaster, side: Uint8Array): void {
  const { columns, faces } = raster
  for (const patch of patchesOf(raster, side).patches) {
    if (patch.cells.length > LARGEST_SPECK_CELLS || patch.side >= SIDE_OF_SEA_ISLANDS) continue
    const bordering = new Map<Face, number>()
    for (const cell of patch.cells) {
      for (const neighbour of neighboursOf(cell, columns, faces.length)) {
        const face = faces[neighbour]!
        if (face !== patch.face) bordering.set(face, (bordering.get(face) ?? 0) + 1)
      }
    }
    if (bordering.size === 0) continue
    const [winner] = [...bordering].reduce((best, entry) => (entry[1] > best[1] ? entry : best))
    for (const cell of patch.cells) faces[cell] = winner
  }
}

/** Removes cells that meet only at a corner, so that every junction of borders has exactly three arms. */
function separateCorners(raster: LabelRaster): void {
  const { columns, rows, faces } = raster
  for (let changed = true; changed;) {
    changed = false
    for (let row = 1; row < rows; row++) {
      for (let column = 1; column < columns; column++) {
        const northEast = row * columns + column
        const [se, sw, nw] = [northEast - columns, northEast - columns - 1, northEast - 1]
        if (faces[northEast] === faces[nw] || faces[northEast] === faces[se]) continue
        if (faces[sw] === faces[nw] || faces[sw] === faces[se]) continue
        faces[northEast] = faces[nw]!
        changed = true
      }
    }
  }
}
