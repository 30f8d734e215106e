import { createHash } from 'node:crypto'
import { writeSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { compressionPays, compressPiece, FRAME_BYTES } from './compression.ts'
import { inPieces } from './pieces.ts'
import type { Encoding } from './stored-file.ts'

/** Frames that are compressed at once, on other threads. */
const AT_ONCE = 3
/** So often it is asked whether there is still room. */
const LOOK_EVERY_BYTES = 67_108_864

/** What went through: the sha256 and size of the original bytes, and how they lie in the file. */
export interface Passed {
  readonly bundle: string
  readonly size: number
  readonly stored: { readonly encoding: Encoding; readonly size: number }
}

/**
 * Hashes and copies in one pass, in bounded memory. Whether it is compressed is decided by the first piece.
 * `onRoomNeeded` is told every 64 MiB how much was written and may throw. A part given by `source` may be used again when
 * the next one is asked for.
 */
export async function copyHashed(
  source: AsyncIterable<Uint8Array>,
  file: FileHandle,
  onRoomNeeded: (storedBytes: number) => void,
): Promise<Passed> {
  const hash = createHash('sha256')
  let out: PlainOut | FramesOut | null = null
  let size = 0
  let looked = 0
  try {
    for await (const piece of inPieces(source)) {
      out ??= compressionPays(piece) ? new FramesOut(file) : new PlainOut(file)
      hash.update(piece)
      await out.add(piece)
      size += piece.length
      if (size - looked < LOOK_EVERY_BYTES) continue
      looked = size
      onRoomNeeded(out.written)
    }
    await out?.end()
  } finally {
    // Whoever closes the file next must not do so under a write.
    await out?.settled()
  }
  const encoding = out?.encoding ?? 'plain'
  return { bundle: hash.digest('hex'), size, stored: { encoding, size: out?.written ?? 0 } }
}

/** Writes as it comes, on this thread: the piece is in its core's cache. */
class PlainOut {
  readonly encoding = 'plain'
  readonly #file: FileHandle
  #written = 0

  constructor(file: FileHandle) {
    this.#file = file
  }

  get written(): number {
    return this.#written
  }

  add(piece: Uint8Array): void {
    for (let done = 0; done < piece.length; ) {
      const written = writeSync(this.#file.fd, piece, done, piece.length - done, this.#written)
      done += written
      this.#written += written
    }
  }

  end(): void {}

  settled(): void {}
}

/** Gathers frames, has several compressed at once, and writes them in order. A failure is thrown by the next call. */
class FramesOut {
  readonly encoding = 'zstd'
  readonly #plain: PlainOut
  /** They take turns: one is filled while the others are compressed. */
  readonly #frames = Array.from({ length: AT_ONCE + 1 }, () => Buffer.allocUnsafeSlow(FRAME_BYTES))
  #turn = 0
  #filled = 0
  #waiting: Promise<{ readonly bytes: Uint8Array } | { readonly error: unknown }>[] = []

  constructor(file: FileHandle) {
    this.#plain = new PlainOut(file)
  }

  get written(): number {
    return this.#plain.written
  }

  async add(piece: Uint8Array): Promise<void> {
    for (let from = 0; from < piece.length; ) {
      const taken = Math.min(piece.length - from, FRAME_BYTES - this.#filled)
      this.#frame.set(piece.subarray(from, from + taken), this.#filled)
      from += taken
      this.#filled += taken
      if (this.#filled === FRAME_BYTES) await this.#compress()
    }
  }

  async end(): Promise<void> {
    if (this.#filled > 0) await this.#compress()
    while (this.#waiting.length > 0) await this.#writeFirst()
  }

  /** Waits until nothing is under way any more, however it ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#waiting)
  }

  get #frame(): Buffer {
    const frame = this.#frames[this.#turn % this.#frames.length]
    if (frame === undefined) throw new Error('There is no frame to fill')
    return frame
  }

  async #compress(): Promise<void> {
    // Heard from the beginning, so that no failure is unheard while another is awaited.
    this.#waiting.push(
      compressPiece(this.#frame.subarray(0, this.#filled)).then(
        (bytes) => ({ bytes }),
        (error: unknown) => ({ error }),
      ),
    )
    this.#turn += 1
    this.#filled = 0
    if (this.#waiting.length >= AT_ONCE) await this.#writeFirst()
  }

  async #writeFirst(): Promise<void> {
    const first = await this.#waiting.shift()
    if (first === undefined) return
    if ('error' in first) throw first.error
    this.#plain.add(first.bytes)
  }
}
