import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { type CdpEvent, openCdpConnection } from '../../../main/chromium/cdp-connection.ts'

function talk(maxReceivedBytes?: number) {
  const write = new PassThrough()
  const read = new PassThrough()
  const logged: string[] = []
  const events: CdpEvent[] = []
  const connection = openCdpConnection({
    write,
    read,
    log: (what) => logged.push(what),
    ...(maxReceivedBytes !== undefined && { maxReceivedBytes }),
  })
  connection.onEvent((event) => events.push(event))
  const sent = () => {
    const chunk = write.read() as Buffer | null
    return (chunk?.toString('utf8') ?? '')
      .split('\0')
      .filter(Boolean)
      .map((text): unknown => JSON.parse(text))
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return { connection, read, logged, events, sent, settled }
}

describe('the DevTools conversation', () => {
  test('joins each answer to its question, in whatever order they come', async () => {
    const { connection, read, sent } = talk()
    const first = connection.send('A.first', { x: 1 })
    const second = connection.send('A.second', {}, { session: 's' })
    expect(sent()).toEqual([
      { id: 1, method: 'A.first', params: { x: 1 } },
      { id: 2, method: 'A.second', params: {}, sessionId: 's' },
    ])
    read.write('{"id":2,"result":{"two":2}}\0{"id":1,"result":{"one":1}}\0')
    expect(await Promise.all([first, second])).toEqual([{ one: 1 }, { two: 2 }])
  })

  test('reads messages cut at any byte, inside a character too', async () => {
    const { read, events, settled } = talk()
    const bytes = Buffer.from('{"method":"A.b","params":{"text":"ä🚀"},"sessionId":"s"}\0{"method":"A.c"}\0')
    for (const byte of bytes) read.write(Buffer.from([byte]))
    await settled()
    expect(events).toEqual([
      { session: 's', method: 'A.b', params: { text: 'ä🚀' } },
      { session: '', method: 'A.c', params: undefined },
    ])
  })

  test('skips junk and goes on', async () => {
    const { connection, read, logged, events, settled } = talk()
    const answer = connection.send('A.b')
    read.write('junk\0\0[]\0null\0{"id":"1"}\0{"id":99,"result":{}}\0{"method":5}\0\xff\xfe\0')
    read.write('{"id":1,"result":"fine"}\0')
    expect(await answer).toBe('fine')
    await settled()
    expect(events).toEqual([])
    expect(logged).toHaveLength(6)
  })

  test('drops a message over the cap without keeping it, and goes on', async () => {
    const { connection, read, logged } = talk(1_000)
    const answer = connection.send('A.b')
    for (let part = 0; part < 50; part += 1) read.write(Buffer.alloc(100, 'x'))
    read.write('\0{"id":1,"result":"fine"}\0')
    expect(await answer).toBe('fine')
    expect(logged).toEqual(['Skipped a message of the browser of 5000 bytes: more than 1000'])
  })

  test('gives up on an answer that does not come', async () => {
    const { connection } = talk()
    await expect(connection.send('A.b', {}, { deadlineMs: 5 })).rejects.toMatchObject({
      refusal: { code: 'timed-out' },
    })
  })

  test('tells what the browser refuses', async () => {
    const { connection, read } = talk()
    const answer = connection.send('A.b')
    read.write('{"id":1,"error":{"code":-32601,"message":"no such method"}}\0')
    await expect(answer).rejects.toMatchObject({
      refusal: { code: 'bad-answer', happened: 'Chromium refused it: no such method' },
    })
  })

  test('refuses everything once the browser is gone', async () => {
    const { connection, read } = talk()
    const waiting = connection.send('A.b')
    read.end()
    await expect(waiting).rejects.toMatchObject({ refusal: { code: 'unreachable' } })
    await expect(connection.send('A.c')).rejects.toMatchObject({ refusal: { code: 'unreachable' } })
    await connection.closed
  })

  test('outlives a listener that fails', async () => {
    const { connection, read, logged, events, settled } = talk()
    connection.onEvent(() => {
      throw new Error('not of the form')
    })
    read.write('{"method":"A.b","params":{}}\0')
    await settled()
    expect(events).toHaveLength(1)
    expect(logged).toEqual(['Skipped A.b of the browser: Error: not of the form'])
  })

  test('refuses to send what Chromium would not read', async () => {
    const { connection } = talk()
    const text = 'x'.repeat(97 * 1024 * 1024)
    await expect(connection.send('A.b', { text })).rejects.toMatchObject({ refusal: { code: 'too-large' } })
  })
})
