import { signaturesIn } from '../../shared/docker/log-signatures.ts'
import type { LogLine, LogSignature } from '../../shared/docker/snapshot.ts'
import type { Masked } from '../../shared/redaction/mask-count.ts'
import { redact } from '../../shared/redaction/redact.ts'
import { tailLines } from './calls.ts'
import { LogFrames } from './log-frames.ts'
import { LineSplitter, type RawLine } from './log-lines.ts'

/** Of one stream so much is kept, of all streams of a sweep so much: the newest lines of each. */
const mostOfOne = 2 * 1_048_576
const mostOfAll = 64 * 1_048_576
const leastOfOne = 64 * 1_024
/** After so much of an answer no more of it is read: the engine sends 200 lines, so it is no log of use. */
const readBytes = 16 * 1_048_576
/** Lines and characters that stand in the snapshot; the whole of what was kept is the evidence item. */
const snapshotLines = 20
const snapshotCharacters = 2_000

export interface ReadTail {
  /** The last lines, decoded, for the snapshot. */
  readonly lines: LogLine[]
  /** Of all lines kept. */
  readonly signatures: LogSignature[]
  /** All lines kept, masked; what was not masked byte for byte as it came. */
  readonly bytes: Buffer
  readonly masked: Masked[]
  /** Bytes of the stream in all where not all of them are kept (-1: more than were read), else null. */
  readonly truncated: { bytes: number } | null
  /** What is wrong with the log's form, or null. Then the lines are what came before. */
  readonly wrong: string | null
}

/** How much of each stream is kept when so many are read. */
export function keptBytesOf(streams: number): number {
  return Math.max(leastOfOne, Math.min(mostOfOne, Math.floor(mostOfAll / Math.max(streams, 1))))
}

/** Reads one stream of a container's log as it comes in, keeping its newest 200 lines and `keptBytes`. */
export class LogTailReader {
  readonly #frames: LogFrames
  readonly #splitter: LineSplitter
  readonly #keptBytes: number
  readonly #lines: RawLine[] = []
  #kept = 0
  #seen = 0
  #lost = false
  #read = 0
  #stopped = false

  constructor(keptBytes: number) {
    this.#keptBytes = keptBytes
    this.#splitter = new LineSplitter((line) => this.#keep(line))
    this.#frames = new LogFrames((bytes) => {
      this.#seen += bytes.length
      this.#splitter.push(bytes)
    })
  }

  push(bytes: Buffer): 'more' | 'enough' {
    this.#frames.push(bytes)
    this.#read += bytes.length
    this.#stopped = this.#read >= readBytes
    return this.#stopped ? 'enough' : 'more'
  }

  end(): ReadTail {
    this.#splitter.end()
    const { item, masked } = redact({ kind: 'text', text: this.#lines.map(({ text }) => `${text}\n`).join('') })
    const texts = item.text.split('\n').slice(0, -1)
    const cuts = this.#lines.map(({ cut }) => cut)
    return {
      lines: texts.slice(-snapshotLines).map((text, at, all) => decode(text, cuts.at(at - all.length) === true)),
      signatures: signaturesIn(texts.map(stamped)),
      bytes: Buffer.from(item.text, 'latin1'),
      masked,
      truncated: this.#truncation(cuts.includes(true)),
      wrong: this.#wrong(texts[0]),
    }
  }

  /** Timestamps were asked for: a log without frames and without them is a web page or the like. */
  #wrong(first: string | undefined): string | null {
    if (this.#frames.isRaw && first !== undefined && !timestamp.test(first)) return 'What came is no log.'
    return this.#frames.end()
  }

  #truncation(someCut: boolean): ReadTail['truncated'] {
    if (this.#stopped) return { bytes: -1 }
    return this.#lost || someCut ? { bytes: this.#seen } : null
  }

  #keep(line: RawLine): void {
    this.#lines.push(line)
    this.#kept += line.text.length
    while (this.#lines.length > tailLines || (this.#kept > this.#keptBytes && this.#lines.length > 1)) {
      this.#kept -= this.#lines.shift()?.text.length ?? 0
      this.#lost = true
    }
  }
}

const timestamp = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) ?/

/** As it came: all words that are looked for are ASCII. */
function stamped(raw: string): Pick<LogLine, 'at' | 'text'> {
  return { at: timestamp.exec(raw)?.[1] ?? null, text: raw }
}

/** The engine puts its timestamp and a space before each line. */
function decode(raw: string, cut: boolean): LogLine {
  const text = Buffer.from(raw, 'latin1').toString('utf8')
  const stamp = timestamp.exec(text)
  const said = stamp === null ? text : text.slice(stamp[0].length)
  return {
    at: stamp?.[1] ?? null,
    text: said.slice(0, snapshotCharacters),
    cut: cut || said.length > snapshotCharacters,
  }
}
