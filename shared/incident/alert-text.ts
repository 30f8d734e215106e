import type { FoundAlert, Labels } from './alert-json.ts'

/** Only the beginning is read for times and names; all of it is kept. */
const READ_CHARACTERS = 65_536

/** A moment with its zone: RFC 3339, the same with a space, or a mail's date. */
const moments =
  /\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)? ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})(?![\d:])|\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}(?::\d{2})? (?:UTC|GMT|[+-]\d{4})/
const bareMoment = /\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/
const started = /^[\s>*-]{0,20}(?:started|starts?at|started at|since|when|date|time|triggered)\b[^\n\d]{0,40}/i
const sender = /^[\s>*-]{0,20}(?:from|sender|reporter|reported by|source)\s{0,3}[:=]\s{0,3}(\S[^\n]{0,200})$/i
const subject = /^[\s>*-]{0,20}(?:subject|title|summary|alert)\s{0,3}[:=]\s{0,3}(\S[^\n]{0,600})$/i
/** The subject of Alertmanager's own messages (v0.28, template/default.tmpl): '[FIRING:2] HighErrorRate checkout (critical)'. */
const alertSubject = /^\s*\[(FIRING|RESOLVED)(?::(\d{1,6}))?\]\s*(\S.{0,600})$/
/** A label or annotation there: ' - severity = page'. */
const pair = /^\s{0,8}- ([A-Za-z_]\w{0,100}) = (.{0,1000})$/
/** A series, as Prometheus writes one: 'ALERTS{alertname="X", severity="page"} 1'. */
const series = /^\s{0,8}ALERTS(?:_FOR_STATE)?\{(.{0,4000})\}/

/** Any text: its first line is the title, unless it names a better one. Never null: at the least it is kept. */
export function readAlertText(text: string): FoundAlert {
  const lines = text.slice(0, READ_CHARACTERS).split(/\r\n|[\r\n]/)
  const headed = lines.map((line) => alertSubject.exec(line)).find((one) => one !== null) ?? null
  const labels = labelsOf(lines)
  const isPrometheus = headed !== null || Object.hasOwn(labels, 'alertname')
  const over = headed?.[1] === 'RESOLVED'
  const count = Number(headed?.[2] ?? 1)
  const named = labels['summary'] ?? firstOf(lines, subject) ?? headed?.[3]
  const first = lines.find((line) => line.trim() !== '' && !sender.test(line) && !isDate(line))
  const { starts, remarks } = startsOf(lines)
  return {
    mode: isPrometheus ? 'prometheus' : 'text',
    title: named ?? labels['alertname'] ?? first ?? null,
    reporter: firstOf(lines, sender) ?? (isPrometheus ? 'Prometheus' : null),
    labels,
    alerts: [],
    starts,
    firing: isPrometheus && !over ? count : 0,
    resolved: over ? count : 0,
    remarks,
    gist: `Alert, ${lines.length} lines: ${(named ?? first ?? '').slice(0, 1_000)}`,
  }
}

function labelsOf(lines: readonly string[]): Labels {
  const found = new Map<string, string>()
  for (const line of lines) {
    const [, name, value] = pair.exec(line) ?? []
    if (name !== undefined && value !== undefined && !found.has(name)) found.set(name, value.trim())
    const inside = series.exec(line)?.[1]
    if (inside === undefined) continue
    for (const [, key = '', said = ''] of inside.matchAll(/([A-Za-z_]\w{0,100})="((?:[^"\\]|\\.){0,1000})"/g)) {
      if (!found.has(key)) found.set(key, said)
    }
  }
  return Object.fromEntries(found)
}

/** The time on a line that says since when, else the first time at all. A time without a zone is not taken. */
function startsOf(lines: readonly string[]): { starts: number[]; remarks: string[] } {
  const timed = lines.filter((line) => moments.test(line))
  const line = timed.find((one) => started.test(one)) ?? timed[0]
  if (line === undefined) {
    const isBare = lines.some((one) => bareMoment.test(one))
    return { starts: [], remarks: isBare ? ['It names a time without a zone, which was not taken.'] : [] }
  }
  return { starts: [Date.parse(isoOf(moments.exec(line)?.[0] ?? ''))], remarks: [] }
}

/** As every engine reads it: with a T, a point, and a zone without a space. */
function isoOf(moment: string): string {
  if (!/^\d{4}-/.test(moment)) return moment
  return moment
    .replace(/^(\S{10})[T ]/, '$1T')
    .replace(',', '.')
    .replace(/ ?(?:UTC|GMT|Z)$/, 'Z')
    .replace(/ ?([+-]\d{2}):?(\d{2})$/, '$1:$2')
}

function firstOf(lines: readonly string[], form: RegExp): string | undefined {
  for (const line of lines) {
    const found = form.exec(line)?.[1]?.trim()
    if (found !== undefined && found !== '') return found
  }
  return undefined
}

function isDate(line: string): boolean {
  return /^\s{0,8}(?:date|time|to|cc)\s{0,3}:/i.test(line)
}
