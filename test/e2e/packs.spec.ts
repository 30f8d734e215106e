import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import * as acts from './acts.ts'
import { expect, test } from './fixtures.ts'
import * as screens from './screens.ts'

const shipped = readFileSync(fileURLToPath(new URL('../../assets/packs/infinity.yaml', import.meta.url)), 'utf8')
const ours = shipped
  .replace('id: infinity\n', 'id: shop\n')
  .replace('title: Infinity OS\n', 'title: Shop\n')
  .replace('code: P1\n', 'code: Red\n')

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

test('a team finds a step, brings its own runbook, binds a target, and declares with it', async ({
  machine,
}, testInfo) => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.end('well')
  })
  const port = await listen(server)
  const { page } = await machine.start()
  const packs = screens.packs(page)
  const picture = async (name: string) =>
    testInfo.attach(name, { body: await page.screenshot(), contentType: 'image/png' })
  const give = (text: string) =>
    packs.file.setInputFiles({ name: 'shop.yaml', mimeType: 'text/yaml', buffer: Buffer.from(text) })

  await test.step('a search over all runbooks leads to the scenario that has the step', async () => {
    await acts.introduce(page, 'Mira Holm')
    await acts.pair(page, 'g p')
    await expect(packs.list).toHaveCount(5)
    await page.keyboard.press('f')
    await expect(packs.search).toBeFocused()
    await page.keyboard.type('infinity long-running')
    await expect(packs.hits.first()).toContainText('End long-running queries')
    await picture('search')
    await page.keyboard.press('Enter')
    await expect(packs.title('Scenario Database Issues')).toBeVisible()
    await expect(packs.steps.filter({ hasText: 'End long-running queries' })).toContainText('high risk')
    await picture('scenario')
  })

  await test.step('a broken runbook is not taken, and says where it is broken', async () => {
    await page.keyboard.press('i')
    await give(ours.replace('rank: 2\n', 'rank: two\n').replace('lowerBy: 1', 'lowersBy: 1'))
    await expect(packs.problems.first()).toBeVisible()
    await expect(packs.problems.filter({ hasText: 'severities[1].rank' })).toContainText('rank: two')
    await picture('problems')
    expect(await machine.musterJson('packs', 'list')).not.toHaveProperty('packs.5')
  })

  await test.step('mended it is taken', async () => {
    await give(ours)
    await expect(page.getByText('Shop 1.0.0 is in order.')).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByText('✓ Shop 1.0.0 is on this desk.')).toBeVisible()
    await expect(packs.list).toHaveCount(6)
  })

  await test.step('its target is bound and answers, or says in words why not', async () => {
    await page.getByRole('button', { name: 'Places and targets' }).click()
    await page.getByRole('button', { name: 'Bind The portal' }).click()
    await page.getByLabel('Address').fill(`http://127.0.0.1:${port}/health`)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Test The portal' }).click()
    await expect(packs.tested).toContainText('GET /health answered 200.')
    expect(asked).toEqual(['GET /health'])
    await picture('bound')
    await new Promise((resolve) => {
      server.closeAllConnections()
      server.close(resolve)
    })
    await page.getByRole('button', { name: 'Test The portal' }).click()
    await expect(packs.tested).toContainText('Nothing listens there: the connection was refused.')
    const listed = await machine.musterJson('targets', 'shop')
    expect(listed).toMatchObject([
      { pack: 'shop', targets: { portal: { address: `http://127.0.0.1:${port}/health` } } },
    ])
  })

  await test.step('an incident follows it, in its own words', async () => {
    await acts.declare(page, { title: 'Cards are refused', answers: 'yn', proposed: 'Red Critical', pack: 'Shop' })
    await expect(screens.room(page).severity).toContainText('Red')
    await picture('room')
  })
})
