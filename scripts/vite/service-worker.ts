import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build, type Plugin } from 'vite'
import { listFiles } from '../fingerprint.mjs'

/** In the built folder, but no part of what the app loads. */
const NOT_KEPT = /^(package\/|web\.config$|THIRD-PARTY\.txt$|service-worker\.js$)|\.(br|gz|map)$/

/**
 * Builds src/service-worker into service-worker.js at the site's root, so that its scope is the whole site, with
 * the list of every built file and a version that changes when any of them does.
 */
export function serviceWorker(): Plugin {
  let directory = 'dist'
  return {
    name: 'lageskartan:service-worker',
    apply: 'build',
    configResolved(config) {
      directory = resolve(config.root, config.build.outDir)
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const files = (await listFiles(directory, ['.'])).filter((path) => !NOT_KEPT.test(path))
        const version = createHash('sha256')
        for (const file of files) version.update(file).update(readFileSync(join(directory, file)))
        await build({
          configFile: false,
          logLevel: 'warn',
          publicDir: false,
          define: {
            APP_FILES: JSON.stringify(files),
            APP_VERSION: JSON.stringify(version.digest('hex').slice(0, 16)),
          },
          build: {
            target: 'es2023',
            outDir: directory,
            emptyOutDir: false,
            modulePreload: false,
            rolldownOptions: {
              input: 'src/service-worker/service-worker.ts',
              output: { format: 'iife', entryFileNames: 'service-worker.js' },
            },
          },
        })
      },
    },
  }
}
