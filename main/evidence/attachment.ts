import type { Masked } from '../../shared/redaction/mask-count.ts'
import { redact } from '../../shared/redaction/redact.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { mediaTypeOf, PLAIN_TEXT } from './media-type.ts'

/** Text is masked so many bytes at a time, cut where a line ends: strings of this size go as quickly as they come. */
const BLOCK_BYTES = 32_768
/** A line, or a private key, longer than this is cut all the same. */
const MOST_CARRIED = 4_194_304
/** JSON up to here is read whole, for names tell of secrets in it that no line does. */
const MOST_JSON = 2_097_152

/** What became of an attachment's bytes on their way into the store. */
export interface AttachmentFacts {
  readonly mediaType: string
  /** Of the file as it was given, in bytes. */
  readonly givenSize: number
  /** Empty for what is no text: it is not searched. */
  readonly masked: readonly Masked[]
}

/**
 * The bytes of an attachment on their way into the store, in bounded memory. Text of whatever encoding that ASCII is a part of
 * is masked before it is kept, as answers are, and all that is not masked stays as it was, byte for byte; anything else passes
 * untouched. `name`: `.json` is masked by its names, where it can be read.
 */
export class AttachmentBytes {
  readonly #source: AsyncIterable<Uint8Array>
  readonly #name: string
  readonly #counts = new Map<string, number>()
  #mediaType = PLAIN_TEXT
  #givenSize = 0

  constructor(source: AsyncIterable<Uint8Array>, name: string) {
    this.#source = source
    this.#name = name
  }

  /** To be asked once the bytes were taken. */
  get facts(): AttachmentFacts {
    const masked = Array.from(this.#counts, ([rule, count]) => ({ rule, count }))
    return { mediaType: this.#mediaType, givenSize: this.#givenSize, masked }
  }

  async *masked(): AsyncGenerator<Uint8Array> {
    let isFirst = true
    let isText = true
    const text = this.#name.toLowerCase().endsWith('.json') ? new JsonMask(this.#add) : new LineMask(this.#add)
    for await (const part of this.#source) {
      this.#givenSize += part.length
      if (isFirst && part.length > 0) {
        this.#mediaType = mediaTypeOf(part)
        isText = this.#mediaType === PLAIN_TEXT
        isFirst = false
      }
      if (isText) yield* text.push(part)
      else yield part
    }
    if (isText) yield* text.end()
  }

  readonly #add = (masked: readonly Masked[]): void => {
    for (const { rule, count } of masked) this.#counts.set(rule, (this.#counts.get(rule) ?? 0) + count)
  }
}

type OnMasked = (masked: readonly Masked[]) => void

/** Masks text block by block: no rule reads across the end of a line, but for that of private keys. */
class LineMask {
  readonly #onMasked: OnMasked
  #carried = ''

  constructor(onMasked: OnMasked) {
    this.#onMasked = onMasked
  }

  *push(part: Uint8Array): Generator<Uint8Array> {
    for (let at = 0; at < part.length; at += BLOCK_BYTES) {
      const bytes = part.subarray(at, at + BLOCK_BYTES)
      // latin1 takes each byte for a character and back.
      this.#carried += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
      if (this.#carried.length < BLOCK_BYTES) continue
      const end = cutOf(this.#carried)
      if (end === 0) continue
      const block = this.#carried.slice(0, end)
      this.#carried = this.#carried.slice(end)
      yield this.#mask(block)
    }
  }

  *end(): Generator<Uint8Array> {
    if (this.#carried !== '') yield this.#mask(this.#carried)
    this.#carried = ''
  }

  #mask(text: string): Uint8Array {
    const { item, masked } = redact({ kind: 'text', text })
    this.#onMasked(masked)
    return Buffer.from(item.text, 'latin1')
  }
}

/** Where a block ends: after its last line, and before a private key that has not ended; 0: more must come first. */
function cutOf(text: string): number {
  const line = text.lastIndexOf('\n') + 1
  const key = text.lastIndexOf('-----BEGIN ', line)
  const isOpen = key !== -1 && !text.slice(key, line).includes('-----END ')
  const end = isOpen ? text.lastIndexOf('\n', key) + 1 : line
  return end > 0 || text.length < MOST_CARRIED ? end : cutInside(text)
}

/** A line without an end: cut at a space that no word of a secret stands near before, else where it is. */
function cutInside(text: string): number {
  let at = text.length
  for (let tries = 0; tries < 100; tries += 1) {
    at = Math.max(text.lastIndexOf(' ', at - 1), text.lastIndexOf(',', at - 1))
    if (at <= text.length / 2) break
    const { masked } = redact({ kind: 'text', text: text.slice(at - 400, at + 400) })
    if (masked.length === 0) return at
  }
  return text.length
}

/** Holds JSON until it can be read whole; what is too large for that, or is none, is masked as text. */
class JsonMask {
  readonly #onMasked: OnMasked
  readonly #lines: LineMask
  #held: Buffer[] = []
  #heldBytes = 0
  #isTooLarge = false

  constructor(onMasked: OnMasked) {
    this.#onMasked = onMasked
    this.#lines = new LineMask(onMasked)
  }

  *push(part: Uint8Array): Generator<Uint8Array> {
    if (this.#isTooLarge) {
      yield* this.#lines.push(part)
      return
    }
    // The part may be used again by whoever gave it.
    this.#held.push(Buffer.from(part))
    this.#heldBytes += part.length
    if (this.#heldBytes <= MOST_JSON) return
    this.#isTooLarge = true
    yield* this.#asLines()
  }

  *end(): Generator<Uint8Array> {
    if (!this.#isTooLarge) {
      const whole = this.#asJson()
      if (whole !== null) {
        yield whole
        return
      }
      yield* this.#asLines()
    }
    yield* this.#lines.end()
  }

  *#asLines(): Generator<Uint8Array> {
    for (const part of this.#held) yield* this.#lines.push(part)
    this.#held = []
  }

  /** The same bytes where nothing is masked; laid out anew where something is. Null for what is no JSON. */
  #asJson(): Uint8Array | null {
    const bytes = Buffer.concat(this.#held)
    try {
      const { item, masked } = redact({ kind: 'json', value: JSON.parse(bytes.toString('utf8')) as unknown })
      this.#onMasked(masked)
      return masked.length === 0 ? bytes : Buffer.from(`${JSON.stringify(item.value, null, 2)}\n`)
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof RefusalError) return null
      throw error
    }
  }
}

/** What was masked in all, for a sentence: '3 secrets (url password: 2, named secret: 1)'; null where nothing was. */
export function maskedWords(masked: readonly Masked[]): string | null {
  const all = masked.reduce((sum, { count }) => sum + count, 0)
  if (all === 0) return null
  const rules = masked.map(({ rule, count }) => `${rule}: ${count}`).join(', ')
  return `${all} ${all === 1 ? 'secret' : 'secrets'} (${rules})`
}
