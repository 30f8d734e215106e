import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'
import * as screens from './screens.ts'

test.use({ canMoveClock: true })

const outage = { title: 'Checkout fails', answers: 'nnyn', proposed: 'P2 High' }

test('a moved clock is the same in window, journal and terminal', async ({ machine }) => {
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira')
  await acts.declare(page, outage)
  const room = screens.room(page)
  const number = await room.number.innerText()
  await machine.moveClock(24 * 60)
  await expect(room.clocks.locator('.clock.breached').first()).toBeVisible()
  await expect(room.entriesOf('alarm-given').first()).toBeVisible()
  const { clocks } = (await machine.musterJson('clocks', number)) as { clocks: { state: string; msLeft: number }[] }
  expect(clocks[0]?.state).toBe('breached')
  expect(clocks[0]?.msLeft).toBeLessThan(-22 * 3_600_000)
})
