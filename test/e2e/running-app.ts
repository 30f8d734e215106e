import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { _electron, type Browser, chromium, type Page } from '@playwright/test'
import { electronFlags, electronHere } from '../../main/setup/electron-binary.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const OPEN_WITHIN_MS = 60_000
const END_WITHIN_MS = 60_000

export interface StartOptions {
  readonly dataFolder: string
  /** Where exports go without a dialog. */
  readonly saveFolder: string
  readonly env: NodeJS.ProcessEnv
}

/** The built app, running, and its window. */
export interface RunningApp {
  readonly pid: number
  /** The window as it is now. After a crash of it, `attach` gives the new one. */
  readonly page: Page
  /** What the app said to the person who started it. */
  readonly said: () => string
  /** Resolves with the exit code, null when it was killed; rejects when it does not end in time. */
  ended(): Promise<number | null>
  /** Waits for a window that was opened again. */
  attach(): Promise<Page>
  /** kill -9 of the main process, nothing else. */
  kill(): Promise<void>
}

export type Start = (options: StartOptions) => Promise<RunningApp>

/** Starts the built app beside one that runs on the same folder, and waits for its end. */
export async function startAgainInChromium({ dataFolder, saveFolder, env }: StartOptions) {
  const child = spawn(process.execPath, argvFor(dataFolder, saveFolder), { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { exit: await inTime(exit), said }
}

function argvFor(dataFolder: string, saveFolder: string): string[] {
  return [join(root, 'dist/main/chromium.js'), '--data', dataFolder, '--save-folder', saveFolder]
}

/** Starts the built app in Chromium and attaches to the debugging port that it opens for tests. */
export const startInChromium: Start = async ({ dataFolder, saveFolder, env }) => {
  const portFile = join(dataFolder, 'window', 'DevToolsActivePort')
  await rm(portFile, { force: true })
  const child = spawn(process.execPath, argvFor(dataFolder, saveFolder), {
    env: { ...env, MUSTER_TEST_DEBUG_PORT: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const browsers: Browser[] = []

  async function attach(): Promise<Page> {
    await Promise.all(browsers.splice(0).map((browser) => browser.close()))
    const until = Date.now() + OPEN_WITHIN_MS
    for (;;) {
      if (child.exitCode !== null) throw new Error(`Muster ended with ${child.exitCode}: ${said}`)
      const browser = await connect(portFile)
      const page = browser
        ?.contexts()[0]
        ?.pages()
        .find((each) => each.url().startsWith('https://muster.invalid/'))
      if (browser !== null && page !== undefined) {
        browsers.push(browser)
        return page
      }
      await browser?.close()
      if (Date.now() > until) throw new Error(`Muster showed no window in time: ${said}`)
      await wait(50)
    }
  }

  let page: Page
  try {
    page = await attach()
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
  return {
    pid: child.pid ?? 0,
    get page() {
      return page
    },
    said: () => said,
    ended: () => inTime(exit),
    async attach() {
      page = await attach()
      return page
    },
    async kill() {
      child.kill('SIGKILL')
      await inTime(exit)
      await Promise.all(browsers.splice(0).map((browser) => browser.close()))
    },
  }
}

/** Null while there is no port to connect to. */
async function connect(portFile: string): Promise<Browser | null> {
  const port = (await readFile(portFile, 'utf8').catch(() => '')).split('\n')[0] ?? ''
  if (port === '') return null
  try {
    return await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { timeout: 10_000 })
  } catch {
    return null // an old port, of a browser that has ended: the file is written anew soon
  }
}

/** Starts the built app in Electron's binary. Its dialog for files answers as the folder for tests would. */
export const startInElectron: Start = async ({ dataFolder, saveFolder, env }) => {
  const binary = electronHere(root)?.binary ?? null
  if (binary === null) throw new Error("Electron's binary is not here: npm run fetch-electron")
  const app = await _electron.launch({
    executablePath: binary,
    args: [...electronFlags(), root, '--data', dataFolder],
    env: Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined)),
    timeout: OPEN_WITHIN_MS,
  })
  const child = app.process()
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  await app.evaluate(({ dialog }, folder) => {
    const choose = (...given: unknown[]) => {
      const { defaultPath = 'file' } = given.at(-1) as { defaultPath?: string }
      return Promise.resolve({ canceled: false, filePath: `${folder}/${defaultPath.split('/').at(-1)}` })
    }
    Object.assign(dialog, { showSaveDialog: choose })
  }, saveFolder)
  let page = await app.firstWindow()
  return {
    pid: child.pid ?? 0,
    get page() {
      return page
    },
    said: () => said,
    ended: () => inTime(exit),
    async attach() {
      const open = app.windows().find((each) => !each.isClosed())
      page = open ?? (await app.waitForEvent('window', { timeout: OPEN_WITHIN_MS }))
      return page
    },
    async kill() {
      child.kill('SIGKILL')
      await inTime(exit)
    },
  }
}

async function inTime(exit: Promise<number | null>): Promise<number | null> {
  const late = wait(END_WITHIN_MS, 'late' as const, { ref: false })
  const ended = await Promise.race([exit, late])
  if (ended === 'late') throw new Error(`Muster did not end within ${END_WITHIN_MS / 1000} s`)
  return ended
}
