import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const positionSchema = z.looseObject({ folder: z.string(), entries: z.int().min(0) })

/**
 * How far the mirror had come when it was last seen, remembered in the data folder: how old a mirror is must be known
 * while it is unplugged. A lost or late file makes it look older than it is, never younger.
 */
export class Position {
  readonly #file: string
  readonly #folder: string
  #kept: number | null
  #reached: number | null

  constructor(dataFolder: string, folder: string) {
    this.#file = join(dataFolder, 'mirror-position.json')
    this.#folder = folder
    this.#kept = this.#read()
    this.#reached = this.#kept
  }

  /** Null where this folder was never reached from here. */
  known(): number | null {
    return this.#reached
  }

  reached(entries: number): void {
    this.#reached = entries
  }

  /** Remembers it beyond this process. */
  keep(): void {
    if (this.#reached === null || this.#reached === this.#kept) return
    try {
      const temporary = `${this.#file}.${process.pid}.part`
      writeFileSync(temporary, `${JSON.stringify({ folder: this.#folder, entries: this.#reached })}\n`, { mode: 0o600 })
      renameSync(temporary, this.#file)
      this.#kept = this.#reached
    } catch (error) {
      // The data folder's own disk is full or read-only: the desk says that itself, and here it costs only exactness.
      if (!(error instanceof Error && 'code' in error)) throw error
    }
  }

  #read(): number | null {
    try {
      const known = positionSchema.safeParse(JSON.parse(readFileSync(this.#file, 'utf8')))
      return known.success && known.data.folder === this.#folder ? known.data.entries : null
    } catch (error) {
      if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return null
      throw error
    }
  }
}
