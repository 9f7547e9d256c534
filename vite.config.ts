import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { hosting } from './scripts/vite/hosting.ts'
import { serviceWorker } from './scripts/vite/service-worker.ts'
import { thirdParty } from './scripts/vite/third-party.ts'
import { zipInPlace } from './scripts/vite/zip-in-place.ts'

const { forPage, forWorkers } = thirdParty()

export default defineConfig({
  // Relative, so that the site works below any path.
  base: './',
  plugins: [svelte(), hosting(), zipInPlace(), forPage, serviceWorker()],
  worker: { format: 'es', plugins: () => [forWorkers()] },
  build: {
    target: 'es2023',
    // Inlined files would be data: URLs, which the security policy allows for images only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // maplibre-gl alone is over a megabyte; the bench guards what is loaded before the first map.
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  // They find their workers and modules by URL, which prebundling for development would break.
  optimizeDeps: { exclude: ['@duckdb/duckdb-wasm', 'maplibre-gl'] },
})
