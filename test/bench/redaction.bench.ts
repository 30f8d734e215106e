import { createHash } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { redact } from '../../shared/redaction/redact.ts'

/**
 * A log of 1 GiB with its secrets masked, in pieces of 1 MiB that end at a line, against reading and hashing the same file
 * and nothing else, in turn. Then hostile texts: one line without an end, nested quotes, names of secrets without values.
 * Prints medians and ratios (masking / bare: 4 is the goal); asserts nothing.
 */
const GIB = 1_073_741_824
const PIECE = 1_048_576
const rounds = 3
const folder = mkdtempSync(join(tmpdir(), 'muster-redaction-'))

const ordinary = Array.from({ length: 8_000 }, (_none, n) =>
  n % 97 === 0
    ? `2026-11-21T03:00:${String(n % 60).padStart(2, '0')}Z ERROR connect postgres://app:s3cret${n}@db:5432/shop failed\n`
    : `2026-11-21T03:00:${String(n % 60).padStart(2, '0')}Z INFO orders request=${n} path=/api/orders/${n * 7} status=200 took=${n % 90}ms user=u${n % 500}\n`,
).join('')

try {
  compare('an ordinary log', ordinary)
  compare('one line without an end', 'x'.repeat(PIECE))
  compare('nested quotes', '\\"{\\\\\\"a\\\\\\":\\"b\\"}'.repeat(PIECE / 20))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function compare(what: string, unit: string): void {
  const file = join(folder, 'log')
  const out = openSync(file, 'w')
  const piece = Buffer.from(unit, 'latin1')
  for (let size = 0; size < GIB; size += piece.length) writeSync(out, piece)
  closeSync(out)
  const took = { bare: [] as number[], masked: [] as number[] }
  let most = 0
  for (let round = 0; round < rounds; round += 1) {
    took.bare.push(timed(() => eachPiece(file, () => undefined)))
    took.masked.push(
      timed(() =>
        eachPiece(file, (bytes) => {
          redact({ kind: 'text', text: bytes.toString('latin1') })
          most = Math.max(most, process.memoryUsage.rss())
        }),
      ),
    )
  }
  const [bare, masked] = [median(took.bare), median(took.masked)]
  console.log(
    `${what}, 1 GiB: bare read and hash ${bare.toFixed(0)} ms, with masking ${masked.toFixed(0)} ms: ` +
      `${(masked / bare).toFixed(2)} times; resident at most ${(most / 1_048_576).toFixed(0)} MiB`,
  )
}

/** Reads and hashes the file piece by piece; each piece goes to `look` too. */
function eachPiece(file: string, look: (bytes: Buffer) => void): void {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(PIECE)
  const descriptor = openSync(file, 'r')
  for (;;) {
    const length = readSync(descriptor, buffer, 0, PIECE, null)
    if (length === 0) break
    const bytes = buffer.subarray(0, length)
    hash.update(bytes)
    look(bytes)
  }
  closeSync(descriptor)
  hash.digest('hex')
}

function timed(work: () => void): number {
  const from = performance.now()
  work()
  return performance.now() - from
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}
