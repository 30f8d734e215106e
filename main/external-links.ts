import { type Refusal, refuse } from '../shared/refusal.ts'

const MAX_LENGTH = 2_000

/** What may be named in a mailto: or sms: link. `attach` would send a file of the user's (CVE-2020-11879). */
const fields: Readonly<Record<string, readonly string[]>> = {
  'mailto:': ['subject', 'body', 'cc'],
  'sms:': ['body'],
}

const recipient: Readonly<Record<string, RegExp>> = {
  'mailto:': /^[A-Za-z0-9._+-]+(?:@|%40)[A-Za-z0-9.-]+(?:,[A-Za-z0-9._+-]+(?:@|%40)[A-Za-z0-9.-]+){0,20}$/,
  'tel:': /^\+?[0-9][0-9().-]{1,30}(?:;ext=[0-9]{1,10})?$/,
  'sms:': /^\+?[0-9][0-9().-]{1,30}$/,
}

/**
 * The only gate to the system's browser, mail and phone programs, for both shells. Gives the address in its
 * normal form (printable ASCII, safe as one argument of a program), or the refusal that says why not. Open the
 * address given here, never the text that came in.
 */
export function readExternalLink(text: string): { url: string } | { refusal: Refusal } {
  const problem = problemOf(text)
  if (problem === null) return { url: new URL(text).href }
  const next = 'Copy the address and open it yourself if you trust it.'
  return { refusal: refuse('not-allowed', { tried: `Open ${namedLink(text)}`, happened: problem, next }).refusal }
}

/** How a refusal names an address: one that stands for a person (tel, sms, mailto) by its scheme alone, any other in full. */
export function namedLink(text: string): string {
  const scheme = /^\s*(tel|sms|mailto):/i.exec(text)?.[1]
  return scheme === undefined ? shown(text) : `the ${scheme.toLowerCase()} link`
}

/** What to do by hand with an address that the system did not open. */
export function openByHand(url: string): string {
  return url.startsWith('https:')
    ? `Open it yourself: ${url}`
    : 'Copy the number or the address where it stands, and use it yourself.'
}

function problemOf(text: string): string | null {
  if (text.length > MAX_LENGTH) return `The address is longer than ${MAX_LENGTH} characters.`
  if (/[\s\p{C}\\]/u.test(text)) return 'The address has spaces, control characters or backslashes in it.'
  const url = URL.parse(text)
  if (url === null) return 'This is not an address.'
  if (url.protocol === 'https:') return problemOfWebAddress(text, url)
  const pattern = recipient[url.protocol]
  if (pattern === undefined) return 'Muster opens https, mailto, tel and sms links alone.'
  if (!pattern.test(url.pathname) || url.hash !== '') return `This is not a plain ${url.protocol.slice(0, -1)} address.`
  const allowed = fields[url.protocol] ?? []
  const foreign = [...url.searchParams.keys()].find((name) => !allowed.includes(name.toLowerCase()))
  if (foreign !== undefined) return `The address sets '${shown(foreign)}', which Muster does not pass on.`
  return problemOfForm(url)
}

function problemOfWebAddress(text: string, url: URL): string | null {
  if (!/^https:\/\/[^/]/i.test(text)) return 'The address does not name its server plainly.'
  if (url.username !== '' || url.password !== '' || authority(text).includes('@')) {
    return 'The address carries a user name or password.'
  }
  return problemOfForm(url)
}

function authority(text: string): string {
  return text.slice('https://'.length).split(/[/?#]/, 1)[0] ?? ''
}

/** What the system's own openers have misread as more than one argument, or as a command. */
function problemOfForm(url: URL): string | null {
  return /^[!#-&(-;=?-Z[\]_a-z~]+$/.test(url.href) ? null : 'The address has characters that other programs misread.'
}

function shown(text: string): string {
  const plain = text.replaceAll(/[^\x20-\x7e]/g, '?')
  return plain.length > 80 ? `${plain.slice(0, 80)}…` : plain
}
