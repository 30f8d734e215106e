import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { startDisplay } from '../display.ts'
import { leftovers } from '../e2e/leftovers.ts'
import { startInChromium } from '../e2e/running-app.ts'
import { fillDesk } from './full-desk.ts'

/**
 * The timeline of an incident of 100,000 entries in the built app: from the click on the board to its rows on screen,
 * frames while it scrolls against an empty region of the same height in the same window, a filter, a jump. Prints a
 * table; fails where nineteen of twenty frames of reading take more than twice the empty region's.
 */
const count = 100_000
const most = 2
const rounds = 4
interface Frames {
  /** How long each took, in ms. */
  readonly took: readonly number[]
  /** Frames in which a row in view was not there yet. */
  readonly awaited: number
}

/** Scrolls a region by so many pixels a frame, from a part of its height on, and tells how long the frames took. */
function scroll(page: Page, selector: string, how: { from: number; step: number; frames: number }): Promise<Frames> {
  return page.evaluate(
    ([where, { from, step, frames }]) =>
      new Promise<Frames>((resolve) => {
        const region = document.querySelector(where)
        if (region === null) throw new Error(`There is no ${where}`)
        const took: number[] = []
        let awaited = 0
        let last = 0
        region.scrollTop = region.scrollHeight * from
        const box = region.getBoundingClientRect()
        const frame = (now: number) => {
          if (last > 0) took.push(now - last)
          last = now
          const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
          if ((middle?.closest('[data-awaited]') ?? null) !== null) awaited += 1
          region.scrollTop += step
          if (took.length < frames) requestAnimationFrame(frame)
          else resolve({ took: took.slice(5), awaited })
        }
        requestAnimationFrame(frame)
      }),
    [selector, how] as const,
  )
}

function pooled(all: readonly Frames[]): Frames {
  return { took: all.flatMap(({ took }) => took), awaited: all.reduce((sum, { awaited }) => sum + awaited, 0) }
}

function part({ took }: Frames, of: number): number {
  const sorted = took.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length * of)] ?? Number.NaN
}

function tell(name: string, frames: Frames): void {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((of) => part(frames, of).toFixed(1))
  const { length } = frames.took
  console.log(`${name.padEnd(46)} p50 ${p50} p95 ${p95} p99 ${p99} ms, ${frames.awaited} of ${length} before the rows`)
}

/** What the page's script holds once what it let go is collected, in MiB. */
async function heap(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return `${(usedSize / 1_048_576).toFixed(1)} MiB`
}

/** How long until something is on screen that an act in the page brings, in ms. */
function until(page: Page, act: string, shown: string): Promise<number> {
  return page.evaluate(
    ([press, wanted]) =>
      new Promise<number>((resolve) => {
        const began = performance.now()
        document.querySelector<HTMLElement>(press)?.click()
        const look = () => {
          if (document.querySelector(wanted) === null) requestAnimationFrame(look)
          else requestAnimationFrame(() => resolve(performance.now() - began))
        }
        look()
      }),
    [act, shown] as const,
  )
}

/** Laid over the timeline, so that both are scrolled in the same window. */
async function coverWithEmptyRegion(page: Page): Promise<void> {
  await page.evaluate(() => {
    const region = document.createElement('div')
    region.id = 'bare'
    region.style.cssText = 'position:fixed;inset:200px 400px 100px 300px;overflow:auto;background:#000;z-index:999'
    const inner = document.createElement('div')
    inner.style.height = '3000000px'
    region.append(inner)
    document.body.append(region)
  })
}

const display = await startDisplay()
const folder = await mkdtemp(join(tmpdir(), 'muster-timeline-'))
const dataFolder = join(folder, 'data')
await mkdir(join(folder, 'saved'), { recursive: true })
await mkdir(dataFolder)
const filledAt = performance.now()
await fillDesk(dataFolder, { incidents: 1, entries: count })
console.log(`${count} entries written in ${((performance.now() - filledAt) / 1000).toFixed(1)} s`)
const env = { ...display.env, HOME: folder, XDG_RUNTIME_DIR: folder, TZ: 'UTC' }
const app = await startInChromium({ dataFolder, saveFolder: join(folder, 'saved'), env })
let ratio = Number.NaN
try {
  const { page } = app
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.locator('tr.line').waitFor({ timeout: 120_000 })
  const firstMs = await until(page, 'tr.line button, tr.line a, tr.line', '.entry')
  console.log(`from the click on the board to rows on screen   ${firstMs.toFixed(0)} ms`)
  const callMs = await page.evaluate(async () => {
    const began = performance.now()
    const region = document.querySelector('.entries')
    if (region === null) return Number.NaN
    region.scrollTop = region.scrollHeight / 2
    await new Promise<void>((resolve) => {
      const look = () => {
        const isHere = document.querySelector('.entry-place:not([data-awaited])') !== null
        if (isHere && document.querySelectorAll('[data-awaited]').length === 0) resolve()
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })
    return performance.now() - began
  })
  console.log(`to the middle, until every drawn row is there   ${callMs.toFixed(0)} ms`)

  console.log(`the page's heap, with a few pages                ${await heap(page)}`)
  const bare: Frames[] = []
  const down: Frames[] = []
  const up: Frames[] = []
  for (let round = 0; round < rounds; round += 1) {
    await coverWithEmptyRegion(page)
    bare.push(await scroll(page, '#bare', { from: 0, step: 120, frames: 200 }))
    await page.evaluate(() => document.querySelector('#bare')?.remove())
    down.push(await scroll(page, '.entries', { from: (round + 0.2) / rounds, step: 120, frames: 200 }))
    up.push(await scroll(page, '.entries', { from: (round + 0.8) / rounds, step: -120, frames: 200 }))
  }
  tell('an empty region of that height', pooled(bare))
  tell('reading down, 120 px a frame', pooled(down))
  tell('reading up, 120 px a frame', pooled(up))
  tell('from top to bottom, 4,000 px a frame', await scroll(page, '.entries', { from: 0, step: 4_000, frames: 900 }))
  const places = await page.locator('.entry-place').count()
  console.log(`after all that: ${places} rows in the page, heap ${await heap(page)}`)
  ratio = part(pooled([...down, ...up]), 0.95) / part(pooled(bare), 0.95)

  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await page.keyboard.press('f')
  await page.getByRole('dialog').waitFor()
  const box = page.getByRole('dialog').getByText('Decisions', { exact: true })
  await box.waitFor()
  const filterAt = performance.now()
  await box.click()
  await page.locator('.filter-line output', { hasText: /^\d+ of/ }).waitFor()
  console.log(`filter by decisions, until counted and shown     ${(performance.now() - filterAt).toFixed(0)} ms`)
  const notesAt = performance.now()
  await page.getByRole('dialog').getByText('Notes and corrections', { exact: true }).click()
  await page.locator('.filter-line output', { hasText: /^100,0\d\d of|^100,000 of/ }).waitFor()
  console.log(`filter that passes nearly all, until shown       ${(performance.now() - notesAt).toFixed(0)} ms`)
} finally {
  await app.kill()
  await leftovers(folder, 10_000)
  await display.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
console.log(`frames while reading, against the empty region  ${ratio.toFixed(2)} at p95`)
if (!(ratio <= most)) {
  console.log(`Reading is to take at most ${most} times the frames of an empty region.`)
  process.exitCode = 1
}
