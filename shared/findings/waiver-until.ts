/** Until when, as a person typed it: the moment, or why it cannot be one. */
export type TypedUntil =
  | { readonly is: 'time'; readonly iso: string }
  | { readonly is: 'wrong'; readonly why: 'form' | 'past' | 'far' }

const spanForm = /^(\d{1,5})\s*(m|min|h|d|days?|hours?|minutes?)$/
const clockForm = /^(\d{1,2})[:.h](\d{2})$/
const dayForm = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?$/
const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }
const day = 86_400_000
/** As main takes it; see `RoomWork.waive`. */
const longest = 366 * day

/**
 * Reads '1 h', '90 min', '7 days', '18:30' (the next one), '2026-11-28' (its end) or '2026-11-28 18:30'. Times of day are
 * those of a clock that is `offsetMinutes` ahead of UTC.
 */
export function readUntil(text: string, nowMs: number, offsetMinutes: number): TypedUntil {
  const at = momentOf(text.trim().toLowerCase(), nowMs, offsetMinutes * 60_000)
  if (Number.isNaN(at)) return { is: 'wrong', why: 'form' }
  if (at <= nowMs) return { is: 'wrong', why: 'past' }
  if (at - nowMs > longest) return { is: 'wrong', why: 'far' }
  return { is: 'time', iso: new Date(at).toISOString() }
}

/** The last moment of the day that it is on a clock so far ahead of UTC, as ISO UTC. */
export function endOfDay(nowMs: number, offsetMinutes: number): string {
  const ahead = offsetMinutes * 60_000
  return new Date(Math.floor((nowMs + ahead) / day) * day + day - ahead - 1_000).toISOString()
}

function momentOf(typed: string, nowMs: number, aheadMs: number): number {
  const [, length, unit = ''] = spanForm.exec(typed) ?? []
  if (length !== undefined) return nowMs + Number(length) * (units[unit.charAt(0)] ?? Number.NaN)
  const [, hours, minutes] = clockForm.exec(typed) ?? []
  if (hours !== undefined) {
    const today = Math.floor((nowMs + aheadMs) / day) * day - aheadMs
    const at = today + ofDay(hours, minutes)
    return at <= nowMs ? at + day : at
  }
  const [, year, month, date, hour, minute] = dayForm.exec(typed) ?? []
  if (year === undefined) return Number.NaN
  const begins = Date.UTC(Number(year), Number(month) - 1, Number(date))
  // A day that no month has would become one of the next month.
  if (new Date(begins).getUTCDate() !== Number(date)) return Number.NaN
  return begins - aheadMs + (hour === undefined ? day - 1_000 : ofDay(hour, minute))
}

/** NaN for a time of day that no clock shows. */
function ofDay(hours: string, minutes: string | undefined): number {
  const isOnClock = Number(hours) < 24 && Number(minutes) < 60
  return isOnClock ? Number(hours) * 3_600_000 + Number(minutes) * 60_000 : Number.NaN
}
