/**
 * Takes the frames off a log: `[stream, 0, 0, 0, length as 4 bytes, big endian]`, then so many bytes; stream 0 stdin,
 * 1 stdout, 2 stderr, 3 the engine's own errors (moby, pkg/stdcopy, API "Attach to a container"). Bodies pass through as they come, so a
 * frame's length, true or not, takes no memory.
 *
 * A container with a TTY has no frames. Asked for with timestamps, its log begins with a digit, which no frame does, so the
 * first byte tells. What begins otherwise is no log.
 */
export class LogFrames {
  readonly #onBytes: (bytes: Buffer) => void
  readonly #header = Buffer.alloc(8)
  #headerLength = 0
  #bodyLeft = 0
  #kind: 'unknown' | 'framed' | 'raw' | 'broken' = 'unknown'

  constructor(onBytes: (bytes: Buffer) => void) {
    this.#onBytes = onBytes
  }

  push(bytes: Buffer): void {
    const first = bytes[0]
    if (first === undefined) return
    if (this.#kind === 'unknown') this.#kind = kindOf(first)
    if (this.#kind === 'raw') this.#onBytes(bytes)
    else this.#pushFramed(bytes)
  }

  /** The log came without frames, as a terminal's does. */
  get isRaw(): boolean {
    return this.#kind === 'raw'
  }

  /** What is wrong with the log's form, once all has been pushed; null where nothing is. */
  end(): string | null {
    if (this.#kind === 'broken') return 'What came is no log, or turns into something else; the rest was let go.'
    if (this.#kind === 'framed' && (this.#headerLength > 0 || this.#bodyLeft > 0)) {
      return 'The log ends in the middle of a frame.'
    }
    return null
  }

  #pushFramed(bytes: Buffer): void {
    let rest = bytes
    while (rest.length > 0 && this.#kind === 'framed') {
      if (this.#bodyLeft > 0) {
        const body = rest.subarray(0, this.#bodyLeft)
        this.#bodyLeft -= body.length
        this.#onBytes(body)
        rest = rest.subarray(body.length)
      } else {
        rest = this.#readHeader(rest)
      }
    }
  }

  /** Takes what it needs for the header and gives back the rest. */
  #readHeader(bytes: Buffer): Buffer {
    const taken = bytes.copy(this.#header, this.#headerLength, 0, 8 - this.#headerLength)
    this.#headerLength += taken
    if (this.#headerLength === 8) {
      this.#headerLength = 0
      this.#bodyLeft = this.#header.readUInt32BE(4)
      const isKnown = this.#header.readUIntBE(0, 4) % 0x01000000 === 0 && this.#header.readUInt8(0) <= 3
      if (!isKnown) this.#kind = 'broken'
    }
    return bytes.subarray(taken)
  }
}

function kindOf(first: number): 'framed' | 'raw' | 'broken' {
  if (first <= 3) return 'framed'
  return first >= 0x30 && first <= 0x39 ? 'raw' : 'broken'
}
