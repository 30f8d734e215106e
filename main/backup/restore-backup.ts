import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { jsonOrNull } from '../../shared/json-or-null.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { readMark } from '../mirror/mirror-folder.ts'
import { syncFolder } from '../synced-folder.ts'
import { copyFile, filesBelow, syncFolders } from './file-copy.ts'
import { ANCHOR, MANIFEST, type Manifest, manifestSchema, readSums, SUMS } from './manifest.ts'
import { testRestored } from './test-restored.ts'

export interface Restored {
  readonly folder: string
  /** When the backup was made. */
  readonly at: string
  readonly incidents: number
  readonly entries: number
  readonly files: number
  readonly heads: readonly { readonly number: string; readonly seq: number; readonly hash: string }[]
  /** What was missing or damaged already when the backup was made. */
  readonly problems: readonly string[]
}

interface Options {
  readonly backup: string
  /** A new or empty folder. */
  readonly to: string
  readonly onStep: (step: string) => void
}

/**
 * Brings a backup back into a new or empty folder, and tries what was brought back: sums, chains, evidence, heads, and
 * opening it. Rejects with a refusal where any of it is not as it was; then nothing is left there, and the backup is as it was.
 */
export async function restoreBackup({ backup, to, onStep }: Options): Promise<Restored> {
  const target = resolve(to)
  const tried = `Restore ${backup}`
  const { manifest, sums } = readBackup(resolve(backup), tried)
  const unfinished = beginBeside(target, tried)
  try {
    onStep(`Copying ${sums.size} files, each against its sum…`)
    for (const [path, sum] of sums) {
      if ((await copyFile(join(backup, path), join(unfinished, path))) !== sum) throw notAsWritten(tried, path)
    }
    onStep('Trying what was copied: chains, evidence, heads, opening it…')
    const anchor = readFileSync(join(unfinished, ANCHOR), 'utf8')
    const tested = await testRestored(unfinished, { manifest, anchor }, tried)
    for (const path of [ANCHOR, MANIFEST]) rmSync(join(unfinished, path), { force: true })
    syncFolders(unfinished)
    finish(unfinished, target, tried)
    const { at, entries, evidence, problems } = manifest
    return { folder: target, at, incidents: tested.incidents, entries, files: evidence, heads: tested.heads, problems }
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (error instanceof RefusalError || !(error instanceof Error && 'code' in error)) throw error
    throw refuse('storage', {
      tried,
      happened: `${error.message}. Nothing was restored; the backup is as it was.`,
      next: 'Make room, or choose another folder, then restore again.',
      cause: error,
    })
  }
}

function readBackup(backup: string, tried: string): { manifest: Manifest; sums: Map<string, string> } {
  if (!existsSync(join(backup, SUMS)) || !existsSync(join(backup, MANIFEST))) throw noBackup(backup, tried)
  const sums = readSums(readFileSync(join(backup, SUMS), 'utf8'))
  if (sums === null) throw damaged(tried, `${SUMS} is not of the form that sha256sum writes.`)
  const listed = new Set([...sums.keys(), SUMS])
  for (const path of filesBelow(backup)) {
    if (!listed.has(path)) throw damaged(tried, `It holds '${path}', which ${SUMS} does not name.`)
  }
  for (const path of sums.keys()) {
    if (!existsSync(join(backup, path))) throw damaged(tried, `'${path}' is not there.`)
  }
  if (!sums.has(ANCHOR)) throw damaged(tried, `'${ANCHOR}' is not there.`)
  const manifest = manifestSchema.safeParse(jsonOrNull(readFileSync(join(backup, MANIFEST), 'utf8')))
  if (!manifest.success) throw damaged(tried, `${MANIFEST} is not what Muster writes.`)
  return { manifest: manifest.data, sums }
}

/** Made beside its place, so that a restore that was killed is never taken for a desk. */
function beginBeside(target: string, tried: string): string {
  const next = 'Name a new or an empty folder: --to FOLDER.'
  try {
    if (existsSync(target)) {
      if (!statSync(target).isDirectory()) throw refuse('bad-input', { tried, happened: `${target} is a file.`, next })
      if (readdirSync(target).length > 0) {
        throw refuse('bad-input', { tried, happened: `${target} is not empty. Nothing was changed.`, next })
      }
    }
    const unfinished = join(dirname(target), `${basename(target)}.unfinished-${randomBytes(4).toString('hex')}`)
    mkdirSync(unfinished, { mode: 0o700 })
    return unfinished
  } catch (error) {
    if (error instanceof RefusalError || !(error instanceof Error && 'code' in error)) throw error
    throw refuse('storage', { tried, happened: error.message, next, cause: error })
  }
}

function finish(unfinished: string, target: string, tried: string): void {
  try {
    // Only an empty one goes: whatever came there meanwhile makes this fail.
    if (existsSync(target)) rmdirSync(target)
    renameSync(unfinished, target)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw refuse('storage', { tried, happened: error.message, next: 'Name another folder: --to FOLDER.', cause: error })
  }
  syncFolder(dirname(target))
}

function noBackup(backup: string, tried: string): RefusalError {
  const isMirror = existsSync(backup) && readMark(backup) !== null
  return refuse('not-found', {
    tried,
    happened: isMirror
      ? 'This folder is a mirror, not a backup.'
      : `There is no ${MANIFEST} with ${SUMS} in this folder.`,
    next: isMirror ? `Go on in it as it is: muster open ${backup}` : 'Name the folder that `muster backup` wrote.',
  })
}

function notAsWritten(tried: string, path: string): RefusalError {
  return damaged(tried, `'${path}' is not what was backed up: its sum does not fit.`)
}

function damaged(tried: string, happened: string): RefusalError {
  return refuse('damaged', {
    tried,
    happened: `${happened} Nothing was restored; the backup is as it was.`,
    next: 'Take another backup or the mirror.',
  })
}
