import fc from 'fast-check'

/** Patterns as the seeds' runbooks have them in `grep`, written for RE2. */
export const runbookPatterns: readonly string[] = [
  'UNAUTHORIZED|FAILED_AUTH',
  'AUDIT',
  '(FAILED_LOGIN|INVALID_TOKEN)',
  '(POST|PUT|DELETE)',
  'Up',
  '(ERROR|WARN|CRITICAL)',
  '(FAILED|ERROR)',
  '(SECURITY|VIOLATION)',
  'notAfter',
  '(FAILED_LOGIN|UNAUTHORIZED|SECURITY_VIOLATION)',
  '(RATE_LIMIT_EXCEEDED|SUSPICIOUS_ACTIVITY)',
  '(RATE_LIMIT|UNAUTHORIZED|FAILED_AUTH)',
  'suspicious|malicious|attack',
  'uvicorn|python',
  '(api|orchestrator)',
  '(MemTotal|MemFree|MemAvailable)',
  '(LOGIN|LOGOUT|ACCESS_GRANTED|ACCESS_DENIED)',
  '(?i)policy',
  'rate.*limit',
  '(Failed|Accepted)',
  'API',
  '(401|403|429)',
  '200',
  'Cpu\\(s\\)',
  'Mem',
  '(?i)auth|security|unauthorized',
]

/** Letters that meet each other often, and those that engines read differently. */
const letters = ['a', 'b', 'k', 'S', '0', '_', ' ', '.', '-', 'é', 'ſ', 'K', '\u00df', '😀', '\r', '\t', '\v', '\u00a0']

const escaped = (letter: string) => (/[.-]/.test(letter) ? `\\${letter}` : letter)

const atoms = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...letters).map(escaped) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        '.',
        '\\d',
        '\\D',
        '\\w',
        '\\W',
        '\\s',
        '\\S',
        '[ab]',
        '[^a]',
        '[^a-z]',
        '[[:alpha:]]',
        '[[:^space:]]',
        '\\pL',
      ],
      ...[
        '\\PL',
        '\\p{Greek}',
        '[a&&b]',
        '[k-s]',
        '[é-ü]',
        '\\x{e9}',
        '\\x41',
        '\\101',
        '\\Qa.b\\E',
        '\\t',
        '\\r',
        '{',
        '\\n',
      ],
      ...['[\\n]', '[^\\n]', '[]a]', '[\\]]', '[\\d_]', '[^\\W]', '(?i:k)', '(?i:é)', '(?i:[s])'],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('^', '$', '\\b', '\\B', '\\A', '\\z', '(?i)', '(?s)', '(?m)', '(?-i)', '()'),
  },
)

const repeats = fc.constantFrom('', '', '', '*', '+', '?', '*?', '{2}', '{0,2}', '{1,}')

/** Patterns of the whole syntax; some of them RE2 refuses. */
export const patternSources: fc.Arbitrary<string> = fc.letrec<{ pattern: string; group: string; piece: string }>(
  (tie) => ({
    pattern: fc
      .array(
        fc.array(tie('piece'), { maxLength: 4 }).map((pieces) => pieces.join('')),
        { minLength: 1, maxLength: 3 },
      )
      .map((branches) => branches.join('|')),
    group: fc
      .tuple(fc.constantFrom('(', '(?:', '(?i:', '(?P<n>'), tie('pattern'))
      .map(([open, inside]) => `${open}${inside})`),
    piece: fc
      .tuple(fc.oneof({ maxDepth: 2, depthIdentifier: 'group' }, atoms, tie('group')), repeats)
      .map(([atom, repeat]) => atom + repeat),
  }),
).pattern

/** A log: lines of those letters and of bytes that are no UTF-8, ending in LF, in CR LF or not at all. */
export const logs: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.tuple(
      fc.array(
        fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom(...letters).map((letter) => Buffer.from(letter)) },
          { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 3 }).map((bytes) => Buffer.from(bytes)) },
        ),
        { maxLength: 8 },
      ),
      fc.constantFrom('\n', '\n', '\r\n'),
    ),
    { maxLength: 40 },
  )
  .map((lines) => Buffer.concat(lines.flatMap(([pieces, end]) => [...pieces, Buffer.from(end)])))
  .chain((bytes) => fc.constantFrom(bytes, bytes.subarray(0, -1)))
