import type { Zone } from '../desk/preferences.ts'

/* How times, spans and sizes are written. Times come in as ISO UTC. */

export function zoneName(zone: Zone): string {
  return zone === 'utc' ? 'UTC' : 'local'
}

interface Parts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hours: number
  readonly minutes: number
  readonly seconds: number
}

function partsOf(ms: number, zone: Zone): Parts {
  const date = new Date(ms)
  return zone === 'utc'
    ? {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
        hours: date.getUTCHours(),
        minutes: date.getUTCMinutes(),
        seconds: date.getUTCSeconds(),
      }
    : {
        year: date.getFullYear(),
        month: date.getMonth() + 1,
        day: date.getDate(),
        hours: date.getHours(),
        minutes: date.getMinutes(),
        seconds: date.getSeconds(),
      }
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** '14:07:31' */
export function timeOfDay(time: string | number, zone: Zone): string {
  const { hours, minutes, seconds } = partsOf(msOf(time), zone)
  return `${two(hours)}:${two(minutes)}:${two(seconds)}`
}

/** '14:07' */
export function minuteOfDay(time: string | number, zone: Zone): string {
  return timeOfDay(time, zone).slice(0, 5)
}

/** '2026-11-21' */
export function dayOf(time: string | number, zone: Zone): string {
  const { year, month, day } = partsOf(msOf(time), zone)
  return `${year}-${two(month)}-${two(day)}`
}

/** '14:07', with the day before it where that is not today: '2026-11-20 14:07'. */
export function shortTime(time: string | number, nowMs: number, zone: Zone): string {
  const day = dayOf(time, zone)
  return day === dayOf(nowMs, zone) ? minuteOfDay(time, zone) : `${day} ${minuteOfDay(time, zone)}`
}

/** Both zones in full, for a hover: '2026-11-21 14:07:31 UTC · 2026-11-21 16:07:31 local'. */
export function bothTimes(time: string): string {
  const both = (['utc', 'local'] as const).map(
    (zone) => `${dayOf(time, zone)} ${timeOfDay(time, zone)} ${zoneName(zone)}`,
  )
  return both.join(' · ')
}

/** '01:15:44'; with days before it from the second day on: '2 d 01:15:44'. */
export function running(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const days = Math.floor(seconds / 86_400)
  const rest = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return days === 0 ? rest : `${days} d ${rest}`
}

/** What a clock reads: '4:12' under an hour, '1:04:12' under a day, '71 h' from a day on. No sign. */
export function clockFace(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  const hours = Math.floor(seconds / 3600)
  if (hours >= 24) return `${hours} h`
  const tail = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return hours === 0 ? `${Math.floor(seconds / 60)}:${two(seconds % 60)}` : `${hours}:${tail}`
}

/** A whole span in words: '15 min', '4 h', '2 days'. */
export function span(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 1) return `${Math.max(0, Math.round(ms / 1000))} s`
  if (minutes < 60) return `${minutes} min`
  if (minutes < 48 * 60) {
    const rest = minutes % 60
    return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`
  }
  return `${Math.round(minutes / 1440)} days`
}

/** 'now', '6 min ago', '2 h ago'. */
export function ago(time: string | number, nowMs: number): string {
  const ms = nowMs - msOf(time)
  if (ms < 10_000) return 'just now'
  if (ms < 60_000) return `${Math.floor(ms / 1000)} s ago`
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min ago`
  if (ms < 48 * 3_600_000) return `${Math.floor(ms / 3_600_000)} h ago`
  return `${Math.floor(ms / 86_400_000)} days ago`
}

/** '18.2 MB' */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = count / 1000
  let unit = 0
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${value < 100 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ''}`
}

/** Memory as Docker counts it: '512 MiB', '1.5 GiB'. */
export function memory(count: number): string {
  const mebibytes = count / 1_048_576
  if (mebibytes < 10) return `${mebibytes.toFixed(1)} MiB`
  return mebibytes < 1024 ? `${Math.round(mebibytes)} MiB` : `${(mebibytes / 1024).toFixed(1)} GiB`
}

/** '1 finding', '9 findings' */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}

/** The first characters of a hash: enough to tell two apart by eye. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12)
}

function msOf(time: string | number): number {
  return typeof time === 'number' ? time : Date.parse(time)
}
