import type { Map as MapLibreMap } from 'maplibre-gl'
import type { Bounds } from './camera.ts'

/** How one area is drawn. */
export interface AreaPaint {
  /** A colour; the ground under a pattern where the cell has no value. */
  readonly fill: string
  readonly kind: 'value' | 'hidden' | 'missing'
  /** Colour of the name on this fill, and of the halo round it. */
  readonly ink: string
  readonly halo: string
}

export interface ChosenOutline {
  readonly index: number
}

/** What a page may ask of the map. */
export interface MapHandle {
  zoomBy(steps: number): void
  fit(bounds: Bounds): void
  /** Back to the opening view, which no link needs to hold. */
  goHome(): void
  bounds(): Bounds
  /** For layers in this folder only. */
  readonly raw: MapLibreMap
}
