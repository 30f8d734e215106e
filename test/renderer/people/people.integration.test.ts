import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { CHECKOUT, checkoutStory } from '../story.ts'
import type { FakeMain } from '../fake-main.ts'
import { testWindow } from '../test-window.ts'

const openWindow = testWindow()

/** Waits until what was released has come and is drawn. */
async function settled(page: Page): Promise<void> {
  // The answer leaves while this is on its way; what is asked next comes after it.
  await page.evaluate(() => null)
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))))
}

function storyWithContacts(): FakeMain {
  const main = checkoutStory()
  main.vault.status = { ...main.vault.status, sealedBy: ['passphrase', 'recovery'], locked: 'nothing' }
  main.vault.contacts = ['Ana Ruiz', 'Jonas Weber'].map((name, at) => ({
    ...{ id: `01KBZ0000000000000000000C${at}`, name, role: '', organisation: '', onCall: '', contract: '', note: '' },
    ...{ means: [], timeZone: null, confirmedAt: '2026-11-20T09:00:00.000Z' },
  }))
  return main
}

test('a contact that is kept late leaves the form alone that was opened meanwhile', async () => {
  const main = storyWithContacts()
  const page = await openWindow(main)
  await page.getByRole('heading', { name: 'Board' }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('n')
  await page.getByRole('button', { name: 'Add a contact' }).click()
  const name = page.getByLabel('Name', { exact: true })
  await name.fill('Mia Sand')
  const release = main.hold('people.keep')
  await page.getByRole('button', { name: 'Keep' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Add a contact' }).click()
  await name.fill('Leo Ob')
  const reads = () => main.asked.filter((one) => one.name === 'people.list').length
  const before = reads()
  release()
  await expect.poll(reads).toBeGreaterThan(before)
  await settled(page)
  expect(await name.inputValue()).toBe('Leo Ob')
  await page.getByRole('button', { name: 'Keep' }).click()
  await page.getByText('Leo Ob').waitFor()
  await page.getByText('Mia Sand').waitFor()
})

test('a team that is kept late leaves the form of the next team alone, and the focus in it', async () => {
  const main = checkoutStory()
  for (const title of ['Database', 'Network']) {
    await main.answer('incidents.setTeam', JSON.stringify({ id: CHECKOUT, title, lead: 'Ana Ruiz', members: [] }))
  }
  const page = await openWindow(main)
  await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await page.getByRole('heading', { name: 'Checkout errors after deploy' }).waitFor()
  await page.keyboard.press('Shift+T')
  const members = page.getByLabel('Members, with commas between')
  await page.getByRole('button', { name: 'Change Database' }).click()
  await members.fill('Mia Sand')
  const release = main.hold('incidents.setTeam')
  await members.press('Enter')
  await page.getByRole('button', { name: 'Change Network' }).click()
  await members.fill('Leo Ob')
  release()
  await settled(page)
  await page.keyboard.type('erman')
  expect(await members.inputValue()).toBe('Leo Oberman')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Form the team' }).waitFor()
  const sent = main.asked.filter(({ name }) => name === 'incidents.setTeam').map(({ argument }) => argument)
  expect(sent.slice(2)).toMatchObject([
    { title: 'Database', members: ['Mia Sand'] },
    { title: 'Network', members: ['Leo Oberman'] },
  ])
})

test('members typed right after a team was formed stay in the field, and the focus there', async () => {
  const main = checkoutStory()
  const page = await openWindow(main)
  await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
  await page.getByRole('heading', { name: 'Checkout errors after deploy' }).waitFor()
  await page.keyboard.press('Shift+T')
  const members = page.getByLabel('Members, with commas between')
  await page.getByLabel('Team', { exact: true }).fill('Database')
  await members.fill('Mia Sand')
  const release = main.hold('incidents.setTeam')
  await members.press('Enter')
  await page.keyboard.type(', Leo')
  release()
  await page.getByText('△ nobody leads').waitFor()
  await settled(page)
  await page.keyboard.type(' Ob')
  expect(await members.inputValue()).toBe('Mia Sand, Leo Ob')
})
