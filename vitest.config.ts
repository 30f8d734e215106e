import { defineConfig } from 'vitest/config'
import { LongestFirst } from './workshop/test-order.ts'

/**
 * Unit and integration tests. The end-to-end suite is Playwright's (`test/e2e`), the measurements are scripts. Times are
 * for what hangs: a test that passes waits for what it waits for, however slow the machine.
 */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**', 'test/bench/**', 'test/soak/**', '**/node_modules/**'],
    setupFiles: ['workshop/test-seed.ts'],
    sequence: { sequencer: LongestFirst },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 30_000,
    expect: { poll: { timeout: 30_000, interval: 20 } },
    allowOnly: false,
    passWithNoTests: false,
    restoreMocks: true,
  },
})
