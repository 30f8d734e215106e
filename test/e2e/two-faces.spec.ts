import type { Page } from '@playwright/test'
import { z } from 'zod'
import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'
import * as screens from './screens.ts'

const outage = { title: 'Checkout fails', answers: 'nnyn', proposed: 'P2 High' }

test.describe('window and terminal on one folder', () => {
  test('each shows what the other wrote', async ({ machine }) => {
    const { page } = await machine.start()
    const room = screens.room(page)
    await acts.introduce(page, 'Mira')
    await acts.declare(page, outage)
    const number = await room.number.innerText()

    expect((await machine.muster('note', number, 'Said in the terminal', '--as', 'Ana')).exit).toBe(0)
    await expect(room.entry('Said in the terminal')).toContainText('Ana')
    await acts.log(page, 'Said in the window')
    await acts.resolve(page, 'It was the cache')
    expect(await machine.musterJson('incidents')).toMatchObject({
      incidents: [{ number, title: outage.title, status: 'resolved', commander: 'Mira' }],
    })

    await machine.musterJson('declare', '--pack', 'infinity', '--title', 'Declared elsewhere', '--severity', 'P3')
    await acts.pair(page, 'g b')
    await expect(screens.board(page).line('Declared elsewhere')).toContainText('P3')
  })

  test('writes of both at the same time are all kept, in one unbroken chain', async ({ machine }) => {
    const { page } = await machine.start()
    const room = screens.room(page)
    await acts.introduce(page, 'Mira')
    await acts.declare(page, outage)
    const number = await room.number.innerText()
    const others = ['one', 'two', 'three', 'four'].map((word) => machine.muster('note', number, `Terminal ${word}`))
    await page.keyboard.press('l')
    for (let count = 1; count <= 12; count += 1) {
      await page.keyboard.type(`Window ${count}.`)
      await page.keyboard.press('Enter')
    }
    expect((await Promise.all(others)).map(({ exit }) => exit)).toEqual([0, 0, 0, 0])
    await expect(room.entriesOf('noted')).toHaveCount(16)
    await expect(room.entriesOf('noted').filter({ hasText: /^\d\d:\d\d:\d\d.*Window/s })).toHaveCount(12)
    expect(await machine.musterJson('verify')).toMatchObject({ ok: true, problems: [] })
  })

  test('one of them rings the clocks: the one that was there first, then the other', async ({ machine }) => {
    const app = await machine.start()
    await acts.introduce(app.page, 'Mira')
    expect(await runnerOf(app.page)).toBe('here')
    const second = await machine.muster('incidents')
    expect(second.exit).toBe(0)
    expect(await runnerOf(app.page)).toBe('here')
  })
})

const openedSchema = z.looseObject({ value: z.looseObject({ desk: z.looseObject({ runner: z.string() }) }) })

/** What the window was told of who rings the clocks. */
async function runnerOf(page: Page): Promise<string> {
  const answer = await page.evaluate(async () => {
    const { calls } = (
      window as unknown as { muster: { calls: Record<string, (argument: string) => Promise<string>> } }
    ).muster
    return (await calls['desk.open']?.('{}')) ?? ''
  })
  return openedSchema.parse(JSON.parse(answer)).value.desk.runner
}
