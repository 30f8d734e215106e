import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import * as acts from './acts.ts'
import * as screens from './screens.ts'

test('a protected engine says so in words and has a frame, and one that cannot be reached says why', async ({
  machine,
}) => {
  const far = 'ssh://bob@nowhere.invalid'
  const said = await machine.muster('docker', 'endpoints', '--protect', far)
  expect(said.exit).toBe(0)
  // A context that believes whoever answers is told of, and never hidden.
  const meta = join(machine.folder, '.docker/contexts/meta/far')
  await mkdir(meta, { recursive: true })
  const docker = { Host: 'tcp://127.0.0.1:1', SkipTLSVerify: true }
  await writeFile(join(meta, 'meta.json'), JSON.stringify({ Name: 'far', Endpoints: { docker } }))

  const { page } = await machine.start({ dockerHost: far })
  await acts.introduce(page, 'Mira')
  await acts.answerQuestions(page, { title: 'Shop is slow', answers: 'nnyn', proposed: 'P2 High' })
  await page.keyboard.press('Enter')
  await expect(screens.room(page).title).toHaveText('Shop is slow')

  const row = page.locator('.engine-row')
  await expect(row.getByRole('combobox')).toHaveValue('DOCKER_HOST')
  await expect(row.locator('option:checked')).toHaveText(`■ ${far} · protected`)
  await expect(row).toContainText('■ Protected. Muster only reads here.')
  await expect(row).toHaveCSS('border-top-width', '2px')
  await expect(page.locator('.engine-problems')).toContainText("The docker context 'far' does not check who answers")

  await page.keyboard.press('Shift+F')
  await expect(page.locator('#findings')).toContainText('ssh', { timeout: 60_000 })
  await expect(screens.room(page).findings.first()).toContainText(/ssh (did not get through|said)/, {
    timeout: 60_000,
  })

  await row.getByRole('combobox').selectOption({ label: 'far' })
  await expect(row).not.toContainText('Protected')
  await expect(row).toHaveCSS('border-top-width', '0px')
})
