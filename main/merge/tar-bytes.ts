/** The parts of one of tar-stream's streams, whose types do not say that they are bytes. */
export async function* bytesOf(stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const part of stream) {
    if (!(part instanceof Uint8Array)) throw new TypeError('A tar gave something else than bytes')
    yield part
  }
}
