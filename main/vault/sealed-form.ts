import { createCipheriv, createDecipheriv } from 'node:crypto'
import { ulidSchema } from '../../shared/journal/header.ts'
import { refuse } from '../../shared/refusal.ts'

/** The key of one raw form, of 32 bytes, with what leads back to it: the vault that can make it again, and the salt it makes it from. */
export interface RawKey {
  readonly vault: string
  /** 64 hex digits, random for each form: no key is used twice. */
  readonly salt: string
  readonly key: Uint8Array
}

const FORMAT = 'muster.dev/sealed/1'
const PLAIN_CHUNK = 65_536
const TAG = 16
const CHUNK = PLAIN_CHUNK + TAG
/** The first line is no longer, in bytes. */
export const LONGEST_HEAD = 200
const headLine = /^muster\.dev\/sealed\/1 ([0-9A-Z]{26}) ([0-9a-f]{64})\n/

/**
 * Bytes sealed so that they open with this key alone, in bounded memory: a line that names format, vault and salt, then chunks
 * of 64 KiB under AES-256-GCM, each with its tag. The nonce of a chunk is its number and whether it is the last, so none can
 * be changed, moved, left out or cut off unseen (STREAM: Hoang, Reyhanitabar, Rogaway, Vizár 2015). What is given stands until
 * the next is asked for.
 */
export async function* sealed(
  source: AsyncIterable<Uint8Array>,
  { vault, salt, key }: RawKey,
): AsyncGenerator<Uint8Array> {
  const head = Buffer.from(`${FORMAT} ${vault} ${salt}\n`)
  yield head
  const chunk = Buffer.allocUnsafeSlow(PLAIN_CHUNK)
  let filled = 0
  let number = 0
  for await (const part of source) {
    for (let from = 0; from < part.length; ) {
      // A full chunk waits until more comes: the last one says that it is the last.
      if (filled === PLAIN_CHUNK) {
        yield lockChunk(key, { head, number, isLast: false }, chunk)
        number += 1
        filled = 0
      }
      const taken = Math.min(part.length - from, PLAIN_CHUNK - filled)
      chunk.set(part.subarray(from, from + taken), filled)
      from += taken
      filled += taken
    }
  }
  yield lockChunk(key, { head, number, isLast: true }, chunk.subarray(0, filled))
  chunk.fill(0)
}

/** How many bytes so many take when they are sealed. */
export function sealedSize(size: number): number {
  return LONGEST_HEAD + size + TAG * (Math.floor(size / PLAIN_CHUNK) + 1)
}

/** Which vault sealed a form, and from which salt its key is made. Refuses (`damaged`) what is no sealed form. */
export function readHead(beginning: Uint8Array): { vault: string; salt: string; head: Buffer } {
  const [line = '', vault = '', salt = ''] = headLine.exec(Buffer.from(beginning).toString('latin1')) ?? []
  if (!ulidSchema.safeParse(vault).success) throw notSealed()
  return { vault, salt, head: Buffer.from(line) }
}

/** The bytes of a sealed form, chunk by chunk. Refuses (`damaged`) at the first that is not as it was sealed, and an end too soon. */
export async function* opened(source: AsyncIterable<Uint8Array>, key: Uint8Array): AsyncGenerator<Uint8Array> {
  let head: Buffer | null = null
  let held = Buffer.alloc(0)
  let number = 0
  for await (const part of source) {
    held = Buffer.concat([held, part])
    if (head === null) {
      if (held.length < LONGEST_HEAD && !held.includes('\n')) continue
      head = readHead(held.subarray(0, LONGEST_HEAD)).head
      held = held.subarray(head.length)
    }
    for (; held.length > CHUNK; number += 1) {
      yield openChunk(key, { head, number, isLast: false }, held.subarray(0, CHUNK))
      held = held.subarray(CHUNK)
    }
  }
  if (head === null) throw notSealed()
  yield openChunk(key, { head, number, isLast: true }, held)
}

interface Place {
  readonly head: Uint8Array
  readonly number: number
  readonly isLast: boolean
}

function lockChunk(key: Uint8Array, place: Place, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(place)).setAAD(place.head)
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function openChunk(key: Uint8Array, place: Place, chunk: Buffer): Buffer {
  if (chunk.length < TAG) throw notAsSealed()
  const at = chunk.length - TAG
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(place))
    .setAAD(place.head)
    .setAuthTag(chunk.subarray(at))
  const plain = decipher.update(chunk.subarray(0, at))
  try {
    decipher.final()
    return plain
  } catch (error) {
    // The one failure that `final` has: the tag does not fit (Node 24, crypto, decipher.final).
    plain.fill(0)
    throw notAsSealed(error)
  }
}

function nonceOf({ number, isLast }: Place): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(number), 0)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

function notSealed() {
  return refuse('damaged', {
    tried: 'Open a sealed raw form',
    happened: 'It does not begin as Muster seals raw forms.',
    next: 'Bring the evidence back from a backup or another desk; its hash will prove it.',
  })
}

function notAsSealed(cause?: unknown) {
  return refuse('damaged', {
    tried: 'Open a sealed raw form',
    happened: 'It is not as it was sealed: changed, cut off, or sealed by another key. Nothing was written.',
    next: 'Bring the evidence back from a backup or another desk; its hash will prove it.',
    cause,
  })
}
