import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import { startDisplay, type TestDisplay } from '../display.ts'
import { muster, musterJson, type Said } from '../main/terminal/muster.ts'
import { leftovers } from './leftovers.ts'
import { createMovedClock } from './moved-clock.ts'
import { type RunningApp, startAgainInChromium, startInChromium, startInElectron } from './running-app.ts'

const GONE_WITHIN_MS = 30_000
const size = { width: 1280, height: 800 }

/** A fresh machine for one test: a home of its own, a display, and Muster on a data folder that nobody else uses. */
export interface Machine {
  readonly folder: string
  readonly dataFolder: string
  readonly saveFolder: string
  readonly env: NodeJS.ProcessEnv
  /** Starts the built app and waits for its window. `dockerHost`: what DOCKER_HOST says there. */
  start(options?: { dockerHost?: string }): Promise<RunningApp>
  /** Starts it a second time beside the first; resolves when that second process has ended. */
  startAgain(): Promise<{ exit: number | null; said: string }>
  /** `npx muster ...` on the same data folder. */
  muster(...args: string[]): Promise<Said>
  /** The same with `--json`, parsed; rejects where it is refused. */
  musterJson(...args: string[]): Promise<unknown>
  /**
   * Lets so many minutes pass at once, for the app, its window and terminals; `asleep`: as if the machine had slept. Only where
   * the story says `test.use({ canMoveClock: true })`, before the app starts. See `moved-clock.ts`.
   */
  moveClock(minutes: number, how?: { asleep?: boolean }): Promise<void>
  /** The time as the app has it, in ms since 1970. */
  nowMs(): number
  /** kill -9 of the app, and proof that nothing of it is left. */
  killAll(): Promise<void>
  /** What went wrong in a window: uncaught errors, refused styles, anything the console calls an error. */
  readonly complaints: string[]
}

export const test = base.extend<{ machine: Machine; canMoveClock: boolean }, { display: TestDisplay }>({
  canMoveClock: [false, { option: true }],
  display: [
    async ({}, provide) => {
      const display = await startDisplay()
      await provide(display)
      await display.stop()
    },
    { scope: 'worker' },
  ],
  machine: async ({ display, canMoveClock }, provide, testInfo) => {
    const folder = await mkdtemp(join(tmpdir(), 'muster-e2e-'))
    const isElectron = testInfo.project.name === 'electron'
    const machine = await createMachine(folder, display, { isElectron, canMoveClock })
    await provide(machine)
    await machine.killAll()
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    expect(machine.complaints).toEqual([])
  },
})

interface Sort {
  readonly isElectron: boolean
  readonly canMoveClock: boolean
}

async function createMachine(folder: string, display: TestDisplay, sort: Sort): Promise<Machine> {
  const dataFolder = join(folder, 'data')
  const saveFolder = join(folder, 'saved')
  await mkdir(saveFolder)
  const { DOCKER_HOST: _docker, DOCKER_CONTEXT: _context, DOCKER_CONFIG: _config, ...rest } = display.env
  const clock = sort.canMoveClock ? createMovedClock(folder) : null
  const nodeOptions = [rest.NODE_OPTIONS, clock?.nodeOptions].filter((part) => part !== undefined).join(' ')
  const env = {
    ...rest,
    ...(nodeOptions === '' ? {} : { NODE_OPTIONS: nodeOptions }),
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    TZ: 'Europe/Berlin',
  }
  const running: RunningApp[] = []
  const complaints: string[] = []
  const listen = (page: Page) => {
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
    })
  }
  return {
    folder,
    dataFolder,
    saveFolder,
    env,
    complaints,
    async start({ dockerHost } = {}) {
      const app = await (sort.isElectron ? startInElectron : startInChromium)({
        dataFolder,
        saveFolder,
        env: dockerHost === undefined ? env : { ...env, DOCKER_HOST: dockerHost },
      })
      running.push(app)
      listen(app.page)
      await app.page.setViewportSize(size)
      await clock?.adjust(app.page)
      return app
    },
    startAgain: () => startAgainInChromium({ dataFolder, saveFolder, env }),
    muster: (...args) => muster([...args, '--data', dataFolder], env),
    musterJson: (...args) => musterJson([...args, '--data', dataFolder], env),
    async moveClock(minutes, how) {
      if (clock === null) throw new Error('This story cannot move the clock: test.use({ canMoveClock: true })')
      const windows = running.map(({ page }) => page).filter((page) => !page.isClosed())
      await clock.move(minutes, windows, how)
    },
    nowMs: () => clock?.nowMs() ?? Date.now(),
    async killAll() {
      await Promise.all(running.splice(0).map((app) => app.kill()))
      expect(await leftovers(folder, GONE_WITHIN_MS), 'processes that are left').toEqual([])
    },
  }
}

export { expect }
