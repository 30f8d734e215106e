import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { lintPack } from '../../../main/packs/pack-file.ts'
import { packSkeleton } from '../../../shared/packs/skeleton.ts'
import { muster, musterJson } from './muster.ts'

const inventory = join(import.meta.dirname, '../packs/fixtures/inventory.csv')
let folder = ''
let data: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-packs-command-'))
  data = ['--data', join(folder, 'data')]
})

afterEach(() => rmSync(folder, { recursive: true }))

const packs = (...argv: string[]) => muster(['packs', ...argv, ...data])
const at = (name: string) => join(folder, name)

/** A pack of one's own, changed. */
function written(name: string, change: (text: string) => string = (text) => text): string {
  writeFileSync(at(name), change(packSkeleton('our-shop')))
  return at(name)
}

describe('a pack from a blank page', () => {
  it('lints as it is begun, and is not begun over another', async () => {
    const file = at('our-shop.yaml')
    expect((await packs('new', 'our-shop', '--out', file)).exit).toBe(0)
    expect(lintPack(readFileSync(file), file)).toMatchObject({ loaded: { pack: { id: 'our-shop' } } })
    expect((await packs('lint', file)).exit).toBe(0)
    const again = await packs('new', 'our-shop', '--out', file)
    expect(again).toMatchObject({ exit: 1, err: expect.stringContaining('is there already') })
    expect(await packs('new', '../Our Shop')).toMatchObject({ exit: 1, err: expect.stringContaining("'our-shop'") })
  })

  it('is imported, shown, replaced with what changed, used, and removed', async () => {
    expect((await packs('import', written('v1.yaml'))).exit).toBe(0)
    const shown = await packs('show', 'our-shop', 'not-answering')
    expect(shown.out).toContain('$ systemctl restart service\n')
    expect(shown.out).toContain('Warning: Requests that are under way are lost.')
    expect(shown.out).toMatch(/place +server +The server +not bound/)
    const newer = written('v2.yaml', (text) =>
      text.replace('0.1.0', '0.2.0').replace('id: answers', 'id: answers-again'),
    )
    expect((await packs('import', newer)).out).toMatch(
      /From version 0\.1\.0 to 0\.2\.0: 3 changes\.\n\+ .*verify\/steps\/answers-again: .*\n- .*verify\/steps\/answers: .*\n~ the pack: /,
    )
    const declared = await musterJson([
      'declare',
      '--pack',
      'our-shop',
      '--title',
      'Slow',
      '--severity',
      'SEV2',
      ...data,
    ])
    expect(declared).toMatchObject({ severity: { code: 'SEV2' } })
    expect((await packs('remove', 'our-shop')).exit).toBe(0)
    expect(await packs('show', 'our-shop')).toMatchObject({ exit: 1, err: expect.stringContaining('no pack') })
    expect(readdirSync(join(folder, 'data/packs'))).toEqual(['previous'])
  })
})

it('says everything that is wrong with a file, each with its place', async () => {
  const broken = written('broken.yaml', (text) =>
    text.replace('kind: http,', 'kind: htp,').replace('rank: 3', 'rank: 9'),
  )
  const { exit, out } = await packs('lint', broken)
  expect(exit).toBe(1)
  expect(out).toMatch(/broken\.yaml:\d+:\d+: severities\[1\]\.rank: /)
  expect(out).toMatch(
    /broken\.yaml:\d+:\d+: targets\[0\]\.kind: 'htp' is not one of the words allowed\.\n {4}Did you mean 'http'\?/,
  )
  expect(out).toMatch(/2 problems in/)
  const json = z.object({ ok: z.literal(false), problems: z.array(z.looseObject({ meant: z.string().nullable() })) })
  const told = json.parse(JSON.parse((await muster(['--json', 'packs', 'lint', broken])).out))
  expect(told.problems.map(({ meant }) => meant)).toEqual([null, 'http'])
})

it('moves no cursor with the text of a file', async () => {
  const hostile = written('hostile.yaml', (text) => text.replace('title: Our shop', 'title: "\\e[2Jgone"'))
  const { exit, out, err } = await packs('lint', hostile)
  expect(exit).toBe(1)
  expect(out + err).not.toContain('\u001b')
})

it('refuses the id of a shipped pack', async () => {
  cpSync(join(import.meta.dirname, '../../../assets/packs/infinity.yaml'), at('infinity.yaml'))
  expect(await packs('import', at('infinity.yaml'))).toMatchObject({
    exit: 1,
    err: expect.stringMatching(/ships with Muster[\s\S]*'our-infinity'/),
  })
})

it('prints the schema that editors read', async () => {
  const { exit, out } = await packs('schema')
  expect(exit).toBe(0)
  expect(out).toBe(readFileSync(join(import.meta.dirname, '../../../assets/packs/muster.dev.v1.schema.json'), 'utf8'))
})

describe('coverage', () => {
  it('of the shipped packs is whole', async () => {
    const { exit, out } = await packs('coverage', inventory)
    expect(out).toMatch(/886 of 886 are covered\.\n$/)
    expect(exit).toBe(0)
  })

  it('fails for what is not covered, and for a claim that does not hold', async () => {
    const file = at('inventory.csv')
    writeFileSync(
      file,
      `${readFileSync(inventory, 'utf8')}INF-999,004_5b7129c1d38d77d2.txt,x,wait,One more,,manual,no,\n`,
    )
    expect(await packs('coverage', file)).toMatchObject({
      exit: 1,
      out: expect.stringMatching(/Not covered: INF-999 \(wait\) One more\n886 of 887 are covered/),
    })
    expect(
      (
        await packs(
          'import',
          written('claim.yaml', (text) => text.replace('id: lead,', 'id: lead, covers: [INF-005],')),
        )
      ).exit,
    ).toBe(0)
    expect(await packs('coverage', inventory)).toMatchObject({
      exit: 1,
      out: expect.stringMatching(
        /Claimed wrongly: INF-005 is of the runbook 004_.*, which is the pack infinity\. It stands in our-shop, roles\[1\]\./,
      ),
    })
    writeFileSync(file, 'id,kind\nA,b\n')
    expect(await packs('coverage', file)).toMatchObject({ exit: 1, err: expect.stringContaining('Line 2') })
  })
})
