import { basename, join } from 'node:path'
import { refuse } from '../../shared/refusal.ts'
import type { Handlers } from '../contract/answerer.ts'
import type { Shell } from '../shell.ts'
import type { StorageService } from './storage-service.ts'

type Answers = Pick<
  Handlers,
  'storage.read' | 'storage.chooseFolder' | 'storage.setMirror' | 'storage.backUp' | 'storage.cancelBackUp'
>

/** Answers of the contract about mirror and backup. */
export function storageHandlers(storage: StorageService, shell: Shell): Answers {
  return {
    'storage.read': async () => storage.look(),
    'storage.chooseFolder': async ({ title }) => ({ folder: await shell.chooseFolder(title) }),
    'storage.setMirror': async ({ folder }) => {
      await storage.setMirror(folder === null ? null : wholeFolder(folder))
      return null
    },
    'storage.backUp': async ({ folder }) => storage.backUp(join(wholeFolder(folder), backupName(new Date()))),
    'storage.cancelBackUp': async () => {
      storage.cancelBackup()
      return null
    },
  }
}

/** 'muster-backup-2026-11-21T0807Z': a folder of its own for each, in the order of their making. */
export function backupName(at: Date): string {
  return `muster-backup-${at.toISOString().slice(0, 19).replaceAll(':', '')}Z`
}

/** A window's process has no folder that a person would call 'here'. */
function wholeFolder(typed: string): string {
  if (basename(typed) !== '' && /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(typed)) return typed
  throw refuse('bad-input', {
    tried: `Use the folder ${typed}`,
    happened: 'It is not a whole path.',
    next: 'Type it from its beginning, such as /media/stick/muster.',
  })
}
