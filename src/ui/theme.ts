import { DARK_TOKENS, type ColourToken } from '../views/colour.ts'
import type { AreaPaint } from '../map/types.ts'
import type { Choropleth } from '../views/choropleth.ts'

/** Reads design tokens as colours, for what cannot read CSS variables itself (WebGL, pictures). */
export class Theme {
  private readonly known = new Map<string, string>()

  constructor(private readonly element: Element) {}

  /** @param name without the leading dashes, e.g. "seq-3" */
  colour(name: string): string {
    let colour = this.known.get(name)
    if (colour === undefined) {
      // The build shortens what can be said in three digits; file formats want six.
      colour = getComputedStyle(this.element)
        .getPropertyValue(`--${name}`)
        .trim()
        .replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i, '#$1$1$2$2$3$3')
      this.known.set(name, colour)
    }
    return colour
  }

  /** Red, green and blue, 0 … 255, of a token written as #rrggbb. */
  rgb(name: ColourToken): [number, number, number] {
    const hex = this.colour(name).slice(1)
    return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number]
  }

  /** How the map paints each area; with `muted`, all alike, so that colour is left to the incidents. */
  areaPaint(view: Choropleth | null, muted: boolean): Map<number, AreaPaint> {
    const paint = new Map<number, AreaPaint>()
    if (!view) return paint
    const ink = this.colour('ink')
    const inverse = this.colour('ink-inverse')
    const plain = this.colour('wash-2')
    const alike: AreaPaint = { fill: plain, kind: 'value', ink, halo: plain }
    // Areas of one class share one paint.
    const shared = new Map<string, AreaPaint>()
    for (const mark of view.marks) {
      if (muted) {
        paint.set(mark.index, alike)
        continue
      }
      const key = `${mark.token} ${mark.cell.kind}`
      const known = shared.get(key)
      if (known) {
        paint.set(mark.index, known)
        continue
      }
      const fill = this.colour(mark.token)
      const kind =
        mark.cell.kind === 'hidden' ? 'hidden' : mark.classIndex === null ? 'missing' : 'value'
      const made: AreaPaint = {
        fill,
        kind,
        ink: DARK_TOKENS.has(mark.token) ? inverse : ink,
        halo: kind === 'value' ? fill : this.colour('paper'),
      }
      shared.set(key, made)
      paint.set(mark.index, made)
    }
    return paint
  }
}
