import { group } from 'd3'
import type { Finding } from '../../core/finding.ts'
import type { BoundaryLayer } from '../formats/dropped-file.ts'
import { findAreaColumns, type AreaColumns, type AreaLevelGuess } from './area-columns.ts'
import {
  recogniseFrame,
  toNational,
  type CoordinateFrame,
  type Extent,
} from './coordinate-frame.ts'
import { isRecord } from '../formats/json-value.ts'
import { extentOf, polygonsOf, type DrawnFeature } from './drawn-feature.ts'
import { groundOfPolygon, isInRing, repairRing, type Ring } from './ring-repair.ts'
import type { Polygons } from './snap-boundaries.ts'

/** One area as its file has it: mended, but not yet fitted to its neighbours. */
export interface AreaOutline {
  readonly name: string
  /** The official code, when the file has a column of codes. */
  readonly code: string | null
  /** [easting, northing] in SWEREF 99 TM, metres. */
  readonly polygons: Polygons
}

/** An outline, with what else its layer says of the area. */
export interface ReadOutline extends AreaOutline {
  /** 1-based places in the file of the features that it is made of. */
  readonly rows: readonly number[]
  /** Code of the area that it lies in, where the layer or an official code says. */
  readonly parent: string | null
}

export type OutlinesReading =
  | {
      readonly ok: true
      readonly outlines: readonly ReadOutline[]
      readonly level: AreaLevelGuess
      readonly frame: CoordinateFrame
      readonly findings: readonly Finding[]
    }
  | { readonly ok: false; readonly findings: readonly Finding[] }

export interface OutlineOptions {
  /** Where the areas should lie, in degrees: tells local zones apart when the file does not. */
  readonly expectedExtent?: Extent | null
}

/** Square metres. Parts smaller than this are debris of drawing, not ground. */
export const SLIVER_AREA = 10
/** Features named one by one when they are at fault; the rest are counted. */
const MOST_NAMED = 20

/**
 * Reads the areas of a layer in any Swedish frame (see `recogniseFrame`). Every feature with a name or a code becomes
 * an area; features of one code (or name) are one area; parts smaller than SLIVER_AREA are left out, and an area that
 * has nothing else with them. Nothing else is merged: "Sävar, östra" and "Sävar, västra" stay two areas, as the
 * file has them. Rings are mended. A finding's row is the feature's place in the file, counted from 1.
 */
export function readOutlines(layer: BoundaryLayer, options: OutlineOptions = {}): OutlinesReading {
  const { file, declaration } = layer
  const findings: Finding[] = []
  const report = (
    severity: Finding['severity'],
    code: string,
    row: number | null,
    text: string | null,
    parameters: Readonly<Record<string, string | number>> = {},
    column: string | null = null,
  ): void => {
    findings.push({ severity, code, file, row, column, text, parameters })
  }
  const refuse = (
    code: string,
    text: string | null,
    parameters: Readonly<Record<string, string | number>> = {},
  ): OutlinesReading => {
    report('error', code, null, text, parameters)
    return { ok: false, findings }
  }

  const { drawn, groundless } = sortFeatures(layer, report)
  if (findings.length > 0) return { ok: false, findings }
  if (drawn.length === 0) {
    const pointed = groundless.find(({ kind }) => /Point|Line/.test(kind))
    return pointed
      ? refuse('areas-points-or-lines', pointed.kind, { count: groundless.length })
      : refuse('areas-empty', null)
  }

  const expected = options.expectedExtent ?? null
  const extent = extentOf(drawn)
  const frame = recogniseFrame(declaration, extent, expected)
  if (!frame) {
    const strays = straysOf(drawn, declaration, expected)
    if (strays.length === 0) return refuse('areas-frame-unknown', shortened(declaration))
    for (const { row } of strays.slice(0, MOST_NAMED))
      report('error', 'areas-outside-sweden', row, null, { count: strays.length })
    return { ok: false, findings }
  }
  reportFrame(frame, declaration, report)

  const columns = findAreaColumns(drawn)
  if (!columns) {
    const headings = [...new Set(drawn.flatMap(({ properties }) => Object.keys(properties)))]
    return refuse('areas-no-name', headings.join(', ') || null)
  }

  reportGroundless(groundless, columns.nameOf, report)

  const convert = toNational(frame)
  const groups = new Map<string, ReadOutline>()
  for (const feature of drawn) {
    const { row, polygons } = feature
    const name = columns.nameOf(feature)
    const code = columns.codeOf?.(feature) ?? null
    if (name === null || (columns.codeOf !== null && code === null)) {
      report(
        'warning',
        'areas-nameless',
        row,
        null,
        {},
        name === null ? columns.nameColumn : columns.codeColumn,
      )
      continue
    }
    const { mended, crossings } = mend(polygons, convert)
    if (crossings > 0) report('warning', 'areas-ring-crosses-itself', row, name, { crossings })
    const key = code ?? name
    const group = groups.get(key)
    groups.set(
      key,
      group
        ? { ...group, polygons: together(group.polygons, mended), rows: [...group.rows, row] }
        : { name, code, polygons: mended, rows: [row], parent: columns.parentOf(feature) },
    )
  }

  const outlines = withoutSlivers([...groups.values()], report)
  if (outlines.length === 0) return refuse('areas-empty', null)
  return { ok: true, outlines, level: columns.level, frame, findings }
}

type Report = (
  severity: Finding['severity'],
  code: string,
  row: number | null,
  text: string | null,
  parameters?: Readonly<Record<string, string | number>>,
  column?: string | null,
) => void

interface Groundless {
  readonly row: number
  /** Type of its geometry; empty when it has none, or no type. */
  readonly kind: string
  readonly properties: DrawnFeature['properties']
}

function sortFeatures(
  { features }: BoundaryLayer,
  report: Report,
): { readonly drawn: readonly DrawnFeature[]; readonly groundless: readonly Groundless[] } {
  const drawn: DrawnFeature[] = []
  const groundless: Groundless[] = []
  for (const { row, geometry, properties } of features) {
    const polygons = polygonsOf(geometry)
    if (polygons === 'damaged') report('error', 'areas-coordinates', row, null)
    else if (polygons !== null) drawn.push({ row, polygons, properties })
    else {
      const type = isRecord(geometry) ? geometry['type'] : null
      const kind = typeof type === 'string' ? type : ''
      groundless.push({ row, kind, properties })
    }
  }
  return { drawn, groundless }
}

/** Each by its name; many of a kind together. */
function reportGroundless(
  groundless: readonly Groundless[],
  nameOf: AreaColumns['nameOf'],
  report: Report,
): void {
  for (const [kind, features] of group(groundless, (feature) => feature.kind))
    if (features.length > MOST_NAMED)
      report('warning', 'areas-not-polygon', features[0]!.row, null, {
        kind,
        count: features.length,
      })
    else
      for (const { row, properties } of features)
        report('warning', 'areas-not-polygon', row, nameOf({ row, properties, polygons: [] }), {
          kind,
          count: 1,
        })
}

/** Features that lie nowhere in Sweden when more than half of the others agree on where they are. */
function straysOf(
  drawn: readonly DrawnFeature[],
  declaration: string | null,
  expected: Extent | null,
): DrawnFeature[] {
  const frames = drawn.map((feature) => {
    const frame = recogniseFrame(declaration, extentOf([feature]), expected)
    return frame === null ? null : `${frame.code} ${frame.swapped}`
  })
  const counts = new Map<string, number>()
  for (const frame of frames) if (frame !== null) counts.set(frame, (counts.get(frame) ?? 0) + 1)
  const [usual, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [null, 0]
  return count * 2 > drawn.length ? drawn.filter((_, index) => frames[index] !== usual) : []
}

function reportFrame(frame: CoordinateFrame, declaration: string | null, report: Report): void {
  const text = shortened(declaration)
  const parameters = { frame: frame.code }
  // Degrees are what a file without a declaration is in (RFC 7946), and nothing else looks like them.
  const isPlain = declaration === null && frame.code === 'EPSG:4326'
  if (!frame.declared && frame.assumed)
    report('warning', 'areas-zone-assumed', null, text, parameters)
  else if (!frame.declared && !isPlain)
    report(
      'warning',
      declaration === null ? 'areas-frame-guessed' : 'areas-frame-contradicted',
      ...([null, text, parameters] as const),
    )
  if (frame.swapped) report('warning', 'areas-axes-swapped', null, null)
}

/** Well-known text is named by the name in it. */
function shortened(declaration: string | null): string | null {
  if (declaration === null) return null
  return (/^\w+\s*[[(]\s*"([^"]*)"/.exec(declaration)?.[1] ?? declaration).slice(0, 80)
}

function mend(
  polygons: Polygons,
  convert: (point: readonly [number, number]) => readonly [number, number],
): { readonly mended: Polygons; readonly crossings: number } {
  let crossings = 0
  const mended = polygons.flatMap((rings) => {
    const [outer, ...holes] = rings.map((ring) => repairRing(ring.map(convert)))
    if (!outer) return []
    for (const repair of [outer, ...holes]) crossings += repair.crossings
    return withHoles(
      outer.rings,
      holes.flatMap((hole) => hole.rings),
    )
  })
  return { mended, crossings }
}

/** Each hole in the shell that it lies in, when a ring that crossed itself has become several. */
function withHoles(shells: readonly Ring[], holes: readonly Ring[]): Ring[][] {
  if (shells.length === 1) return [[shells[0]!, ...holes]]
  return shells.map((shell) => [shell, ...holes.filter((hole) => isInRing(shell, hole[0]!))])
}

/** Polygons of both, those that are drawn twice once. */
function together(first: Polygons, second: Polygons): Polygons {
  const known = new Set(first.map(keyOf))
  return [...first, ...second.filter((polygon) => !known.has(keyOf(polygon)))]
}

/** The same for the same points, wherever and whichever way round the ring begins. */
const keyOf = (polygon: readonly Ring[]): string =>
  polygon
    .map((ring) =>
      ring
        .map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`)
        .sort()
        .join(),
    )
    .join(';')

function withoutSlivers(groups: readonly ReadOutline[], report: Report): ReadOutline[] {
  const outlines: ReadOutline[] = []
  const debris: string[] = []
  let droppedParts = 0
  for (const outline of groups) {
    const { rows } = outline
    if (rows.length > 1)
      report('warning', 'areas-merged', rows[1]!, outline.name, {
        rows: rows.join(', '),
        count: rows.length,
      })
    const polygons = outline.polygons.filter((rings) => groundOfPolygon(rings) >= SLIVER_AREA)
    droppedParts += outline.polygons.length - polygons.length
    if (polygons.length > 0) outlines.push({ ...outline, polygons })
    else debris.push(outline.name)
  }
  if (droppedParts > 0)
    report('warning', 'areas-slivers', null, null, {
      parts: droppedParts,
      areas: debris.length,
      names: debris.join(', '),
      minimum: SLIVER_AREA,
    })
  return outlines
}
