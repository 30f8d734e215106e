import type { Secret } from '../../shared/redaction/mark.ts'
import { LONGEST_KEY } from '../../shared/redaction/private-keys.ts'
import { firstWord, markOf, secretsIn } from '../../shared/redaction/text-rules.ts'
import type { TextEncoding } from './text-encoding.ts'

/**
 * So many bytes are looked at together. Strings of up to 120 KiB are made in V8's young space, in a fifteenth of the time that
 * larger ones take (Node 24).
 */
const WINDOW_BYTES = 114_688
/** In characters: no rule reads farther back from its word, */
const BEHIND = 2_304
/** nor farther ahead to where its secret begins; a private key ends within this, too. */
const AHEAD = LONGEST_KEY + 1_024
/** A secret that ends nearer to the window's end may go on: a stop there is not counted to a value. */
const NEAR = 64

/**
 * Masks text that comes in parts, in bounded memory and in a time linear in its length, however long its lines are. What is
 * masked is what the rules say of the whole text; of a secret that is longer than a window the rest goes with it, up to where
 * its word ends, or a header's line. All else stays as it was, byte for byte. What is given stands until the next of it is
 * asked for.
 */
export class TextMask {
  readonly #encoding: TextEncoding
  readonly #onMasked: (rule: string) => void
  readonly #marks = new Map<string, Uint8Array>()
  readonly #window = Buffer.alloc(WINDOW_BYTES)
  /** Where a window with marks in it is put together, again and again: new memory costs more than all else. */
  #out = Buffer.alloc(0)
  /** In bytes. */
  #filled = 0
  /** In characters of the window: what stands before was given; words that begin before were read. */
  #given = 0
  #read = 0
  /** What ends the secret that goes on where the last window ended; null where none does. */
  #until: RegExp | null = null

  /** `onMasked` is told the rule of each secret. */
  constructor(encoding: TextEncoding, onMasked: (rule: string) => void) {
    this.#encoding = encoding
    this.#onMasked = onMasked
  }

  *push(part: Uint8Array): Generator<Uint8Array> {
    for (let at = 0; at < part.length; ) {
      const taken = Math.min(part.length - at, WINDOW_BYTES - this.#filled)
      this.#window.set(part.subarray(at, at + taken), this.#filled)
      this.#filled += taken
      at += taken
      if (this.#filled === WINDOW_BYTES) yield* this.#mask(false)
    }
  }

  *end(): Generator<Uint8Array> {
    yield* this.#mask(true)
    // Half a character may be left.
    yield this.#window.subarray(this.#given * this.#encoding.width, this.#filled)
    this.#filled = 0
    this.#given = 0
    this.#read = 0
  }

  *#mask(isEnd: boolean): Generator<Uint8Array> {
    const { width } = this.#encoding
    const length = Math.floor(this.#filled / width)
    const { searched, text } = this.#encoding.open(this.#window.subarray(0, length * width))
    if (this.#until !== null) this.#skip(text(), this.#until)
    const word = firstWord({ searched, from: this.#read, to: length })
    if (word === null) {
      // A word may have begun at the end, and what stands before it may belong to its secret.
      const to = isEnd ? length : Math.max(this.#given, length - BEHIND)
      yield this.#window.subarray(this.#given * width, to * width)
      this.#given = to
      this.#read = to
    } else {
      const to = isEnd ? length : Math.max(length - AHEAD, word.begin)
      const part = { searched, done: this.#given, from: word.begin, to }
      const secrets = word.begin < to ? secretsIn(text(), part) : []
      const last = secrets.at(-1)
      if (last !== undefined && last.to > length - NEAR) this.#until = isEnd ? null : endOf(last.rule)
      const given = Math.max(this.#given, last?.to ?? 0, isEnd ? length : to - BEHIND)
      if (secrets.length > 0) yield this.#masked(given, secrets, text())
      else yield this.#window.subarray(this.#given * width, given * width)
      this.#given = given
      this.#read = Math.max(to, given)
    }
    this.#shift()
  }

  /** The window from what was given to `to`, with marks where the secrets stood. */
  #masked(to: number, secrets: readonly Secret[], text: string): Uint8Array {
    const { width } = this.#encoding
    const marks = secrets.map((secret) => this.#bytesOf(markOf(text, secret)))
    const gone = secrets.reduce((sum, { from, to: end }) => sum + end - from, 0)
    const added = marks.reduce((sum, { length }) => sum + length, 0)
    const length = (to - this.#given - gone) * width + added
    if (this.#out.length < length) this.#out = Buffer.allocUnsafeSlow(length + WINDOW_BYTES)
    const out = this.#out
    let at = 0
    let from = this.#given
    for (const [index, secret] of secrets.entries()) {
      at += this.#window.copy(out, at, from * width, secret.from * width)
      const marked = marks[index] ?? new Uint8Array()
      out.set(marked, at)
      at += marked.length
      from = secret.to
      this.#onMasked(secret.rule)
    }
    this.#window.copy(out, at, from * width, to * width)
    return out.subarray(0, length)
  }

  #bytesOf(mark: string): Uint8Array {
    const known = this.#marks.get(mark)
    if (known !== undefined) return known
    const bytes = this.#encoding.encode(mark)
    // A mark of a key has the key's line breaks: only so many are worth keeping.
    if (this.#marks.size < 100) this.#marks.set(mark, bytes)
    return bytes
  }

  /** The rest of a secret that began before: its mark was given. */
  #skip(text: string, until: RegExp): void {
    const more = text.slice(this.#given).search(until)
    this.#given = more === -1 ? text.length : this.#given + more
    this.#read = Math.max(this.#read, this.#given)
    if (more !== -1) this.#until = null
  }

  /** Makes room, and keeps what a rule may read back to. */
  #shift(): void {
    const start = Math.max(0, this.#given - BEHIND)
    const { width } = this.#encoding
    this.#window.copyWithin(0, start * width, this.#filled)
    this.#filled -= start * width
    this.#given -= start
    this.#read -= start
  }
}

function endOf(rule: string): RegExp {
  return rule === 'authorization header' || rule === 'cookie' ? /[\r\n]/ : /[\s"'`<>\\]/
}
