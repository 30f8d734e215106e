import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Vault } from '../../../main/vault/vault.ts'

// Makes a vault where there is none and rewrites it so many times, or until it is killed; says each value once it is kept.
const [folder = '', passphrase = '', count = 'Infinity'] = process.argv.slice(2)
const none = async () => undefined
const vault = new Vault(
  folder,
  { isThere: async () => ({ has: false, why: '' }), keep: none, find: async () => null, forget: none },
  () => '2026-11-21T03:00:00.000Z',
)
if (existsSync(join(folder, 'vault.json'))) await vault.unlockByPassphrase(passphrase)
else process.stdout.write(`made ${(await vault.createByPassphrase(passphrase)).recovery}\n`)
process.stdout.write('unlocked\n')
for (let n = 1; n <= Number(count); n += 1) {
  await vault.set('counter', 'token', `value ${n}`)
  process.stdout.write(`${n}\n`)
}
