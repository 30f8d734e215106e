import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemKeyring } from '../../../main/vault/keyring.ts'
import { Vault } from '../../../main/vault/vault.ts'
import { RefusalError } from '../../../shared/refusal.ts'

// Runs in a session of its own (secret-service.ts): what a vault sealed by the system's store does there, as JSON.
const folder = process.argv[2] ?? ''
mkdirSync(folder)
const store = systemKeyring(process.platform)
const vault = () => new Vault(folder, store, () => '2026-11-21T03:00:00.000Z')

async function refusalOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (error instanceof RefusalError) return `${error.refusal.code}: ${error.refusal.happened}`
    throw error
  }
}

const first = vault()
const { system } = await first.status()
const refused = await refusalOf(() => first.createBySystem())
const after = {
  unlockedAlone: [] as string[],
  lostKey: null as string | null,
  askedInVain: null as string | null,
  inFile: false,
}
if (refused === null) {
  await first.set('shop/db', 'database-url', 'postgres://app:hunter2@db/shop')
  const second = vault()
  await second.unlockBySystem()
  after.unlockedAlone = (await second.list()).map(({ name }) => name)
  const text = readFileSync(join(folder, 'vault.json'), 'utf8')
  after.inFile = text.includes('hunter2')
  const { id } = JSON.parse(text.split('\n')[0] ?? '') as { id: string }
  await store.forget(id)
  after.lostKey = await refusalOf(() => vault().unlockBySystem())
  await store.keep(id, new Uint8Array(32))
  // Locked, the store asks; nobody is at this session to answer, so its question is refused.
  lockStore()
  after.askedInVain = await refusalOf(() => vault().unlockBySystem())
}

function lockStore(): void {
  const [service, collection] = ['/org/freedesktop/secrets', '/org/freedesktop/secrets/collection/login']
  const method = ['org.freedesktop.Secret.Service.Lock', `array:objpath:${collection}`]
  const to = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', service]
  execFileSync('dbus-send', [...to, ...method], { timeout: 20_000 })
}
process.stdout.write(JSON.stringify({ system, refused, ...after }))
