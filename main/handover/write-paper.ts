import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { refuse } from '../../shared/refusal.ts'
import { sha256 } from '../journal/sha256.ts'
import { isOwnFile } from '../postmortem/own-files.ts'
import { syncFolder } from '../synced-folder.ts'

/** Writes a page whole or not at all. `what`: 'the brief'. Refuses Muster's own files and what the disk refuses. */
export async function writePaper(
  { dataFolder, what }: { readonly dataFolder: string; readonly what: string },
  path: string,
  bytes: Uint8Array,
): Promise<{ path: string; sha256: string }> {
  const tried = `Write ${what} to ${path}`
  if (await isOwnFile(dataFolder, path)) {
    throw refuse('not-allowed', {
      tried,
      happened: "This is a file of Muster's own. Nothing was written.",
      next: 'Choose another name or folder.',
    })
  }
  const temporary = `${path}.${process.pid}.part`
  try {
    await writeFile(temporary, bytes, { mode: 0o600, flush: true })
    await rename(temporary, path)
    syncFolder(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true })
    throw refuse('storage', {
      tried,
      happened: error instanceof Error ? error.message : String(error),
      next: 'Choose a folder that exists, that you may write to, and that has room.',
      cause: error,
    })
  }
  return { path, sha256: sha256(bytes) }
}
