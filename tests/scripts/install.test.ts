import { describe, expect, it } from 'vitest'
import { explainFailure, isInstallNeeded, requireNode } from '../../scripts/install.mjs'

const lock = (packages: Record<string, { version?: string; optional?: boolean }>) => ({ packages })

describe('what is installed', () => {
  const wanted = lock({
    '': {},
    'node_modules/vite': { version: '8.3.8' },
    'node_modules/for-another-system': { version: '1.0.0', optional: true },
  })

  it('is incomplete where nothing was ever installed', () => {
    expect(isInstallNeeded(wanted, null)).toBe(true)
  })

  it('is complete without the packages of other systems', () => {
    expect(isInstallNeeded(wanted, lock({ 'node_modules/vite': { version: '8.3.8' } }))).toBe(false)
  })

  it('is incomplete where a package is missing or of another version', () => {
    expect(isInstallNeeded(wanted, lock({}))).toBe(true)
    expect(isInstallNeeded(wanted, lock({ 'node_modules/vite': { version: '8.3.7' } }))).toBe(true)
    expect(
      isInstallNeeded(
        wanted,
        lock({
          'node_modules/vite': { version: '8.3.8' },
          'node_modules/for-another-system': { version: '0.9.0' },
        }),
      ),
    ).toBe(true)
  })
})

describe('the Node that runs the commands', () => {
  it.each(['16.20.2', '18.20.4', '20.18.3'])('%s is refused in a sentence', (version) => {
    expect(() => requireNode(version)).toThrow(
      `Node ${version} is too old: Lägeskartan needs Node 20.19 or newer.`,
    )
  })

  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('%s is accepted', (version) => {
    expect(() => requireNode(version)).not.toThrow()
  })
})

describe('a failed installation', () => {
  it.each([
    ['npm error code ENOTFOUND\nnpm error network request failed', 'cannot be reached'],
    ['npm error code ECONNREFUSED', 'cannot be reached'],
    ['npm error code EUSAGE\nnpm error `npm ci` can only install', 'Run npm install'],
    ['npm error code EACCES', 'could not be installed'],
  ])('is explained, with its own words: %s', (output, reason) => {
    const text = explainFailure(output)
    expect(text.split('\n')[0]).toContain(reason)
    expect(text).toContain(output)
  })
})
