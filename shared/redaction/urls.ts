import type { Secret } from './mark.ts'

const rule = 'url password'
const webhookRule = 'webhook'
/** As much of a URL as is looked at on either side of its @. */
const FAR = 2_048
const schemeBefore = /([a-z][a-z0-9+.-]{0,30}):\/\/([^\s"'<>\\`@]*)$/i

/** Addresses that are secrets themselves, from a word they have to their secret: whoever knows one may post. */
const webhooks = new Map<string, RegExp>([
  ['hooks.slack', /hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/([^\s"'<>\\`]{8,})/iy],
  ['/api/webhooks/', /\/api\/webhooks\/\d+\/([A-Za-z0-9_-]{20,})/iy],
  ['/webhookb2/', /\/webhookb2\/([^\s"'<>\\`]{20,})/iy],
  ['hooks.zapier', /hooks\.zapier\.com\/hooks\/catch\/([^\s"'<>\\`]{8,})/iy],
  ['api.telegram.org/', /api\.telegram\.org\/(?:file\/)?bot(\d{6,}:[A-Za-z0-9_-]{30,})/iy],
  ['pagerduty.com/integration/', /pagerduty\.com\/integration\/([A-Za-z0-9]{20,})/iy],
])

export const webhookBeginnings: readonly string[] = Array.from(webhooks.keys())

/** The secret part of a webhook's address, of which `word` stands at `at`. */
export function webhookAt(text: string, at: number, word: string): Secret | null {
  const form = webhooks.get(word)
  if (form === undefined) return null
  form.lastIndex = at
  const secret = form.exec(text)?.[1]
  return secret === undefined ? null : { from: form.lastIndex - secret.length, to: form.lastIndex, rule: webhookRule }
}

/**
 * The secret in the URL whose user part ends at the first `@`, at `sign`: its password, or a token instead of a user.
 * What stands before `done` was looked at already.
 */
export function urlSecretAt(text: string, sign: number, done: number): Secret | null {
  const from = wordWithScheme(text, Math.max(done, sign - FAR), sign)
  if (from === -1) return null
  const [all, scheme = '', user = ''] = schemeBefore.exec(text.slice(from, sign)) ?? []
  if (all === undefined) return null
  const begin = sign - user.length
  const colon = user.indexOf(':')
  const slash = user.search(/[/?#]/)
  if (colon === -1) {
    const isToken = /^https?$/i.test(scheme) && slash === -1 && user.length >= 8
    return isToken ? { from: begin, to: sign, rule } : null
  }
  if (slash !== -1 && (slash < colon || !mayBePassword(text, user.slice(colon + 1), sign))) return null
  const to = lastSign(text, sign)
  return to > begin + colon + 1 ? { from: begin + colon + 1, to, rule } : null
}

/** Where the word begins that ends at `end`, at a blank, a quote or another @: so nothing is looked at twice. -1: no URL. */
function wordWithScheme(text: string, start: number, end: number): number {
  let at = end
  let hasScheme = false
  for (; at > start; at -= 1) {
    const code = text.charCodeAt(at - 1)
    if (endsWord(code)) break
    hasScheme ||= code === 0x3a && text.startsWith('//', at)
  }
  return hasScheme ? at : -1
}

function endsWord(code: number): boolean {
  return (
    code <= 0x20 || code === 0x22 || code === 0x27 || code === 0x3c || code === 0x3e || code === 0x60 || code === 0x40
  )
}

/** With a slash in it, it may as well be a port and a path with an @: a password is what a host follows. */
function mayBePassword(text: string, part: string, sign: number): boolean {
  return !/^\d{1,5}[/?#]/.test(part) && /^@[a-z0-9[][a-z0-9.:\]-]*(?:[/?\s"']|$)/i.test(text.slice(sign, sign + 300))
}

/** A password may hold an @ that ought to have been escaped: the last one before the path ends it. */
function lastSign(text: string, sign: number): number {
  let last = sign
  const end = Math.min(text.length, sign + FAR)
  for (let at = sign + 1; at < end; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x40) last = at
    else if (code === 0x2f || code === 0x3f || code === 0x23 || code === 0x5c || endsWord(code)) break
  }
  return last
}
