import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'
import * as screens from './screens.ts'

const outage = { title: 'Sign-in fails', answers: 'nnyn', proposed: 'P2 High' }

test.describe('somebody who makes mistakes', () => {
  test('leaves a declaration half done, and finds it as it was', async ({ machine }) => {
    const { page } = await machine.start()
    await acts.introduce(page, 'Mira')
    const declaration = screens.declaration(page)
    await page.keyboard.press('n')
    await page.keyboard.type(outage.title)
    await page.keyboard.press('Escape')
    await expect(screens.board(page).empty).toBeVisible()
    await page.keyboard.press('n')
    await expect(declaration.title).toHaveValue(outage.title)
    await acts.choosePack(page, 'Infinity OS')
    await declaration.title.press('Enter')
    await page.keyboard.press('n')
    await page.keyboard.press('n')
    await page.keyboard.press('Escape')
    await page.keyboard.press('n')
    await expect(declaration.question).toHaveText('Is a core feature (auth, AI, files) degraded?')
    await page.keyboard.press('y')
    await page.keyboard.press('n')
    await page.keyboard.press('Enter')
    await expect(screens.room(page).title).toHaveText(outage.title)
  })

  test('types two keys at once while the window is busy, and they are a pair', async ({ machine }) => {
    const { page } = await machine.start()
    await acts.introduce(page, 'Mira')
    await acts.declare(page, outage)
    await page.evaluate(() =>
      addEventListener('keydown', () => {
        const until = performance.now() + 2_000
        while (performance.now() < until);
      }),
    )
    await Promise.all([page.keyboard.press('g'), page.keyboard.press('b')])
    await expect(screens.board(page).title).toBeVisible()
  })

  test('declares without a title, and is not let', async ({ machine }) => {
    const { page } = await machine.start()
    await acts.introduce(page, 'Mira')
    const declaration = screens.declaration(page)
    await page.keyboard.press('n')
    await expect(declaration.title).toBeFocused()
    await page.keyboard.type('   ')
    await page.keyboard.press('Enter')
    await expect(declaration.title).toBeVisible()
    await expect(declaration.toQuestions).toBeDisabled()
    await expect(declaration.question).toBeHidden()
  })

  test('takes back an answer', async ({ machine }) => {
    const { page } = await machine.start()
    await acts.introduce(page, 'Mira')
    await acts.answerQuestions(page, outage)
    await page.keyboard.press('Backspace')
    await expect(screens.declaration(page).question).toHaveText('Is there a workaround?')
    await page.keyboard.press('y')
    await expect(screens.declaration(page).proposal).toHaveText('The answers lead to P3 Medium')
  })

  test('presses Enter twice, and does everything once', async ({ machine }) => {
    const { page } = await machine.start()
    await acts.introduce(page, 'Mira')
    const room = screens.room(page)
    await acts.answerQuestions(page, outage)
    await Promise.all([page.keyboard.press('Enter'), page.keyboard.press('Enter')])
    await expect(room.title).toHaveText(outage.title)
    await room.note.fill('Said once')
    await Promise.all([page.keyboard.press('Enter'), page.keyboard.press('Enter')])
    await expect(room.entriesOf('noted')).toHaveCount(1)
    await acts.leaveField(page)
    await Promise.all([page.keyboard.press('o'), page.keyboard.press('o')])
    await expect(room.entriesOf('responded')).toHaveCount(1)
    await page.keyboard.press('r')
    await expect(screens.resolution(page).summary).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(room.ended).toHaveCount(0)
    await page.keyboard.type('It went away.')
    await Promise.all([page.keyboard.press('Enter'), page.keyboard.press('Enter')])
    await expect(room.ended).toBeVisible()
    await expect(room.entriesOf('resolved')).toHaveCount(1)
    expect(await machine.musterJson('incidents')).toMatchObject({ incidents: [{ title: outage.title }] })
  })

  test('lowers the severity without a reason, and is not let', async ({ machine }) => {
    const { page } = await machine.start()
    await acts.introduce(page, 'Mira')
    await acts.declare(page, outage)
    const dialog = screens.severityDialog(page)
    await page.keyboard.press('s')
    await page.keyboard.press('3')
    await expect(dialog.reason).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(dialog.layer).toBeVisible()
    await expect(dialog.set).toBeDisabled()
    await acts.closeLayer(page)
    await expect(screens.room(page).severity).toContainText('P2')
    await expect(screens.room(page).entriesOf('severity-set')).toHaveCount(1)
  })

  test('mistypes the time of a note, is told, and mends it', async ({ machine }) => {
    const { page } = await machine.start()
    await acts.introduce(page, 'Mira')
    await acts.declare(page, outage)
    const room = screens.room(page)
    await page.keyboard.press('l')
    await page.keyboard.type('@25:99 A call came in')
    await page.keyboard.press('Enter')
    await expect(room.noteEcho).toContainText("'@25:99' is no time. Write @14:05 or @20min")
    await expect(room.note).toHaveValue('@25:99 A call came in')
    await room.note.fill('@10min A call came in')
    await page.keyboard.press('Enter')
    await expect(room.entry('A call came in')).toContainText('logged later')
  })

  test('resolves too early, and reopens with a reason', async ({ machine }) => {
    const { page } = await machine.start()
    await acts.introduce(page, 'Mira')
    await acts.declare(page, outage)
    const room = screens.room(page)
    await acts.resolve(page, 'It works again')
    await acts.log(page, 'A customer says it does not')
    await page.keyboard.press('r')
    await page.keyboard.type('It still fails')
    await page.keyboard.press('Enter')
    await expect(room.ended).toBeHidden()
    await expect(room.entriesOf('reopened')).toContainText('It still fails')
    await expect(screens.room(page).severity).toContainText('P2')
  })
})

test.describe('an engine that cannot be looked at', () => {
  test('is a finding when nobody answers on its socket, and the work goes on', async ({ machine }) => {
    const { page } = await machine.start({ dockerHost: `unix://${machine.folder}/nobody.sock` })
    await acts.introduce(page, 'Mira')
    await acts.declare(page, outage)
    const room = screens.room(page)
    await expect(room.sweep).toBeEnabled()
    await page.keyboard.press('Shift+F')
    await expect(room.findings.first()).toContainText('D18')
    await acts.log(page, 'Docker does not answer')
    await acts.resolve(page, 'Docker was started again')
  })

  test('is said in words when its address is none, and the work goes on', async ({ machine }) => {
    const { page } = await machine.start({ dockerHost: 'nonsense://engine' })
    await acts.introduce(page, 'Mira')
    await acts.declare(page, outage)
    const room = screens.room(page)
    await expect(room.noEngine).toBeVisible()
    await expect(page.getByText('△ 1 problem with engines')).toBeVisible()
    await acts.log(page, 'No engine to look at')
  })
})
