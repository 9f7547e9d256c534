import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [svelte()],
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**'],
    environment: 'node',
    // By itself it leaves one core idle, which of two is half.
    maxWorkers: '100%',
    // An engine or a package of thousands of areas takes its time on a machine that is busy.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
