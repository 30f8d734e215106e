import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { Vault } from '../../../main/vault/vault.ts'

const rewriter = fileURLToPath(new URL('rewriter.ts', import.meta.url))
const passphrase = 'correct horse battery staple'
const none = async () => undefined
const noStore = { isThere: async () => ({ has: false, why: '' }), keep: none, find: async () => null, forget: none }

test('killed at any moment of a rewrite, the vault holds the value before or the one after, never neither', {
  timeout: 120_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-vault-kill-'))
  const vault = new Vault(folder, noStore, () => '2026-11-21T03:00:00.000Z')
  try {
    await vault.createByPassphrase(passphrase)
    for (let trial = 0; trial < 10; trial += 1) {
      const last = await killedAfter(folder, trial)
      const held = await vault.use('counter', { purpose: 'a look', by: 'Ana' }, async (value) =>
        Number(value.replace('value ', '')),
      )
      expect([last, last + 1]).toContain(held)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

/** Runs the rewriter until it has kept a value, and kills it some moment later. Answers the last value that it said. */
function killedAfter(folder: string, trial: number): Promise<number> {
  const child = spawn(process.execPath, [rewriter, folder, passphrase], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  let isDoomed = false
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    said += piece
    if (isDoomed || !said.includes('\n1\n')) return
    isDoomed = true
    void sleep(trial * 3.7).then(() => child.kill('SIGKILL'))
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => resolve(Number(said.split('\n').at(-2))))
  })
}
