import type { Page } from '@playwright/test'
import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'
import * as screens from './screens.ts'

test.use({ canMoveClock: true })

/** Opens the list of whom the runbook wants told, and says by the keyboard alone that somebody was. */
async function tell(page: Page, title: string): Promise<void> {
  await page.keyboard.press('c')
  await page.keyboard.press('t')
  await page.getByRole('button', { name: `Told: ${title}`, exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(screens.room(page).entriesOf('notified').filter({ hasText: title })).toHaveCount(1)
  await acts.closeLayer(page)
}

test('a Severity 1 of Dharma calls its team up at once, after 5, 10 and 15 minutes, by the keyboard alone', async ({
  machine,
}) => {
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira')
  const declared = { title: 'Nobody reaches the platform', answers: 'y', proposed: 'Severity 1 Critical' }
  await acts.declare(page, { ...declared, pack: 'Project Dharma' })
  const room = screens.room(page)

  // Commander and technical lead have to be there at once.
  await expect(room.clocks.locator('.clock').first()).toContainText(/Tell (Incident Commander|Technical Lead)/)
  await tell(page, 'Incident Commander')
  await tell(page, 'Technical Lead')

  await machine.moveClock(6)
  await expect(room.entry('Tell Communications Lead: time is over')).toBeVisible()
  await tell(page, 'Communications Lead')

  // The security lead only if it is a matter of security: a person judges that.
  await machine.moveClock(5)
  await page.keyboard.press('c')
  await page.keyboard.press('t')
  await expect(page.getByRole('dialog')).toContainText('Security-related')
  await acts.closeLayer(page)

  await machine.moveClock(5)
  await expect(room.entry('Tell Senior Management: time is over')).toBeVisible()
  await tell(page, 'Senior Management')
  await expect(room.entriesOf('notified')).toHaveCount(4)
})

test('two incidents at once: each keeps what was typed, and a tab says what is overdue in the other', async ({
  machine,
}) => {
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira')
  await acts.declare(page, { title: 'Checkout fails', answers: 'ynnn', proposed: 'P1 Critical' })
  const room = screens.room(page)
  await page.keyboard.press('l')
  await page.keyboard.type('half a sentence')
  await acts.leaveField(page)
  await acts.declare(page, { title: 'Slow reports', answers: 'nnyn', proposed: 'P2 High' })
  await expect(room.note).toHaveValue('')
  await acts.log(page, 'Only the large ones')

  // The first of the two runs out of time while somebody looks at the other.
  await machine.moveClock(20)
  const other = page.getByRole('navigation').getByRole('button', { name: /Checkout fails/ })
  await expect(other).toContainText('△')
  await expect(other).toContainText('overdue')
  await page.keyboard.press('Control+1')
  await expect(room.title).toHaveText('Checkout fails')
  await expect(room.note).toHaveValue('half a sentence')
  await expect(room.entry('Only the large ones')).toHaveCount(0)
  await expect(room.entriesOf('alarm-given').first()).toBeVisible()
  await page.keyboard.press('Control+2')
  await expect(room.title).toHaveText('Slow reports')
  await expect(room.entry('Only the large ones')).toBeVisible()
})
