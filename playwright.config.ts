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
  // Each has a display, folders, a home and engines of its own.
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  // For what hangs: a story that passes waits for what it waits for, however slow the machine.
  timeout: 300_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: { trace: 'off', video: 'off', actionTimeout: 30_000 },
  projects: [
    { name: 'chromium' },
    // Closing, crashing and starting again are each shell's own: Electron's are proved by its stand-in (test/main/electron).
    { name: 'electron', testIgnore: '**/window-life.spec.ts' },
  ],
})
