import type { BusinessHours } from '../packs/time-shape.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A stretch of time in ms since 1970, the end not counted. */
export type Stretch = readonly [fromMs: number, toMs: number]

const formats = new Map<string, Intl.DateTimeFormat | null>()

/** A format is dear to make and cheap to keep; null for a zone that this platform does not know. */
function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const made = make(timeZone)
  formats.set(timeZone, made)
  return made
}

function make(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    // A RangeError for a zone that this platform does not know (ECMA-402, InitializeDateTimeFormat).
    return null
  }
}

/** Whether this platform knows the zone of these hours. */
export function isKnownZone({ timeZone }: Pick<BusinessHours, 'timeZone'>): boolean {
  return formatOf(timeZone) !== null
}

/** How far local time is ahead of UTC at a moment, in ms. */
function offsetAt(format: Intl.DateTimeFormat, ms: number): number {
  const part: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1_000) * 1_000
}

/**
 * The business hours from a moment on, in order, without end. A moment is in them if the clock on the wall of their zone
 * says so: where it is put back the hour that comes twice counts twice, where it is put forward the one that is left out
 * does not count. `to` before or at `from` ends on the next day, which need not be a working day. An unknown zone has none.
 */
export function* businessStretches(hours: BusinessHours, fromMs: number): Generator<Stretch> {
  const format = formatOf(hours.timeZone)
  if (format === null) return
  const begins = minutesOf(hours.from) * 60_000
  const ends = minutesOf(hours.to) * 60_000
  const lasts = ends > begins ? ends - begins : ends - begins + DAY
  for (const [start, end, offset] of evenStretches(format, fromMs)) {
    const last = Math.floor((end + offset) / DAY)
    for (let day = Math.floor((start + offset) / DAY) - 1; day <= last; day += 1) {
      if (!hours.days.includes(weekdayOf(day))) continue
      const from = Math.max(start, day * DAY + begins - offset)
      const to = Math.min(end, day * DAY + begins + lasts - offset)
      if (to > from) yield [from, to]
    }
  }
}

/** 1 is Monday; day 0 was a Thursday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/** Time in pieces of at most a day in which the zone's offset stays the same. */
function* evenStretches(format: Intl.DateTimeFormat, fromMs: number): Generator<readonly [number, number, number]> {
  let at = fromMs
  let offset = offsetAt(format, at)
  for (;;) {
    const next = at + DAY
    const then = offsetAt(format, next)
    if (then === offset) {
      yield [at, next, offset]
      at = next
      continue
    }
    const change = changeBetween(format, at, next)
    yield [at, change, offset]
    at = change
    offset = offsetAt(format, at)
  }
}

/** The first ms with another offset than at `fromMs`. */
function changeBetween(format: Intl.DateTimeFormat, fromMs: number, toMs: number): number {
  const before = offsetAt(format, fromMs)
  let low = fromMs
  let high = toMs
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(format, middle) === before) low = middle
    else high = middle
  }
  return high
}

/** Whether a moment lies in the hours; false for an unknown zone. */
export function isInHours(hours: BusinessHours, ms: number): boolean {
  const [first] = businessStretches(hours, ms)
  return first !== undefined && first[0] <= ms
}

/** When the hours begin next, in ms since 1970; the moment itself where it lies in them, null for an unknown zone. */
export function opensAt(hours: BusinessHours, ms: number): number | null {
  const [first] = businessStretches(hours, ms)
  return first?.[0] ?? null
}
