import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { Palette } from './palette.ts'

/**
 * One ordered list decides what lies on top, bottom first. Above the last of these lie deck.gl's incidents,
 * then the drawn overlay (hidden and missing patterns, hovered and chosen outlines, names).
 */
export const LAYER_STACK = ['land', 'area-fill', 'area-border', 'water', 'water-bank'] as const

export const AREA_SOURCE = 'areas'
export const WATER_SOURCE = 'water'

/** The map's style: no tiles, no glyphs, no sprites, so that nothing is ever asked of another host. */
export function mapStyle(palette: Palette): StyleSpecification {
  const layers: Record<(typeof LAYER_STACK)[number], LayerSpecification> = {
    land: { id: 'land', type: 'background', paint: { 'background-color': palette.land } },
    'area-fill': {
      id: 'area-fill',
      type: 'fill',
      source: AREA_SOURCE,
      paint: {
        'fill-color': ['to-color', ['feature-state', 'fill'], palette.loading],
        'fill-antialias': false,
      },
    },
    'area-border': {
      id: 'area-border',
      type: 'line',
      source: AREA_SOURCE,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': palette.areaBorder, 'line-width': 1 },
    },
    water: {
      id: 'water',
      type: 'fill',
      source: WATER_SOURCE,
      paint: { 'fill-color': palette.water },
    },
    'water-bank': {
      id: 'water-bank',
      type: 'line',
      source: WATER_SOURCE,
      paint: { 'line-color': palette.areaBorder, 'line-width': 0.6 },
    },
  }
  const empty = { type: 'FeatureCollection' as const, features: [] }
  return {
    version: 8,
    sources: {
      [AREA_SOURCE]: { type: 'geojson', data: empty, tolerance: 0.2, buffer: 32 },
      [WATER_SOURCE]: { type: 'geojson', data: empty, tolerance: 0.2, buffer: 32 },
    },
    layers: LAYER_STACK.map((id) => layers[id]),
    transition: { duration: 0, delay: 0 },
  }
}
