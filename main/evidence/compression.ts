import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { promisify } from 'node:util'
import { constants, createZstdDecompress, zstdCompress, zstdCompressSync } from 'node:zlib'
import { piecesOf } from './pieces.ts'
import type { StoredName } from './stored-file.ts'

const compressAsync = promisify(zstdCompress)
/** The fastest level: an ingest should wait for the disk, not for this (measured: 340 MiB/s on two shared cores, to a fifth). */
const level = { [constants.ZSTD_c_compressionLevel]: 1 }
/**
 * So many bytes make a frame, the last one fewer. Node 24's decompressor takes a frame that ends while its output buffer
 * has room for the last one, and drops what follows (lib/zlib.js, processCallback): its buffer is as large as a frame.
 */
export const FRAME_BYTES = 1_048_576
/** Less than this stays plain: any tool reads it, and a block on the disk would not be saved. */
const WORTH_BYTES = 65_536
/** Compressed where a sample comes to this part of itself or less. */
const PAYS_BELOW = 0.8
const SAMPLE_BYTES = 16_384
const SAMPLES = 4
/** 8 MiB: a file from elsewhere cannot ask for more memory than `zstd -19` would (RFC 8878, 3.1.1.1.2). */
const MOST_WINDOW = 23

/** Whether compressing pays, judged by a few samples of the first bytes. */
export function compressionPays(first: Uint8Array): boolean {
  if (first.length < WORTH_BYTES) return false
  const step = Math.floor((first.length - SAMPLE_BYTES) / (SAMPLES - 1))
  const samples = Array.from({ length: SAMPLES }, (_, index) =>
    first.subarray(index * step, index * step + SAMPLE_BYTES),
  )
  const sample = Buffer.concat(samples)
  return zstdCompressSync(sample, { params: level }).length <= sample.length * PAYS_BELOW
}

/**
 * One piece as a frame of its own, made off this thread. Frames one after the other are a zstd file like any other
 * (RFC 8878, 3), and several are made at once.
 */
export function compressPiece(piece: Uint8Array): Promise<Uint8Array> {
  return compressAsync(piece, { params: { ...level, [constants.ZSTD_c_checksumFlag]: 1 } })
}

/**
 * The original bytes of a stored file, in bounded memory; a part stands until the next one is asked for. Throws what the
 * disk or zstd say of a damaged one.
 */
export async function* contentOf(path: string, { encoding }: Pick<StoredName, 'encoding'>): AsyncGenerator<Uint8Array> {
  if (encoding === 'plain') {
    const file = await open(path, 'r')
    try {
      yield* piecesOf(file)
    } finally {
      await file.close()
    }
    return
  }
  const stored = createReadStream(path, { highWaterMark: 1_048_576 })
  const params = { [constants.ZSTD_d_windowLogMax]: MOST_WINDOW }
  const opened = createZstdDecompress({ chunkSize: FRAME_BYTES, params })
  // The callback is asked for by `pipeline`; whoever iterates hears of every failure.
  for await (const part of pipeline(stored, opened, () => undefined)) yield part as Buffer
  if (opened.bytesWritten !== stored.bytesRead) throw new TrailingBytes()
}

/** More lies in a stored file than the frames that hold its bytes. */
class TrailingBytes extends Error {
  readonly code = 'Z_TRAILING'

  constructor() {
    super('More lies in the file than was kept')
  }
}

/** Whether a failure says that stored bytes are no whole zstd file, rather than that the disk would not give them. */
export function isUndecodable(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false
  const code = String(error.code)
  return code.startsWith('ZSTD_') || code.startsWith('Z_')
}
