import { runChromium } from './chromium/run.ts'
import { leaveMemoryOutOfCoreDumps } from './core-dumps.ts'
import { projectFolders } from './project-folders.ts'

/** What is left of the process after the window is gone: long enough to flush, never in the way. */
const LEFTOVER_MS = 2_000

leaveMemoryOutOfCoreDumps()
process.exitCode = await runChromium({
  argv: process.argv.slice(2),
  env: process.env,
  platform: process.platform,
  folders: projectFolders(import.meta.url),
  loadApp: async () => (await import('./app.ts')).startApp,
  tell: (line) => void process.stderr.write(`${line}\n`),
})
setTimeout(() => process.exit(), LEFTOVER_MS).unref()
