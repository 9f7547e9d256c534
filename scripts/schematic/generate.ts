import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { csvParse } from 'd3'
import type { FeatureCollection, LineString, Position } from 'geojson'
import { areasAtLevel } from '../../src/core/area.ts'
import { readUmeaRegister } from './umea-register.ts'
import { traceArcs } from './arc-tracing.ts'
import { type DrawnLineProperties, readLandscape } from './drawn-lines.ts'
import { finishFor } from './finish.ts'
import { frameAround, labelRaster } from './label-raster.ts'
import { fillCountry, type Seed } from './place-seeds.ts'
import { toMetres } from './projection.ts'
import { smoothArcs } from './smoothing.ts'
import { displayTopology, unclippedTopology, type WaterNameLines } from './topology.ts'

export const DISPLAY_FILE = 'umea-schematic.topojson'
export const UNCLIPPED_FILE = 'umea-schematic-unclipped.topojson'

const SOURCES = fileURLToPath(new URL('../../data/areas/', import.meta.url))
const CELL_METRES = 25
/** The drawing reaches past the municipality on every side; sea and river go on beyond it as plain outlines. */
const SOUTH_WEST = toMetres([19.53, 63.44])
const NORTH_EAST = toMetres([21.05, 64.34])
const DEFAULT_REACH_METRES = 760

/**
 * Draws Umeå's schematic areas from the places and lines in data/areas and writes the display
 * topology (clipped by the water) and the unclipped one (for neighbours) into the folder.
 * The same sources give the same bytes on every machine.
 */
export async function generateSchematic(outDirectory: string): Promise<void> {
  const read = (name: string) => readFile(join(SOURCES, name), 'utf8')
  const register = readUmeaRegister({
    regsoCsv: await read('regso.csv'),
    labelsCsv: await read('labels.csv'),
  })
  const landscape = readLandscape(
    JSON.parse(await read('drawn-lines.geojson')) as FeatureCollection<
      LineString,
      DrawnLineProperties
    >,
  )
  const places = readSeeds(await read('places.csv'))
  const shapePoints = readSeeds(await read('shape-points.csv'))
  const reach = new Map(
    csvParse(await read('reach.csv')).map((row) => [row.regso, Number(row.reach_metres)]),
  )

  const regso = areasAtLevel(register, 'regso')
  const codes = regso.map((area) => area.id)
  const rural = new Set(regso.filter((area) => area.rural).map((area) => area.id))
  const known = [...places, ...shapePoints]
  const seeds = [
    ...known,
    ...fillCountry(known, rural, (code) => reach.get(code) ?? DEFAULT_REACH_METRES, landscape),
  ]
  const frame = frameAround(SOUTH_WEST, NORTH_EAST, CELL_METRES)
  const raster = labelRaster(
    frame,
    landscape,
    seeds,
    codes,
    places.map((place) => place.position),
  )
  const finishOf = finishFor(
    (area) => rural.has(codes[area]!),
    (area) => regso[area]!.parent,
  )
  const arcs = smoothArcs(traceArcs(raster), CELL_METRES, finishOf)

  await mkdir(outDirectory, { recursive: true })
  const display = displayTopology(
    arcs,
    register,
    landscape,
    frame,
    readNameLines(await read('water-names.csv')),
  )
  const unclipped = unclippedTopology(arcs, register)
  await writeFile(join(outDirectory, DISPLAY_FILE), JSON.stringify(display) + '\n')
  await writeFile(join(outDirectory, UNCLIPPED_FILE), JSON.stringify(unclipped) + '\n')
}

/** True when drawing again gives the committed files, byte for byte. Takes some tens of seconds. */
export async function schematicIsReproducible(): Promise<boolean> {
  const directory = await mkdtemp(join(tmpdir(), 'schematic-'))
  try {
    await generateSchematic(directory)
    const pairs = await Promise.all(
      [DISPLAY_FILE, UNCLIPPED_FILE].map((name) =>
        Promise.all([readFile(join(directory, name)), readFile(join(SOURCES, name))]),
      ),
    )
    return pairs.every(([drawn, committed]) => drawn.equals(committed))
  } finally {
    await rm(directory, { recursive: true })
  }
}

function readSeeds(csv: string): Seed[] {
  return csvParse(csv).map((row) => ({
    position: toMetres([Number(row.longitude), Number(row.latitude)]),
    regso: row.regso ?? '',
  }))
}

function readNameLines(csv: string): WaterNameLines {
  const lines = new Map<string, [Position, Position][]>()
  for (const row of csvParse(csv)) {
    const name = row.name ?? ''
    const line: [Position, Position] = [
      [Number(row.from_longitude), Number(row.from_latitude)],
      [Number(row.to_longitude), Number(row.to_latitude)],
    ]
    lines.set(name, [...(lines.get(name) ?? []), line])
  }
  return lines
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await generateSchematic(process.argv[2] ?? SOURCES)
}
