import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ANCHORS_FILE } from '../anchors/own-anchors.ts'
import { writeWholeNow } from '../whole-file.ts'

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
    writeWholeNow(join(this.#to, ANCHORS_FILE), bytes)
    this.#copied = state
  }

  /** The mirror was away: what is there now may be older. */
  forget(): void {
    this.#copied = ''
  }
}
