import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'
import { filesWith } from '../files-with.ts'
import * as screens from './screens.ts'

const outage = { title: 'Checkout fails', answers: 'nnyn', proposed: 'P2 High' }
const secret = 'Hauptkennwort-hunter2'

test('what is erased in the window, or beside it in the terminal, is in no file of the data folder any more', async ({
  machine,
}) => {
  const { page } = await machine.start()
  const room = screens.room(page)
  await acts.introduce(page, 'Mira')
  await acts.declare(page, outage)
  const number = await room.number.innerText()
  // The browser keeps the titles of its windows: a title that was erased would stay there.
  await expect(page).toHaveTitle('0001 · Muster')
  await acts.log(page, 'What stood before')
  await acts.log(page, `The password is ${secret}.`)
  await acts.log(page, 'What stood after')
  expect(filesWith(machine.dataFolder, secret)).not.toEqual([])

  await acts.pair(page, 'g t')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Delete')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(secret)
  await page.keyboard.type('A password.')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Ana Ruiz')
  await page.keyboard.press('Tab')
  await page.keyboard.type('ERASE')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('Nothing of it is left in the data folder.')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(room.entry('Erased by #')).toContainText('A password.')
  await expect(page.locator('body')).not.toContainText(secret)
  await expect.poll(() => filesWith(machine.dataFolder, secret)).toEqual([])
  expect(filesWith(machine.dataFolder, 'What stood before')).not.toEqual([])
  expect(filesWith(machine.dataFolder, 'What stood after')).not.toEqual([])

  await machine.muster('note', number, `It is ${secret} now`, '--as', 'Ana')
  const late = room.entry(`It is ${secret} now`)
  await expect(late).toBeVisible()
  const hash = (await late.first().getAttribute('data-hash')) ?? ''
  const erased = await machine.muster('erase', number, hash.slice(0, 12), '--reason', 'Again', '--approver', 'Ana')
  expect(erased.out).toContain('Nothing of it is left in the data folder.')
  await expect(page.locator('body')).not.toContainText(secret)
  await expect.poll(() => filesWith(machine.dataFolder, secret)).toEqual([])
  expect(await machine.musterJson('verify')).toMatchObject({ ok: true, problems: [] })
})

test('a correction names the entry that it corrects and leads to it, and Enter shows all of an entry', async ({
  machine,
}) => {
  const { page } = await machine.start()
  const room = screens.room(page)
  await acts.introduce(page, 'Mira')
  await acts.declare(page, outage)
  await machine.muster('note', await room.number.innerText(), 'Queue is empty', '--as', 'Tom')
  await expect(room.entry('Queue is empty')).toBeVisible()
  await acts.pair(page, 'g t')
  await page.keyboard.press('w')
  await expect(page.getByRole('dialog')).toContainText('Queue is empty')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Queue is full')
  await page.keyboard.press('Enter')
  const corrected = room.entriesOf('noted').filter({ hasText: 'Queue is empty' })
  await expect(corrected.locator('del')).toHaveText('Queue is empty')
  await expect(corrected.locator('ins')).toHaveText('Queue is full')
  await expect(corrected).toContainText('corrected by Mira')
  const correction = room.entriesOf('corrected')
  await expect(correction).toContainText(/Corrected #\d+ “Queue is empty”: Queue is full/)
  await correction.getByRole('button', { name: /^#\d+ “Queue is empty”/ }).click()
  await expect(page.locator('[aria-current="true"]').filter({ hasText: 'Tom' })).toBeVisible()
  await page.keyboard.press('Enter')
  const stored = page.getByRole('dialog')
  await expect(stored).toContainText('noted, version 1')
  await expect(stored).toContainText('"text": "Queue is empty"')
  await expect(stored).toContainText('no outside clock to compare with')
})
