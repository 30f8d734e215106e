import { endOf, type Secret } from './mark.ts'

/** How the armour of any key or certificate begins and ends, in lower case. */
export const armourBeginning = '-----begin'

const rule = 'private key'
const head = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y
const foot = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y
/** What may stand between the two: base64, the armour's own headers, line breaks and such as a string writes them. */
const inside = /[A-Za-z0-9+/=:,.() \t\r\n\\-]*/y
const insideWithoutDash = /[A-Za-z0-9+/=:,.() \t\r\n\\]*/y
/** No key is longer, in characters. */
export const LONGEST_KEY = 20_000
const dashes = '-----'

/** The private key whose armour begins at `at`, with what of it is there: one that was cut off is a secret too. */
export function privateKeyAt(text: string, at: number): Secret | null {
  const begin = endOf(head, text, at)
  if (begin === at) return null
  const body = text.slice(begin, begin + LONGEST_KEY)
  const to = endOfFoot(body) ?? endOf(insideWithoutDash, body, 0)
  return { from: at, to: begin + to, rule }
}

/** Where the armour ends that a key's text has at its end; null where another one begins first, or none ends. */
function endOfFoot(body: string): number | null {
  for (let at = body.indexOf(dashes); at !== -1; at = body.indexOf(dashes, at + 1)) {
    const end = endOf(foot, body, at)
    if (end > at) return endOf(inside, body, 0) >= at ? end : null
    if (body.startsWith('BEGIN ', at + dashes.length)) return null
  }
  return null
}
