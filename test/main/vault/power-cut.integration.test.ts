import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Vault } from '../../../main/vault/vault.ts'
import { recordProgram } from '../journal/survival/recording.ts'
import { type Cut, Replay } from '../journal/survival/replay.ts'

const rewriter = fileURLToPath(new URL('rewriter.ts', import.meta.url))
const none = async () => undefined
const noStore = { isThere: async () => ({ has: false, why: '' }), keep: none, find: async () => null, forget: none }
const REWRITES = 3

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'muster-vault-cut-'))
})
afterEach(() => rmSync(root, { recursive: true }))

/** What is wrong with the vault after a cut, in words; null where it holds what was said, or one value more. */
async function wrongAfter(replay: Replay, cut: Cut): Promise<string | null> {
  const folder = join(root, 'rebuilt')
  mkdirSync(folder)
  try {
    replay.rebuild(cut, folder)
    const said = replay.said(cut)
    const recovery = said.find((line) => line.startsWith('made '))?.slice('made '.length)
    if (recovery === undefined) return null
    if (!existsSync(join(folder, 'vault.json'))) return 'the vault is not there'
    const vault = new Vault(folder, noStore, () => '2026-11-21T03:00:00.000Z')
    await vault.unlockByRecovery(recovery)
    const last = Number(said.findLast((line) => /^\d+$/.test(line)) ?? 0)
    const held = (await vault.list()).length === 0 ? 0 : await countIn(vault)
    return [last, last + 1].includes(held) ? null : `it holds ${held} where ${last} was said`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function countIn(vault: Vault): Promise<number> {
  return vault.use('counter', { purpose: 'a look', by: 'Ana' }, async (value) => Number(value.replace('value ', '')))
}

test('killed, or the power cut, after each single call to the disk, the vault is the one before or the one after', {
  timeout: 120_000,
}, async () => {
  const written = join(root, 'written')
  mkdirSync(written)
  const argv = [rewriter, written, 'correct horse battery staple', String(REWRITES)]
  const replay = new Replay(await recordProgram(argv, written))
  const whole = { after: replay.length, luck: 'all', seed: 0 } as const
  expect(replay.said(whole).at(-1)).toBe(String(REWRITES))
  expect(replay.length).toBeGreaterThan(8 * REWRITES)
  const problems: string[] = []
  for (let after = 0; after <= replay.length; after += 1) {
    for (const luck of ['all', 'none', 'some'] as const) {
      const wrong = await wrongAfter(replay, { after, luck, seed: after })
      if (wrong !== null) problems.push(`after call ${after} of ${replay.length}, unsynced ${luck}: ${wrong}`)
    }
  }
  expect(problems).toEqual([])
})
