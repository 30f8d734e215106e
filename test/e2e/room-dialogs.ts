import { expect, type Page } from '@playwright/test'
import * as acts from './acts.ts'
import * as screens from './screens.ts'

type Look = (view: string) => Promise<void>

const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name })

/** Opens one dialog after the other over the room of an open incident, with something in each, and stops there. */
export async function visitRoomDialogs(page: Page, look: Look): Promise<void> {
  await visitWork(page, look)
  await visitEntries(page, look)
  await visitPeople(page, look)
  await visitSecret(page, look)
  await visitSeverity(page, look)
}

/** What is given out, decided and told. */
async function visitWork(page: Page, look: Look): Promise<void> {
  await page.keyboard.press('t')
  await expect(dialog(page, 'Give a task')).toBeVisible()
  await page.keyboard.type('Jonas Weber')
  await look('task-give')
  await acts.closeLayer(page)
  await page.locator('.todo .task').first().focus()
  await page.keyboard.press('Enter')
  await expect(dialog(page, /^Task of /)).toBeVisible()
  await look('task')
  await acts.closeLayer(page)
  await page.keyboard.press('d')
  await expect(dialog(page, 'Decide')).toBeVisible()
  await page.keyboard.type('Roll back to the version of yesterday')
  await page.getByLabel(/^What else was weighed/).fill('Scale out\nSwitch the feature off')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('timer')).toBeVisible()
  await look('decide')
  await acts.closeLayer(page)
  await page.keyboard.press('u')
  await expect(dialog(page, 'Give an update')).toBeVisible()
  await look('update')
  await acts.closeLayer(page)
  await page.keyboard.press('/')
  await expect(dialog(page, 'Search')).toBeVisible()
  await page.keyboard.type('shop-db')
  await expect(dialog(page, 'Search').getByRole('option').first()).toBeVisible({ timeout: 20_000 })
  await look('search')
  await acts.closeLayer(page)
  await page.keyboard.press('f')
  await expect(dialog(page, /./).locator('.finding').first()).toBeFocused()
  await page.keyboard.press('w')
  await expect(dialog(page, 'Waive a finding')).toBeVisible()
  await look('waive')
  await page.keyboard.press('Escape')
  await expect(dialog(page, 'Waive a finding')).toHaveCount(0)
  await acts.closeLayer(page)
}

/** What can be done with an entry of the timeline. */
async function visitEntries(page: Page, look: Look): Promise<void> {
  for (const key of ['g', 't', 'End']) await page.keyboard.press(key)
  await expect(page.locator('.entry-place:focus')).toBeVisible()
  await look('entry')
  for (const [key, name, view] of [
    ['Enter', /as it is stored$/, 'entry-stored'],
    ['Delete', 'Erase the text of an entry', 'erase'],
    ['f', 'Filter the timeline', 'timeline-filter'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(dialog(page, name)).toBeVisible()
    await look(view)
    await acts.closeLayer(page)
  }
  await page.keyboard.press('Escape')
  await acts.log(page, 'Pool is exhausted on pg-eu-1')
  await acts.pair(page, 'g t')
  // Before the entry has the keyboard, W is the room's.
  await expect(page.locator('.entry-place[aria-current=true]:focus')).toContainText('Pool is exhausted on pg-eu-1')
  await page.keyboard.press('w')
  await expect(dialog(page, 'Correct a note')).toBeVisible()
  await look('correct')
  await acts.closeLayer(page)
  await acts.pair(page, 'g 1')
  await expect(dialog(page, 'Go to a time')).toBeVisible()
  await look('jump')
  await acts.closeLayer(page)
  await page.keyboard.press('Escape')
}

/** Who holds a role, what is in the bag, who types, and what other desks wrote. */
async function visitPeople(page: Page, look: Look): Promise<void> {
  await page.getByRole('button', { name: /^Deputy/ }).focus()
  await page.keyboard.press('Enter')
  await expect(dialog(page, /deputy/)).toBeVisible()
  await look('role')
  await acts.closeLayer(page)
  await acts.runCommand(page, 'contact card for the bag')
  await expect(dialog(page, 'Contact card for the bag')).toBeVisible()
  await look('contact-card')
  await acts.closeLayer(page)
  await page.getByRole('button', { name: /Mira Holm records/ }).focus()
  await page.keyboard.press('Enter')
  await expect(dialog(page, /./)).toBeVisible()
  await look('operator')
  await acts.closeLayer(page)
  await acts.pair(page, 'g m')
  await expect(dialog(page, 'From desk to desk')).toBeVisible()
  await look('merging')
  await acts.closeLayer(page)
}

/** What looks like a secret is asked about before it is logged. */
async function visitSecret(page: Page, look: Look): Promise<void> {
  await page.keyboard.press('l')
  await page.keyboard.type('They log in with postgres://app:Tr0ub4dor-and-3@db/shop')
  await page.keyboard.press('Enter')
  await expect(dialog(page, 'This looks like a secret')).toBeVisible()
  await look('secret')
  await acts.closeLayer(page)
  await screens.room(page).note.fill('')
  await acts.leaveField(page)
}

/** A severity that was raised in a hurry owes its reason. */
async function visitSeverity(page: Page, look: Look): Promise<void> {
  const severity = screens.severityDialog(page)
  await page.keyboard.press('s')
  await expect(severity.layer).toBeVisible()
  await page.keyboard.press('1')
  await expect(severity.reason).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(severity.layer).toBeHidden()
  const owed = page.locator('.banner', { hasText: 'reason' })
  await expect(owed).toBeVisible()
  await look('room-owes-reason')
  await owed.getByRole('button').focus()
  await page.keyboard.press('Enter')
  await expect(dialog(page, /./)).toBeVisible()
  await look('severity-why')
  await acts.closeLayer(page)
}

/** From the board: an incident that nobody has confirmed, and one that has ended. */
export async function visitOtherRooms(page: Page, title: string, look: Look): Promise<void> {
  const room = screens.room(page)
  await page.keyboard.press('Shift+F')
  await expect(page.locator('.banner', { hasText: 'Not confirmed' })).toBeVisible({ timeout: 30_000 })
  await look('room-unconfirmed')
  await acts.runCommand(page, 'board')
  await page.getByRole('main').getByRole('button', { name: title }).focus()
  await page.keyboard.press('Enter')
  await expect(room.title).toHaveText(title)
  await acts.resolve(page, 'The disk of shop-db was full; it has room again')
  await look('room-ended')
  await page.keyboard.press('r')
  await expect(dialog(page, /./)).toBeVisible()
  await look('reopen')
  await acts.closeLayer(page)
}
