const longest = 80
const lead = String.raw`next\s+(?:status\s+)?update\s*(?:is\s+|follows\s+|comes\s+)?[:=–—-]?\s*`
const dated = new RegExp(
  String.raw`${lead}(?:at\s+|by\s+)?(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:utc|z)\b`,
  'i',
)
const clock = new RegExp(String.raw`${lead}(?:at\s+|by\s+)?(\d{1,2})[:.h](\d{2})\s*(?:utc|z)\b`, 'i')
const span = new RegExp(String.raw`${lead}(?:with)?in\s+(\d{1,4})\s*(m|mins?|minutes?|h|hrs?|hours?)\b`, 'i')

/**
 * When an update says that the next one comes, as ISO UTC: 'Next update: 14:30 UTC', 'next update at 2026-11-21 14:30
 * UTC', 'next update in 20 minutes'. Null where it says nothing of the sort; a time of day without UTC is none, as nobody
 * can tell whose it is. `givenAt` is when the update was given (ISO UTC): a time of day is the next one after it.
 */
export function nextUpdateNamed(text: string, givenAt: string): string | null {
  const givenMs = Date.parse(givenAt)
  const at = text.search(/next\s+(?:status\s+)?update/i)
  if (at < 0 || Number.isNaN(givenMs)) return null
  const said = text.slice(at, at + longest)
  const ms = inSpan(said, givenMs) ?? onDay(said) ?? atClock(said, givenMs)
  // One that does not lie ahead names no next one.
  return ms === null || ms <= givenMs ? null : new Date(ms).toISOString()
}

function inSpan(said: string, givenMs: number): number | null {
  const found = span.exec(said)
  if (found === null) return null
  return givenMs + Number(found[1]) * (found[2]?.toLowerCase().startsWith('h') === true ? 3_600_000 : 60_000)
}

function onDay(said: string): number | null {
  const [, day, hours = '', minutes = ''] = dated.exec(said) ?? []
  if (day === undefined) return null
  const ms = Date.parse(`${day}T${hours.padStart(2, '0')}:${minutes}:00.000Z`)
  return Number.isNaN(ms) ? null : ms
}

function atClock(said: string, givenMs: number): number | null {
  const [, hours, minutes] = clock.exec(said) ?? []
  if (Number(hours) > 23 || Number(minutes) > 59 || hours === undefined) return null
  const day = new Date(givenMs)
  const ms = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), Number(hours), Number(minutes))
  return ms > givenMs ? ms : ms + 86_400_000
}
