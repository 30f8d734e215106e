import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chanceInt, chanceUnit } from '../../../../shared/exercises/chance.ts'
import { type Call, parentOf, type Recording } from './recording.ts'

/**
 * What had been asked of the disk and not synced when the power went: all lost, all there, or each by chance (writes
 * also torn, 512 bytes being the least that a disk writes whole). Names of a folder come back in the order in which they
 * were made, up to a point: file systems keep a journal of them.
 */
export type Luck = 'none' | 'all' | 'some'

export interface Cut {
  /** The power goes when this many calls are done; the next may be half done. */
  readonly after: number
  readonly luck: Luck
  readonly seed: number
}

const SECTOR = 512

/** The files as they could be after a power cut. */
export class Replay {
  readonly #calls: readonly Call[]
  readonly #root: string
  /** For each call that changes the disk, the call that made it last; none: Infinity. */
  readonly #syncedBy: readonly number[]

  constructor({ root, calls }: Recording) {
    this.#calls = calls
    this.#root = root
    this.#syncedBy = syncs(calls)
  }

  get length(): number {
    return this.#calls.length
  }

  /** What the writer had said before the cut. */
  said({ after }: Cut): string[] {
    return this.#calls.slice(0, after).flatMap((call) => (call.call === 'say' ? [call.line] : []))
  }

  /** Writes the files into an empty folder, which stands for the one that was recorded. */
  rebuild(cut: Cut, folder: string): void {
    const contents = this.#contents(cut)
    const { names, folders } = this.#names(cut)
    const at = (path: string): string => join(folder, path.slice(this.#root.length))
    const isReachable = (path: string): boolean =>
      path === this.#root || (folders.has(path) && isReachable(parentOf(path)))
    for (const path of Array.from(folders).toSorted()) if (isReachable(path)) mkdirSync(at(path), { recursive: true })
    for (const [path, file] of names) {
      if (isReachable(parentOf(path))) writeFileSync(at(path), contents[file] ?? Buffer.alloc(0))
    }
  }

  #names(cut: Cut): { names: Map<string, number>; folders: Set<string> } {
    const names = new Map<string, number>()
    const folders = new Set<string>([this.#root])
    const stopped = new Set<string>()
    let file = 0
    for (const [index, call] of this.#calls.slice(0, cut.after + 1).entries()) {
      const number = call.call === 'create' ? file++ : -1
      if (!('path' in call) || call.call === 'sync-folder') continue
      const parent = parentOf(call.path)
      const isDurable = (this.#syncedBy[index] ?? Infinity) < cut.after
      if (!isDurable && !this.#isLucky(cut, index)) stopped.add(parent)
      if (!isDurable && stopped.has(parent)) continue
      if (call.call === 'create') names.set(call.path, number)
      else if (call.call === 'make-folder') folders.add(call.path)
      else if (call.call === 'unlink') names.delete(call.path)
      else if (call.call === 'rename') {
        move(call.path, call.to, names, folders)
      }
    }
    return { names, folders }
  }

  #contents(cut: Cut): Buffer[] {
    const files: { bytes: Buffer; size: number }[] = []
    for (const [index, call] of this.#calls.slice(0, cut.after + 1).entries()) {
      if (call.call === 'create') files.push({ bytes: Buffer.alloc(0), size: 0 })
      if (call.call !== 'write' && call.call !== 'truncate') continue
      const file = files[call.file]
      if (file === undefined) throw new Error(`A write to file ${call.file}, which nobody made`)
      const isDurable = (this.#syncedBy[index] ?? Infinity) < cut.after
      if (call.call === 'truncate') {
        if (isDurable || this.#isLucky(cut, index)) resize(file, call.size)
      } else if (isDurable || cut.luck === 'all') {
        put(file, call.at, call.bytes)
      } else if (cut.luck === 'some') {
        this.#tear(cut, index, call, file)
      }
    }
    return files.map(({ bytes, size }) => bytes.subarray(0, size))
  }

  /** A third each: lost, whole, torn. */
  #tear(cut: Cut, index: number, call: Call & { call: 'write' }, file: { bytes: Buffer; size: number }): void {
    const fate = chanceInt([0, 2], cut.seed, cut.after, index)
    if (fate === 0) return
    if (fate === 1) return put(file, call.at, call.bytes)
    let from = call.at
    while (from < call.at + call.bytes.length) {
      const to = Math.min((Math.floor(from / SECTOR) + 1) * SECTOR, call.at + call.bytes.length)
      if (chanceUnit(cut.seed, cut.after, index, from) < 0.5) {
        put(file, from, call.bytes.subarray(from - call.at, to - call.at))
      }
      from = to
    }
  }

  #isLucky({ luck, seed, after }: Cut, index: number): boolean {
    return luck === 'all' || (luck === 'some' && chanceUnit(seed, after, index) < 0.5)
  }
}

/** Gives a file another name, or a folder with all that is in it. */
function move(from: string, to: string, names: Map<string, number>, folders: Set<string>): void {
  const isIn = (path: string): boolean => path === from || path.startsWith(`${from}/`)
  const renamed = (path: string): string => to + path.slice(from.length)
  for (const [path, file] of Array.from(names).filter(([path]) => isIn(path))) {
    names.delete(path)
    names.set(renamed(path), file)
  }
  for (const path of Array.from(folders).filter(isIn)) {
    folders.delete(path)
    folders.add(renamed(path))
  }
}

/** A sync of a file makes its bytes and its size last, one of a folder the names in it, and neither anything else. */
function syncs(calls: readonly Call[]): number[] {
  const syncedBy: number[] = Array.from(calls, () => Infinity)
  const pendingIn = new Map<number | string, number[]>()
  const settle = (place: number | string, by: number): void => {
    for (const index of pendingIn.get(place) ?? []) syncedBy[index] = by
    pendingIn.delete(place)
  }
  for (const [index, call] of calls.entries()) {
    if (call.call === 'sync') settle(call.file, index)
    else if (call.call === 'sync-folder') settle(call.path, index)
    else if (call.call !== 'say') {
      const place = 'file' in call ? call.file : parentOf(call.path)
      pendingIn.set(place, [...(pendingIn.get(place) ?? []), index])
    }
  }
  return syncedBy
}

function resize(file: { bytes: Buffer; size: number }, size: number): void {
  // What was cut off does not come back when the file grows again.
  if (size < file.size) file.bytes.fill(0, size, file.size)
  else put(file, size, Buffer.alloc(0))
  Object.assign(file, { size })
}

function put(file: { bytes: Buffer; size: number }, at: number, bytes: Buffer): void {
  const end = at + bytes.length
  if (end > file.bytes.length) {
    const grown = Buffer.alloc(Math.max(end, file.bytes.length * 2))
    file.bytes.copy(grown)
    Object.assign(file, { bytes: grown })
  }
  bytes.copy(file.bytes, at)
  Object.assign(file, { size: Math.max(file.size, end) })
}
