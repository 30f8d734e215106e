import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { checkoutStory } from '../story.ts'
import { testWindow } from '../test-window.ts'

const openWindow = testWindow()
const CHECKOUT = 'Checkout errors after deploy'
const REPORTS = 'Slow report exports'

async function room(shown: Page, title: string): Promise<void> {
  await shown.keyboard.press('g')
  await shown.keyboard.press('b')
  await shown.getByRole('main').getByRole('button', { name: title }).click()
  await shown.getByRole('heading', { name: title }).waitFor()
}

async function dialogOf(shown: Page, keys: readonly string[], name: string) {
  for (const key of keys) await shown.keyboard.press(key)
  const dialog = shown.getByRole('dialog', { name })
  await dialog.waitFor()
  return dialog
}

const exportOf = (shown: Page) => dialogOf(shown, ['x'], 'Export the post-mortem')

async function close(shown: Page): Promise<void> {
  await shown.keyboard.press('Escape')
  await shown.getByRole('dialog').waitFor({ state: 'detached' })
}

test('what came of a written post-mortem shows under its own incident, and under no other', async () => {
  const main = checkoutStory()
  const shown = await openWindow(main)
  const release = main.hold('exports.write')
  await room(shown, CHECKOUT)
  await (await exportOf(shown)).getByRole('button', { name: 'Write the file' }).click()
  await close(shown)
  await room(shown, REPORTS)
  const other = await exportOf(shown)
  await other.getByText('The file of another incident comes first', { exact: false }).waitFor()
  release()
  await expect.poll(() => other.getByRole('button', { name: 'Write the file' }).isEnabled()).toBe(true)
  expect(await other.getByText('Journal head', { exact: true }).count()).toBe(0)
  await close(shown)
  await room(shown, CHECKOUT)
  await (await exportOf(shown)).getByText('Journal head', { exact: true }).waitFor()
})

test('why an anchor was not written shows under its own incident, and under no other', async () => {
  const main = checkoutStory()
  const shown = await openWindow(main)
  main.refusals.set('journal.saveAnchor', { code: 'storage', tried: 'Write it', happened: 'No room.', next: 'Wait.' })
  const release = main.hold('journal.saveAnchor')
  await room(shown, CHECKOUT)
  await (await exportOf(shown)).getByRole('button', { name: 'Write it into a file' }).click()
  await close(shown)
  await room(shown, REPORTS)
  const other = await exportOf(shown)
  const save = other.getByRole('button', { name: 'Write it into a file' })
  expect(await save.isDisabled()).toBe(true)
  release()
  await expect.poll(() => save.isEnabled()).toBe(true)
  expect(await other.getByText('No room.').count()).toBe(0)
  await close(shown)
  await room(shown, CHECKOUT)
  await (await exportOf(shown)).getByText('No room.').waitFor()
})

test('a file for another desk is told of under its own incident, and under no other', async () => {
  const main = checkoutStory()
  const shown = await openWindow(main)
  const release = main.hold('merging.export')
  const merging = () => dialogOf(shown, ['g', 'm'], 'From desk to desk')
  await room(shown, CHECKOUT)
  await (await merging()).getByRole('button', { name: 'Export…' }).click()
  await close(shown)
  await room(shown, REPORTS)
  const other = await merging()
  await other.getByText('Writing the file of another incident…').waitFor()
  release()
  await expect.poll(() => other.getByRole('button', { name: 'Export…' }).isEnabled()).toBe(true)
  expect(await other.getByText(/^Wrote /).count()).toBe(0)
  await close(shown)
  await room(shown, CHECKOUT)
  await (await merging()).getByText(/^Wrote INC-2026-1121-0412 /).waitFor()
})
