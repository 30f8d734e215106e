import { describe, expect, test } from 'vitest'
import { signaturesIn } from '../../../shared/docker/log-signatures.ts'

const line = (text: string, at: string | null = null) => ({ at, text })
const troubles = (...texts: string[]) => signaturesIn(texts.map((text) => line(text))).map(({ trouble }) => trouble)

describe('signatures of logs', () => {
  test.each([
    ['dial tcp 10.0.0.9:5432: connect: connection refused', 'a PostgreSQL that does not answer'],
    ['Error: connect ECONNREFUSED 10.0.0.9:6379', 'a Redis that does not answer'],
    ['connect ECONNREFUSED 10.0.0.9:8080', 'connection refused'],
    ['lookup db on 127.0.0.11:53: no such host', 'a name that is not known'],
    ['read tcp: i/o timeout', 'timed out'],
    ['tls: failed to verify certificate: x509: certificate has expired', 'a certificate that is not good'],
    ['write /data/x: no space left on device', 'no space left'],
    ['open /etc/key: permission denied', 'permission denied'],
    ['java.lang.OutOfMemoryError: Java heap space', 'out of memory'],
    ['accept4: too many open files', 'too many open files'],
    ['bind: address already in use', 'an address in use'],
    ['FATAL: sorry, too many clients already', 'too many connections'],
    ['ERROR: deadlock detected', 'a deadlock'],
    ['panic: runtime error', 'a crash'],
    ['Traceback (most recent call last):', 'a crash'],
    ['FATAL: password authentication failed for user "app"', 'a refused login'],
    ['mkdir /data: read-only file system', 'a read-only file system'],
  ])('%s', (text, trouble) => {
    expect(troubles(text)).toEqual([trouble])
  })

  test.each(['GET /orders 200', 'the NOAUTHOR field', 'openfile EMFILENAME', 'dispanic: no', ''])(
    '%j is none',
    (text) => {
      expect(troubles(text)).toEqual([])
    },
  )

  test('lines are counted, and their first and last time told', () => {
    const lines = ['12:00:00', '12:00:05', '12:00:09'].map((at) => line('connection refused', `2026-03-04T${at}Z`))
    expect(signaturesIn([...lines, line('a deadlock')])).toEqual([
      { trouble: 'connection refused', lines: 3, first: '2026-03-04T12:00:00Z', last: '2026-03-04T12:00:09Z' },
      { trouble: 'a deadlock', lines: 1, first: null, last: null },
    ])
  })

  test('of a line only the beginning is looked at, however long it is', () => {
    const long = `${'ECONNREFUSE '.repeat(400_000)} deadlock`
    expect(troubles(long, `deadlock ${long}`)).toEqual(['a deadlock'])
  })
})
