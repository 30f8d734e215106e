import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import type { FakeMain } from '../fake-main.ts'
import { testWindow } from '../test-window.ts'
import type { Look } from '../window.ts'
import { crowdedStory } from './crowded.ts'
import { measureFirstGlance } from './in-view.ts'

const openWindow = testWindow()
let main: FakeMain

async function openCrowded(story: FakeMain, look: Look = {}): Promise<Page> {
  main = story
  const page = await openWindow(main, look)
  await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await page.getByText('Ask the payment provider').first().waitFor()
  return page
}

test.each(['live', 'exercise'] as const)(
  'with much in it, nothing of the first glance is cut at 1280 × 800: %s',
  async (mode) => {
    const shown = await openCrowded(crowdedStory({ mode }))
    await expect.poll(async () => (await measureFirstGlance(shown)).cut).toEqual([])
    const { counts } = await measureFirstGlance(shown)
    expect(counts).toMatchObject({ role: 4, clock: 5, task: 3, call: 2, finding: 3, verb: 7, 'last entry': 3 })
    expect(counts['checklist item']).toBeGreaterThanOrEqual(1)
    expect(counts['link']).toBeGreaterThanOrEqual(3)
  },
)

test('a reason that is owed is a slim line, which pushes nothing off, with a verb that a finger hits', async () => {
  const shown = await openCrowded(crowdedStory({ owed: true }))
  const banner = shown.locator('.banner')
  await banner.waitFor()
  await expect.poll(async () => (await measureFirstGlance(shown)).cut).toEqual([])
  expect((await banner.boundingBox())?.height ?? 99).toBeLessThanOrEqual(28)
  expect((await banner.getByRole('button').boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(24)
})

test.each([20, 259, 47 * 60 + 30])(
  'how long a role is silent is told whole where it stands: %i min',
  async (minutes) => {
    const story = crowdedStory()
    story.nowMs += minutes * 60_000
    const shown = await openCrowded(story)
    const silent = shown.locator('.role-silent').filter({ hasText: /\d/ }).first()
    await silent.waitFor()
    const [words, place] = await silent.evaluate((part) => {
      const range = document.createRange()
      range.selectNodeContents(part)
      return [range.getBoundingClientRect().right, part.closest('.role')?.getBoundingClientRect().right ?? 0]
    })
    expect(words).toBeLessThanOrEqual(place)
  },
)

test('what a card says or offers stays in it', async () => {
  const shown = await openCrowded(crowdedStory())
  const out = await shown.evaluate(() =>
    [...document.querySelectorAll('.card, .finding, .clock')].flatMap((card) => {
      const { left, right } = card.getBoundingClientRect()
      return [...card.querySelectorAll('button, p, li')]
        .filter((part) => {
          const box = part.getBoundingClientRect()
          return box.width > 1 && (box.right > right + 0.5 || box.left < left - 0.5)
        })
        .map((part) => part.textContent)
    }),
  )
  expect(out).toEqual([])
})

test('what has no room folds into one, which shows it by keyboard', async () => {
  const shown = await openCrowded(crowdedStory())
  const more = shown.locator('.head-links .fold-more')
  expect(await more.innerText()).toMatch(/^\+\d+/)
  await more.press('Enter')
  await shown.locator('.head-links .fold-rest').getByText('hits payments').waitFor()
  await shown.keyboard.press('Escape')
  await shown.locator('.head-links .fold-rest').waitFor({ state: 'detached' })
  expect(await more.evaluate((button) => button === document.activeElement)).toBe(true)
})

test('a link shows its whole address before it opens', async () => {
  const shown = await openCrowded(crowdedStory())
  await shown.getByRole('button', { name: 'Bridge' }).press('Enter')
  await shown.locator('.link-url', { hasText: 'https://meet.example/checkout-2026-11-21?pin=442211' }).waitFor()
  expect(main.asked.some(({ name }) => name === 'links.open')).toBe(false)
  await shown.keyboard.press('Enter')
  await expect
    .poll(() => main.asked.findLast(({ name }) => name === 'links.open')?.argument)
    .toEqual({ url: 'https://meet.example/checkout-2026-11-21?pin=442211' })
})

test('the quieter verbs open by key, go by arrows, and close at Esc', async () => {
  const shown = await openCrowded(crowdedStory())
  await shown.keyboard.press('.')
  const menu = shown.getByRole('menu')
  await menu.waitFor()
  await shown.keyboard.press('ArrowDown')
  expect(await menu.getByRole('menuitem', { name: 'Sweep' }).evaluate((one) => one === document.activeElement)).toBe(
    true,
  )
  await shown.keyboard.press('Escape')
  await menu.waitFor({ state: 'detached' })
  await shown.keyboard.press('.')
  await shown.keyboard.press('End')
  await shown.keyboard.press('Enter')
  await shown.getByRole('dialog', { name: 'Export the post-mortem' }).waitFor()
})

test('a tab says how many clocks are overdue, and keys go from tab to tab, also while typing', async () => {
  const shown = await openCrowded(crowdedStory())
  await shown.getByRole('button', { name: /Slow report exports.*one clock is overdue/ }).waitFor()
  await shown.keyboard.press('l')
  await shown.keyboard.press('Control+2')
  await shown.getByRole('heading', { name: 'Slow report exports', level: 1 }).waitFor()
  await shown.keyboard.press('Control+Tab')
  await shown.getByRole('heading', { name: 'Certificate renewal', level: 1 }).waitFor()
  await shown.keyboard.press('Control+Shift+Tab')
  await shown.getByRole('heading', { name: 'Slow report exports', level: 1 }).waitFor()
})

test('at 200 % zoom everything is reached by scrolling down, and nothing is cut sideways', async () => {
  const shown = await openCrowded(crowdedStory({ owed: true }), { width: 640, height: 400 })
  const over = await shown.evaluate(() =>
    [...document.querySelectorAll('.room, .room *')]
      .filter((part) => {
        const style = getComputedStyle(part)
        const clips = ['hidden', 'clip'].includes(style.overflowX) && style.textOverflow !== 'ellipsis'
        return clips && part.scrollWidth > part.clientWidth + 1 && part.closest('.unseen, .folding') === null
      })
      .map((part) => part.className),
  )
  expect(over).toEqual([])
  const room = shown.locator('.room')
  expect(await room.evaluate((part) => part.scrollWidth - part.clientWidth)).toBe(0)
  for (const part of ['.call-part', '.right .finding', '.quick textarea', '.verbs']) {
    await shown.locator(part).first().scrollIntoViewIfNeeded()
    const box = await shown.locator(part).first().boundingBox()
    const isWhole = box !== null && box.y >= 0 && box.x >= 0 && box.x + box.width <= 640
    expect({ part, isWhole }).toEqual({ part, isWhole: true })
  }
})

test('on paper it is a report in black on white: no button, the findings before the entries', async () => {
  const shown = await openCrowded(crowdedStory({ mode: 'exercise' }))
  await shown.emulateMedia({ media: 'print' })
  expect(await shown.locator('.foot, .quick, .tabs').filter({ visible: true }).count()).toBe(0)
  expect(await shown.locator('.exercise-frame').isVisible()).toBe(true)
  const colour = await shown
    .locator('.clock.breached .clock-value')
    .first()
    .evaluate((part) => getComputedStyle(part).color)
  expect(colour).toBe('rgb(0, 0, 0)')
  const [finding, entry] = await Promise.all([
    shown.locator('.finding').first().boundingBox(),
    shown.locator('.entry').first().boundingBox(),
  ])
  expect(finding?.y ?? 0).toBeLessThan(entry?.y ?? 0)
  const pdf = await shown.pdf({ format: 'Letter' })
  expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-')
})

test('the palette prints it, and is not on the paper', async () => {
  const shown = await openCrowded(crowdedStory())
  await shown.evaluate(() => {
    globalThis.print = () => {
      document.title = document.querySelector('[role=dialog]') === null ? 'the room alone' : 'a dialog too'
    }
  })
  await shown.keyboard.press('Control+k')
  await shown.keyboard.type('print the situation')
  await shown.keyboard.press('Enter')
  await expect.poll(() => shown.title()).toBe('the room alone')
})

const schemes = ['dark', 'light'] as const

test.each(schemes)('axe finds nothing in a full room, its menu, its folded list and its steps, %s', async (scheme) => {
  const shown = await openCrowded(crowdedStory({ owed: true }), { scheme })
  const complaints = async () => {
    const { violations } = await new AxeBuilder({ page: shown })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    return violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}: ${nodes[0]?.failureSummary}`)
  }
  expect(await complaints()).toEqual([])
  await shown.keyboard.press('.')
  await shown.getByRole('menu').waitFor()
  expect(await complaints()).toEqual([])
  await shown.keyboard.press('Escape')
  await shown.locator('.head-links .fold-more').click()
  await shown.locator('.head-links .fold-rest').waitFor()
  expect(await complaints()).toEqual([])
  await shown.keyboard.press('Escape')
  await shown.keyboard.press('p')
  await shown.getByLabel('Scenario', { exact: true }).waitFor()
  expect(await complaints()).toEqual([])
})

test('in high contrast every text stands out by seven to one', async () => {
  const shown = await openCrowded(crowdedStory())
  await shown.emulateMedia({ contrast: 'more' })
  const { violations } = await new AxeBuilder({ page: shown }).withRules(['color-contrast-enhanced']).analyze()
  expect(violations.flatMap(({ nodes }) => nodes.map((node) => node.target.join(' ')))).toEqual([])
})
