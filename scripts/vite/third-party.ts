import type { Plugin, Rolldown } from 'vite'
import {
  dependencyFolders,
  describePackage,
  isLicenceAllowed,
  packageFolder,
  writeNotice,
} from './licences.ts'

/** Packages whose published files already contain their dependencies. */
const BUNDLED_BY_THEIR_AUTHORS = ['jszip', 'maplibre-gl']

/** Modules that are shipped as files of their own, or as style sheets, rather than inside a chunk. */
const SHIPPED_AS_FILES = /\.css(\?|$)|\?url\b/

/**
 * Writes THIRD-PARTY.txt with the licences of every package that ends up in the site, and refuses to build when
 * one of them may not be shipped. `forWorkers` belongs among the plugins of `worker`, which are bundled apart.
 */
export function thirdParty(): { readonly forPage: Plugin; readonly forWorkers: () => Plugin } {
  const folders = new Set<string>()
  const note = (moduleId: string): void => {
    const folder = packageFolder(moduleId)
    if (folder) folders.add(folder)
  }
  const noteFile = (moduleId: string): void => {
    if (SHIPPED_AS_FILES.test(moduleId)) note(moduleId)
  }
  const noteChunks = (bundle: Rolldown.OutputBundle): void => {
    for (const output of Object.values(bundle))
      if (output.type === 'chunk')
        for (const [id, module] of Object.entries(output.modules))
          if (module.renderedLength > 0) note(id)
  }
  return {
    forPage: {
      name: 'lageskartan:third-party',
      apply: 'build',
      buildStart: () => folders.clear(),
      load: { order: 'pre', handler: noteFile },
      generateBundle(_options, bundle) {
        noteChunks(bundle)
        const all = new Set(folders)
        for (const folder of folders)
          if (BUNDLED_BY_THEIR_AUTHORS.some((name) => folder.endsWith(name)))
            for (const dependency of dependencyFolders(folder)) all.add(dependency)
        // One package may lie in several folders.
        const described = [...all].map(describePackage)
        const packages = [
          ...new Map(
            described.map((shipped) => [`${shipped.name} ${shipped.version}`, shipped]),
          ).values(),
        ].sort((a, b) => a.name.localeCompare(b.name, 'en'))
        const refused = packages.filter(({ licence }) => !isLicenceAllowed(licence))
        if (refused.length > 0) {
          const names = refused.map(
            ({ name, licence }) => `${name} (${licence ?? 'no licence stated'})`,
          )
          this.error(
            `May not be shipped: ${names.join(', ')}. Replace the package, or correct its licence in scripts/vite/licences.ts.`,
          )
        }
        this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY.txt', source: writeNotice(packages) })
      },
    },
    forWorkers: () => ({
      name: 'lageskartan:third-party-workers',
      load: { order: 'pre', handler: noteFile },
      generateBundle: (_options, bundle) => noteChunks(bundle),
    }),
  }
}
