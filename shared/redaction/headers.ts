import { endOf, type Secret } from './mark.ts'

const headerRule = 'authorization header'
const cookieRule = 'cookie'

/** The header as HTTP, JSON, curl, Python and Go's maps write it, from behind its name to where its value begins. */
const joint = /["'\\]{0,4}[ \t]{0,4}[:=,][ \t]{0,4}[["'\\]{0,4}/y
const oneTokenScheme = /(?:basic|bearer|token|negotiate|ntlm|apikey|api-key|key)[ \t]{1,4}/iy
const token = /[^ \t\r\n"'\\\],;}]+/y
const toEndOfLine = /[^\r\n]+/y
const toQuote = { '"': /[^\r\n"\\]+/y, "'": /[^\r\n'\\]+/y } as const
const bearer = /bearer[ \t]{1,4}/iy
const bearerToken = /[a-z0-9._~+/-]{8,}={0,2}/iy

/** The secret of an Authorization (or Proxy-Authorization) header whose name ends at `end`. */
export function authorizationAt(text: string, end: number): Secret | null {
  const at = endOf(joint, text, end)
  if (at === end) return null
  const [from, to] = valueOf(text, at, text.charAt(at - 1))
  return to > from ? { from, to, rule: headerRule } : null
}

/** The token behind the word `bearer` that begins at `at`. */
export function bearerAt(text: string, at: number): Secret | null {
  if (at > 0 && /[a-z0-9_]/i.test(text.charAt(at - 1))) return null
  const from = endOf(bearer, text, at)
  if (from === at) return null
  const to = endOf(bearerToken, text, from)
  return to > from && isToken(text.slice(from, to)) ? { from, to, rule: headerRule } : null
}

/** 'bearer authentication' is prose: a token has digits, capitals or stops in it, or is longer than words are. */
function isToken(word: string): boolean {
  return word.length > 23 || (/[0-9A-Z.+/~]/.test(word) && !word.endsWith('.'))
}

/** The cookies of a Cookie or Set-Cookie header whose name ends at `end`. */
export function cookieAt(text: string, end: number): Secret | null {
  const at = endOf(joint, text, end)
  if (at === end) return null
  if (!/^[^\s=;,]{1,100}=\S/.test(text.slice(at, at + 110))) return null
  const quote = text.charAt(at - 1)
  const to = endOf(quote === '"' || quote === "'" ? toQuote[quote] : toEndOfLine, text, at)
  return { from: at, to, rule: cookieRule }
}

/** Where the header's secret begins and ends. */
function valueOf(text: string, at: number, before: string): [number, number] {
  const begin = endOf(oneTokenScheme, text, at)
  if (begin > at) return [begin, endOf(token, text, begin)]
  const rest = before === '"' || before === "'" ? toQuote[before] : toEndOfLine
  return isProse(text.slice(at, endOf(rest, text.slice(0, at + LOOKED_AT), at)))
    ? [at, at]
    : [at, endOf(rest, text, at)]
}

/** As much of a header's value is looked at as forty short words take. */
const LOOKED_AT = 640

/** 'Authorization: denied for this user' is no header: several short words, none of them a parameter. */
function isProse(value: string): boolean {
  const words = value.trim().split(/[ \t]+/, 40)
  return words.length > 1 && words.every((word) => word.length < 16 && !word.includes('='))
}
