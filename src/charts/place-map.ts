import type { AreaId } from '../core/area.ts'
import { areaName } from '../text/format.ts'
import {
  deepestPoint,
  type Bounds,
  type LevelShapes,
  type WaterShape,
} from '../views/area-shapes.ts'
import { fitMercator, projectPolygons } from './mercator.ts'
import { polygonsToPath } from './svg-path.ts'
import { element, escapeXml, textElement } from './svg.ts'

export interface PlaceMap {
  readonly shapes: LevelShapes
  readonly water: readonly WaterShape[]
  /** The areas of the place. */
  readonly areas: readonly AreaId[]
  readonly title: string
  /** Drawn in the picture; null where no figure is invented. */
  readonly synthetic: string | null
  /** Said in the picture where the outlines are drawn, not surveyed. */
  readonly schematic: string | null
  /** The colour of a design token. */
  readonly colour: (token: string) => string
  /** Pixels. */
  readonly width: number
  readonly height: number
}

/** How many times wider than the place the map shows, so that it is seen where it lies. */
const AROUND = 4

/**
 * Where a place lies: its areas filled and outlined among the others, with the water, as an SVG document of its own,
 * drawn from the boundaries. @returns null where none of the areas has an outline
 */
export function drawPlaceMap(map: PlaceMap): string | null {
  const { shapes, water, areas, title, synthetic, schematic, colour, width, height } = map
  const own = shapes.shapes.filter(({ area }) => areas.includes(area.id))
  if (own.length === 0) return null
  const project = fitMercator(around(own.map(({ bounds }) => bounds)), width, height)
  const isSeen = ({ bounds: [west, south, east, north] }: LevelShapes['shapes'][number]) => {
    const [left, bottom] = project([west, south])
    const [right, top] = project([east, north])
    return right > 0 && left < width && bottom > 0 && top < height
  }
  const pathOf = (polygons: LevelShapes['shapes'][number]['polygons']) =>
    polygonsToPath(projectPolygons(polygons, project))
  const line = (d: string, stroke: string, strokeWidth: number) =>
    element('path', {
      ...{ d, fill: 'none', stroke, 'stroke-width': strokeWidth, 'stroke-linejoin': 'round' },
    })
  const label = (text: string, x: number, anchor: 'start' | 'end') =>
    textElement(text, {
      ...{ x, y: height - 7, 'font-size': 11, 'text-anchor': anchor, fill: colour('ink-2') },
      ...{ stroke: colour('land'), 'stroke-width': 3, 'paint-order': 'stroke' },
    })
  const outlines = own.map(({ polygons }) => pathOf(polygons))
  const content = [
    element('rect', { width, height, fill: colour('land') }),
    ...shapes.shapes.filter(isSeen).map(({ area, polygons }) =>
      element('path', {
        ...{ d: pathOf(polygons), 'fill-rule': 'evenodd', 'stroke-linejoin': 'round' },
        fill: areas.includes(area.id) ? colour('seq-4') : colour('wash-2'),
        stroke: colour('area-border'),
      }),
    ),
    ...water.map(({ feature }) =>
      element('path', {
        ...{ d: pathOf(feature.geometry.coordinates), 'fill-rule': 'evenodd' },
        fill: colour('water'),
      }),
    ),
    ...outlines.map((d) => line(d, colour('paper'), 5)),
    ...outlines.map((d) => line(d, colour('ink'), 2)),
    ...(schematic === null ? [] : [label(schematic, 8, 'start')]),
    ...(synthetic === null ? [] : [label(synthetic, width - 8, 'end')]),
  ].join('')
  const clip = element('clipPath', { id: 'place-frame' }, element('rect', { width, height }))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="'Source Sans 3', sans-serif"><title>${escapeXml(title)}</title>${clip}<g clip-path="url(#place-frame)">${content}</g></svg>`
}

function around(bounds: readonly Bounds[]): Bounds {
  const west = Math.min(...bounds.map(([edge]) => edge))
  const south = Math.min(...bounds.map((one) => one[1]))
  const east = Math.max(...bounds.map((one) => one[2]))
  const north = Math.max(...bounds.map((one) => one[3]))
  const [halfWidth, halfHeight] = [((east - west) * AROUND) / 2, ((north - south) * AROUND) / 2]
  const [x, y] = [(west + east) / 2, (south + north) / 2]
  return [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight]
}

/** How many of the areas around a place are named with it. */
const MOST_NEIGHBOURS = 4

/** Names of the nearest areas around a place, for those who do not see the map. */
export function namesAround({ shapes }: LevelShapes, areas: readonly AreaId[]): string[] {
  const own = shapes.filter(({ area }) => areas.includes(area.id)).map(deepestPoint)
  if (own.length === 0) return []
  const distance = (point: readonly [number, number]): number =>
    Math.min(...own.map(([x, y]) => Math.hypot((point[0] - x) / 2, point[1] - y)))
  return shapes
    .filter(({ area }) => !areas.includes(area.id))
    .map((shape) => ({ shape, apart: distance(deepestPoint(shape)) }))
    .toSorted((a, b) => a.apart - b.apart)
    .slice(0, MOST_NEIGHBOURS)
    .map(({ shape }) => areaName(shape.area.name))
}
