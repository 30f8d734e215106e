import { JournalStore } from '../../main/journal/journal-store.ts'
import { systemClock } from '../../main/journal/clock.ts'
import { draftOf } from '../../shared/journal/kind.ts'
import { notedKind } from '../../shared/notes/entries.ts'
import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'
import * as screens from './screens.ts'

const outage = { title: 'Checkout fails', answers: 'nnyn', proposed: 'P2 High' }

test('a line that begins with a colon is logged as what it says, and told before Enter', async ({ machine }) => {
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira Holm')
  await acts.declare(page, outage)
  const room = screens.room(page)

  await page.keyboard.press(':')
  await expect(room.note).toHaveValue(':')
  await page.keyboard.type('task Jonas 10 check replica lag')
  await expect(room.noteEcho).toHaveText('Will log: Task for Jonas, 10 min: check replica lag')
  await page.keyboard.press('Enter')
  await expect(room.entriesOf('task-given')).toContainText('Task for Jonas: check replica lag')
  await expect(page.locator('.tasks')).toContainText(/Jonas check replica lag.*left/)

  await page.keyboard.type(':dec')
  await page.keyboard.press('Tab')
  await expect(room.note).toHaveValue(':decide ')
  await page.keyboard.type('roll back now')
  await page.keyboard.press('Enter')
  await expect(room.entriesOf('decided')).toContainText('Decided: roll back now')

  await page.keyboard.type(':sev P9 all is lost')
  await expect(room.noteEcho).toContainText("This runbook has no severity 'P9'.")
  await page.keyboard.press('Enter')
  await expect(room.note).toHaveValue(':sev P9 all is lost')
  await room.note.fill(':sev 1 nobody can pay')
  await page.keyboard.press('Enter')
  await expect(room.severity).toContainText('P1')

  await page.keyboard.type(':resolve')
  await page.keyboard.press('Enter')
  await expect(screens.resolution(page).layer).toBeVisible()
  await acts.closeLayer(page)
  await expect(room.ended).toHaveCount(0)

  await room.note.focus()
  await page.keyboard.press('ArrowUp')
  await expect(room.note).toHaveValue(':sev 1 nobody can pay')
  await room.note.fill('::q was typed by mistake')
  await page.keyboard.press('Enter')
  await expect(room.entriesOf('noted')).toContainText(':q was typed by mistake')
})

test('entries are walked by keys, starred, copied with their hash, and filtered', async ({ machine }) => {
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira Holm')
  await acts.declare(page, outage)
  const room = screens.room(page)
  await acts.log(page, 'Pool is *exhausted* on pg-eu-2')
  await acts.log(page, 'Primary looks idle')

  await acts.pair(page, 'g t')
  await page.keyboard.press('k')
  const selected = page.locator('.entry-place[aria-current=true]')
  await expect(selected).toContainText('Pool is *exhausted*')
  await page.keyboard.press('s')
  await expect(selected.locator('.entry-star')).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('c')
  await expect(page.locator('.selection-line')).toContainText('Copied with its hash.')
  await page.keyboard.press('Escape')
  await page.keyboard.press('l')
  await page.keyboard.press('Control+v')
  const hash = await selected
    .locator('[data-hash]')
    .or(page.locator('.entry:has(.entry-star)'))
    .first()
    .getAttribute('data-hash')
  await expect(room.note).toHaveValue(
    new RegExp(`Mira Holm: Pool is \\\\\\*exhausted\\\\\\*[^]*sha256 ${hash ?? 'none'}`),
  )
  await room.note.fill('')
  await acts.leaveField(page)

  await acts.pair(page, 'g t')
  await page.keyboard.press('f')
  const dialog = page.getByRole('dialog', { name: 'Filter the timeline' })
  await dialog.getByText('Starred entries').click()
  await expect(page.locator('.filter-line')).toContainText(/Show only\s*starred\s*1 of \d+ entries/)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(room.entries).toHaveCount(1)
  await page.keyboard.press('Backspace')
  await expect(page.locator('.filter-line')).toHaveCount(0)
  await expect(room.entry('Primary looks idle')).toBeVisible()
})

test('letters that an entry has for itself leave those after G alone, and a list without entries has none', async ({
  machine,
}) => {
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira Holm')
  await acts.declare(page, outage)
  await acts.log(page, 'Primary looks idle')
  const selected = page.locator('.entry-place[aria-current=true]')
  const enter = async () => {
    await acts.pair(page, 'g t')
    await expect(selected).toHaveCount(1)
    await expect(selected).toContainText('Primary looks idle')
  }
  await enter()
  await page.keyboard.press('k')
  await expect(selected).not.toContainText('Primary looks idle')
  await page.keyboard.press('j')
  await expect(selected).toContainText('Primary looks idle')
  await page.keyboard.press('Shift+K')
  await expect(selected).toHaveCount(2)

  await acts.pair(page, 'g j')
  await expect(page.getByRole('dialog', { name: 'Go to a time' })).toBeVisible()
  await acts.closeLayer(page)
  await enter()
  await acts.pair(page, 'g k')
  await expect(screens.packs(page).list).toHaveCount(5)
  await acts.pair(page, 'g i')

  await enter()
  await page.keyboard.press('f')
  await page.getByRole('dialog', { name: 'Filter the timeline' }).getByText('Starred entries').click()
  await page.keyboard.press('Enter')
  await expect(screens.room(page).entries).toHaveCount(0)
  await page.locator('#timeline').focus()
  for (const key of ['j', 'k', 'ArrowDown']) await page.keyboard.press(key)
  await page.keyboard.press('Backspace')
  await expect(screens.room(page).entry('Primary looks idle')).toBeVisible()
})

test('ten thousand entries are gone through by keys and by time, and few of them are in the page', async ({
  machine,
}) => {
  await machine.musterJson(
    'declare',
    '--pack',
    'infinity',
    '--title',
    'Checkout fails',
    '--severity',
    'P1',
    '--as',
    'Ana',
  )
  const journal = new JournalStore(machine.dataFolder, systemClock)
  const [state] = journal.states()
  const drafts = Array.from({ length: 10_000 }, (_each, index) => draftOf(notedKind, { text: `note ${index}` }))
  journal.append(state?.id ?? '', 'live', { contact: null, name: 'Ana' }, () => drafts)
  journal.close()
  const { page } = await machine.start()
  const room = screens.room(page)
  await acts.introduce(page, 'Mira Holm')
  await page.keyboard.press('Enter')
  await expect(room.entry('note 9999')).toBeVisible()

  await acts.pair(page, 'g t')
  await page.keyboard.press('Home')
  await expect(room.entriesOf('declared')).toBeVisible()
  await expect(page.locator('.entry-place[aria-current=true]')).toHaveAttribute('aria-posinset', '1')
  await page.keyboard.press('PageDown')
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('.entry-place[aria-current=true]')).toContainText(/note \d+/)
  expect(await page.locator('.entry-place').count()).toBeLessThan(150)

  await page.keyboard.press('Escape')
  await page.keyboard.press('l')
  await page.keyboard.type('while reading far above')
  await page.keyboard.press('Enter')
  await expect(page.locator('.timeline h2')).toContainText(/10,00\d entries/)
  await expect(room.asked).toHaveCount(0)
  await acts.leaveField(page)
  await acts.pair(page, 'g 1')
  const jump = page.getByRole('dialog', { name: 'Go to a time' })
  await expect(jump.getByLabel('When?')).toHaveValue('1')
  await page.keyboard.type('h')
  await page.keyboard.press('Enter')
  await expect(jump).toBeHidden()
  await expect(page.locator('.entry-place[aria-current=true]')).toHaveAttribute('aria-posinset', '1')
  await expect(page.locator('.selection-line')).toContainText('First entry at or after')
  await page.keyboard.press('End')
  await expect(room.entry('while reading far above')).toBeVisible()

  // On paper the list has no height of its own: it must not draw all entries for that, nor lose its place for good.
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('.foot')).toBeHidden()
  await page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 500)))
  expect(await page.locator('.entry-place').count()).toBeLessThan(150)
  await page.emulateMedia({ media: 'screen' })
  await expect(room.entry('while reading far above')).toBeVisible()
})
