import { readFileSync } from 'node:fs'
import * as acts from './acts.ts'
import { expect, test } from './ill-engine.ts'
import { readPaper, sha256Of, wrongEvidence } from './papers.ts'
import * as screens from './screens.ts'

test('one real incident, from the first start to the verified post-mortem', async ({ machine, engine }, testInfo) => {
  const { page } = await machine.start({ dockerHost: engine.host })
  const room = screens.room(page)
  const all = screens.findings(page)
  const picture = async (name: string) =>
    testInfo.attach(name, { body: await page.screenshot(), contentType: 'image/png' })

  await test.step('the first start asks for a name and nothing else', async () => {
    await picture('welcome')
    await acts.introduce(page, 'Mira Holm')
    await expect(screens.board(page).empty).toBeVisible()
    await picture('board')
  })

  await test.step("the runbook's questions lead to a severity, by the keyboard alone and in one go", async () => {
    await acts.answerQuestions(page, { title: 'Shop is down in Europe', answers: 'nnyn', proposed: 'P2 High' })
    await picture('triage')
    await page.keyboard.press('Enter')
    await expect(room.title).toHaveText('Shop is down in Europe')
    await expect(room.severity).toContainText('P2')
    await expect(room.response).toContainText(/59:\d\d/)
  })

  await test.step('saying that somebody is on it stops the response clock', async () => {
    await page.keyboard.press('o')
    await expect(room.entriesOf('responded')).toHaveCount(1)
    await expect(room.response).toContainText('✓')
  })

  await test.step('a sweep of the engine finds what is wrong: causes first, with their effects under them', async () => {
    await acts.sweep(page)
    await expect(room.findings).toHaveCount(3)
    await page.keyboard.press('f')
    await expect(all.cards.first()).toBeFocused()
    const codes = await all.cards.locator('h3 .finding-code').allInnerTexts()
    expect(codes.toSorted()).toEqual(['D01', 'D01', 'D01', 'D01', 'D02', 'D04', 'D05', 'D07'])
    const first = all.cards.first()
    await expect(first).toContainText('shop-db ended with exit code 5')
    await expect(first).toContainText('1 follows from it')
    await expect(all.finding('D01', 'shop-api ended')).toHaveCount(0)
    await expect(all.finding('D07', 'no-start')).toContainText('"/nope"')
    await expect(all.finding('D05', 'ill is unhealthy')).toContainText('no pulse')
    await expect(room.containers).toContainText('terminal')
    await picture('findings')
  })

  await test.step('the evidence of a finding is hashed again and read; no secret is in it', async () => {
    const viewer = screens.evidence(page)
    await all.finding('D01', 'failed ended').getByRole('button', { name: 'Evidence' }).click()
    await expect(viewer.match).toBeVisible()
    await page.keyboard.type('failed')
    await viewer.items.filter({ hasText: 'inspect.json' }).click()
    await expect(viewer.text).toContainText('API_KEY=[masked: env value]')
    await viewer.items.filter({ hasText: 'stderr.log' }).click()
    await expect(viewer.text).toContainText('https://bob:[masked: url password]@api/')
    await expect(page.locator('body')).not.toContainText('hunter2')
    await picture('evidence')
    await page.keyboard.press('Escape')
    await expect(viewer.layer).toBeHidden()
    await acts.closeLayer(page)
    await expect(room.entriesOf('evidence-checked').first()).toContainText('match')
  })

  await test.step('notes are logged, one for an earlier time, one corrected', async () => {
    await acts.log(page, 'Shop database ended with code 5')
    await acts.log(page, '@20min First call from a customer')
    await expect(room.entry('First call from a customer')).toContainText('logged later: happened')
    await page.keyboard.press('k')
    const correction = screens.correction(page)
    await expect(correction.text).toBeFocused()
    await correction.text.fill('First call from a customer in France')
    await page.keyboard.press('Enter')
    await expect(correction.layer).toBeHidden()
    const corrected = room.entriesOf('noted').filter({ hasText: 'in France' })
    await expect(corrected.locator('del')).toHaveText('First call from a customer')
    await expect(corrected).toContainText('corrected by Mira Holm')
  })

  await test.step('the severity changes, with a reason', async () => {
    await acts.setSeverity(page, { key: '1', reason: 'Nobody can pay any more' })
    await expect(room.severity).toContainText('P1')
    await expect(room.entriesOf('severity-set').last()).toContainText('Nobody can pay any more')
  })

  await test.step('the incident is resolved', async () => {
    await acts.resolve(page, 'The shop database was started again by hand.')
    await expect(room.response).toBeVisible()
    await picture('resolved')
  })

  const number = await room.number.innerText()
  const written =
    await test.step('the post-mortem leaves in four formats, each with the hash that the window shows', async () => {
      const md = await acts.exportAs(page, 'md')
      const html = await acts.exportAs(page, 'html')
      const pdf = await acts.exportAs(page, 'pdf')
      const json = await acts.exportAs(page, 'json')
      await picture('export')
      for (const file of [md, html, pdf, json]) expect(sha256Of(file.path)).toBe(file.sha256)
      await acts.closeLayer(page)
      return { md, html, pdf, json }
    })

  await test.step('each tells the whole story', async () => {
    const told = [
      number,
      'Shop is down in Europe',
      'shop-db ended with exit code 5',
      'First call from a customer in France',
      'Nobody can pay any more',
      'The shop database was started again by hand.',
    ]
    const markdown = readFileSync(written.md.path, 'utf8')
    const html = readFileSync(written.html.path, 'utf8')
    for (const words of told)
      expect([markdown.includes(words), html.includes(words), words]).toEqual([true, true, words])
    expect(`${markdown}${html}`).not.toMatch(/hunter2|EXERCISE/)
    const paper = readPaper(written.json.path)
    expect(paper.header).toMatchObject({ number, status: 'resolved', mode: 'live' })
    expect(paper.integrity.head.hash).toBe(written.json.head)
    expect(markdown).toContain(written.md.head)
    expect(paper.findings).toHaveLength(8)
    expect(paper.timeline.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['declared', 'swept', 'corrected']))
    expect(await wrongEvidence(paper, machine.dataFolder)).toEqual([])
    const pdf = readFileSync(written.pdf.path).toString('latin1')
    expect([pdf.slice(0, 5), pdf.trimEnd().slice(-5)]).toEqual(['%PDF-', '%%EOF'])
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][.0-9]* 84[12]/)
  })

  await test.step('the journal verifies, in the window and in the terminal', async () => {
    const verification = screens.verification(page)
    await page.keyboard.press('v')
    await expect(verification.match).toContainText('✓ MATCH')
    await picture('verify')
    await acts.closeLayer(page)
    expect(await machine.musterJson('verify')).toMatchObject({ ok: true, problems: [], bundles: 1 })
  })
})
