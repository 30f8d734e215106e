import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { refuse } from '../../shared/refusal.ts'
import { tryLockFile } from '../journal/file-lock.ts'

const PATIENCE_MS = 5_000
const TRY_EVERY_MS = 20

/** Does the work while no other program changes the vault of this folder. Waits up to 5 s, and blocks nobody meanwhile. */
export async function withVaultLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const unlock = await take(join(folder, 'vault.lock'))
  try {
    return await work()
  } finally {
    unlock()
  }
}

async function take(file: string): Promise<() => void> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const unlock = tryLockFile(file, 'to change the vault')
    if (unlock !== null) return unlock
    if (performance.now() > deadline) {
      throw refuse('timed-out', {
        tried: 'Change the vault',
        happened: `Another program has been changing it for ${PATIENCE_MS / 1000} s.`,
        next: 'Try again; if it stays so, close the other Muster on this data folder.',
      })
    }
    await sleep(TRY_EVERY_MS)
  }
}
