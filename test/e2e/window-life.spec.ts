import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'
import { leftovers } from './leftovers.ts'
import * as screens from './screens.ts'

const outage = { title: 'Checkout fails', answers: 'nnyn', proposed: 'P2 High' }

test.describe('closing the window', () => {
  test('ends Muster when nothing is open', async ({ machine }) => {
    const app = await machine.start()
    await acts.introduce(app.page, 'Mira')
    await app.page.close()
    expect(await app.ended()).toBe(0)
    expect(await leftovers(machine.folder, 30_000)).toEqual([])
  })

  test('ends Muster when only an exercise is open', async ({ machine }) => {
    const app = await machine.start()
    await acts.introduce(app.page, 'Mira')
    await acts.startPractice(app.page)
    await app.page.close()
    expect(await app.ended()).toBe(0)
    expect(await leftovers(machine.folder, 30_000)).toEqual([])
  })

  test('leaves Muster with an open incident, and says so; a second start brings the same state back', async ({
    machine,
  }) => {
    const app = await machine.start()
    await acts.introduce(app.page, 'Mira')
    await acts.declare(app.page, outage)
    await acts.log(app.page, 'Before the window was closed')
    const number = await screens.room(app.page).number.innerText()
    await app.page.close()
    await expect.poll(app.said).toContain(`${number} is open: Muster stays to ring its clocks.`)
    await machine.muster('note', number, 'While there was no window')

    const second = await machine.startAgain()
    expect(second).toEqual({ exit: 0, said: 'Muster runs already: its window comes to the front.\n' })
    const again = await app.attach()
    await screens.board(again).line(outage.title).click()
    await expect(screens.room(again).entry('Before the window was closed')).toBeVisible()
    await expect(screens.room(again).entry('While there was no window')).toBeVisible()
    await acts.resolve(again, 'It was the cache')
    await again.close()
    expect(await app.ended()).toBe(0)
  })
})

test.describe('a window that crashes', () => {
  test('comes back on the same state when its page crashes', async ({ machine }) => {
    const app = await machine.start()
    await acts.introduce(app.page, 'Mira')
    await acts.declare(app.page, outage)
    await acts.log(app.page, 'Before the crash')
    const session = await app.page.context().newCDPSession(app.page)
    session.send('Page.crash').catch(() => {}) // a crashed page answers nothing
    await expect.poll(app.said).toContain('The window crashed and was opened again.')
    const again = await app.attach()
    await screens.board(again).line(outage.title).click()
    await expect(screens.room(again).entry('Before the crash')).toBeVisible()
    await acts.log(again, 'After the crash')
  })

  test('comes back on the same state when its browser is killed', async ({ machine }) => {
    const app = await machine.start()
    await acts.introduce(app.page, 'Mira')
    await acts.declare(app.page, outage)
    await acts.log(app.page, 'Before the browser was killed')
    for (const line of await leftovers(`--user-data-dir=${machine.dataFolder}`, 0))
      killIfThere(Number.parseInt(line, 10))
    await expect.poll(app.said).toContain('The window crashed and is opened again.')
    const again = await app.attach()
    await screens.board(again).line(outage.title).click()
    await expect(screens.room(again).entry('Before the browser was killed')).toBeVisible()
    await acts.log(again, 'After it')
  })
})

test('a second start beside an open window ends at once and leaves one window', async ({ machine }) => {
  const app = await machine.start()
  await acts.introduce(app.page, 'Mira')
  expect((await machine.startAgain()).exit).toBe(0)
  await acts.declare(app.page, outage)
  expect(app.page.context().pages()).toHaveLength(1)
})

/** A process of the browser ends by itself where the one that it belongs to was killed before it. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
