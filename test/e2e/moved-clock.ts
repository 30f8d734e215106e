import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

/**
 * Time that a test moves ahead, for the app as it was built: nothing in Muster knows of it. The app's process, its threads and
 * terminals beside it get a preload by `NODE_OPTIONS` that puts their clocks ahead (`moved-clock-preload.js`), windows the same
 * by script. Timers still wait real time: what is due is rung within a second or two of a move.
 *
 * In a story: `test.use({ canMoveClock: true })`, then `await machine.moveClock(25)`: 25 minutes pass at once, everywhere.
 */
export interface MovedClock {
  /** What processes need in their environment. */
  readonly nodeOptions: string
  /** Lets minutes pass in all processes and in these windows. `asleep`: as in sleep, where the monotonic clock stands still. */
  move(minutes: number, pages: readonly Page[], how?: { asleep?: boolean }): Promise<void>
  /** Puts a window that opened, and its pages to come, ahead as far as all the rest. */
  adjust(page: Page): Promise<void>
  /** The time as the app has it, in ms since 1970. */
  nowMs(): number
}

export function createMovedClock(folder: string): MovedClock {
  const file = join(folder, 'moved-clock')
  const preload = new URL('./moved-clock-preload.js', import.meta.url)
  preload.searchParams.set('file', file)
  let wallMs = 0
  let steadyMs = 0
  // Replaced whole, as it is read at any moment.
  const write = () => {
    writeFileSync(`${file}.new`, `${wallMs} ${steadyMs}\n`)
    renameSync(`${file}.new`, file)
  }
  write()
  const adjust = async (page: Page) => {
    await page.evaluate(putAhead, wallMs)
    await page.addInitScript(putAhead, wallMs)
  }
  return {
    nodeOptions: `--import=${preload.href}`,
    async move(minutes, pages, { asleep = false } = {}) {
      wallMs += minutes * 60_000
      if (!asleep) steadyMs += minutes * 60_000
      write()
      await Promise.all(pages.map(adjust))
    },
    adjust,
    nowMs: () => Date.now() + wallMs,
  }
}

/** Runs in the window, more than once. */
function putAhead(byMs: number): void {
  const holder = globalThis as { realNow?: () => number }
  holder.realNow ??= Date.now.bind(Date)
  const { realNow } = holder
  Date.now = () => realNow() + byMs
}
