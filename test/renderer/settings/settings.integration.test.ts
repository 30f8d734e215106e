import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import type { FakeMain } from '../fake-main.ts'
import { checkoutStory } from '../story.ts'
import { testWindow } from '../test-window.ts'
import type { Look } from '../window.ts'

const openWindow = testWindow()

async function openSettings(look: Look = {}, story: FakeMain = checkoutStory()): Promise<Page> {
  const shown = await openWindow(story, look)
  await shown.getByRole('heading', { name: 'Board' }).waitFor()
  await shown.keyboard.press('g')
  await shown.keyboard.press('s')
  await shown.getByRole('dialog', { name: 'Settings' }).waitFor()
  return shown
}

const part = (shown: Page, name: string) =>
  shown.getByRole('dialog', { name: 'Settings' }).getByRole('region', { name })

test('the look is chosen by arrows, holds at once and after the next start', async () => {
  const shown = await openSettings({ scheme: 'dark' })
  const scheme = () => shown.evaluate(() => document.documentElement.dataset['mantineColorScheme'])
  expect(await scheme()).toBe('dark')
  await shown.keyboard.press('ArrowDown')
  await expect.poll(scheme).toBe('light')
  expect(await part(shown, 'Look').getByRole('radio', { name: 'Light' }).isChecked()).toBe(true)
  expect(await shown.evaluate(() => localStorage.getItem('muster.preferences'))).toContain('"theme":"light"')
})

test('times are chosen with what they show now, and the window follows', async () => {
  const shown = await openSettings()
  await part(shown, 'Times').getByRole('radio', { name: 'UTC, now 14:07' }).press('ArrowDown')
  await shown.getByRole('button', { name: /Times are shown as local/ }).waitFor({ state: 'attached' })
})

test('what stands elsewhere is told, opens over the settings, and Esc leads back to them', async () => {
  const shown = await openSettings()
  await part(shown, 'Clocks').getByText('They ring in this Muster.').waitFor()
  await part(shown, 'Who records').getByText('Ana Ruiz').waitFor()
  const ways = [
    ['Mirror, backup, space', 'Mirror and backup'],
    ['Open the vault', 'Vault'],
    ['Open the contacts', 'Contacts'],
    ['Change', 'Who types here now?'],
  ] as const
  for (const [verb, title] of ways) {
    await shown.getByRole('button', { name: verb, exact: true }).press('Enter')
    await shown.getByRole('dialog', { name: title }).waitFor()
    await shown.keyboard.press('Escape')
    await shown.getByRole('dialog', { name: title }).waitFor({ state: 'detached' })
    await expect.poll(() => shown.evaluate(() => document.activeElement?.textContent)).toBe(verb)
  }
  await shown.getByRole('button', { name: 'Open the runbooks' }).press('Enter')
  await shown.getByRole('dialog').waitFor({ state: 'detached' })
  await shown.getByRole('heading', { name: 'Runbooks' }).first().waitFor()
})

test.each(['dark', 'light'] as const)('axe finds nothing in the settings, %s', async (scheme) => {
  const shown = await openSettings({ scheme })
  const { violations } = await new AxeBuilder({ page: shown })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
})
