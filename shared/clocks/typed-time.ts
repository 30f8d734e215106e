/** In which zone times are typed and shown. */
export type Zone = 'utc' | 'local'

/** A time as a person typed it: the moment, or why it cannot be one. */
export type TypedTime =
  | { readonly is: 'now' }
  | { readonly is: 'time'; readonly iso: string }
  | { readonly is: 'wrong'; readonly why: 'form' | 'future' }

const clockForm = /^(?:(\d{4})-(\d{1,2})-(\d{1,2})[ T])?(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?$/
const agoForm = /^-?(\d{1,4})\s*(m|min|h)(?:\s+ago)?$/

/**
 * Reads '14:05', '14:05:30', '2026-11-20 23:50' in the given zone, or '20 min' for so long ago; empty is now. A time of
 * day that is still to come today is yesterday's; a date in the future is wrong.
 */
export function readTypedTime(text: string, nowMs: number, zone: Zone): TypedTime {
  const typed = text.trim().toLowerCase()
  if (typed === '' || typed === 'now') return { is: 'now' }
  const back = agoForm.exec(typed)
  if (back !== null) {
    const unit = back[2] === 'h' ? 3_600_000 : 60_000
    return { is: 'time', iso: new Date(nowMs - Number(back[1]) * unit).toISOString() }
  }
  const found = clockForm.exec(typed)
  if (found === null) return { is: 'wrong', why: 'form' }
  const [, year, month, day, hours, minutes, seconds] = found
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return { is: 'wrong', why: 'form' }
  const at = moment(
    year === undefined ? dateOf(nowMs, zone) : [Number(year), Number(month), Number(day)],
    [Number(hours), Number(minutes), Number(seconds ?? 0)],
    zone,
  )
  if (Number.isNaN(at)) return { is: 'wrong', why: 'form' }
  if (at <= nowMs) return { is: 'time', iso: new Date(at).toISOString() }
  if (year !== undefined) return { is: 'wrong', why: 'future' }
  return { is: 'time', iso: new Date(at - 86_400_000).toISOString() }
}

type Triple = readonly [number, number, number]

function dateOf(ms: number, zone: Zone): Triple {
  const date = new Date(ms)
  return zone === 'utc'
    ? [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
    : [date.getFullYear(), date.getMonth() + 1, date.getDate()]
}

/** NaN for a day that no month has. */
function moment([year, month, day]: Triple, [hours, minutes, seconds]: Triple, zone: Zone): number {
  if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return Number.NaN
  return zone === 'utc'
    ? Date.UTC(year, month - 1, day, hours, minutes, seconds)
    : new Date(year, month - 1, day, hours, minutes, seconds).getTime()
}
