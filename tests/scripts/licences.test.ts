import { readFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  dependencyFolders,
  describePackage,
  isLicenceAllowed,
  packageFolder,
  writeNotice,
} from '../../scripts/vite/licences.ts'

describe('licences', () => {
  it.each(['MIT', 'ISC', '(EDL-1.0 OR EPL-1.0)', 'MIT AND BSD-3-Clause', 'GPL-3.0 OR MIT'])(
    'allow %s',
    (expression) => expect(isLicenceAllowed(expression)).toBe(true),
  )

  it.each(['GPL-3.0', 'AGPL-3.0-only', 'LGPL-2.1', 'MIT AND GPL-2.0', 'SSPL-1.0', '', null])(
    'refuse %s',
    (expression) => expect(isLicenceAllowed(expression)).toBe(false),
  )

  it('of every package that the lock names for use in the product are allowed', () => {
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { dev?: boolean; optional?: boolean }>
    }
    const folders = Object.entries(lock.packages)
      .filter(([path, { dev, optional }]) => path !== '' && !dev && !optional)
      .map(([path]) => path)
    const refused = folders
      .map(describePackage)
      .filter(({ licence }) => !isLicenceAllowed(licence))
      .map(({ name, licence }) => `${name}: ${licence ?? 'none'}`)
    expect(folders.length).toBeGreaterThan(20)
    expect(refused).toEqual([])
  })
})

describe('the packages in the site', () => {
  const modules = resolve('node_modules')

  it('are found from the modules that were bundled', () => {
    expect(packageFolder(`${modules}/d3-scale/src/index.js`)).toBe(join(modules, 'd3-scale'))
    expect(packageFolder(`${modules}/@deck.gl/core/dist/index.js?v=1`)).toBe(
      join(modules, `@deck.gl${sep}core`),
    )
    expect(packageFolder(resolve('src/main.ts'))).toBeNull()
    expect(packageFolder('\0vite/preload-helper.js')).toBeNull()
  })

  it('include what a package has bundled itself', () => {
    const names = [...dependencyFolders(join(modules, 'maplibre-gl'))].map(
      (folder) => describePackage(folder).name,
    )
    expect(names).toEqual(expect.arrayContaining(['maplibre-gl', 'earcut', 'kdbush']))
    expect(names.filter((name) => name.startsWith('@types/'))).toEqual([])
  })

  it('are named with version, licence and licence text', () => {
    const notice = writeNotice([describePackage(join(modules, 'maplibre-gl'))])
    expect(notice).toMatch(/^maplibre-gl \d+\.\d+\.\d+ · BSD-3-Clause$/m)
    expect(notice).toContain('Redistribution and use in source and binary forms')
  })
})
