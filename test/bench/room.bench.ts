import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright'
import { startDisplay } from '../display.ts'
import { leftovers } from '../e2e/leftovers.ts'
import { startInChromium } from '../e2e/running-app.ts'
import { fillDesk } from './full-desk.ts'

/**
 * The room on a full desk: 50 open incidents, 100,000 entries in one of them. From a key to the painted answer for
 * typing in the quick entry and for changing the view (event timing of the browser itself: from the key's time stamp to the
 * next paint, in steps of 8 ms), the processor's part while nobody touches it, the window's memory, and the size of what the
 * window loads first. Prints a table; fails where a figure is over its bound.
 */
const most = { p95Ms: 50, idlePart: 0.01, memoryMiB: 250, bundleKb: 400 }
const root = new URL('../..', import.meta.url)
const IDLE_MS = 20_000
const IDLE_TIMES = 3

/** Hears every key from now on: the time from each to the paint after it, in ms; faster ones than 16 count as 16. */
async function listen(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const heard: number[] = []
    Object.assign(globalThis, { heardKeys: heard })
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === 'keydown') heard.push(entry.duration)
    })
    // TypeScript's DOM does not know this option: https://www.w3.org/TR/event-timing/#sec-modifications-perf-timeline
    const options = { type: 'event', buffered: false, durationThreshold: 16 }
    observer.observe(options)
  })
  return async () => {
    await page.waitForTimeout(500)
    return page.evaluate(() => {
      const { heardKeys } = globalThis as unknown as { heardKeys: number[] }
      return heardKeys.splice(0)
    })
  }
}

function p95(took: readonly number[], pressed: number): number {
  const fast = Array.from({ length: Math.max(0, pressed - took.length) }, () => 16)
  const sorted = [...took, ...fast].toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN
}

interface Cost {
  readonly name: string
  readonly seconds: number
}

/** What each process of the browser, and the app itself, has used of the processor. */
async function costs(page: Page, appPid: number): Promise<Map<number, Cost>> {
  const session = await page.context().browser()?.newBrowserCDPSession()
  const { processInfo } = (await session?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] }
  await session?.detach()
  const all = new Map(processInfo.map(({ id, type }) => [id, type]))
  all.set(appPid, 'main')
  const read = async ([pid, name]: readonly [number, string]) => [pid, { name, seconds: await secondsOf(pid) }] as const
  return new Map(await Promise.all([...all].map(read)))
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: fields 14 and 15, a hundredth of a second each. */
async function secondsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100
}

/** The part of a process's memory that is its own, and its share of what it has with others, in MiB. */
async function memoryOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8')
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? Number.NaN) / 1024
}

/** What the page itself names: its script, what that loads at once, and its styles, compressed. */
async function bundleKb(): Promise<number> {
  const folder = new URL('dist/renderer/', root)
  const html = await readFile(new URL('index.html', folder), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1] ?? '')
  const sizes = await Promise.all(named.map(async (name) => gzipSync(await readFile(new URL(name, folder))).length))
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}

const wrong: string[] = []

function tell(what: string, figure: number, unit: string, bound: number): void {
  console.log(`${what.padEnd(58)} ${figure.toFixed(2)} ${unit} (at most ${bound})`)
  if (!(figure <= bound)) wrong.push(what)
}

const display = await startDisplay()
const folder = await mkdtemp(join(tmpdir(), 'muster-room-'))
const dataFolder = join(folder, 'data')
await mkdir(join(folder, 'saved'), { recursive: true })
await mkdir(dataFolder)
await fillDesk(dataFolder, { incidents: 50, entries: 100_000 })
const env = { ...display.env, HOME: folder, XDG_RUNTIME_DIR: folder, TZ: 'UTC' }
const app = await startInChromium({ dataFolder, saveFolder: join(folder, 'saved'), env })
try {
  const { page } = app
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.locator('tr.line').first().waitFor({ timeout: 120_000 })
  const keys = await listen(page)
  await page.getByRole('main').getByRole('button', { name: 'Checkout fails' }).click()
  const field = page.getByPlaceholder(/What happened/)
  await field.waitFor()
  await page.waitForTimeout(2_000)
  await keys()

  await page.keyboard.press('l')
  const words = 'Pool is exhausted on the replica only; the primary looks idle, says Jonas.'
  for (const letter of words) {
    await page.keyboard.press(letter)
    await page.waitForTimeout(30)
  }
  tell('typing in the quick entry, key to paint, p95', p95(await keys(), words.length + 1), 'ms', most.p95Ms)
  for (let round = 0; round < 10; round += 1) {
    await page.keyboard.press('Enter')
    await page.waitForTimeout(300)
    await page.keyboard.type(`note ${round}`)
  }
  await page.keyboard.press('Enter')
  tell('logging it, key to paint, p95', p95(await keys(), 80), 'ms', most.p95Ms)
  await page.keyboard.press('Escape')
  let pressed = 0
  for (let round = 0; round < 20; round += 1) {
    for (const key of ['g', 'b', 'g', 'i']) {
      await page.keyboard.press(key)
      pressed += 1
      await page.waitForTimeout(150)
    }
  }
  tell('from board to room and back, key to paint, p95', p95(await keys(), pressed), 'ms', most.p95Ms)

  await wait(10_000)
  const parts: { readonly own: number; readonly all: number }[] = []
  for (let time = 0; time < IDLE_TIMES; time += 1) {
    const before = await costs(page, app.pid)
    await wait(IDLE_MS)
    const after = await costs(page, app.pid)
    const spent = [...after].map(([pid, { name, seconds }]) => {
      return { name, part: (seconds - (before.get(pid)?.seconds ?? seconds)) / (IDLE_MS / 1000) }
    })
    const told = spent
      .filter(({ part }) => part >= 0.0005)
      .map(({ name, part }) => `${name} ${(part * 100).toFixed(2)}`)
    console.log(`  idle for ${IDLE_MS / 1000} s, % of a core: ${told.join(', ')}`)
    const sum = (named: typeof spent) => named.reduce((total, { part }) => total + part, 0)
    parts.push({ own: sum(spent.filter(({ name }) => name === 'renderer')), all: sum(spent) })
  }
  const own = median(parts.map((part) => part.own))
  const all = median(parts.map((part) => part.all))
  tell("the window's own process while nobody touches it, median", own * 100, '% of a core', most.idlePart * 100)
  console.log(`${'all processes of the app, median'.padEnd(58)} ${(all * 100).toFixed(2)} % of a core`)
  const renderers = [...(await costs(page, app.pid))].filter(([, { name }]) => name === 'renderer')
  tell(
    "the window's memory",
    Math.max(...(await Promise.all(renderers.map(([pid]) => memoryOf(pid))))),
    'MiB',
    most.memoryMiB,
  )
} finally {
  await app.kill()
  await leftovers(folder, 10_000)
  await display.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
tell('what the window loads first, compressed', await bundleKb(), 'kB', most.bundleKb)
if (wrong.length > 0) {
  console.log(`Over the bound: ${wrong.join('; ')}.`)
  process.exitCode = 1
}
