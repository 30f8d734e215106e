import { createHash } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AttachmentBytes } from '../../main/evidence/attachment.ts'
import { piecesOf } from '../../main/evidence/pieces.ts'

/**
 * A file of 1 GiB masked as an attachment is on its way into the store, and hashed, against the same file read and hashed and
 * nothing else, in turn. Ordinary logs first; then what is hostile: one line of 1 GiB, nested quotes, a secret in each line,
 * words of secrets without an end (those last ones are 64 MiB). Prints medians and ratios (masked / bare: 4 is the goal) and
 * the memory of this process at its most; asserts nothing.
 */
const MIB = 1_048_576
const GIB = 1_024 * MIB
const rounds = 3
const folder = mkdtempSync(join(tmpdir(), 'muster-redaction-'))

const second = (n: number) => String(n % 60).padStart(2, '0')
const ordinary = Array.from({ length: 8_000 }, (_none, n) =>
  n % 97 === 0
    ? `2026-11-21T03:00:${second(n)}Z ERROR connect postgres://app:s3cret${n}@db:5432/shop failed\n`
    : `2026-11-21T03:00:${second(n)}Z INFO orders request=${n} path=/api/orders/${n * 7} status=200 took=${n % 90}ms user=u${n % 500}\n`,
).join('')
const json = Array.from({ length: 6_000 }, (_none, n) =>
  JSON.stringify({
    ts: `2026-11-21T03:00:${second(n)}.${n % 1_000}Z`,
    level: ['info', 'warn', 'error'][n % 3],
    msg: `GET /v1/users/${n * 17}/cart completed with status 200`,
    trace_id: Math.imul(n, 2_654_435_761).toString(16).repeat(4),
    pod: `checkout-api-7d9f8c6b5-${(n % 36).toString(36)}x2k`,
    duration_ms: n % 977,
    token_ttl: 3_600,
  }),
).join('\n')

try {
  await compare('an ordinary log', ordinary, GIB)
  await compare('a log of JSON lines', json, GIB)
  await compare('one line without an end', 'x'.repeat(MIB), GIB)
  await compare('one line of an ordinary log', ordinary.replaceAll('\n', ' '), GIB)
  await compare('nested quotes', '\\"{\\\\\\"a\\\\\\":\\"b\\"}'.repeat(50_000), GIB)
  await compare('a secret in each line', 'db_password=hunter2hunter2 user=app host=db\n', 64 * MIB)
  await compare(
    'words of secrets',
    'token=abc password: incorrect secret key=1 cookie accepted; ana@example.org ',
    64 * MIB,
  )
  await compare('commands without a flag', 'curl ', 64 * MIB)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function compare(what: string, unit: string, size: number): Promise<void> {
  const path = join(folder, 'app.log')
  const out = openSync(path, 'w')
  const piece = Buffer.from(unit.repeat(Math.ceil(MIB / unit.length)), 'latin1')
  for (let written = 0; written < size; written += piece.length) writeSync(out, piece)
  closeSync(out)
  const took = { bare: [] as number[], masked: [] as number[] }
  let most = 0
  for (let round = 0; round < rounds; round += 1) {
    took.bare.push(await timed(path, (file) => piecesOf(file)))
    took.masked.push(
      await timed(
        path,
        (file) => new AttachmentBytes(piecesOf(file), 'app.log').masked(),
        () => {
          most = Math.max(most, process.memoryUsage.rss())
        },
      ),
    )
  }
  const [bare, masked] = [median(took.bare), median(took.masked)]
  console.log(
    `${what}, ${size / MIB} MiB: bare read and hash ${bare.toFixed(0)} ms, masked too ${masked.toFixed(0)} ms: ` +
      `${(masked / bare).toFixed(2)} times; resident at most ${(most / MIB).toFixed(0)} MiB`,
  )
}

/** Milliseconds to open the file, take what `bytesOf` makes of it, and hash that. */
async function timed(
  path: string,
  bytesOf: (file: FileHandle) => AsyncIterable<Uint8Array>,
  look: () => void = () => undefined,
): Promise<number> {
  const from = performance.now()
  const file = await open(path, 'r')
  const hash = createHash('sha256')
  let parts = 0
  for await (const part of bytesOf(file)) {
    hash.update(part)
    parts += 1
    if (parts % 256 === 0) look()
  }
  hash.digest('hex')
  await file.close()
  return performance.now() - from
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}
