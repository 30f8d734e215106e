import { AxeBuilder } from '@axe-core/playwright'
import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'
import * as screens from './screens.ts'

test('a Severity 1 of Dharma calls its team up, and the window shows whom, why and what stops each clock', async ({
  machine,
}) => {
  const title = 'Nobody reaches the platform'
  const early = new Date(Date.now() - 12 * 60_000).toISOString()
  const said = ['--pack', 'dharma', '--title', title, '--severity', 'Severity 1', '--detected-at', early]
  await machine.muster('declare', ...said, '--as', 'Mira')
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira')
  await screens.board(page).line(title).click()
  const room = screens.room(page)
  await expect(room.severity).toContainText('Severity 1')

  // Called up at once: overdue from the first second, on top, five at most.
  const cards = room.clocks.locator('.clock')
  await expect(cards).toHaveCount(5)
  await expect(cards.first()).toContainText('Tell Incident Commander')
  await expect(page.getByText('Call Senior Management by phone')).toBeVisible()
  await expect(room.entriesOf('alarm-given').first()).toBeVisible()

  const list = room.clocks.locator('details')
  await list.locator('summary').click()
  const row = list.locator('li', { hasText: 'Tell Communications Lead' })
  await expect(row).toContainText('Stops when: A call or a message to them is logged')
  await row.getByRole('button', { name: /^Told/ }).click()
  await expect(row).toContainText('in time')
  await expect(room.entriesOf('notified')).toHaveCount(1)

  const response = list.locator('li', { hasText: 'First response' })
  await response.getByRole('button', { name: /^Pause/ }).click()
  await page.keyboard.type('The provider has it')
  await page.keyboard.press('Enter')
  await expect(response).toContainText('stands still: The provider has it')
  await expect(list).toContainText('Without a time')
  // In one frame, as a page of axe's own would be closed as a window that the page opened.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  await list.locator('summary').click()

  // The terminal, beside the window: a call is logged, and the next in line is named.
  const number = await room.number.innerText()
  const call = await machine.musterJson('call', number, 'senior-management', '--result', 'reached', '--as', 'Ben')
  expect(call).toMatchObject({ escalation: { now: [{ title: 'Security Team' }] } })
  await expect(page.getByText('Senior Management has it')).toBeVisible()
  await expect(room.entriesOf('called')).toHaveCount(1)
  const other = (await machine.musterJson('declare', ...said, '--as', 'Ben')) as { number: string }
  await machine.muster('relate', number, other.number, '--how', 'duplicate-of', '--as', 'Ben')
  await expect(page.getByText(`duplicate of ${other.number}`).first()).toBeVisible()
})
