import { authorizationAt, bearerAt, cookieAt } from './headers.ts'
import { endOf, mark, type Secret } from './mark.ts'
import type { MaskCount } from './mask-count.ts'
import { namedSecretAt } from './named-values.ts'
import { shortBeginnings, tokenAt, tokenBeginnings } from './token-shapes.ts'
import { urlSecretAt, webhookAt, webhookBeginnings } from './urls.ts'
import { type Found, WordSearch } from './word-search.ts'

type Reading = (text: string, begin: number, word: string) => Secret | null

/** Stretches of the names of secrets, four characters or more: `apikey`, `access-key` and `STRIPE_KEY` all have one. */
const inNames = [
  'pass',
  '_pwd',
  'pwd=',
  'pwd:',
  'pwd"',
  "pwd'",
  'secret',
  'token',
  'cred',
  'masterauth',
  '_auth',
  'ssid',
  'sessionid',
]
  .concat(['totp', '_otp', 'otp=', 'otp:', 'otp"', '_key', '-key', '.key'])
  .concat(Array.from('isegnrtdhyck', (letter) => `${letter}key`))

const signatures = ['x-amz-signature=', 'x-goog-signature=', '?sig=', '&sig=', '?signature=', '&signature=']
const signature = /[^\s"'&<>\\]{8,}/y

const readings = new Map<string, Reading>([
  ...inNames.map((word): [string, Reading] => [word, namedSecretAt]),
  ...tokenBeginnings.map((word): [string, Reading] => [
    word,
    (text, begin) => tokenAt(text, begin, word) ?? namedSecretAt(text, begin),
  ]),
  ...webhookBeginnings.map((word): [string, Reading] => [word, webhookAt]),
  ['authorization', (text, begin, { length }) => authorizationAt(text, begin + length)],
  ['cookie', (text, begin, { length }) => cookieAt(text, begin + length)],
  ['bearer', bearerAt],
  ...signatures.map((word): [string, Reading] => [
    word,
    (text, begin) => untilOf(text, begin + word.length, 'signature', signature),
  ]),
  ...['redis-cli ', 'curl ', 'identified by'].map((word): [string, Reading] => [word, commandAt]),
])

/** One look for everything that may be, or stand before, a secret; what lies between two of these is not looked at again. */
const search = new WordSearch(Array.from(readings.keys()))

/**
 * Running text (log lines, labels, commands, error messages) without the secrets that the rules know, each counted:
 * tokens of known form, keys, headers, passwords in URLs and connection strings, values behind a secret's name. Works
 * alike on text and on bytes read as latin1; lines stay lines. Linear in the text's length: no stretch is read more often
 * than a fixed number of times.
 */
export function redactText(text: string, counted: MaskCount): string {
  let kept = ''
  let from = 0
  for (const secret of secretsIn(text)) {
    kept += text.slice(from, secret.from) + mark(secret.rule) + lineBreaks(text, secret)
    from = secret.to
    counted.add(secret.rule)
  }
  return from === 0 ? text : kept + text.slice(from)
}

/** Signs too short for the search: each is looked for by itself, which costs little where it is rare. */
const rare: readonly {
  readonly sign: string
  readonly read: (text: string, at: number, done: number) => Secret | null
}[] = [
  { sign: '@', read: urlSecretAt },
  ...shortBeginnings.map((sign) => ({
    sign,
    read: (text: string, at: number) => tokenAt(text, at, sign.toLowerCase()),
  })),
]

/** The secrets of a text in the order in which they stand, none overlapping another. */
export function* secretsIn(text: string): Generator<Secret> {
  let done = 0
  const next = rare.map(({ sign }) => text.indexOf(sign))
  let found = search.find(text, 0)
  for (;;) {
    const first = firstOf(next)
    const sign = first === null ? Infinity : (next[first] ?? Infinity)
    if (found === null && first === null) return
    const isSign = found === null || sign < found.begin
    const place = isSign ? sign : (found?.begin ?? 0)
    const secret = isSign && first !== null ? (rare[first]?.read(text, place, done) ?? null) : readingOf(found, text)
    if (secret !== null && secret.from >= done) {
      yield secret
      done = secret.to
    }
    const from = Math.max(done, place + 1)
    for (const [index, { sign: literal }] of rare.entries()) {
      const at = next[index] ?? -1
      if (at !== -1 && at < from) next[index] = text.indexOf(literal, from)
    }
    if (found !== null && found.begin < from) found = search.find(text, from)
  }
}

/** The index of the sign that stands first; null where none does. */
function firstOf(places: readonly number[]): number | null {
  let first: number | null = null
  for (let index = 0; index < places.length; index += 1) {
    const place = places[index] ?? -1
    if (place !== -1 && (first === null || place < (places[first] ?? -1))) first = index
  }
  return first
}

function readingOf(found: Found | null, text: string): Secret | null {
  return found === null ? null : (readings.get(found.word)?.(text, found.begin, found.word) ?? null)
}

function untilOf(text: string, from: number, rule: string, form: RegExp): Secret | null {
  form.lastIndex = from
  return form.test(text) ? { from, to: form.lastIndex, rule } : null
}

/** Passwords that a command takes without naming them. */
const flags = [
  [/redis-cli [^\r\n|;&]{0,200}?(?:-a|--pass)[ \t]+["']?/iy, /[^\s"']+/y],
  [/curl [^\r\n|;&]{0,300}?(?:-u|--user|--proxy-user)[ \t]+["']?[^\s:"']{0,100}:/iy, /[^\s"']+/y],
  [/identified[ \t]+by[ \t]+["']/iy, /[^"'\r\n]+/y],
] as const

function commandAt(text: string, at: number): Secret | null {
  for (const [form, value] of flags) {
    const from = endOf(form, text, at)
    if (from === at) continue
    const secret = untilOf(text, from, 'named secret', value)
    return secret !== null && /[$<{]/.test(text.charAt(secret.from)) ? null : secret
  }
  return null
}

/** A secret of several lines leaves its line breaks, so that lines keep their numbers. */
function lineBreaks(text: string, { from, to, rule }: Secret): string {
  return rule === 'private key' ? '\n'.repeat(text.slice(from, to).split('\n').length - 1) : ''
}
