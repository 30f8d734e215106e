import type { LogLine, LogSignature } from './snapshot.ts'

/** What lines of logs speak of, by the words that programs use for it. Words alone: a text is read in time linear to its length. */
const troubles: readonly (readonly [trouble: string, words: readonly string[]])[] = [
  ['a PostgreSQL that does not answer', [':5432: connect: connection refused', 'ECONNREFUSED [^ ]{1,64}:5432']],
  ['a MySQL that does not answer', [':3306: connect: connection refused', 'ECONNREFUSED [^ ]{1,64}:3306']],
  ['a Redis that does not answer', [':6379: connect: connection refused', 'ECONNREFUSED [^ ]{1,64}:6379']],
  ['connection refused', ['connection refused', 'ECONNREFUSED']],
  ['connection reset', ['connection reset by peer', 'ECONNRESET', 'broken pipe', 'EPIPE']],
  [
    'a name that is not known',
    ['no such host', 'ENOTFOUND', 'EAI_AGAIN', 'name resolution', 'name or service not known'],
  ],
  ['no way there', ['no route to host', 'EHOSTUNREACH', 'network is unreachable', 'ENETUNREACH']],
  ['timed out', ['i/o timeout', 'deadline exceeded', 'connection timed out', 'ETIMEDOUT', 'read timed out']],
  [
    'a certificate that is not good',
    ['x509:', 'certificate has expired', 'certificate verify failed', 'CERT_HAS_EXPIRED'],
  ],
  ['no space left', ['no space left on device', 'ENOSPC', 'disk quota exceeded', 'EDQUOT']],
  ['a read-only file system', ['read-only file system', 'EROFS']],
  ['permission denied', ['permission denied', 'EACCES', 'operation not permitted', '403 forbidden']],
  ['out of memory', ['out of memory', 'OutOfMemoryError', 'cannot allocate memory', 'ENOMEM', 'heap limit']],
  ['too many open files', ['too many open files', 'EMFILE', 'ENFILE']],
  ['an address in use', ['address already in use', 'EADDRINUSE', 'port is already allocated']],
  [
    'too many connections',
    ['too many connections', 'too many clients', 'remaining connection slots', 'connection pool exhausted'],
  ],
  ['a deadlock', ['deadlock']],
  [
    'a refused login',
    ['authentication failed', 'access denied for user', 'WRONGPASS', 'NOAUTH', 'invalid password', 'login failed'],
  ],
  ['a crash', ['panic:', 'traceback \\(most recent', 'segmentation fault', 'unhandled exception', 'fatal error']],
]

/** One pass finds which lines are worth a closer look; words that are only part of a longer word of letters are none. */
const anyWord = new RegExp(`(?<![a-z])(?:${troubles.flatMap(([, words]) => words).join('|')})(?![a-z])`, 'i')
const wordsOf = troubles.map(
  ([trouble, words]) => [trouble, new RegExp(`(?<![a-z])(?:${words.join('|')})(?![a-z])`, 'i')] as const,
)

/** So much of a line is looked at. */
const looked = 4_000

/** Counts lines by what they first speak of, in the order of the table. `at`: the engine's timestamps. */
export function signaturesIn(lines: Iterable<Pick<LogLine, 'at' | 'text'>>): LogSignature[] {
  const found = new Map<string, LogSignature>()
  for (const { at, text } of lines) {
    const start = text.slice(0, looked)
    const trouble = anyWord.test(start) ? wordsOf.find(([, words]) => words.test(start))?.[0] : undefined
    if (trouble === undefined) continue
    const before = found.get(trouble)
    found.set(trouble, {
      trouble,
      lines: (before?.lines ?? 0) + 1,
      first: before?.first ?? at,
      last: at ?? before?.last ?? null,
    })
  }
  return troubles.flatMap(([trouble]) => found.get(trouble) ?? [])
}
