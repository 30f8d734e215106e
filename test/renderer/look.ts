import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkoutStory, CHECKOUT, findings, rows, usage } from './story.ts'
import { FakeMain } from './fake-main.ts'
import { startTestWindow } from './window.ts'

/** Takes pictures of every view for looking at: `node test/renderer/look.ts FOLDER [name]`. */
const folder = process.argv[2] ?? '/tmp/muster-look'
const only = process.argv[3] ?? ''
mkdirSync(folder, { recursive: true })
const window = await startTestWindow()
const wants = (name: string) => name.includes(only)

async function shot(name: string, page: Awaited<ReturnType<typeof window.open>>) {
  await page.evaluate(() => document.fonts.ready.then(() => true))
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

for (const scheme of ['dark', 'light'] as const) {
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    const look = { scheme, width, height }
    const tag = `${scheme}-${width}`
    if (wants('welcome') && width === 1280) {
      const page = await window.open(new FakeMain({ operator: null }), look)
      await page.getByLabel('Your name').waitFor()
      await shot(`welcome-${tag}`, page)
      await page.close()
    }
    if (wants('empty') && width === 1280) {
      const page = await window.open(new FakeMain(), look)
      await page.getByText('No incident yet').waitFor()
      await shot(`empty-${tag}`, page)
      await page.close()
    }
    if (wants('board')) {
      const page = await window.open(checkoutStory(), look)
      await page.getByRole('button', { name: 'Checkout errors after deploy' }).first().waitFor()
      await shot(`board-${tag}`, page)
      await page.close()
    }
    for (const mode of ['live', 'exercise'] as const) {
      if (!wants(`room-${mode}`)) continue
      const main = checkoutStory({ mode })
      const page = await window.open(main, look)
      await page.getByRole('button', { name: 'Checkout errors after deploy' }).last().click()
      await page.getByText('Pool exhausted').waitFor()
      await shot(`room-${mode}-${tag}`, page)
      await page.close()
      if (main.complaints.length > 0) process.stdout.write(`${main.complaints.join('\n')}\n`)
    }
    if (width !== 1280) continue
    if (wants('sweep')) {
      const main = checkoutStory()
      const page = await window.open(main, look)
      await page.getByRole('button', { name: 'Checkout errors after deploy' }).last().click()
      await page.getByText('Pool exhausted').waitFor()
      await page.keyboard.press('Shift+F')
      main.publish('sweeps.progress', { sweep: 'sweep-1', incident: CHECKOUT, progress: { step: 'rows', rows } })
      main.publish('sweeps.progress', {
        sweep: 'sweep-1',
        incident: CHECKOUT,
        progress: { step: 'read', done: 12, of: 21 },
      })
      main.publish('sweeps.progress', { sweep: 'sweep-1', incident: CHECKOUT, progress: { step: 'usage', usage } })
      await page.getByText('12 of 21').waitFor()
      await shot(`sweep-a-${tag}`, page)
      main.publish('sweeps.progress', {
        sweep: 'sweep-1',
        incident: CHECKOUT,
        progress: { step: 'findings', findings, final: false },
      })
      await page.getByText('not yet kept').first().waitFor()
      await shot(`sweep-b-${tag}`, page)
      await page.close()
    }
    if (wants('due')) {
      const main = new FakeMain()
      const page = await window.open(main, look)
      await page.getByText('No incident yet').waitFor()
      await page.keyboard.press('n')
      await page.getByLabel('In a few words').fill('Sign-in fails for everyone')
      await page.getByLabel('When was it noticed').fill(scheme === 'dark' ? '20 min' : '13 min')
      await page.getByLabel('Not sure yet that it is one').check()
      await page.getByLabel('In a few words').press('Control+Enter')
      await page.getByText('Question 1').waitFor()
      for (const key of ['y', 'n']) await page.keyboard.press(key)
      await page.getByText('The answers lead to').waitFor()
      await page.keyboard.press('Enter')
      await page.getByText('First response').first().waitFor()
      main.refusals.set('incidents.respond', {
        code: 'storage',
        tried: 'Acknowledge the incident',
        happened: 'The disk is full.',
        next: 'Make room on the disk that holds the journal, then press O again.',
      })
      await page.keyboard.press('o')
      await page.getByText('The disk is full').waitFor()
      await shot(`due-${tag}`, page)
      await page.close()
    }
    if (wants('zoom')) {
      const main = checkoutStory()
      const page = await window.open(main, { scheme, width: 640, height: 400 })
      await page.getByRole('main').getByRole('button', { name: 'Checkout errors after deploy' }).click()
      await page.getByText('Pool exhausted').waitFor()
      await shot(`zoom-${tag}`, page)
      await page.close()
    }
    if (wants('declare')) {
      const page = await window.open(checkoutStory(), look)
      await page.getByRole('button', { name: 'New incident' }).waitFor()
      await page.keyboard.press('n')
      await page.getByLabel('In a few words').fill('Sign-in fails for everyone')
      await page.getByLabel('When was it noticed').fill('20 min')
      await page.waitForTimeout(300)
      await shot(`declare-1-${tag}`, page)
      await page.getByLabel('In a few words').press('Enter')
      await page.getByText('Question 1').waitFor()
      await page.keyboard.press('n')
      await shot(`declare-2-${tag}`, page)
      await page.keyboard.press('u')
      await page
        .getByText('The answers lead to')
        .waitFor({ timeout: 2000 })
        .catch(() => undefined)
      await page.keyboard.press('n')
      await page.waitForTimeout(200)
      await shot(`declare-3-${tag}`, page)
      await page.keyboard.press('2')
      await page.waitForTimeout(200)
      await shot(`declare-4-${tag}`, page)
      await page.close()
    }
    if (wants('layers')) {
      const main = checkoutStory()
      const page = await window.open(main, look)
      await page.getByRole('button', { name: 'Checkout errors after deploy' }).last().click()
      await page.getByText('Pool exhausted').waitFor()
      for (const [name, key] of [
        ['palette', 'Control+k'],
        ['keys', '?'],
        ['severity', 's'],
        ['evidence', 'e'],
        ['resolve', 'r'],
        ['export', 'x'],
        ['verify', 'v'],
        ['role', 'w'],
        ['correct', 'k'],
      ] as const) {
        await page.keyboard.press(key)
        await page.getByRole('dialog').waitFor()
        if (name === 'evidence') {
          await page.getByRole('button', { name: /stderr/ }).click()
          await page.getByText('MISMATCH').waitFor()
        }
        await page.waitForTimeout(300)
        await shot(`layer-${name}-${tag}`, page)
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }
      await page.close()
      if (main.complaints.length > 0) process.stdout.write(`${main.complaints.join('\n')}\n`)
    }
  }
}
await window.close()
