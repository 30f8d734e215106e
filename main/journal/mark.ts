import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { codeOf } from '../error-code.ts'
import { syncFolder } from '../synced-folder.ts'

/** Where a journal had got to when its mark was last written. */
export interface Marked {
  /** The number and hash of the newest row; 0 and zeros in an empty journal. */
  readonly arrival: number
  readonly hash: string
  /** The journal was left by a process that could not close it, and nobody has checked it since. */
  readonly isCheckDue: boolean
  /** Whether the line was written into this very file, so that neither it nor its folder is a copy. */
  readonly isOwn: boolean
}

export const noHash = '0'.repeat(64)

/** `muster-mark 1 ARRIVAL HASH CHECK INODE DEVICE MILLISECONDS`, always of the same length. */
const LINE = /^muster-mark 1 (\d{16}) ([0-9a-f]{64}) ([-?]) (\d{20}) (\d{20}) (\d{15})\n$/
const LENGTH = 156
/**
 * A line that is put into the file by somebody else (a backup copied over it) is older than the change of the file. The
 * system may keep the time of a change minutes before the bytes at a power cut, and never the other way round.
 */
const WRITEBACK_MS = 120_000

/**
 * The mark beside a journal: how far this folder's own writers have got. It is written after the journal was synced, and
 * not synced itself: an older mark is as true as the newest. What cannot be copied with it is the file that it names.
 */
export class Mark {
  readonly #file: string
  #open: { readonly descriptor: number; readonly place: string } | null = null

  constructor(folder: string) {
    this.#file = join(folder, 'journal.mark')
  }

  /** The mark as it stands; null where there is none, or none that can be read. */
  read(): Marked | null {
    const file = this.#reopen()
    if (file === null) return null
    const { descriptor, place } = file
    const bytes = Buffer.alloc(LENGTH + 1)
    const text = bytes.toString('latin1', 0, readSync(descriptor, bytes, 0, LENGTH + 1, 0))
    const [, arrival = '', hash = '', check, ino, dev, ms = ''] = LINE.exec(text) ?? []
    if (check === undefined) return null
    return {
      arrival: Number(arrival),
      hash,
      isCheckDue: check === '?',
      isOwn: place === `${ino} ${dev}` && !wasPutThere(descriptor, Number(ms)),
    }
  }

  /** Makes a new mark, in a file that no copy can name; it lasts once this returns. */
  renew(marked: Omit<Marked, 'isOwn'>): void {
    this.close()
    const made = `${this.#file}.${process.pid}-${performance.now().toString().replace('.', '')}`
    const descriptor = openSync(made, 'wx+', 0o600)
    try {
      this.#open = { descriptor, place: placeOf(descriptor) }
      this.write(marked)
      fsyncSync(descriptor)
      renameSync(made, this.#file)
      syncFolder(dirname(this.#file))
    } catch (error) {
      this.close()
      rmSync(made, { force: true })
      throw error
    }
  }

  /** Says how far the journal has got. */
  write({ arrival, hash, isCheckDue }: Omit<Marked, 'isOwn'>): void {
    if (this.#open === null) return
    const check = isCheckDue ? '?' : '-'
    const ms = padded(Date.now(), 15)
    const line = `muster-mark 1 ${padded(arrival, 16)} ${hash} ${check} ${this.#open.place} ${ms}\n`
    writeSync(this.#open.descriptor, line, 0, 'latin1')
  }

  close(): void {
    if (this.#open !== null) closeSync(this.#open.descriptor)
    this.#open = null
  }

  #reopen(): { readonly descriptor: number; readonly place: string } | null {
    this.close()
    try {
      const descriptor = openSync(this.#file, 'r+')
      this.#open = { descriptor, place: placeOf(descriptor) }
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error
    }
    return this.#open
  }
}

function placeOf(descriptor: number): string {
  const { ino, dev } = fstatSync(descriptor, { bigint: true })
  return `${padded(ino, 20)} ${padded(dev, 20)}`
}

/** On Windows a backup program changes files by noting that it has seen them. */
function wasPutThere(descriptor: number, writtenMs: number): boolean {
  return process.platform !== 'win32' && fstatSync(descriptor).ctimeMs - writtenMs > WRITEBACK_MS
}

function padded(value: number | bigint, digits: number): string {
  return value.toString().padStart(digits, '0')
}
