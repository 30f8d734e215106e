import { realpath } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { messageOf } from '../shared/message-of.ts'
import { type RefusalError, refuse } from '../shared/refusal.ts'
import { sha256 } from './journal/sha256.ts'
import { writeWhole } from './whole-file.ts'

/** What of a data folder is Muster's own, by the first part of its name. Anything else may lie beside it. */
const OWN_NAMES = [
  /^journal\.(db|mark)/i,
  /^runner\.lock/i,
  /^search\.(db|lock)/i,
  /^settings\.json/i,
  /^bindings\.json/i,
  /^mirror-position\.json/i,
  /^anchors\.txt/i,
  /^muster\.log/i,
  /^vault\.(json|lock)/i,
  /^(evidence|cache|packs|overlays|window|electron|practice)$/i,
]

/** A file that a person asked for, outside what Muster keeps. `what`: 'the brief', for the words of a refusal. */
export interface OutsideFile {
  readonly dataFolder: string
  readonly path: string
  readonly what: string
  /** Whom it may be read by; this user alone where nothing is said. */
  readonly mode?: number
}

/** Writes it whole or not at all. Refuses (`not-allowed`) Muster's own files, and (`storage`) what the disk refuses. */
export async function writeOutside(
  { dataFolder, path, what, mode }: OutsideFile,
  bytes: Uint8Array,
): Promise<{ path: string; sha256: string }> {
  const tried = `Write ${what} to ${path}`
  await assertOutside(dataFolder, path, tried)
  try {
    await writeWhole(path, bytes, mode)
    return { path, sha256: sha256(bytes) }
  } catch (error) {
    throw notWritable(tried, error)
  }
}

/** What the disk did not take. */
export function notWritable(tried: string, cause: unknown): RefusalError {
  return refuse('storage', {
    tried,
    happened: messageOf(cause),
    next: 'Choose a folder that exists, that you may write to, and that has room.',
    cause,
  })
}

/**
 * Refuses (`not-allowed`) a path that is one of Muster's own files in its data folder, or lies below such a folder. Links are
 * followed.
 */
export async function assertOutside(dataFolder: string, path: string, tried: string): Promise<void> {
  const [folder, own] = await Promise.all([realFolder(dirname(path)), realFolder(dataFolder)])
  const [first = ''] = relative(own, join(folder, basename(path))).split(sep)
  if (!OWN_NAMES.some((name) => name.test(first))) return
  throw refuse('not-allowed', {
    tried,
    happened: "This is a file of Muster's own. Nothing was written.",
    next: 'Choose another name or folder.',
  })
}

async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    return resolve(path) // what cannot be resolved fails when it is written to
  }
}
