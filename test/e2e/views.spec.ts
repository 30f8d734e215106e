import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './ill-engine.ts'
import * as screens from './screens.ts'
import { visitViews } from './views.ts'

const takesPictures = process.env['MUSTER_SCREENS'] === '1'
const themes = ['light', 'dark'] as const
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const

/** WCAG 2.2 to AA, each version's own rules (https://www.deque.com/axe/core-documentation/api-documentation/#axecore-tags). */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** The longest of all stories: the two go their own ways through the views. */
test.describe.configure({ mode: 'parallel', timeout: 900_000 })

for (const theme of themes) {
  /** MUSTER_SCREENS=1 takes the pictures of docs/screens anew; otherwise a run leaves the tree as it is. */
  test(`every view, ${theme}, can be read by everyone (WCAG 2.2 AA) and fits the window`, async ({
    machine,
    engine,
  }) => {
    const { page } = await machine.start({ dockerHost: engine.host })
    await page.emulateMedia({ colorScheme: theme })
    await expect(screens.welcome(page).name).toBeVisible()
    await page.evaluate(() => document.body.append(document.createElement('button')))
    expect(await violations(page), 'a planted fault is found').toEqual([expect.stringContaining('button-name')])
    await page.evaluate(() => document.querySelector('body > button')?.remove())

    const found: string[] = []
    await visitViews(page, async (view) => {
      found.push(...(await violations(page)).map((violation) => `${view}: ${violation}`))
      for (const size of sizes) {
        await page.setViewportSize(size)
        await settle(page)
        if (await overflows(page)) found.push(`${view} at ${size.width}: does not fit`)
        if (takesPictures) await page.screenshot({ path: pictureOf(view, theme, size.width) })
      }
      await page.setViewportSize(sizes[0])
    })
    expect(found).toEqual([])
  })
}

/** In one frame: a page of axe's own would be closed by Muster as a window that the page opened. */
async function violations(page: Page): Promise<string[]> {
  const result = await new AxeBuilder({ page }).withTags(rules).setLegacyMode(true).analyze()
  return result.violations.map(({ id, impact, nodes }) => `${id} (${impact}) at ${nodes[0]?.target.join(' ') ?? '?'}`)
}

/** Two frames: what a new size changes is laid out in the first. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  )
}

/** Whether the window as a whole, or a dialog over it, scrolls: what is in them may, they may not. */
async function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('[role=dialog]')].some(
      (part) => part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight,
    ),
  )
}

function pictureOf(view: string, theme: string, width: number): string {
  const folder = fileURLToPath(new URL('../../docs/screens', import.meta.url))
  mkdirSync(folder, { recursive: true })
  return join(folder, `${view}-${theme}-${width}.png`)
}
