import { readFileSync } from 'node:fs'
import * as acts from './acts.ts'
import { expect, hostileWords, test } from './ill-engine.ts'
import * as screens from './screens.ts'

/** Letters after this mark run backwards: 'gpj.exe' reads as 'exe.jpg'. */
const backwards = '\u202e'
const escape = '\u001b'

test('hostile words from a container, a title or a note are text, on screen and in what leaves', async ({
  machine,
  engine,
}) => {
  const { page } = await machine.start({ dockerHost: engine.host })
  const room = screens.room(page)
  const title = `Shop ${hostileWords} ${backwards}gpj.exe`
  const asked: string[] = []
  page.on('dialog', (dialog) => asked.push(dialog.message()))
  page.on('request', (request) => {
    if (!request.url().startsWith('https://muster.invalid/assets/')) asked.push(request.url())
  })

  await acts.introduce(page, `Mira ${hostileWords}`)
  await page.keyboard.press('n')
  await screens.declaration(page).title.fill(title)
  await acts.choosePack(page, 'Infinity OS')
  await screens.declaration(page).title.press('Enter')
  for (const answer of 'nnyn') await page.keyboard.press(answer)
  await page.keyboard.press('Enter')
  await expect(room.title).toContainText(hostileWords)
  await room.note.fill(`${escape}[2J${escape}]0;owned\u0007 ${hostileWords}`)
  await page.keyboard.press('Enter')
  await expect(room.entriesOf('noted')).toContainText(hostileWords)
  await acts.leaveField(page)
  await acts.sweep(page)
  await page.keyboard.press('f')
  const found = screens.findings(page).finding('D01', 'hostile ended')
  await expect(found).toContainText(hostileWords)

  await test.step('nothing ran, nothing was fetched, nothing hides or runs backwards', async () => {
    const shown = (await page.locator('body').innerText()).replaceAll(/[\n\t]/g, ' ')
    expect(shown.match(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu)).toBeNull()
    expect(await page.title()).toContain('Muster')
    expect(await page.locator('img, body script').count()).toBe(0)
  })

  await test.step('evidence shows it as it was written', async () => {
    const viewer = screens.evidence(page)
    await found.getByRole('button', { name: 'Evidence' }).click()
    await page.keyboard.type('hostile')
    await viewer.items.filter({ hasText: 'stderr.log' }).click()
    await expect(viewer.text).toContainText(hostileWords)
    await page.keyboard.press('Escape')
    await expect(viewer.layer).toBeHidden()
    await acts.closeLayer(page)
  })

  await test.step('so do the post-mortem and the terminal', async () => {
    const html = await acts.exportAs(page, 'html')
    const markdown = await acts.exportAs(page, 'md')
    expect(readFileSync(html.path, 'utf8')).not.toMatch(/<img|<script|\u001b|\u202e/)
    expect(readFileSync(markdown.path, 'utf8')).not.toMatch(/(?<!\\)<img|(?<!\\)<script|\u001b|\u202e/)
    await acts.closeLayer(page)
    const { out } = await machine.muster('incidents')
    expect(out).toContain('<img')
    expect(out).not.toMatch(/\u001b|\u202e/)
  })
  expect(asked).toEqual([])
})
