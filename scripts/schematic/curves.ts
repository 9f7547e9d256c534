import { valueNoise } from './noise.ts'
import { distance, type Point } from './projection.ts'

const STEPS_PER_SEGMENT = 24

/** A value along a uniform Catmull–Rom spline between p1 and p2 at t in [0, 1]. */
function splineValue(p0: number, p1: number, p2: number, p3: number, t: number): number {
  const t2 = t * t
  const t3 = t2 * t
  return (
    0.5 *
    (2 * p1 +
      (p2 - p0) * t +
      (2 * p0 - 5 * p1 + 4 * p2 - p3) * t2 +
      (3 * p1 - p0 - 3 * p2 + p3) * t3)
  )
}

/**
 * A smooth curve through the control points (uniform Catmull–Rom). A line whose last point equals its
 * first is treated as a ring; the result then also repeats its first point.
 */
export function smoothCurve(control: readonly Point[]): Point[] {
  const last = control.length - 1
  const closed = last > 0 && distance(control[0]!, control[last]!) === 0
  const at = (index: number): Point => {
    if (closed) return control[((index % last) + last) % last]!
    return control[Math.min(last, Math.max(0, index))]!
  }
  const curve: Point[] = []
  for (let segment = 0; segment < last; segment++) {
    const [p0, p1, p2, p3] = [at(segment - 1), at(segment), at(segment + 1), at(segment + 2)]
    for (let step = 0; step < STEPS_PER_SEGMENT; step++) {
      const t = step / STEPS_PER_SEGMENT
      curve.push([
        splineValue(p0[0], p1[0], p2[0], p3[0], t),
        splineValue(p0[1], p1[1], p2[1], p3[1], t),
      ])
    }
  }
  curve.push(control[last]!)
  return curve
}

/** The same interpolation for a number that follows the control points, such as a width in metres. */
export function smoothValues(control: readonly number[]): number[] {
  return smoothCurve(control.map((value, index) => [index, value])).map((point) => point[1])
}

/**
 * Shakes a drawn curve so that it looks like ground rather than a spline: three octaves of noise, the
 * longest eight times the amplitude. A ring stays closed; the ends of an open
 * line stay where they are, so that lines drawn end to end stay joined.
 */
export function roughen(curve: readonly Point[], amplitudeMetres: number, seed: number): Point[] {
  const octaves = [1, 0.6, 0.35].map((share, octave) => {
    const wavelength = (amplitudeMetres * 8) / 2.7 ** octave
    return {
      amplitude: amplitudeMetres * share,
      east: valueNoise(seed + 2 * octave, wavelength),
      north: valueNoise(seed + 2 * octave + 1, wavelength),
    }
  })
  const first = curve[0]!
  const last = curve[curve.length - 1]!
  const closed = distance(first, last) === 0
  return curve.map((point) => {
    const [east, north] = point
    const toEnd = closed ? Infinity : Math.min(distance(point, first), distance(point, last))
    const fade = Math.min(1, toEnd / (amplitudeMetres * 4))
    let movedEast = east
    let movedNorth = north
    for (const octave of octaves) {
      movedEast += fade * octave.amplitude * octave.east(east, north)
      movedNorth += fade * octave.amplitude * octave.north(east, north)
    }
    return [movedEast, movedNorth]
  })
}

/** Adds points so that no step is longer than asked. */
export function densify(curve: readonly Point[], longestStepMetres: number): Point[] {
  const dense: Point[] = []
  curve.forEach((point, index) => {
    const next = curve[index + 1]
    if (!next) {
      dense.push(point)
      return
    }
    const steps = Math.max(1, Math.ceil(distance(point, next) / longestStepMetres))
    for (let step = 0; step < steps; step++) {
      const t = step / steps
      dense.push([point[0] + (next[0] - point[0]) * t, point[1] + (next[1] - point[1]) * t])
    }
  })
  return dense
}

/**
 * The outline of a band along a curve: a closed ring without its repeated first point.
 * @param widthsMetres one per point of the curve
 * @param bankRoughness share of the half width that each bank may wander, independently of the other
 */
export function band(
  curve: readonly Point[],
  widthsMetres: readonly number[],
  bankRoughness: number,
  seed: number,
): Point[] {
  const leftNoise = valueNoise(seed, 900)
  const rightNoise = valueNoise(seed + 1, 900)
  const left: Point[] = []
  const right: Point[] = []
  curve.forEach((point, index) => {
    const before = curve[Math.max(0, index - 1)]!
    const after = curve[Math.min(curve.length - 1, index + 1)]!
    const length = distance(before, after)
    const normalEast = -(after[1] - before[1]) / length
    const normalNorth = (after[0] - before[0]) / length
    const half = widthsMetres[index]! / 2
    const toLeft = half * (1 + bankRoughness * leftNoise(point[0], point[1]))
    const toRight = half * (1 + bankRoughness * rightNoise(point[0], point[1]))
    left.push([point[0] + normalEast * toLeft, point[1] + normalNorth * toLeft])
    right.push([point[0] - normalEast * toRight, point[1] - normalNorth * toRight])
  })
  return [...left, ...right.reverse()]
}
