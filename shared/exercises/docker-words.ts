import type { ServiceMoment } from './world.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** A duration as docker's lists say it (docker/go-units, duration.go): '7 minutes', 'About an hour'. */
export function humanDuration(ms: number): string {
  if (ms < second) return 'Less than a second'
  if (ms < 2 * second) return '1 second'
  if (ms < minute) return `${Math.floor(ms / second)} seconds`
  if (ms < 2 * minute) return 'About a minute'
  if (ms < hour) return `${Math.floor(ms / minute)} minutes`
  const hours = Math.round(ms / hour)
  if (hours === 1) return 'About an hour'
  if (hours < 48) return `${hours} hours`
  const days = Math.floor(ms / day)
  if (days < 14) return `${days} days`
  if (days < 60) return `${Math.floor(days / 7)} weeks`
  if (days < 730) return `${Math.floor(days / 30)} months`
  return `${Math.floor(days / 365)} years`
}

/** The `Status` of a container list: 'Up 3 hours (healthy)', 'Exited (137) 7 minutes ago'. */
export function statusWords({ life, status, health }: ServiceMoment, now: number): string {
  if (status === 'restarting') return `Restarting (${life.exitCode}) ${humanDuration(now - life.endedAt)} ago`
  if (status === 'exited') return `Exited (${life.exitCode}) ${humanDuration(now - life.endedAt)} ago`
  const up = `Up ${humanDuration(now - life.startedAt)}`
  if (!health) return up
  return `${up} (${health.status === 'starting' ? 'health: starting' : health.status})`
}

/** docker's `0001-01-01T00:00:00Z` stands for 'never'. */
export const neverStamp = '0001-01-01T00:00:00Z'

/** A moment to the nanosecond, without the trailing noughts, as Go's RFC3339Nano writes it. */
export function stamp(at: number, nanos = 0): string {
  const whole = Math.floor(at)
  const fraction =
    `${String(((whole % 1000) + 1000) % 1000).padStart(3, '0')}${String(nanos).padStart(6, '0')}`.replace(/0+$/, '')
  const seconds = new Date(whole).toISOString().slice(0, 19)
  return fraction === '' ? `${seconds}Z` : `${seconds}.${fraction}Z`
}

/** A moment to the nanosecond with all nine digits, as `timestamps=1` puts it before a log line. */
export function fullStamp(at: number, nanos: number): string {
  return `${new Date(at).toISOString().slice(0, 23)}${String(nanos).padStart(6, '0')}Z`
}
