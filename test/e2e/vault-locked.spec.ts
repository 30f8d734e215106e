import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { muster } from '../main/terminal/muster.ts'
import * as acts from './acts.ts'
import { expect, type Machine, test } from './fixtures.ts'
import * as screens from './screens.ts'

test.use({ canMoveClock: true })

const passphrase = 'correct horse battery staple'

/** Begins a vault in the terminal, where its passphrase is piped in. */
const create = ({ dataFolder, env }: Machine) =>
  muster(['vault', 'create', '--passphrase', '--data', dataFolder], env, { input: `${passphrase}\n${passphrase}\n` })

const states: Readonly<Record<string, (machine: Machine) => unknown>> = {
  'never made': () => undefined,
  locked: create,
  damaged: ({ dataFolder }) => {
    mkdirSync(dataFolder)
    writeFileSync(join(dataFolder, 'vault.json'), 'not a vault\n')
  },
}
/** What the vault page and the contacts say then. */
const said: Readonly<Record<string, RegExp>> = {
  'never made': /There is no vault yet/,
  locked: /Locked\. Declaring, logging and clocks work all the same/,
  damaged: /not as Muster wrote it/,
}

for (const [state, make] of Object.entries(states)) {
  test(`with a vault that is ${state}, an incident is declared, logged and led`, async ({ machine }) => {
    await make(machine)
    const { page } = await machine.start()
    const room = screens.room(page)
    await acts.introduce(page, 'Mira Holm')
    await acts.declare(page, { title: 'Sign-in fails', answers: 'ynnn', proposed: 'P1 Critical' })
    await acts.log(page, 'First call from a customer')
    await expect(room.response).toContainText(/14:\d\d/)
    await expect(page.getByText(/Call Team Lead/).first()).toBeVisible()
    const dialog = page.getByRole('dialog')
    await acts.runCommand(page, 'contacts')
    await expect(dialog.getByRole('alert')).toBeVisible()
    await dialog.getByRole('button', { name: 'Open the vault' }).click()
    await expect(dialog.getByText(said[state] ?? /^$/)).toBeVisible()
    // Back to the contacts, which the vault was opened from.
    await page.keyboard.press('Escape')
    await acts.closeLayer(page)
    await acts.resolve(page, 'It was a wrong certificate.')
  })
}

test('when nobody is there during an incident, credentials are locked and people stay in reach', async ({
  machine,
}) => {
  await create(machine)
  const { page } = await machine.start()
  const dialog = page.getByRole('dialog')
  await acts.introduce(page, 'Mira Holm')
  await acts.declare(page, { title: 'Sign-in fails', answers: 'ynnn', proposed: 'P1 Critical' })
  await acts.runCommand(page, 'contacts')
  await dialog.getByRole('button', { name: 'Open the vault' }).click()
  await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.keyboard.press('Enter')
  await dialog.getByText('Locks itself after 15 minutes').click()
  const minutes = dialog.getByLabel('Minutes')
  await minutes.fill('0')
  await expect(dialog.getByText('Whole minutes, 1 to 480')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Lock after so long' })).toBeDisabled()
  await minutes.fill('1')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('Locks itself after 1 minute without anybody')).toBeVisible()
  // Back to the contacts, which the vault was opened from.
  await page.keyboard.press('Escape')
  const buffer = Buffer.from('Name,Phone\nMara Stein,+49 170 1234567\n')
  await dialog.locator('input[type=file]').setInputFiles({ name: 'p.csv', mimeType: 'text/csv', buffer })
  await expect(dialog.getByText('1 added')).toBeVisible()
  await acts.closeLayer(page)
  await acts.runCommand(page, 'vault')
  await expect(dialog.getByText('Unlocked.')).toBeVisible()
  await machine.moveClock(1)
  // It is looked four times a minute whether somebody is there.
  await expect(dialog.getByText('Credentials are locked; contacts can be read')).toBeVisible({ timeout: 150_000 })
  await acts.closeLayer(page)
  await acts.runCommand(page, 'contacts')
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Mara Stein' })).toContainText('+49 170 1234567')
})
