import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lintOverlay } from '../../../main/packs/overlay-file.ts'
import { readPack } from '../../../main/packs/pack-file.ts'
import { overlaySkeleton } from '../../../shared/packs/overlay-skeleton.ts'

const folder = join(import.meta.dirname, '../../../assets/packs')
const packs = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readPack(readFileSync(join(folder, name)), name).pack)

const problems = (text: string) => {
  const linted = lintOverlay(Buffer.from(text), 'acme.yaml', packs)
  return 'problems' in linted ? linted.problems : []
}

it.each(packs.map((pack) => [pack.id, pack] as const))(
  'for %s it lints as it stands, and with every row taken',
  (_id, pack) => {
    const text = overlaySkeleton('acme', [pack])
    expect(problems(text)).toEqual([])
    const taken = text.replaceAll(/^( *)# (?!#)/gm, '$1')
    expect(taken).not.toBe(text)
    expect(problems(taken)).toEqual([])
  },
)

it('holds all packs in one file', () => {
  expect(problems(overlaySkeleton('acme', packs))).toEqual([])
})
