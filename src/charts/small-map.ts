import {
  deepestPoint,
  type Bounds,
  type LevelShapes,
  type WaterShape,
} from '../views/area-shapes.ts'
import { fitMercator, projectPolygons } from './mercator.ts'
import { polygonsToPath } from './svg-path.ts'

/** An area as it is drawn on a small map, in pixels. */
export interface SmallMapArea {
  /** Position in the level's register. */
  readonly index: number
  readonly path: string
  /** Where a letter can stand; null where the area is too small for one, or its middle lies outside. */
  readonly letterAt: readonly [x: number, y: number] | null
}

/** Pixels that an area must measure either way for a letter to stand in it. */
const LEAST_FOR_LETTER = 14

/**
 * The areas of a level on a small map.
 * @param bounds what is shown; null for all of the level. Areas outside it are cut by the frame
 */
export function smallMap(
  { shapes }: LevelShapes,
  bounds: Bounds | null,
  { width, height }: { readonly width: number; readonly height: number },
): SmallMapArea[] {
  const project = fitMercator(bounds ?? boundsOf(shapes), width, height)
  return shapes.map((shape) => {
    const { index, polygons, bounds: own } = shape
    const [west, south, east, north] = own
    const [left, bottom] = project([west, south])
    const [right, top] = project([east, north])
    const [x, y] = project(deepestPoint(shape))
    const isInside = x > 6 && x < width - 6 && y > 6 && y < height - 6
    const fits = right - left >= LEAST_FOR_LETTER && bottom - top >= LEAST_FOR_LETTER
    return {
      index,
      path: polygonsToPath(projectPolygons(polygons, project)),
      letterAt: isInside && fits ? [x, y] : null,
    }
  })
}

/** Rivers, lakes and sea on the same map, as paths. */
export function smallWater(
  water: readonly WaterShape[],
  { shapes }: LevelShapes,
  bounds: Bounds | null,
  { width, height }: { readonly width: number; readonly height: number },
): string[] {
  const project = fitMercator(bounds ?? boundsOf(shapes), width, height)
  return water.map(({ feature }) =>
    polygonsToPath(projectPolygons(feature.geometry.coordinates, project)),
  )
}

const boundsOf = (shapes: LevelShapes['shapes']): Bounds =>
  shapes.reduce<Bounds>(
    ([west, south, east, north], { bounds }) => [
      Math.min(west, bounds[0]),
      Math.min(south, bounds[1]),
      Math.max(east, bounds[2]),
      Math.max(north, bounds[3]),
    ],
    [Infinity, Infinity, -Infinity, -Infinity],
  )
