import type { Masked } from '../../shared/redaction/mask-count.ts'
import { redact } from '../../shared/redaction/redact.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { isSearchedType, PLAIN_TEXT, UTF16_BIG, UTF16_LITTLE } from '../../shared/evidence/media-type.ts'
import { mediaTypeOf } from './media-type.ts'
import { bytewise, type TextEncoding, utf16 } from './text-encoding.ts'
import { TextMask } from './text-mask.ts'

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
 * The bytes of an attachment on their way into the store, in bounded memory. Text (UTF-16 that says so, or whatever encoding
 * ASCII is a part of) is masked before it is kept, as answers are, and all that is not masked stays as it was, byte for byte;
 * anything else passes untouched. `name`: `.json` is masked by its names, where it can be read.
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
    let mask: JsonMask | TextMask | null = null
    let isFirst = true
    for await (const part of this.#source) {
      this.#givenSize += part.length
      if (isFirst && part.length > 0) {
        this.#mediaType = mediaTypeOf(part)
        mask = this.#maskFor(this.#mediaType)
        isFirst = false
      }
      if (mask === null) yield part
      else yield* mask.push(part)
    }
    if (mask !== null) yield* mask.end()
  }

  #maskFor(mediaType: string): JsonMask | TextMask | null {
    if (!isSearchedType(mediaType)) return null
    const isJson = mediaType === PLAIN_TEXT && this.#name.toLowerCase().endsWith('.json')
    return isJson ? new JsonMask(this.#count) : new TextMask(encodingOf(mediaType), this.#count)
  }

  readonly #count = (rule: string, times = 1): void => {
    this.#counts.set(rule, (this.#counts.get(rule) ?? 0) + times)
  }
}

function encodingOf(mediaType: string): TextEncoding {
  if (mediaType === UTF16_LITTLE) return utf16('little')
  return mediaType === UTF16_BIG ? utf16('big') : bytewise
}

/** Holds JSON until it can be read whole; what is too large for that, or is none, is masked as text. */
class JsonMask {
  readonly #onMasked: (rule: string, times?: number) => void
  readonly #text: TextMask
  #held: Buffer[] = []
  #heldBytes = 0
  #isTooLarge = false

  constructor(onMasked: (rule: string, times?: number) => void) {
    this.#onMasked = onMasked
    this.#text = new TextMask(bytewise, onMasked)
  }

  *push(part: Uint8Array): Generator<Uint8Array> {
    if (this.#isTooLarge) {
      yield* this.#text.push(part)
      return
    }
    // The part may be used again by whoever gave it.
    this.#held.push(Buffer.from(part))
    this.#heldBytes += part.length
    if (this.#heldBytes <= MOST_JSON) return
    this.#isTooLarge = true
    yield* this.#asText()
  }

  *end(): Generator<Uint8Array> {
    if (!this.#isTooLarge) {
      const whole = this.#asJson()
      if (whole !== null) {
        yield whole
        return
      }
      yield* this.#asText()
    }
    yield* this.#text.end()
  }

  *#asText(): Generator<Uint8Array> {
    for (const part of this.#held) yield* this.#text.push(part)
    this.#held = []
  }

  /** The same bytes where nothing is masked; laid out anew where something is. Null for what is no JSON. */
  #asJson(): Uint8Array | null {
    const bytes = Buffer.concat(this.#held)
    try {
      const { item, masked } = redact({ kind: 'json', value: JSON.parse(bytes.toString('utf8')) as unknown })
      for (const { rule, count } of masked) this.#onMasked(rule, count)
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
