import { Vault } from '../../../main/vault/vault.ts'

// Rewrites a vault until it is killed, saying each value once it is kept.
const [folder = '', passphrase = ''] = process.argv.slice(2)
const none = async () => undefined
const vault = new Vault(
  folder,
  { isThere: async () => ({ has: false, why: '' }), keep: none, find: async () => null, forget: none },
  () => '2026-11-21T03:00:00.000Z',
)
await vault.unlockByPassphrase(passphrase)
process.stdout.write('unlocked\n')
for (let n = 1; ; n += 1) {
  await vault.set('counter', 'token', `value ${n}`)
  process.stdout.write(`${n}\n`)
}
