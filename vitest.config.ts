import { defineConfig } from 'vitest/config'

/** Unit and integration tests. The end-to-end suite is Playwright's (`test/e2e`), the measurements are scripts. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**', 'test/bench/**', 'test/soak/**', '**/node_modules/**'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    allowOnly: false,
    passWithNoTests: false,
    restoreMocks: true,
  },
})
