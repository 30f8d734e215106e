const lineFeed = 10

/** The most of a line that is looked at, in bytes; of a longer one the rest is left out and the line is marked. */
export const lineCap = 1_048_576

/**
 * Passes bytes on, of each line at most `cap` and one more, by which a reader sees that it was cut. So that a line
 * without an end, which ripgrep would hold whole, cannot fill the memory.
 */
export async function* cutLines(source: AsyncIterable<Uint8Array>, cap = lineCap): AsyncGenerator<Uint8Array> {
  /** Bytes of the line that goes on across pieces. */
  let length = 0
  for await (const bytes of source) {
    let from = 0
    // Only a line that began before, or a piece larger than the cap, can be too long.
    while (from < bytes.byteLength) {
      const rest = bytes.byteLength - from
      if (length + rest <= cap) {
        yield from === 0 ? bytes : bytes.subarray(from)
        const last = bytes.lastIndexOf(lineFeed)
        length = last < from ? length + rest : bytes.byteLength - last - 1
        break
      }
      const end = bytes.indexOf(lineFeed, from)
      const lineEnd = end < 0 ? bytes.byteLength : end
      const room = Math.max(0, cap + 1 - length)
      const kept = Math.min(lineEnd - from, room)
      if (kept > 0) yield bytes.subarray(from, from + kept)
      length += lineEnd - from
      from = lineEnd
      if (end < 0) break
      yield bytes.subarray(end, end + 1)
      length = 0
      from = end + 1
    }
  }
}

/** The lines of bytes that come in pieces, without their ends (LF, or CR LF); `takes` gets each as it is whole. */
export class LineReader {
  private readonly takes: (line: Buffer) => void
  private begun: Buffer[] = []

  constructor(takes: (line: Buffer) => void) {
    this.takes = takes
  }

  push(bytes: Uint8Array): void {
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let from = 0
    for (;;) {
      const end = piece.indexOf(lineFeed, from)
      if (end < 0) break
      const tail = piece.subarray(from, end)
      this.takes(this.begun.length === 0 ? tail : Buffer.concat([...this.begun, tail]))
      this.begun = []
      from = end + 1
    }
    if (from < piece.length) this.begun.push(Buffer.from(piece.subarray(from)))
  }

  /** The last line, which may have no end. */
  end(): void {
    if (this.begun.length > 0) this.takes(Buffer.concat(this.begun))
    this.begun = []
  }
}
