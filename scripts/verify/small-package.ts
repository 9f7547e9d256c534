import type { PackageSource } from '../publish/package-source.ts'
import { meshPackage } from '../bench/mesh-world.ts'

/** A package with every part that an index has, small enough to be damaged ten thousand times. */
export function smallPackage(): PackageSource {
  const source = meshPackage(2, 3)
  const level = source.start.level
  const areas = source.register.areas.filter((area) => area.level === level).map(({ id }) => id)
  return {
    ...source,
    incidents: {
      categories: [{ id: 'klotter', name: 'Klotter', hexagons: true }],
      policyByCategory: new Map([['klotter', source.indicators.at(-1)!.policy]]),
      counts: [
        {
          level,
          categories: ['klotter'],
          periods: ['2024-01', '2024-02'],
          areas,
          count: Float64Array.from({ length: 2 * areas.length }, (_, cell) => cell),
        },
      ],
      hexagons: [{ hexagon: '8808a6ad3bfffff', category: 'klotter', period: '2024', count: 6 }],
      outlines: {
        '8808a6ad3bfffff': [
          [20, 63.8],
          [20.01, 63.8],
          [20.01, 63.81],
        ],
      },
      minimumCount: 5,
    },
  }
}
