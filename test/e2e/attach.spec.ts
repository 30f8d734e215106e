import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'
import { sha256, sha256Of } from './papers.ts'
import * as screens from './screens.ts'

/** A picture of one red point (PNG). */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)
const log = Array.from({ length: 30_000 }, (_, line) => `${line} postgres://app:geheim99@db/app is well\n`).join('')

/** Drops or pastes a file on the page, as a browser tells of it. */
async function give(page: Page, how: 'drop' | 'paste', file: { name: string; type: string; bytes: Uint8Array }) {
  const base64 = Buffer.from(file.bytes).toString('base64')
  await page.evaluate(
    ({ how, base64, name, type }) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      const transfer = new DataTransfer()
      transfer.items.add(new File([bytes], name, { type }))
      const options = { bubbles: true, cancelable: true }
      document.body.dispatchEvent(
        how === 'drop'
          ? new DragEvent('drop', { ...options, dataTransfer: transfer })
          : new ClipboardEvent('paste', { ...options, clipboardData: transfer }),
      )
    },
    { how, base64, name: file.name, type: file.type },
  )
}

test('a dropped log and a pasted picture become evidence, are looked at, and leave only with a reason', async ({
  machine,
}) => {
  const { page } = await machine.start()
  await acts.introduce(page, 'Mira')
  await acts.declare(page, { title: 'Sign-in fails', answers: 'nnyn', proposed: 'P2 High' })
  const room = screens.room(page)
  const attachments = page.getByRole('region', { name: 'Attachments' })

  await give(page, 'drop', { name: 'app.log', type: 'text/plain', bytes: Buffer.from(log) })
  await expect(page.getByLabel('Note to app.log')).toBeFocused()
  await page.keyboard.type('as the vendor sent it')
  await page.keyboard.press('Enter')
  await expect(attachments.getByText('30,000 secrets masked')).toBeVisible()
  await expect(room.entriesOf('evidence-kept')).toContainText('as the vendor sent it')

  await give(page, 'paste', { name: 'screen.png', type: 'image/png', bytes: picture })
  await expect(page.getByLabel('Note to screen.png')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(room.entriesOf('evidence-kept')).toHaveCount(2)
  await acts.leaveField(page)

  await page.keyboard.press('w')
  await page
    .getByRole('dialog', { name: /commander/i })
    .getByLabel('Name')
    .fill('Jonas')
  await page.keyboard.press('Enter')
  await expect(room.entriesOf('evidence-checked').filter({ hasText: 'handed over' })).toHaveCount(2)

  const viewer = screens.evidence(page)
  await page.keyboard.press('e')
  await expect(viewer.bundles).toHaveCount(2)
  await viewer.items.first().click()
  await expect(viewer.match).toBeVisible()
  await expect(viewer.layer.getByAltText('screen.png')).toBeVisible()
  await viewer.bundles.last().click()
  await viewer.items.first().click()
  await expect(viewer.text).toContainText('0 postgres://app:[masked: url password]@db/app is well')

  await viewer.layer.getByRole('button', { name: 'Save as a file…' }).click()
  await viewer.layer.getByLabel('Who gets it').fill('The vendor')
  await viewer.layer.getByLabel('Why').fill('They asked for it')
  await viewer.layer.getByRole('button', { name: 'Choose where to save it' }).click()
  await expect(viewer.layer.getByText(/^✓ saved as/)).toBeVisible()
  const { bundles } = (await machine.musterJson('evidence', 'INC', '--check')) as {
    bundles: { bundle: string; items: { name: string }[]; custody: { what: string }[] }[]
  }
  const [text, shot] = bundles
  expect(shot?.bundle).toBe(sha256(picture))
  expect(text?.bundle).toBe(sha256Of(join(machine.saveFolder, 'app.log')))
  expect(text?.custody.map(({ what }) => what)).toEqual(['collected', 'checked', 'released'])
  expect(readFileSync(join(machine.saveFolder, 'app.log'), 'utf8')).not.toContain('geheim99')
  await page.keyboard.press('Escape')
})
