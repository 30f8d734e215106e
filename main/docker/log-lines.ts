/** One line of a log as bytes read as latin1, without its line end. */
export interface RawLine {
  readonly text: string
  /** The line was longer than `longestLine`; the rest of it was let go by. */
  readonly cut: boolean
}

export const longestLine = 1_048_576

/**
 * Splits what it is given into lines, in bounded memory: a line longer than 1 MiB is cut there and marked, and its
 * last word let go, so that no half secret escapes the masking.
 */
export class LineSplitter {
  readonly #onLine: (line: RawLine) => void
  #pieces: string[] = []
  #length = 0
  #cut = false

  constructor(onLine: (line: RawLine) => void) {
    this.#onLine = onLine
  }

  push(bytes: Buffer): void {
    let from = 0
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, from)) {
      this.#add(bytes.subarray(from, at))
      this.#end()
      from = at + 1
    }
    this.#add(bytes.subarray(from))
  }

  /** Gives out what came after the last line end, if anything did. */
  end(): void {
    if (this.#length > 0) this.#end()
  }

  #add(bytes: Buffer): void {
    const room = longestLine - this.#length
    if (bytes.length > room) this.#cut = true
    if (bytes.length === 0 || room <= 0) return
    const kept = bytes.subarray(0, room)
    this.#pieces.push(kept.toString('latin1'))
    this.#length += kept.length
  }

  #end(): void {
    const whole = this.#pieces.join('')
    const text = this.#cut ? withoutLastWord(whole) : whole.replace(/\r$/, '')
    this.#onLine({ text, cut: this.#cut })
    this.#pieces = []
    this.#length = 0
    this.#cut = false
  }
}

function withoutLastWord(text: string): string {
  const end = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'), text.length - 4_096)
  return text.slice(0, end)
}
