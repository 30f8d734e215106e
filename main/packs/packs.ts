import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../../shared/message-of.ts'
import { nearest } from '../../shared/packs/nearest.ts'
import { maskHidden } from '../../shared/packs/text.ts'
import { type Refusal, RefusalError, refuse } from '../../shared/refusal.ts'
import { packBytesCap } from '../../shared/packs/calls.ts'
import { codeOf } from '../error-code.ts'
import { type LoadedPack, readPack, tooLarge } from './pack-file.ts'

/** How many files of a folder are read as packs. */
export const filesCap = 100

export interface Packs {
  /** In the order of their ids. */
  readonly packs: readonly LoadedPack[]
  /** One for each file that could not be taken. */
  readonly refused: readonly Refusal[]
}

/**
 * Loads every `*.yaml` file of a folder. A file that cannot be read as a pack is a refusal in the answer and hides no
 * other. Refuses as a whole if the folder cannot be listed or holds more than 100 such files.
 */
export async function loadPacks(folder: string): Promise<Packs> {
  const files = await listPackFiles(folder)
  const packs: LoadedPack[] = []
  const refused: Refusal[] = []
  for (const file of files) {
    try {
      const loaded = await readFile(folder, file)
      const same = packs.find(({ pack }) => pack.id === loaded.pack.id)
      if (same !== undefined) throw sameId(loaded, same)
      packs.push(loaded)
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error
      refused.push(error.refusal)
    }
  }
  return { packs: packs.toSorted((a, b) => (a.pack.id < b.pack.id ? -1 : 1)), refused }
}

/** The pack with that id. Refuses (`not-found`) with the nearest id there is. */
export function packNamed(packs: readonly LoadedPack[], id: string): LoadedPack {
  const found = packs.find(({ pack }) => pack.id === id)
  if (found !== undefined) return found
  const ids = packs.map(({ pack }) => pack.id)
  const meant = nearest(id, ids)
  const list = ids.length === 0 ? 'No pack could be loaded.' : `There are: ${ids.join(', ')}.`
  throw refuse('not-found', {
    tried: `Find the pack '${id.slice(0, 100)}'`,
    happened: 'There is no pack with this id.',
    next: meant === null ? list : `Did you mean '${meant}'? ${list}`,
  })
}

/** The names of a folder's `*.yaml` files, sorted. `orNone`: a folder that is not there holds none. */
export async function listPackFiles(folder: string, { orNone = false } = {}): Promise<string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    if (orNone && codeOf(cause) === 'ENOENT') return []
    throw refuse('storage', {
      tried: `List the packs in ${folder}`,
      happened: `The folder cannot be read: ${messageOf(cause)}.`,
      next: 'Check that Muster is installed as a whole.',
      cause,
    })
  })
  const files = names.filter((name) => name.endsWith('.yaml')).toSorted()
  if (files.length > filesCap) {
    throw refuse('too-large', {
      tried: `List the packs in ${folder}`,
      happened: `It holds ${files.length} files.`,
      next: `Keep at most ${filesCap} packs there.`,
    })
  }
  return files
}

async function readFile(folder: string, name: string): Promise<LoadedPack> {
  const file = maskHidden(name)
  return readPack(await readPackBytes(join(folder, name), file), file)
}

/**
 * The bytes of a pack's file. Reads one byte more than the cap at most, so that a file which grows meanwhile cannot fill
 * the memory. Refuses `too-large`, `bad-input` for what is no plain file, and `storage`.
 */
export async function readPackBytes(path: string, file: string): Promise<Uint8Array> {
  try {
    // Asked first: opening a named pipe would wait for its other end.
    if (!(await stat(path)).isFile()) throw notAFile(file)
    await using handle = await open(path, 'r')
    const buffer = new Uint8Array(packBytesCap + 1)
    let size = 0
    for (;;) {
      const { bytesRead } = await handle.read(buffer, size, buffer.length - size)
      size += bytesRead
      if (bytesRead === 0 || size > packBytesCap) break
    }
    if (size > packBytesCap) throw tooLarge(file)
    return buffer.slice(0, size)
  } catch (cause) {
    if (cause instanceof RefusalError) throw cause
    throw refuse('storage', {
      tried: `Read the pack ${file}`,
      happened: `The file cannot be read: ${messageOf(cause)}.`,
      next: 'Check that it is there and may be read.',
      cause,
    })
  }
}

function notAFile(file: string): RefusalError {
  return refuse('bad-input', {
    tried: `Read the pack ${file}`,
    happened: 'It is not a file.',
    next: 'Put the pack there as a plain file.',
  })
}

export function sameId(loaded: LoadedPack, other: LoadedPack): RefusalError {
  return refuse('bad-input', {
    tried: `Read the pack ${loaded.file}`,
    happened: `Its id '${loaded.pack.id}' is already taken by ${other.file}.`,
    next: 'Give it an id of its own.',
  })
}
