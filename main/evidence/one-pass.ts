import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { compressionPays, compressPiece, FRAME_BYTES } from './compression.ts'
import type { Encoding } from './stored-file.ts'

/** So many bytes are read, hashed and written at a time. */
export const PIECE_BYTES = FRAME_BYTES
/** Pieces that are compressed or written at once; with those being read and hashed there are never more than twice as many. */
const AT_ONCE = 3
/** Buffers that take turns: more than are in use at any time. */
export const RING = 2 * AT_ONCE + 2
/** So often it is asked whether there is still room. */
const LOOK_EVERY_BYTES = 64 * PIECE_BYTES

/** What went through: the sha256 and size of the original bytes, and how they lie in the file. */
export interface Passed {
  readonly bundle: string
  readonly size: number
  readonly stored: { readonly encoding: Encoding; readonly size: number }
}

/**
 * Hashes and copies in one pass, in bounded memory: while one piece is hashed, the one before is written and the next one
 * read. Whether it is compressed is decided by the first piece. `onRoomNeeded` is told every 64 MiB how much was written
 * and may throw. A part given by `source` may be used again once `RING` more were taken.
 */
export async function copyHashed(
  source: AsyncIterable<Uint8Array>,
  file: FileHandle,
  onRoomNeeded: (storedBytes: number) => void,
): Promise<Passed> {
  const hash = createHash('sha256')
  const out = new InOrder(file)
  let encoding: Encoding = 'plain'
  let size = 0
  let looked = 0
  try {
    for await (const piece of inPieces(source)) {
      if (size === 0 && compressionPays(piece)) encoding = 'zstd'
      // Begun before this thread hashes: both go on at once.
      await out.add(encoding === 'zstd' ? compressPiece(piece) : Promise.resolve(piece))
      hash.update(piece)
      size += piece.length
      if (size - looked < LOOK_EVERY_BYTES) continue
      looked = size
      onRoomNeeded(out.written)
    }
    await out.end()
  } finally {
    // Whoever closes the file next must not do so under a write.
    await out.settled()
  }
  return { bundle: hash.digest('hex'), size, stored: { encoding, size: out.written } }
}

/** Writes what it is given in order, a few pieces behind. A failure is thrown by the next call. */
class InOrder {
  readonly #file: FileHandle
  #waiting: Promise<{ readonly error: unknown } | null>[] = []
  #last: Promise<unknown> = Promise.resolve()
  #written = 0

  constructor(file: FileHandle) {
    this.#file = file
  }

  get written(): number {
    return this.#written
  }

  async add(piece: Promise<Uint8Array>): Promise<void> {
    const before = this.#last
    const done = Promise.all([piece, before]).then(([bytes]) => this.#write(bytes))
    this.#last = done
    // Heard from the beginning, so that no failure is unheard while another is awaited.
    this.#waiting.push(
      done.then(
        () => null,
        (error: unknown) => ({ error }),
      ),
    )
    if (this.#waiting.length >= AT_ONCE) await this.#settleFirst()
  }

  async end(): Promise<void> {
    while (this.#waiting.length > 0) await this.#settleFirst()
  }

  /** Waits until nothing is under way any more, however it ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#waiting)
  }

  async #settleFirst(): Promise<void> {
    const failed = await this.#waiting.shift()
    if (failed !== null && failed !== undefined) throw failed.error
  }

  async #write(bytes: Uint8Array): Promise<void> {
    let done = 0
    while (done < bytes.length) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, this.#written)
      done += bytesWritten
      this.#written += bytesWritten
    }
  }
}

/** The same bytes in pieces of `PIECE_BYTES`, the last one shorter. */
async function* inPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const ring = new Ring()
  let piece = ring.next()
  let filled = 0
  for await (const part of source) {
    if (filled === 0 && part.length === PIECE_BYTES) {
      yield part
      continue
    }
    for (let from = 0; from < part.length; ) {
      const taken = Math.min(part.length - from, PIECE_BYTES - filled)
      piece.set(part.subarray(from, from + taken), filled)
      from += taken
      filled += taken
      if (filled < PIECE_BYTES) continue
      yield piece
      piece = ring.next()
      filled = 0
    }
  }
  if (filled > 0) yield piece.subarray(0, filled)
}

/** Buffers that take turns, made when they are first needed. */
export class Ring {
  readonly #buffers: Buffer[] = []
  #turn = 0

  next(): Buffer {
    const place = this.#turn % RING
    this.#turn += 1
    return (this.#buffers[place] ??= Buffer.allocUnsafeSlow(PIECE_BYTES))
  }
}

/** The bytes of an open file up to `size`, the next piece read while this one is looked at. */
export async function* piecesOf(file: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  const ring = new Ring()
  let at = 0
  const read = async (): Promise<Buffer> => {
    const buffer = ring.next()
    const { bytesRead } = await file.read(buffer, 0, Math.min(PIECE_BYTES, size - at), at)
    return buffer.subarray(0, bytesRead)
  }
  let next = heard(read())
  while (at < size) {
    const piece = await next.promise
    if (piece.length === 0) return
    at += piece.length
    if (at < size) next = heard(read())
    yield piece
  }
}

/** A promise whose failure is heard even if nobody comes to await it. */
function heard<T>(promise: Promise<T>): { readonly promise: Promise<T> } {
  promise.then(
    () => undefined,
    () => undefined,
  )
  return { promise }
}
