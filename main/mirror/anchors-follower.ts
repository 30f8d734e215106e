import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ANCHORS_FILE } from '../anchors/own-anchors.ts'
import { syncFolder } from '../synced-folder.ts'

/** Takes the file of anchors over to a mirror, whenever it has changed. */
export class AnchorsFollower {
  readonly #from: string
  readonly #to: string
  #copied = ''

  constructor(dataFolder: string, folder: string) {
    this.#from = join(dataFolder, ANCHORS_FILE)
    this.#to = folder
  }

  /** `catchUp` brings the journal along first: an anchor there must not speak of entries that are not there. */
  follow(catchUp: () => void): void {
    const found = statSync(this.#from, { throwIfNoEntry: false })
    if (found === undefined) return
    const state = `${found.size} ${found.mtimeMs}`
    if (state === this.#copied) return
    const bytes = readFileSync(this.#from)
    catchUp()
    const file = join(this.#to, ANCHORS_FILE)
    const temporary = `${file}.part`
    writeFileSync(temporary, bytes, { mode: 0o600, flush: true })
    renameSync(temporary, file)
    syncFolder(this.#to)
    this.#copied = state
  }

  /** The mirror was away: what is there now may be older. */
  forget(): void {
    this.#copied = ''
  }
}
