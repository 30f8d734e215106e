import type { MaskCount } from './mask-count.ts'

/** What stands where a secret stood. */
export function mark(rule: string): string {
  return `[masked: ${rule}]`
}

const headerRule = 'authorization header'
const urlRule = 'url password'

/** The header as HTTP, JSON, curl, Python and Go's maps write it, up to where its value begins. */
const headerStart = /authorization["'\\]{0,4}[ \t]{0,4}[:=,][ \t]{0,4}[["'\\]{0,4}/gi
const oneTokenScheme = /(?:basic|bearer|token|negotiate|ntlm|apikey|api-key)[ \t]{1,4}/iy
const token = /[^ \t\r\n"'\\\],;}]+/y
const toEndOfLine = /[^\r\n]+/y
const toQuote = { '"': /[^\r\n"\\]+/y, "'": /[^\r\n'\\]+/y } as const
const bareBearer = /(\bbearer[ \t]{1,4})[a-z0-9._~+/-]{8,}={0,2}/gi
const urlPassword = /(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^ \t\r\n/?#:@"'<>\\]{0,300}:)[^ \t\r\n/?#"'<>\\]+(?=@)/gi
const urlToken = /(\bhttps?:\/\/)[^ \t\r\n/?#:@"'<>\\]{8,}(?=@)/gi

/**
 * Running text (log lines, labels, commands, error messages) without the secrets that the rules know, each counted:
 * Authorization headers, bearer tokens, passwords in URLs. Works alike on text and on bytes read as latin1. Linear in
 * the text's length: no pattern reads a stretch more often than a fixed number of times.
 */
export function redactText(text: string, counted: MaskCount): string {
  return redactUrls(redactHeaders(text, counted), counted)
}

function redactUrls(text: string, counted: MaskCount): string {
  if (!text.includes('://') || !text.includes('@')) return text
  return replaceCounted(replaceCounted(text, urlPassword, urlRule, counted), urlToken, urlRule, counted)
}

function redactHeaders(text: string, counted: MaskCount): string {
  const named = text.search(/authorization/i) === -1 ? text : redactNamedHeaders(text, counted)
  return replaceCounted(named, bareBearer, headerRule, counted)
}

function redactNamedHeaders(text: string, counted: MaskCount): string {
  let kept = ''
  let from = 0
  headerStart.lastIndex = 0
  for (let start = headerStart.exec(text); start !== null; start = headerStart.exec(text)) {
    const [begin, end] = valueOf(text, headerStart.lastIndex, start[0].at(-1))
    if (end > begin) {
      kept += text.slice(from, begin) + mark(headerRule)
      from = end
      headerStart.lastIndex = end
      counted.add(headerRule)
    }
  }
  return kept + text.slice(from)
}

/** Where the header's secret begins and ends. */
function valueOf(text: string, at: number, before: string | undefined): [number, number] {
  const begin = endOf(oneTokenScheme, text, at)
  if (begin > at) return [begin, endOf(token, text, begin)]
  const rest = before === '"' || before === "'" ? toQuote[before] : toEndOfLine
  const end = endOf(rest, text, at)
  return isProse(text.slice(at, end)) ? [at, at] : [at, end]
}

/** 'Authorization: denied for this user' is no header: several short words, none of them a parameter. */
function isProse(value: string): boolean {
  const words = value.trim().split(/[ \t]+/, 40)
  return words.length > 1 && words.every((word) => word.length < 16 && !word.includes('='))
}

/** Where a sticky pattern ends when it begins at `at`; `at` itself where it does not match. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

/** Keeps the first group of each match and masks the rest of it. */
function replaceCounted(text: string, pattern: RegExp, rule: string, counted: MaskCount): string {
  return text.replace(pattern, (_all: string, kept: string) => {
    counted.add(rule)
    return kept + mark(rule)
  })
}
