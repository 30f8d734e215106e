import type { PostmortemDocument, TimelineLine } from './model.ts'
import { visibleText } from './visible.ts'

const columns: readonly (readonly [string, (line: TimelineLine) => string])[] = [
  ['entry', ({ no }) => String(no)],
  ['happened_at_utc', ({ happenedAt }) => happenedAt],
  ['logged_at_utc', ({ loggedAt }) => loggedAt],
  ['kind', ({ kind }) => kind],
  ['starred', ({ starred }) => (starred ? 'yes' : '')],
  ['actor', ({ actor }) => actor],
  ['recorded_by', ({ recordedBy, actor }) => recordedBy ?? actor],
  ['text', ({ sentence }) => sentence],
  ['corrections', ({ corrections }) => corrections.map(({ no, by, text }) => `#${no} ${by}: ${text}`).join('\n')],
  ['erased', ({ erased }) => (erased === null ? '' : 'yes')],
  ['clock', ({ clock }) => clock ?? ''],
  ['evidence_sha256', ({ evidence }) => evidence.join(' ')],
  ['hash', ({ hash }) => hash],
]

/**
 * The timeline as a table for spreadsheets: RFC 4180, a line an entry, in the order in which things happened, with a byte
 * order mark so that a spreadsheet reads UTF-8. No cell can be taken for a formula (OWASP, "CSV Injection").
 */
export function timelineCsv({ header, timeline }: PostmortemDocument): string {
  const head = ['incident', 'mode', ...columns.map(([title]) => title)]
  const rows = timeline.map((line) => [header.number, header.mode, ...columns.map(([, read]) => read(line))])
  return csvOf([head, ...rows])
}

/** Rows as RFC 4180, with a byte order mark; no cell can be taken for a formula. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('')}`
}

function cellOf(text: string): string {
  const shown = visibleText(text)
  const harmless = /^[=+\-@\t\r]/.test(shown) ? `'${shown}` : shown
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
