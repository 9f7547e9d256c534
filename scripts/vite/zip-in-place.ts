import type { Plugin } from 'vite'

const VIRTUAL = '\0fflate-in-place'

/**
 * The library that writes workbooks packs large parts in workers of blob: URLs, which the site's security policy does
 * not allow. It is given the same packing without workers.
 */
export function zipInPlace(): Plugin {
  return {
    name: 'lageskartan:zip-in-place',
    enforce: 'pre',
    resolveId: (id, importer) =>
      id === 'fflate' && importer?.includes('/write-excel-file/') ? VIRTUAL : null,
    load: (id) =>
      id === VIRTUAL
        ? `export * from 'fflate'
import { zipSync } from 'fflate'
export function zip(files, done) {
  let packed
  try {
    packed = zipSync(files)
  } catch (fault) {
    done(fault)
    return
  }
  done(null, packed)
}`
        : null,
  }
}
