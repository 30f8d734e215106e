import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { filesWith } from '../../files-with.ts'
import { muster } from './muster.ts'

const passphrase = 'correct horse battery staple'
let folder = ''
let data = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-vault-command-'))
  data = join(folder, 'data')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** `muster … --data FOLDER --as Ana` in a session without a store for secrets, with lines piped in. */
const run = (args: readonly string[], ...lines: string[]) =>
  muster(
    [...args, '--data', data, '--as', 'Ana'],
    { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'nobody')}` },
    {
      input: lines.map((line) => `${line}\n`).join(''),
    },
  )
const create = () => run(['vault', 'create', '--passphrase'], passphrase, passphrase)

describe('a vault in the terminal', () => {
  it('keeps what is piped in, lists it masked, tests it, and forgets it', async () => {
    expect((await create()).out).toMatch(/([0-9A-Z]{4}-){7}[0-9A-Z]{4}/)
    const value = 'postgres://app:hunter2@db:5432/shop'
    expect(await run(['vault', 'set', 'shop/db', '--kind', 'database-url'], passphrase, value)).toMatchObject({
      exit: 0,
    })
    expect(await run(['vault', 'set', 'mira', '--kind', 'pin'], passphrase, '4711')).toMatchObject({ exit: 0 })
    const listed = await run(['vault', 'list'], passphrase)
    expect(listed.out).toMatch(/shop\/db +database-url +•+ \(35 characters\) +never +nothing/)
    expect((await run(['vault', 'test', 'shop/db'], passphrase)).out).toBe(
      'GOOD. It reads as postgres at db:5432, shop, as app. Whether it opens only the database can say: nothing was sent.\n',
    )
    expect(await run(['vault', 'test', 'mira'], passphrase, '4712')).toMatchObject({
      exit: 3,
      out: 'BAD. It is not the PIN.\n',
    })
    expect((await run(['vault', 'test', 'mira'], passphrase, '4711')).out).toBe('GOOD. It is the PIN.\n')
    expect((await run(['vault', 'forget', 'mira'], passphrase)).exit).toBe(0)
    expect((await run(['vault', 'test', 'mira'], passphrase)).err).toContain("holds nothing under 'mira'")
    expect(filesWith(data, 'hunter2')).toEqual([])
  })

  it('says what names a credential, needing no passphrase for it', async () => {
    await create()
    await run(['targets', 'bind', 'aureus', 'redis', '--address', 'cache:6379', '--credential', 'shop/redis'])
    const status = await run(['vault', 'status'])
    expect(status.out).toMatch(/shop\/redis +target 'Redis' of aureus/)
    expect((await run(['vault', 'list'], passphrase)).err).toContain('Named and not kept: shop/redis')
    await run(['vault', 'set', 'shop/redis'], passphrase, 'hunter2')
    expect((await run(['vault', 'list'], passphrase)).out).toMatch(
      /shop\/redis +token +•+ +never +target 'Redis' of aureus/,
    )
    expect((await run(['vault', 'forget', 'shop/redis'], passphrase)).err).toContain(
      "still named by the target 'Redis'",
    )
  })

  it('takes another time until it locks itself, within bounds', async () => {
    expect((await run(['vault', 'idle'])).out).toContain('after 15 minutes')
    expect((await run(['vault', 'idle', '30'])).out).toContain('after 30 minutes')
    for (const wrong of ['0', '481', '1.5', 'never', '']) {
      const said = await run(['vault', 'idle', wrong])
      expect(said).toMatchObject({ exit: 1 })
      expect(said.err).toContain('It takes whole minutes, 1 to 480. Nothing was changed.')
    }
    expect(JSON.parse(readFileSync(join(data, 'settings.json'), 'utf8'))).toMatchObject({ vaultIdleMinutes: 30 })
  })
})

const states: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['never made', async () => undefined],
  ['locked', create],
  [
    'damaged',
    async () => {
      mkdirSync(data)
      writeFileSync(join(data, 'vault.json'), 'not a vault\n')
    },
  ],
]

describe.each(states)('with a vault that is %s', (state, make) => {
  it('declaring, logging, clocks and the order of calls work', async () => {
    await make()
    const said = ['--title', 'Sign-in fails', '--severity', 'P1', '--commander', 'Ana']
    const declared = await run(['declare', '--pack', 'infinity', ...said])
    expect(declared).toMatchObject({ exit: 0, err: '' })
    const number = /INC-[0-9-]+/.exec(declared.out)?.[0] ?? ''
    expect(await run(['log', number, 'First call from a customer'])).toMatchObject({ exit: 0 })
    const clocks = await run(['clocks', number])
    expect(clocks).toMatchObject({ exit: 0 })
    expect(clocks.out).toContain('First response')
    const who = await run(['who', number])
    expect(who).toMatchObject({ exit: 0, err: '' })
    expect(who.out).toMatch(/^now +/m)
    const refused = await run(['people', 'list'], 'a wrong passphrase of some length')
    expect(refused).toMatchObject({ exit: 1 })
    expect(refused.err).toMatch(
      { 'never made': /no vault/, locked: /not the right one/, damaged: /not as Muster wrote it/ }[state] ?? /^$/,
    )
    expect(refused.err).toMatch(/^Next: .+/m)
  })
})
