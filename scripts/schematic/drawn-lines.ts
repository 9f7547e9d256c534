import type { FeatureCollection, LineString } from 'geojson'
import { band, densify, roughen, smoothCurve, smoothValues } from './curves.ts'
import { toMetres, type Point } from './projection.ts'

export type Ring = readonly Point[]

/** One line of data/areas/drawn-lines.geojson. */
export interface DrawnLineProperties {
  readonly kind: 'coast' | 'municipal-border' | 'river' | 'lake' | 'island'
  readonly name: string
  /** How far the finished line may wander from the drawn one. */
  readonly roughness_metres?: number
  /** Rivers: the stretch, and the width at each drawn point. */
  readonly reach?: RiverReach
  readonly widths_metres?: readonly number[]
  /** Islands: the RegSO they belong to. */
  readonly regso?: string
}

export type RiverReach = 'upstream' | 'east of Ön' | 'west of Ön' | 'downstream'

export interface Island {
  readonly name: string
  readonly regso: string
  readonly ring: Ring
}

export interface Lake {
  readonly name: string
  readonly ring: Ring
}

/** Everything drawn by hand, in metres, with smooth and natural outlines. Rings do not repeat their first point. */
export interface Landscape {
  readonly seaName: string
  readonly sea: Ring
  readonly municipality: Ring
  readonly islands: readonly Island[]
  readonly lakes: readonly Lake[]
  readonly riverName: string
  /** Overlapping bands whose union is the river. */
  readonly river: readonly Ring[]
  readonly riverIsland: Ring
  /** The ground south and west of the river's middle, reaching far outside the municipality. */
  readonly southBank: Ring
}

const LONGEST_STEP_METRES = 60
/** The municipal border is drawn on land; out at sea it runs far from every island. */
const OFFSHORE: readonly Point[] = [
  [-29000, -60000],
  [70000, -60000],
  [70000, 18000],
]
const FAR_SOUTH_WEST: readonly Point[] = [
  [4000, -80000],
  [-150000, -80000],
  [-150000, 110000],
]

/** Turns the drawn lines into outlines. Throws when a kind of line that the drawing needs is missing. */
export function readLandscape(
  lines: FeatureCollection<LineString, DrawnLineProperties>,
): Landscape {
  const ofKind = (kind: DrawnLineProperties['kind']) =>
    lines.features.filter((feature) => feature.properties.kind === kind)
  const control = (feature: (typeof lines.features)[number]): Point[] =>
    feature.geometry.coordinates.map((position) => toMetres([position[0]!, position[1]!]))
  const curve = (feature: (typeof lines.features)[number], seed: number): Point[] =>
    roughen(
      densify(smoothCurve(control(feature)), LONGEST_STEP_METRES),
      feature.properties.roughness_metres ?? 0,
      seed,
    )
  const ring = (feature: (typeof lines.features)[number], seed: number) =>
    curve(feature, seed).slice(0, -1)

  const coast = ofKind('coast')
  const [border] = ofKind('municipal-border')
  const reaches = new Map(
    ofKind('river').map((feature, index) => {
      const centre = smoothCurve(control(feature))
      const widths = smoothValues(feature.properties.widths_metres ?? [])
      if (widths.length !== centre.length) {
        throw new Error(`River ${feature.properties.reach}: one width per drawn point is needed`)
      }
      return [
        feature.properties.reach,
        { centre, outline: band(centre, widths, 0.2, 300 + 2 * index) },
      ]
    }),
  )
  const reach = (name: RiverReach) => {
    const found = reaches.get(name)
    if (!found) throw new Error(`The drawn lines have no river reach "${name}"`)
    return found
  }
  if (coast.length === 0 || !border) throw new Error('The drawn lines need a coast and a border')

  const [up, east, west, down] = [
    reach('upstream'),
    reach('east of Ön'),
    reach('west of Ön'),
    reach('downstream'),
  ]
  return {
    seaName: coast[0]!.properties.name,
    sea: coast.flatMap((feature, index) => ring(feature, 40 + 10 * index)),
    municipality: [...curve(border, 60), ...OFFSHORE],
    islands: ofKind('island').map((feature, index) => ({
      name: feature.properties.name,
      regso: feature.properties.regso ?? '',
      ring: ring(feature, 100 + 10 * index),
    })),
    lakes: ofKind('lake').map((feature, index) => ({
      name: feature.properties.name,
      ring: ring(feature, 200 + 10 * index),
    })),
    riverName: ofKind('river')[0]!.properties.name,
    river: [up, east, west, down].map((part) => part.outline),
    riverIsland: [...east.centre, ...[...west.centre].reverse()],
    southBank: [...up.centre, ...west.centre, ...down.centre, ...FAR_SOUTH_WEST],
  }
}
