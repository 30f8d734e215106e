import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import type { FakeMain } from '../fake-main.ts'
import { checkoutStory } from '../story.ts'
import { testWindow } from '../test-window.ts'

const openWindow = testWindow()
const KEY = 'ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789'
const waiting = 'The vault has a recovery key that is not on paper yet.'

async function create(main: FakeMain): Promise<Page> {
  const shown = await openWindow(main)
  await shown.getByRole('heading', { name: 'Board' }).waitFor()
  await openVault(shown)
  const [first, again] = [shown.getByLabel(/^Passphrase:/), shown.getByLabel('The same again')]
  await first.fill('four words of no kin')
  await again.fill('four words of no kin')
  await again.press('Enter')
  return shown
}

async function openVault(shown: Page): Promise<void> {
  await shown.keyboard.press('g')
  await shown.keyboard.press('v')
  await vaultOf(shown).waitFor()
}

const vaultOf = (shown: Page) => shown.getByRole('dialog', { name: 'Vault' })

test('a recovery key that comes when its dialog is gone waits, is told of, and stays until it is on paper', async () => {
  const main = checkoutStory()
  const release = main.hold('vault.create')
  const shown = await create(main)
  await expect.poll(() => main.asked.some(({ name }) => name === 'vault.create')).toBe(true)
  await shown.keyboard.press('Escape')
  await vaultOf(shown).waitFor({ state: 'detached' })
  expect(await shown.getByText(waiting).count()).toBe(0)
  release()
  await shown.getByText(waiting).waitFor()
  expect(await shown.getByText(KEY).count()).toBe(0)
  expect((await new AxeBuilder({ page: shown }).analyze()).violations).toEqual([])
  await shown.getByRole('button', { name: 'Look at it' }).click()
  await vaultOf(shown).getByText(KEY).waitFor()
  await shown.keyboard.press('Escape')
  await openVault(shown)
  await vaultOf(shown).getByText(KEY).waitFor()
  await vaultOf(shown).getByRole('button', { name: 'I have it on paper' }).click()
  await vaultOf(shown).getByText('Unlocked.').waitFor()
  await shown.keyboard.press('Escape')
  await vaultOf(shown).waitFor({ state: 'detached' })
  expect(await shown.getByText(waiting).count()).toBe(0)
  expect(
    await shown.evaluate(() => JSON.stringify([localStorage, sessionStorage].flatMap(Object.entries))),
  ).not.toContain(KEY)
})

test('the line stands under what the journal has to say, and pushes nothing out of the window', async () => {
  const main = checkoutStory()
  main.desk = { ...main.desk, journal: { readOnly: null, remark: 'The last entry was cut off and taken away.' } }
  const shown = await create(main)
  await vaultOf(shown).getByText(KEY).waitFor()
  await shown.keyboard.press('Escape')
  const [above, line, board] = await Promise.all([
    shown.getByText('The last entry was cut off').boundingBox(),
    shown.getByText(waiting).boundingBox(),
    shown.getByRole('main').boundingBox(),
  ])
  expect(line?.y).toBeGreaterThan((above?.y ?? 0) + (above?.height ?? 0))
  expect(board?.y).toBeGreaterThan((line?.y ?? 0) + (line?.height ?? 0))
  const height = await shown.evaluate(() => innerHeight)
  expect((board?.y ?? 0) + (board?.height ?? 0)).toBeLessThanOrEqual(height)
})
