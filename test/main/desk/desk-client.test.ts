import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type DeskClient, type DeskNews, startDesk } from '../../../main/desk/desk-client.ts'
import { journalFile } from '../../../main/journal/journal-store.ts'
import { RefusalError } from '../../../shared/refusal.ts'
import { plainDeclaration } from '../incidents/plain-declaration.ts'

const ana = { contact: null, name: 'Ana' }
let folder = ''
let clients: DeskClient[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-client-'))
  clients = []
})

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()))
  rmSync(folder, { recursive: true, maxRetries: 5 })
})

async function start({ rings = true } = {}): Promise<DeskClient> {
  const client = await startDesk(folder, { rings })
  clients.push(client)
  return client
}

const declaration = (detectedAt: string | null) => plainDeclaration({ detectedAt, severity: 'P1' })

test('two threads on one folder hear of each other, and one of them is the runner', async () => {
  const [first, second] = [await start(), await start()]
  const news: DeskNews[] = []
  second.onNews((heard) => news.push(heard))
  const { id } = await first.ask('declare', declaration(null), ana)
  await vi.waitFor(
    () => expect(news).toContainEqual(expect.objectContaining({ kind: 'arrived', incident: id, from: 0 })),
    {
      timeout: 30_000,
      interval: 10,
    },
  )
  expect([first.startedAsRunner, second.startedAsRunner]).toEqual([true, false])
})

test('an alarm that rang before anyone listened is still heard, and rings in one process only', async () => {
  const [first, second] = [await start(), await start()]
  const { id } = await first.ask('declare', declaration(new Date(Date.now() - 1_200_000).toISOString()), ana)
  const heard: DeskNews[] = []
  await vi.waitFor(async () => expect((await first.ask('open', id)).state.clocks.alarms).toHaveLength(1), {
    timeout: 30_000,
  })
  for (const client of [first, second]) client.onNews((news) => news.kind === 'alarms' && heard.push(news))
  expect(heard).toMatchObject([{ kind: 'alarms', alarms: [{ id, title: 'First response', at: 'due' }] }])
})

test('a refusal of the thread arrives as a refusal', async () => {
  const client = await start()
  await expect(client.ask('open', '01KAHB7Q7N8S3H9F0V6Z2M4XWC')).rejects.toThrow(RefusalError)
})

test('when the runner ends, another takes over', async () => {
  const [first, second] = [await start(), await start()]
  const news: DeskNews[] = []
  second.onNews((heard) => news.push(heard))
  await first.close()
  await vi.waitFor(() => expect(news).toContainEqual({ kind: 'runner', runner: true }), { timeout: 30_000 })
})

test('an entry that cannot be read neither ends the thread nor leaves a question open', async () => {
  // What rings reads an incident from its beginning, within a second or so, and then writes no more either.
  const client = await start({ rings: false })
  const { id } = await client.ask('declare', declaration(null), ana)
  await client.ask('note', id, 'nobody reads this again', null, ana)
  const db = new Database(journalFile(folder))
  db.exec(`DROP TRIGGER entry_is_never_changed; UPDATE entry SET clock = '{' WHERE incident = '${id}' AND seq = 4`)
  db.close()
  const second = await start()
  await expect(second.ask('note', id, 'not here', null, ana)).rejects.toThrow(/damaged/)
  await client.ask('note', id, 'still here', null, ana)
  expect(await client.ask('board')).toHaveLength(1)
})

test('a damaged journal is told, shown as far as it can be read, and not written', async () => {
  const client = await start()
  const { id } = await client.ask('declare', declaration(null), ana)
  await client.close()
  const bytes = readFileSync(journalFile(folder))
  // The third page and all after it: what one page of each table and index needs is gone.
  writeFileSync(journalFile(folder), bytes.fill(0xa5, 8192))
  const second = await start()
  const news: DeskNews[] = []
  second.onNews((heard) => news.push(heard))
  await vi.waitFor(
    () => expect(news).toMatchObject([{ kind: 'journal', readOnly: expect.stringMatching(/damaged/), remark: null }]),
    30_000,
  )
  await expect(second.ask('note', id, 'not here', null, ana)).rejects.toThrow(RefusalError)
})

test('a file that was left by a killed process is checked, and how it came out is told', async () => {
  const client = await start()
  await client.ask('declare', declaration(null), ana)
  const log = readFileSync(`${journalFile(folder)}-wal`)
  await client.close()
  writeFileSync(`${journalFile(folder)}-wal`, log)
  const second = await start()
  const news: DeskNews[] = []
  second.onNews((heard) => news.push(heard))
  await vi.waitFor(
    () => expect(news).toMatchObject([{ kind: 'journal', readOnly: null, remark: expect.stringMatching(/is whole/) }]),
    30_000,
  )
})

test('after the thread has ended every question is refused at once', async () => {
  const client = await start()
  await client.close()
  await expect(client.ask('board')).rejects.toThrow(/has ended/)
})

test('a folder that cannot be written is refused with words', async () => {
  await expect(startDesk('/dev/null/desk', { rings: true })).rejects.toThrow(/data folder/)
})
