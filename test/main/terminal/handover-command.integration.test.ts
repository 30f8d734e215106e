import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { muster, musterJson, type Said } from './muster.ts'

let folder = ''
let number = ''
const at = (desk: string, as: string, args: readonly string[]): Promise<Said> =>
  muster([...args, '--data', join(folder, desk), '--as', as], process.env)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-handover-command-'))
  const declare = ['declare', '--pack', 'infinity', '--title', 'Cards are refused', '--severity', 'P1']
  const said = await musterJson(
    [...declare, '--commander', 'Ana', '--exercise', '--data', join(folder, 'old'), '--as', 'Ana'],
    process.env,
  )
  number = z.looseObject({ number: z.string() }).parse(said).number
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the terminal hands command over from desk to desk, by six words', async () => {
  const file = join(folder, 'handover.tar')
  const offer = ['handover', number, '--to', 'Ben', '--objective', 'Cards work', '--file', file, '--json']
  const { words } = z.looseObject({ words: z.string() }).parse(JSON.parse((await at('old', 'Ana', offer)).out))
  expect((await at('old', 'Ben', ['accept', number])).err).toContain('It was offered to another desk.')

  await at('new', 'Ben', ['journal', 'import', file])
  const accepted = await at('new', 'Ben', ['accept', number])
  expect(accepted.out).toContain(`Read these six words to the other desk: ${words}`)
  expect(accepted.err).toContain('Cannot reach: The vault.')
  const wrong = await at('old', 'Ana', ['release', number, ...words.split(' ').toReversed()])
  expect(wrong).toMatchObject({ exit: expect.any(Number), err: expect.stringContaining('Command stays here.') })
  expect((await at('old', 'Ana', ['release', number, ...words.split(' ')])).out).toContain('This desk looks on')
  expect((await at('old', 'Ana', ['handover', number, '--to', 'Cid'])).err).toContain('Another desk has command')
  const decide = ['log', number, ':decide Roll back']
  const refused = await at('old', 'Ana', decide)
  expect(refused).toMatchObject({
    exit: 1,
    out: '',
    err: expect.stringContaining('Ben has command of it at another desk'),
  })
  expect(refused.err).toContain('To write it all the same: --all-the-same')
  expect((await at('old', 'Ana', [...decide, '--all-the-same'])).out).toContain('Logged in')
  expect((await at('old', 'Ana', ['take', number, '--reason', 'They are lost.'])).out).toContain('Ana has command')
})

test('it writes the brief and the log of a person, marked as an exercise', async () => {
  const brief = await at('old', 'Ana', ['brief', number])
  expect(brief.out).toContain('EXERCISE')
  expect(brief.out).toContain('- Cards work')
  const html = join(folder, 'brief.html')
  expect((await at('old', 'Ana', ['brief', number, '--out', html])).exit).toBe(0)
  expect(readFileSync(html, 'utf8')).toContain('is-exercise')
  expect((await at('old', 'Ana', ['brief', number, '--out', join(folder, 'brief.txt')])).err).toContain('.pdf, .html')
  const csv = join(folder, 'ana.csv')
  expect((await at('old', 'Ana', ['activity', number, '--person', 'Ana', '--out', csv])).exit).toBe(0)
  expect(readFileSync(csv, 'utf8')).toContain('Offered command to Ben at another desk.')
})
