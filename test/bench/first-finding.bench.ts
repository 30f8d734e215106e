import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { startDisplay } from '../display.ts'
import { startInChromium } from '../e2e/running-app.ts'
import { muster } from '../main/terminal/muster.ts'
import { serveCrowd } from './served-crowd.ts'

/**
 * The built app, its window and a served engine of 50 containers: from the key of the sweep (the time of the press itself) to
 * the first rows, the first finding and the kept sweep, each as painted (two frames after it stands in the document).
 * Prints medians and the worst of all rounds; asserts nothing.
 */
const containers = 50
const rounds = 11

type Marks = Record<'rows' | 'finding' | 'kept', number>

const display = await startDisplay()
const folder = await mkdtemp(join(tmpdir(), 'muster-first-finding-'))
const crowd = await serveCrowd(containers)
try {
  const [dataFolder, saveFolder] = [join(folder, 'data'), join(folder, 'saved')]
  await mkdir(saveFolder)
  const env = { ...display.env, HOME: folder, XDG_RUNTIME_DIR: folder, DOCKER_HOST: crowd.endpoint.host }
  const title = 'Shop is down'
  const said = await muster(
    ['declare', '--pack', 'infinity', '--title', title, '--severity', 'P2', '--data', dataFolder],
    env,
  )
  if (said.exit !== 0) throw new Error(said.err)
  const app = await startInChromium({ dataFolder, saveFolder, env })
  try {
    const { page } = app
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.getByLabel('Your name').fill('Mira Holm')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Board' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('i')
    await page.locator('main.room h1', { hasText: title }).waitFor()
    const all: Marks[] = []
    for (let round = 0; round < rounds; round += 1) {
      await page.locator('.engine-row button:not([disabled])', { hasText: 'Sweep' }).waitFor()
      await wait(1_000)
      all.push(await sweep(page))
    }
    const figures = (['rows', 'finding', 'kept'] as const).map((mark) => {
      const times = all.map((marks) => marks[mark]).toSorted((a, b) => a - b)
      return `${mark} ${times[Math.floor(times.length / 2)]?.toFixed(0)} (worst ${times.at(-1)?.toFixed(0)})`
    })
    const load = loadavg().map((one) => one.toFixed(1))
    console.log(
      `${containers} containers, ms from the key to the paint, medians of ${rounds}: ${figures.join(', ')}; first round ${all[0]?.finding.toFixed(0)}; load ${load.join(' ')}`,
    )
  } finally {
    await app.kill()
  }
} finally {
  await crowd.stop()
  await display.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}

/** One sweep by its key; when each was painted, in milliseconds after the press. */
async function sweep(page: Page): Promise<Marks> {
  const marks = page.evaluate(
    () =>
      new Promise<Marks>((resolve, reject) => {
        let pressed = 0
        let hasRead = false
        setTimeout(() => reject(new Error('the sweep was not kept within 60 s')), 60_000)
        const found: Partial<Marks> = {}
        const mark = (name: keyof Marks) => {
          if (found[name] !== undefined) return
          found[name] = Number.POSITIVE_INFINITY
          requestAnimationFrame(() =>
            requestAnimationFrame(() => {
              found[name] = performance.now() - pressed
              if (name !== 'kept') return
              observer.disconnect()
              resolve({ rows: 0, finding: 0, kept: 0, ...found })
            }),
          )
        }
        const observer = new MutationObserver(() => {
          if (pressed === 0) return
          // While the sweep runs its own findings are marked as not yet kept.
          const isFresh = document.querySelector('.not-kept') !== null
          const reads = document.querySelector('.sweep-line progress') !== null
          if (reads && document.querySelector('.containers tbody tr') !== null) mark('rows')
          if (isFresh && document.querySelector('.finding') !== null) mark('finding')
          hasRead ||= reads
          if (!hasRead || reads || isFresh) return
          // Where both come in one frame the finding was never seen without being kept.
          mark('finding')
          mark('kept')
        })
        observer.observe(document.body, { childList: true, subtree: true, characterData: true })
        addEventListener('keydown', ({ timeStamp }) => void (pressed ||= timeStamp), { capture: true, once: true })
      }),
  )
  await page.keyboard.press('Shift+F')
  return marks
}
