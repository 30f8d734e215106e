import { defineConfig } from '@playwright/test'

/**
 * The end-to-end suite, driving the built app. The `chromium` project runs everywhere under Xvfb; the `electron`
 * project runs the same story where Electron's binary starts (the runner, `workshop/test.ts`, leaves it out elsewhere
 * and says so).
 */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: { trace: 'off', video: 'off' },
  projects: [
    { name: 'chromium' },
    // Closing, crashing and starting again are each shell's own: Electron's are proved by its stand-in (test/main/electron).
    { name: 'electron', testIgnore: '**/window-life.spec.ts' },
  ],
})
