import type { Map as MapLibreMap } from 'maplibre-gl'
import { SolidPolygonLayer } from '@deck.gl/layers'
import { MapLibreOverlay } from '@deck.gl/maplibre'

/** Import this module only dynamically: it brings deck.gl with it. */

export interface DrawnHexagon {
  readonly ring: readonly (readonly [number, number])[]
  readonly count: number
  /** Red, green, blue 0 … 255. */
  readonly colour: readonly [number, number, number]
}

export interface HexagonDrawing {
  readonly hexagons: readonly DrawnHexagon[]
  /** Columns stand up, as high as their count. */
  readonly extruded: boolean
  readonly largest: number
}

const TALLEST_METRES = 1600

/** deck.gl's layer of hexagons or columns on a map; `draw` replaces what is drawn, `remove` takes it away. */
export class HexagonOverlay {
  private readonly overlay = new MapLibreOverlay({ interleaved: false, layers: [] })

  constructor(private readonly map: MapLibreMap) {
    map.addControl(this.overlay)
  }

  draw({ hexagons, extruded, largest }: HexagonDrawing): void {
    this.overlay.setProps({
      layers: [
        new SolidPolygonLayer<DrawnHexagon>({
          id: 'hexagons',
          data: [...hexagons],
          getPolygon: (hexagon) => hexagon.ring.map(([x, y]) => [x, y] as [number, number]),
          getFillColor: (hexagon) => [...hexagon.colour, 235],
          getElevation: (hexagon) => (hexagon.count / Math.max(1, largest)) * TALLEST_METRES,
          extruded,
          material: extruded
            ? { ambient: 0.62, diffuse: 0.4, shininess: 1, specularColor: [0, 0, 0] }
            : false,
          parameters: { depthCompare: 'less-equal' },
          updateTriggers: { getFillColor: extruded, getElevation: largest },
        }),
      ],
    })
  }

  remove(): void {
    this.map.removeControl(this.overlay)
    this.overlay.finalize()
  }
}
