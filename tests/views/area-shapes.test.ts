import { booleanPointInPolygon } from '@turf/turf'
import { expect, test } from 'vitest'
import { deepestPoint, levelShapes, waterShapes } from '../../src/views/area-shapes.ts'
import { boundariesOfSix, shapesOfSix, SIX_INDEX } from '../support/small-view.ts'

test('shapes keep the register’s order; an area without a boundary leaves its place free', () => {
  const topology = boundariesOfSix()
  const regso = topology.objects['regso']!
  if (regso.type !== 'GeometryCollection') throw new Error('no collection')
  const without = {
    ...topology,
    objects: { regso: { ...regso, geometries: regso.geometries.toSpliced(2, 1).toReversed() } },
  }
  const { shapes, features } = levelShapes(without, SIX_INDEX.register, 'regso')
  expect(shapes.map(({ index }) => index)).toEqual([0, 1, 3, 4, 5])
  expect(features.features.map(({ id }) => id)).toEqual([0, 1, 3, 4, 5])
  expect(shapes.map(({ area }) => area.id)).toEqual(
    ['1', '2', '4', '5', '6'].map((number) => `2480R00${number}`),
  )
  expect(levelShapes(topology, SIX_INDEX.register, 'kommun').shapes).toEqual([])
  expect(waterShapes(topology)).toEqual([])
})

test('bounds and the deepest point lie where the area does', () => {
  const { shapes, features } = shapesOfSix()
  shapes.forEach((shape, position) => {
    expect(shape.bounds.map((degree) => Math.round(degree * 1e6) / 1e6)).toEqual([
      ...[20 + position, 63, 21 + position, 64],
    ])
    expect(booleanPointInPolygon([...deepestPoint(shape)], features.features[position]!)).toBe(true)
    expect(deepestPoint(shape)[0]).toBeCloseTo(20.5 + position, 1)
  })
})
