/**
 * Draws the areas as an SVG picture, to look at after a change:
 * `npx tsx scripts/schematic/preview.ts <topology> <picture.svg> [town|coast|municipality|wide] [regso|stadsdel]`
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { geoMercator, geoPath, type GeoProjection } from 'd3'
import type { Feature, MultiPolygon, Polygon, Position } from 'geojson'
import polylabel from 'polylabel'
import { feature, neighbors } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { readUmeaRegister } from './umea-register.ts'

type Shape = Feature<Polygon | MultiPolygon, { name: string }>

interface View {
  readonly southWest: [number, number]
  readonly northEast: [number, number]
  /** In views of the whole, only open country has room for its name. */
  readonly allNames: boolean
}

const VIEWS: Record<string, View> = {
  town: { southWest: [20.1, 63.778], northEast: [20.44, 63.875], allNames: true },
  coast: { southWest: [20.2, 63.65], northEast: [20.55, 63.86], allNames: true },
  municipality: { southWest: [19.55, 63.45], northEast: [21.0, 64.33], allNames: false },
  wide: { southWest: [17.5, 62.6], northEast: [23.2, 65.2], allNames: false },
}
const WIDTH = 1440
const HEIGHT = 900
const LINE_HEIGHT = 14
const FILLS = ['--seq-1', '--seq-2', '--seq-3', '--biv-10', '--seq-4']
const STYLE = `svg { background: var(--land) }
.area { stroke: var(--area-border); stroke-linejoin: round }
.water { fill: var(--water) }
text { font: 12px var(--font); text-anchor: middle; fill: var(--ink) }`

const projectFile = (path: string) =>
  readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')

async function drawPreview(topology: Topology, view: View, level: string): Promise<string> {
  const tokens = await projectFile('src/ui/tokens.css')
  const register = readUmeaRegister({
    regsoCsv: await projectFile('data/areas/regso.csv'),
    labelsCsv: await projectFile('data/areas/labels.csv'),
  })
  const areaById = new Map(register.areas.map((area) => [area.id, area]))
  const frame = { type: 'MultiPoint', coordinates: [view.southWest, view.northEast] } as const
  const projection = geoMercator().fitExtent(
    [
      [8, 8],
      [WIDTH - 8, HEIGHT - 8],
    ],
    { ...frame, coordinates: [...frame.coordinates] },
  )
  const path = geoPath(projection).digits(1)
  // d3 takes the side of a ring to fill from its direction on the sphere; these rings run the other way.
  const outline = (shape: Shape) =>
    path({ type: 'MultiPolygon', coordinates: partsOf(shape).map(reversedRings) }) ?? ''

  const areas = shapesOf(topology, level)
  const fills = fillsFor(topology, level)
  const labels = areas
    .filter((shape) => view.allNames || areaById.get(String(shape.id))?.rural)
    .map((shape) => {
      const lines = areaById.get(String(shape.id))?.labelLines ?? [shape.properties.name]
      const [x, y] = deepestPoint(shape, projection)
      const top = y - ((lines.length - 1) / 2) * LINE_HEIGHT + 4
      const spans = lines.map(
        (line, index) => `<tspan x="${x}" y="${top + index * LINE_HEIGHT}">${line}</tspan>`,
      )
      return `<text>${spans.join('')}</text>`
    })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">`,
    `<style>${tokens.replace(/@font-face\s*\{[^}]*\}/g, '')}\n${STYLE}</style>`,
    ...areas.map(
      (shape, index) =>
        `<path class="area" style="fill: var(${fills[index]})" d="${outline(shape)}"/>`,
    ),
    ...shapesOf(topology, 'water').map((body) => `<path class="water" d="${outline(body)}"/>`),
    ...labels,
    '</svg>\n',
  ].join('\n')
}

function shapesOf(topology: Topology, object: string): Shape[] {
  return feature(topology, topology.objects[object] as GeometryCollection).features as Shape[]
}

/** A fill for each area that no neighbour has, as far as the fills suffice. */
function fillsFor(topology: Topology, level: string): string[] {
  const chosen: string[] = []
  const { geometries } = topology.objects[level] as GeometryCollection
  neighbors(geometries).forEach((around, index) => {
    const taken = new Set(around.map((other) => chosen[other]))
    const turned = FILLS.map((_, turn) => FILLS[(index + turn) % FILLS.length]!)
    chosen.push(turned.find((fill) => !taken.has(fill)) ?? turned[0]!)
  })
  return chosen
}

function partsOf({ geometry }: Shape): Position[][][] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
}

function reversedRings(part: Position[][]): Position[][] {
  return part.map((ring) => [...ring].reverse())
}

/** The point of an area that lies farthest from its outline, in pixels. */
function deepestPoint(shape: Shape, projection: GeoProjection): readonly [number, number] {
  const candidates = partsOf(shape).map((part) =>
    polylabel(
      part.map((ring) => ring.map(([longitude, latitude]) => projection([longitude!, latitude!])!)),
      1,
    ),
  )
  const deepest = candidates.reduce((best, point) =>
    point.distance > best.distance ? point : best,
  )
  return [Math.round(deepest[0]!), Math.round(deepest[1]!)]
}

const [topologyPath, picturePath, viewName = 'town', level = 'regso'] = process.argv.slice(2)
const view = VIEWS[viewName]
if (!topologyPath || !picturePath || !view) {
  throw new Error(`Needed: topology, picture, and one of ${Object.keys(VIEWS).join(', ')}`)
}
const topology = JSON.parse(await readFile(topologyPath, 'utf8')) as Topology
await writeFile(picturePath, await drawPreview(topology, view, level))
