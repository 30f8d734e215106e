import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { defaultDataFolder } from '../desk/data-folder.ts'
import { openLogFile } from '../log-file.ts'
import type { ProjectFolders } from '../project-folders.ts'
import { claimInstance } from '../single-instance.ts'
import type { StartApp } from '../start-app.ts'
import { type ChromiumShell, createChromiumShell } from './chromium-shell.ts'
import { chooseBrowser, findBrowser } from './find-browser.ts'

export interface RunChromiumOptions {
  readonly argv: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
  readonly folders: ProjectFolders
  /** Loads the app's code; asked for once the browser is on its way, so that both start at once. */
  readonly loadApp: () => Promise<StartApp>
  /** A plain line for the person at the terminal. */
  readonly tell: (line: string) => void
}

const usage = 'Usage: [--data FOLDER] [--save-folder FOLDER]'

interface Arguments {
  readonly dataFolder: string
  readonly saveFolder: string | null
}

/**
 * Runs the app in an installed Chromium until it ends; gives the exit code: 0 done (or another Muster on the same
 * folder came to the front), 1 refused, 2 usage. MUSTER_TEST_DEBUG_PORT=1 opens a debugging port, for tests alone.
 */
export async function runChromium(options: RunChromiumOptions): Promise<number> {
  const read = readArguments(options)
  if (read === null) {
    options.tell(usage)
    return 2
  }
  try {
    return await runOnce(options, read)
  } catch (error) {
    options.tell(said(error))
    // A person who started Muster by a click sees no terminal: the log keeps the cause.
    const log = openLogFile(join(read.dataFolder, 'muster.log'), options.tell)
    log(`Muster did not run: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return 1
  }
}

async function runOnce(options: RunChromiumOptions, read: Arguments): Promise<number> {
  const { dataFolder } = read
  const log = openLogFile(join(dataFolder, 'muster.log'), options.tell)
  let shell: ChromiumShell | null = null
  const comeToFront = () => {
    shell?.show().catch((error: unknown) => log(`A second start could not be shown: ${String(error)}`))
  }
  const claim = await claimInstance({ dataFolder, onSecondStart: comeToFront, env: options.env })
  if (!claim.isFirst) {
    options.tell(claim.answered ? 'Muster runs already: its window comes to the front.' : silent(dataFolder))
    return claim.answered ? 0 : 1
  }
  try {
    shell = await createShell(options, read, log)
    shell.warmUp()
    await runShell(shell, options, { dataFolder, log })
    return 0
  } finally {
    await claim.release()
  }
}

async function runShell(
  shell: ChromiumShell,
  options: RunChromiumOptions,
  at: { dataFolder: string; log: (what: string) => void },
): Promise<void> {
  const quit = () => void shell.quit()
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, quit)
  try {
    const startApp = await options.loadApp()
    await startApp({ shell, assetsFolder: options.folders.assets, ...at })
    await shell.ended
  } catch (error) {
    await shell.quit()
    throw error
  } finally {
    for (const signal of signals) process.off(signal, quit)
  }
}

async function createShell(
  options: RunChromiumOptions,
  { dataFolder, saveFolder }: Arguments,
  log: (what: string) => void,
): Promise<ChromiumShell> {
  const { env, tell } = options
  const browser = await chooseBrowser(findBrowser(env, options.platform))
  if (browser.path === null) {
    throw refuse('unsupported', {
      tried: 'Find a Chromium, Chrome or Edge for the window',
      happened: browser.problems.join(' '),
      next: "Install Chromium, or name a browser in MUSTER_BROWSER. 'npx muster' in the terminal needs none.",
    })
  }
  return createChromiumShell({
    rendererFolder: options.folders.renderer,
    profileFolder: join(dataFolder, 'window'),
    browserPath: browser.path,
    debuggingPort: env.MUSTER_TEST_DEBUG_PORT === '1' ? 0 : null,
    saveFolder,
    log,
    tell,
    env,
  })
}

function readArguments({ argv, env, platform }: RunChromiumOptions): Arguments | null {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { data: { type: 'string' }, 'save-folder': { type: 'string' } },
    })
    const saveFolder = values['save-folder']
    return {
      dataFolder: resolve(values.data ?? defaultDataFolder(env, platform, homedir())),
      saveFolder: saveFolder === undefined ? null : resolve(saveFolder),
    }
  } catch (error) {
    if (error instanceof TypeError) return null // what parseArgs throws for a wrong command line
    throw error
  }
}

function said(error: unknown): string {
  if (!(error instanceof RefusalError)) return `Muster did not run: ${String(error)}. The log has the cause.`
  const { tried, happened, next } = error.refusal
  return `Tried: ${tried}.\nWhat happened: ${happened}\nNext: ${next}`
}

function silent(dataFolder: string): string {
  return `Muster runs already on ${dataFolder} but does not answer. End that process, then start Muster again.`
}
