import { open, stat } from 'node:fs/promises'
import { messageOf } from '../../shared/message-of.ts'
import type { Pattern } from '../../shared/patterns/pattern.ts'
import { sieveOf } from '../../shared/patterns/sieve.ts'
import { type RefusalError, refuse } from '../../shared/refusal.ts'
import { run } from '../run.ts'
import { cutLines, lineCap, LineReader } from './line-cutter.ts'
import { ripgrepPath } from './ripgrep-path.ts'

export interface ScanOptions {
  /** By the names under which they are counted. */
  readonly patterns: ReadonlyMap<string, Pattern>
  /** How many of the newest matching lines are kept. */
  readonly keep: number
  readonly limitMs: number
  /** How many bytes are read; the scan ends there and says so. */
  readonly capBytes: number
  readonly signal?: AbortSignal
  /** Hears of each matching line, in their order. */
  readonly onMatch?: (match: MatchedLine) => void
}

export type FollowOptions = Omit<ScanOptions, 'limitMs'>

export interface MatchedLine {
  /** From 1. */
  readonly line: number
  /** Broken UTF-8 as U+FFFD. */
  readonly text: string
  /** Whether the line is longer than was looked at: 1 MiB, or less where a pattern is heavy. */
  readonly cut: boolean
  /** Names of the patterns that match. */
  readonly patterns: readonly string[]
}

export interface Scanned {
  /** Lines that match at least one pattern, and how many match each. */
  readonly matched: number
  readonly counts: Readonly<Record<string, number>>
  /** The newest of them, in their order. */
  readonly lines: readonly MatchedLine[]
  readonly bytes: number
  /** Whether there was more than `capBytes`. */
  readonly capped: boolean
}

/** Text that is kept of all lines together: the newest stay. */
const keptCharacters = 8 * lineCap

/**
 * Searches a stream of lines. ripgrep sieves it (no file name and no text of the log reaches its arguments), the
 * patterns themselves judge what passes: both in linear time and bounded memory, whatever log and pattern hold. To be
 * called where nobody waits for the thread: a heavy pattern may take seconds for one line of 1 MiB.
 * Refuses `timed-out`, `cancelled`, and `unsupported` where there is no ripgrep.
 */
export async function scanStream(source: AsyncIterable<Uint8Array>, options: ScanOptions): Promise<Scanned> {
  const judge = new Judge(options)
  const until = { bytes: 0, capped: false }
  if (options.patterns.size === 0) return { ...judge.result(), ...until }
  const reader = new LineReader((found) => judge.takeFound(found))
  await run({
    tried: 'Search a log',
    program: await ripgrepPath(),
    argv: argvFor([...options.patterns.values()]),
    environment: {},
    stdin: cutLines(capped(source, options.capBytes, until)),
    limitMs: options.limitMs,
    // The sieve may let everything pass; each line then has its number before it.
    capBytes: Number.MAX_SAFE_INTEGER,
    // 1: nothing matched.
    expectedExits: [0, 1],
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onOutput: (bytes) => reader.push(bytes),
  })
  reader.end()
  return { ...judge.result(), ...until }
}

/** Searches a file as `scanStream` does a stream. Refuses `not-found`, `no-permission` and what is no plain file too. */
export async function scanFile(path: string, options: ScanOptions): Promise<Scanned> {
  const asRefusal = (cause: unknown) => {
    throw notRead(path, cause)
  }
  // Asked first: opening a named pipe would wait for its other end.
  if (!(await stat(path).catch(asRefusal)).isFile()) throw notAFile(path)
  const handle = await open(path, 'r').catch(asRefusal)
  try {
    return await scanStream(handle.createReadStream({ highWaterMark: lineCap, autoClose: false }), options)
  } finally {
    await handle.close()
  }
}

/**
 * Judges the lines of a stream as they come, in this process: for following a log, where ripgrep would wait for 64 KiB
 * before it says anything. The answer is that of `scanStream`. It ends with the source, or with the first piece after an abort
 * (`cancelled`).
 */
export async function followStream(source: AsyncIterable<Uint8Array>, options: FollowOptions): Promise<Scanned> {
  const judge = new Judge(options)
  const until = { bytes: 0, capped: false }
  let line = 0
  const reader = new LineReader((bytes) => judge.take(++line, bytes))
  for await (const bytes of cutLines(capped(source, options.capBytes, until))) {
    if (options.signal?.aborted === true) throw cancelled()
    reader.push(bytes)
  }
  reader.end()
  return { ...judge.result(), ...until }
}

/** `--no-config` and an empty environment: nothing of the user's own settings changes what is found. */
function argvFor(patterns: readonly Pattern[]): string[] {
  return [
    '--no-config',
    '--no-mmap',
    '--text',
    '--encoding=none',
    '--engine=default',
    '--no-unicode',
    '--case-sensitive',
    '--no-crlf',
    '--line-number',
    '--no-filename',
    '--no-heading',
    '--no-column',
    '--color=never',
    '--no-messages',
    ...patterns.map((pattern) => `--regexp=${sieveOf(pattern)}`),
    '-',
  ]
}

async function* capped(
  source: AsyncIterable<Uint8Array>,
  cap: number,
  until: { bytes: number; capped: boolean },
): AsyncGenerator<Uint8Array> {
  for await (const bytes of source) {
    const room = cap - until.bytes
    const kept = bytes.byteLength > room ? bytes.subarray(0, room) : bytes
    until.bytes += kept.byteLength
    if (kept.byteLength > 0) yield kept
    if (kept.byteLength < bytes.byteLength) {
      until.capped = true
      return
    }
  }
}

const colon = 58

class Judge {
  private readonly options: FollowOptions
  private readonly counts: Map<string, number>
  private readonly reach: number
  private matched = 0
  private kept: MatchedLine[] = []
  private keptSize = 0

  constructor(options: FollowOptions) {
    this.options = options
    this.counts = new Map(Array.from(options.patterns.keys(), (name) => [name, 0]))
    this.reach = Math.min(...Array.from(options.patterns.values(), ({ reach }) => reach))
  }

  /** '12:text', as ripgrep says it. */
  takeFound(found: Buffer): void {
    const at = found.indexOf(colon)
    this.take(Number(found.toString('latin1', 0, at)), found.subarray(at + 1))
  }

  take(line: number, bytes: Buffer): void {
    const isLong = bytes.length > lineCap
    const end = isLong ? lineCap : bytes.length > 0 && bytes.at(-1) === 13 ? bytes.length - 1 : bytes.length
    const text = bytes.toString('utf8', 0, end)
    const names: string[] = []
    for (const [name, pattern] of this.options.patterns) if (pattern.test(text)) names.push(name)
    if (names.length === 0) return
    for (const name of names) this.counts.set(name, (this.counts.get(name) ?? 0) + 1)
    this.matched++
    const match = { line, text, cut: isLong || text.length > this.reach, patterns: names }
    this.keep(match)
    this.options.onMatch?.(match)
  }

  private keep(match: MatchedLine): void {
    this.kept.push(match)
    this.keptSize += match.text.length
    // Thinned in strides, so that dropping the oldest costs nothing for each line.
    if (this.kept.length > 2 * this.options.keep + 64 || this.keptSize > 2 * keptCharacters) this.thin()
  }

  private thin(): void {
    const { keep } = this.options
    let from = this.kept.length
    let size = 0
    while (from > 0 && this.kept.length - from < keep) {
      size += this.kept[from - 1]?.text.length ?? 0
      if (size > keptCharacters) break
      from--
    }
    this.kept = this.kept.slice(from)
    this.keptSize = this.kept.reduce((sum, { text }) => sum + text.length, 0)
  }

  result(): Pick<Scanned, 'matched' | 'counts' | 'lines'> {
    this.thin()
    return { matched: this.matched, counts: Object.fromEntries(this.counts), lines: this.kept }
  }
}

function cancelled(): RefusalError {
  return refuse('cancelled', { tried: 'Follow a log', happened: 'It was stopped.', next: 'Follow it again.' })
}

function notRead(path: string, cause: unknown): RefusalError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  return refuse(code === 'ENOENT' ? 'not-found' : code === 'EACCES' ? 'no-permission' : 'storage', {
    tried: `Search the log ${path}`,
    happened: messageOf(cause),
    next: 'Check that it is there and may be read.',
    cause,
  })
}

function notAFile(path: string): RefusalError {
  return refuse('bad-input', {
    tried: `Search the log ${path}`,
    happened: 'It is not a file.',
    next: 'Name a plain file.',
  })
}
