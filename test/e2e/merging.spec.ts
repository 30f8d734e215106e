import { join } from 'node:path'
import { musterJson } from '../main/terminal/muster.ts'
import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'
import * as screens from './screens.ts'

const outage = { title: 'Checkout fails', answers: 'nnyn', proposed: 'P2 High' }

test('two desks that said different things come together in the window, and one key settles it', async ({
  machine,
}) => {
  const { page } = await machine.start()
  const room = screens.room(page)
  await acts.introduce(page, 'Mira')
  await acts.declare(page, outage)
  const number = await room.number.innerText()
  const [file, elsewhere] = [join(machine.folder, 'incident.tar'), join(machine.folder, 'elsewhere')]
  const there = (...args: string[]) => musterJson([...args, '--data', elsewhere, '--as', 'Ben'], machine.env)

  await machine.musterJson('journal', 'export', number, '--out', file)
  await there('journal', 'import', file)
  await there('resolve', number, '--summary', 'It went away.', '--all-the-same')
  await there('note', number, 'Nothing to see any more.')
  await acts.log(page, 'It is still there.')
  // Mira, who knows nothing of that, ends it too and opens it again: two desks say different things.
  await acts.resolve(page, 'It was the cache')
  await page.keyboard.press('r')
  await page.getByRole('dialog').getByLabel('Why is it not over?').fill('Not the cache.')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await there('journal', 'export', number, '--out', file)
  await acts.pair(page, 'g m')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('File').fill(file)
  await page.keyboard.press('Enter')
  await expect(dialog.getByText(/Imported INC-.*: 2 new entries/)).toBeVisible()
  await expect(dialog.getByRole('alert')).toContainText('whether it is over')
  await page.keyboard.press('Escape')

  const line = page.getByRole('region', { name: 'Desks disagree on whether it is over.' })
  await expect(line).toContainText("'open' holds")
  await expect(room.entry('Nothing to see any more.')).toContainText('Ben')
  await page.keyboard.press('1')
  await expect(line).toHaveCount(0)
  expect(await machine.musterJson('incidents')).toMatchObject({
    incidents: [{ number, status: 'open', conflicts: [] }],
  })
  expect(await machine.musterJson('verify')).toMatchObject({ ok: true, problems: [] })
})
