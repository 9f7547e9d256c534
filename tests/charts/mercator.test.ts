import { geoMercator } from 'd3'
import { expect, test } from 'vitest'
import { fitMercator } from '../../src/charts/mercator.ts'

test('the projection is d3’s Mercator, with the bounds centred and as large as they fit', () => {
  const [west, south, east, north] = [20.13, 63.785, 20.42, 63.872] as const
  const project = fitMercator([west, south, east, north], 1280, 802)
  const oracle = geoMercator().fitSize([1280, 802], {
    type: 'MultiPoint',
    coordinates: [
      [west, south],
      [east, north],
    ],
  })
  for (const position of [
    [west, south],
    [east, north],
    [20.26, 63.83],
    [19.9, 64.1],
  ] as const) {
    const [x, y] = oracle([...position])!
    expect(project(position)[0]).toBeCloseTo(x, 6)
    expect(project(position)[1]).toBeCloseTo(y, 6)
  }
})
