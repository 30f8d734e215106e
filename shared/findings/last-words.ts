import type { ContainerSnapshot, LogLine } from '../docker/snapshot.ts'
import type { Sign } from './signs.ts'
import { plain } from './words.ts'

/** What a container said last that tells why it is ill. */
export interface LastWords {
  /** The line, masked and printable. */
  readonly text: string
  readonly stream: 'stdout' | 'stderr'
  /** What the line speaks of, where it is a thing that the rules know. */
  readonly sign: Sign | null
}

const tellTales: readonly { readonly sign: Sign; readonly says: RegExp }[] = [
  { sign: 'disk-full', says: /no space left on device|\bENOSPC\b|disk quota exceeded/i },
  { sign: 'out-of-memory', says: /out of memory|OutOfMemoryError|heap limit|cannot allocate memory|\bENOMEM\b/i },
  {
    sign: 'bad-credentials',
    says: /(?:password )?authentication failed|access denied for user|\bWRONGPASS\b|\bNOAUTH\b|invalid password/i,
  },
  { sign: 'port-in-use', says: /address (?:already )?in use|\bEADDRINUSE\b|port is already allocated/i },
  {
    sign: 'no-connection',
    says: /\bECONNREFUSED\b|connection refused|could not connect|cannot connect|failed to connect|no route to host|\bEHOSTUNREACH\b|\bENOTFOUND\b|\bEAI_AGAIN\b|\bETIMEDOUT\b|no such host|name resolution|connection timed out/i,
  },
  { sign: 'permission-denied', says: /permission denied|\bEACCES\b|operation not permitted/i },
  {
    sign: 'missing-file',
    says: /no such file or directory|\bENOENT\b|executable file not found|cannot find module|ModuleNotFoundError/i,
  },
]

/** Which known trouble a text speaks of, or null. */
export function troubleIn(text: string): Sign | null {
  return tellTales.find(({ says }) => says.test(text))?.sign ?? null
}

/**
 * The newest line that speaks of a known trouble, else the newest that says anything, errors before output. Null where
 * nothing was said or read.
 */
export function lastWordsOf({ logs }: ContainerSnapshot): LastWords | null {
  const said = [...spoken(logs?.stderr, 'stderr'), ...spoken(logs?.stdout, 'stdout')]
  return said.find(({ sign }) => sign !== null) ?? said[0] ?? null
}

type Stream = NonNullable<ContainerSnapshot['logs']>['stdout']

/** Newest first. */
function spoken(tail: Stream | undefined, stream: LastWords['stream']): LastWords[] {
  const lines: readonly LogLine[] = tail?.read === true ? tail.value.lines : []
  return lines
    .map(({ text }) => ({ text: plain(text, 200), stream, sign: troubleIn(text) }))
    .filter(({ text }) => text !== '')
    .toReversed()
}
