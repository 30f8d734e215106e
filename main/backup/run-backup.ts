import { resolve } from 'node:path'
import type { BackupMade, BackupProgress } from '../../shared/storage/health.ts'
import { changeSettings } from '../desk/settings.ts'
import { runErrand } from '../storage/errand.ts'

/**
 * Backs a data folder up on a thread of its own, and remembers when and where. Rejects with the refusal of `makeBackup`;
 * `signal` cancels it, and nothing of it is left then.
 */
export async function runBackup(options: {
  dataFolder: string
  target: string
  signal?: AbortSignal
  onProgress?: (progress: BackupProgress) => void
}): Promise<BackupMade> {
  const { dataFolder, target, ...tools } = options
  const own = import.meta.url
  const thread = new URL(own.endsWith('.ts') ? './backup-thread.ts' : './backup-thread.js', own)
  const made = await runErrand<BackupMade, BackupProgress>(thread, {
    data: { dataFolder, target: resolve(target) },
    tried: `Back up to ${target}`,
    ...tools,
  })
  await changeSettings(dataFolder, { lastBackup: { at: made.at, folder: made.folder } })
  return made
}
