import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import type { FakeMain } from '../fake-main.ts'
import { CHECKOUT, checkoutStory } from '../story.ts'
import { testWindow } from '../test-window.ts'
import type { Look } from '../window.ts'

const openWindow = testWindow()
let main: FakeMain

async function openBoard(look: Look = {}, story = checkoutStory()): Promise<Page> {
  main = story
  const page = await openWindow(story, look)
  await page.getByRole('heading', { name: 'Board' }).waitFor()
  return page
}

const field = (shown: Page) => shown.getByLabel('Search entries and evidence of all incidents')
const hits = (shown: Page) => shown.getByRole('listbox', { name: 'What was found' }).getByRole('option')

test('a word typed after / leads by Enter to its entry in the timeline of its incident', async () => {
  const shown = await openBoard()
  await shown.keyboard.press('/')
  await field(shown).waitFor()
  await shown.keyboard.type('pool exh')
  await hits(shown).first().waitFor()
  expect(await hits(shown).locator('mark').allTextContents()).toEqual(['Pool', 'exhausted'])
  await shown.keyboard.press('Enter')
  await shown.getByRole('heading', { name: 'Checkout errors after deploy' }).waitFor()
  const entry = main.journal.get(CHECKOUT)?.entries.find(({ body }) => JSON.stringify(body).includes('Pool exhausted'))
  await shown.locator(`[data-hash="${entry?.hash ?? ''}"]`).waitFor()
  expect(main.asked.findLast(({ name }) => name === 'incidents.locate')?.argument).toMatchObject({ id: CHECKOUT })
})

test('Enter before the answer is there opens the first of it when it comes', async () => {
  const shown = await openBoard()
  await shown.keyboard.press('/')
  await field(shown).waitFor()
  await field(shown).evaluate((input) => {
    // Letters and Enter in one go: no answer can come between.
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
    set?.call(input, 'pool exh')
    input.dispatchEvent(new Event('input', { bubbles: true }))
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  })
  await shown.getByRole('heading', { name: 'Checkout errors after deploy' }).waitFor()
  await field(shown).waitFor({ state: 'detached' })
})

test('letters after such an Enter take it back', async () => {
  const shown = await openBoard()
  await shown.keyboard.press('/')
  await field(shown).waitFor()
  await field(shown).evaluate((input) => {
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
    for (const text of ['pool', 'pool exh']) {
      set?.call(input, text)
      input.dispatchEvent(new Event('input', { bubbles: true }))
      if (text === 'pool') input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    }
  })
  await hits(shown).first().waitFor()
  await shown.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))))
  expect(await field(shown).count()).toBe(1)
})

test('/ is text while somebody types, and Esc leads back to where the focus was', async () => {
  const shown = await openBoard()
  await shown.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await shown.getByText('Pool exhausted').first().waitFor()
  await shown.keyboard.press('l')
  await shown.keyboard.type('/var/log')
  expect(await field(shown).count()).toBe(0)
  await shown.keyboard.press('Escape')
  await shown.keyboard.press('/')
  await field(shown).waitFor()
  await shown.keyboard.type('pool/5')
  expect(await field(shown).inputValue()).toBe('pool/5')
  await shown.keyboard.press('Escape')
  await field(shown).waitFor({ state: 'detached' })
})

test('a focus that comes twice selects the words of last time once, and no letter is lost', async () => {
  const shown = await openBoard()
  await shown.keyboard.press('/')
  await field(shown).waitFor()
  await shown.keyboard.type('po')
  // As the dialog's focus trap does, in a timer that may come late.
  await shown.getByRole('dialog').locator('div[data-autofocus]').focus()
  await shown.keyboard.type('ol')
  expect(await field(shown).inputValue()).toBe('pool')
})

test('arrows choose among the places found', async () => {
  const shown = await openBoard()
  await shown.keyboard.press('/')
  await field(shown).waitFor()
  await shown.keyboard.type('kind:swept ')
  await hits(shown).nth(1).waitFor()
  await shown.keyboard.press('ArrowDown')
  await expect.poll(() => hits(shown).nth(1).getAttribute('aria-selected')).toBe('true')
  expect(await field(shown).getAttribute('aria-activedescendant')).toBe(await hits(shown).nth(1).getAttribute('id'))
  await shown.keyboard.press('ArrowUp')
  await expect.poll(() => hits(shown).first().getAttribute('aria-selected')).toBe('true')
})

test('a filter is switched on by keyboard, and stands in the field as words', async () => {
  const shown = await openBoard()
  await shown.keyboard.press('/')
  await field(shown).waitFor()
  await shown.keyboard.type('pool')
  const notes = shown.getByRole('button', { name: 'notes' })
  await notes.focus()
  await shown.keyboard.press('Space')
  expect(await field(shown).inputValue()).toBe('pool kind:noted ')
  expect(await notes.getAttribute('aria-pressed')).toBe('true')
  await shown.keyboard.press('Space')
  expect((await field(shown).inputValue()).trim()).toBe('pool')
})

test('where nothing is found, what to leave out is one key', async () => {
  const shown = await openBoard()
  await shown.keyboard.press('/')
  await field(shown).waitFor()
  await shown.keyboard.type('pool kind:zebra ')
  await shown.getByRole('button', { name: 'Leave out kind:zebra' }).press('Enter')
  await hits(shown).first().waitFor()
  expect((await field(shown).inputValue()).trim()).toBe('pool')
})

test('while the index is made the same is asked again, and it is said how far it is', async () => {
  const shown = await openBoard()
  main.index = { state: 'building', done: 120_000, of: 1_000_000, bundles: 2 }
  await shown.keyboard.press('/')
  await field(shown).waitFor()
  await shown.keyboard.type('pool')
  await shown.getByText('120,000 of 1,000,000 entries').waitFor()
  main.index = { state: 'ready', done: 1_000_000, of: 1_000_000, bundles: 0 }
  await shown.getByText('120,000 of 1,000,000 entries').waitFor({ state: 'detached' })
})

test('what was refused says so, and is asked again on wish', async () => {
  const shown = await openBoard()
  main.refusals.set('search.find', {
    code: 'storage',
    tried: 'Open the search index',
    happened: 'The disk is full.',
    next: 'Make room on the disk.',
  })
  await shown.keyboard.press('/')
  await field(shown).waitFor()
  await shown.keyboard.type('p')
  await shown.getByText('The disk is full.').waitFor()
  await shown.keyboard.type('ool')
  await hits(shown).first().waitFor()
})

const schemes = ['dark', 'light'] as const

test.each(schemes)('axe finds nothing in search, empty, with hits and without, %s', async (scheme) => {
  const shown = await openBoard({ scheme })
  await shown.keyboard.press('/')
  await shown.getByText('these words, in this order').waitFor()
  expect(await complaints(shown)).toEqual([])
  main.index = { state: 'building', done: 12, of: 100, bundles: 1 }
  await shown.keyboard.type('pool')
  await hits(shown).first().waitFor()
  expect(await complaints(shown)).toEqual([])
  await shown.keyboard.type(' kind:zebra ')
  await shown.getByRole('button', { name: 'Leave out kind:zebra' }).waitFor()
  expect(await complaints(shown)).toEqual([])
})

async function complaints(shown: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: shown })
    .include('[role="dialog"]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.failureSummary}`))
}
