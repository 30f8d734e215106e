const units = ['B', 'kB', 'MB', 'GB', 'TB']

/** The time as milliseconds since 1970, or null for text that is no time. */
export function timeOf(text: string | null): number | null {
  if (text === null) return null
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}

/** The time in Muster's one form (ISO UTC, milliseconds), or null for text that is no time or the engine's year 1. */
export function isoOf(text: string | null): string | null {
  const ms = timeOf(text)
  return ms === null || ms < 0 || ms > 253_402_300_799_999 ? null : new Date(ms).toISOString()
}

/** '2026-11-21 13:44:10', of an ISO time in UTC. */
export function dateAndTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
}

/** '2026-11-21 13:44:10 UTC' */
export function inUtc(iso: string): string {
  return `${dateAndTime(iso)} UTC`
}

/** '00:30:00 +1 d': the time on a clock that is `minutes` ahead of UTC, with the day where it is another one. */
export function localTime(iso: string, minutes: number): string {
  const ms = timeOf(iso)
  if (ms === null) return ''
  const there = new Date(ms + minutes * 60_000).toISOString()
  const days = Math.round((Date.parse(there.slice(0, 10)) - Date.parse(iso.slice(0, 10))) / 86_400_000)
  return `${there.slice(11, 19)}${days === 0 ? '' : ` ${days > 0 ? '+' : '-'}${Math.abs(days)} d`}`
}

/** 'UTC+02:00' */
export function spellOffset(minutes: number): string {
  const size = Math.abs(minutes)
  const two = (value: number) => String(value).padStart(2, '0')
  return `UTC${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** '18.2 MB', in steps of 1000. */
export function spellSize(bytes: number): string {
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** step
  return step === 0 ? `${bytes} B` : `${value.toFixed(value < 100 ? 1 : 0)} ${units[step] ?? ''}`
}

/** '1 entry', '2 entries' */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

/** Enough of a hash for a person to tell two apart. */
export function shortHash(hash: string): string {
  return hash.length > 12 ? `${hash.slice(0, 12)}…` : hash
}

/** ▲ first rank, ◆ second, ■ third, ● fourth: the same four everywhere. */
export function severityShape(rank: number): string {
  return ['▲', '◆', '■', '●'][rank - 1] ?? '○'
}

/** '▲ P1 Critical' */
export function spellSeverity(severity: {
  readonly code: string
  readonly name: string
  readonly rank: number
}): string {
  return `${severityShape(severity.rank)} ${severity.code} ${severity.name}`
}

/** The sentence with one full stop at its end. */
export function sentence(text: string): string {
  const trimmed = text.trim()
  return /[.?!…]$/u.test(trimmed) ? trimmed : `${trimmed}.`
}
