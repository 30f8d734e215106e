import { readFileSync } from 'node:fs'
import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'
import { readPaper } from './papers.ts'
import * as screens from './screens.ts'

test.use({ canMoveClock: true })

const cause = 'infinity-os-postgres-1 was killed for lack of memory'

test('the practice, from the empty board to an export that says EXERCISE', async ({ machine }, testInfo) => {
  const { page } = await machine.start()
  const room = screens.room(page)
  await acts.introduce(page, 'Mira Holm')

  await test.step('it is offered on the empty board and framed as an exercise', async () => {
    await expect(screens.board(page).practice).toBeVisible()
    await acts.startPractice(page)
    await expect(room.title).toHaveText('Practice: sign-in fails for everyone')
    await expect(page).toHaveTitle(/^EXERCISE/)
    await expect(room.engine).toContainText('the simulated system')
  })

  await test.step('a sweep shows the cause, and what follows from it folded under it', async () => {
    await acts.sweep(page)
    await expect(room.findings).toHaveCount(1)
    await expect(room.finding('D02', cause)).toContainText('2 follow from it')
    await testInfo.attach('practice', { body: await page.screenshot(), contentType: 'image/png' })
  })

  await test.step('to restart another service does not help', async () => {
    await restart('gateway')
    await acts.sweep(page)
    await expect(room.finding('D02', cause)).toBeVisible()
  })

  await test.step('to restart the right one does, after a while', async () => {
    await restart('postgres')
    await machine.moveClock(1)
    await expect(async () => {
      await acts.sweep(page)
      await expect(room.clear).toBeVisible({ timeout: 1_000 })
    }).toPass({ timeout: 120_000, intervals: [2_000] })
  })

  await test.step('resolved and exported, every page says EXERCISE', async () => {
    await acts.resolve(page, 'Postgres was restarted.')
    const markdown = await acts.exportAs(page, 'md')
    const html = await acts.exportAs(page, 'html')
    const json = await acts.exportAs(page, 'json')
    expect(readFileSync(markdown.path, 'utf8')).toContain('EXERCISE')
    expect(readFileSync(html.path, 'utf8')).toContain('EXERCISE')
    expect(readPaper(json.path).header.mode).toBe('exercise')
    await acts.closeLayer(page)
  })

  await test.step('the terminal knows it as an exercise, and cannot sweep anything real for it', async () => {
    const number = readNumber(await machine.musterJson('incidents'))
    const swept = await machine.muster('sweep', '--incident', number, '--docker', 'unix:///var/run/docker.sock')
    expect(swept.exit).toBe(1)
    expect(await machine.musterJson('verify')).toMatchObject({ ok: true })
  })

  async function restart(service: string): Promise<void> {
    const dialog = screens.restarting(page)
    await page.keyboard.press('b')
    await dialog.service(service).click()
    await expect(dialog.done(service)).toBeVisible()
    await acts.closeLayer(page)
  }
})

function readNumber(listed: unknown): string {
  expect(listed).toMatchObject({ incidents: [{ mode: 'exercise', status: 'resolved' }] })
  return (listed as { incidents: { number: string }[] }).incidents[0]?.number ?? ''
}
