const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** A length of time for a display that ticks: '4:09', '1:02:03', from 100 hours on '5 d 3:00:00'. Whole seconds, no sign. */
export function formatDuration(ms: number): string {
  const whole = Math.floor(Math.abs(ms) / second) * second
  const days = whole >= 100 * hour ? Math.floor(whole / day) : 0
  const rest = whole - days * day
  const hours = Math.floor(rest / hour)
  const minutes = Math.floor((rest % hour) / minute)
  const seconds = two(Math.floor((rest % minute) / second))
  if (days > 0) return `${days} d ${hours}:${two(minutes)}:${seconds}`
  return hours > 0 ? `${hours}:${two(minutes)}:${seconds}` : `${minutes}:${seconds}`
}

/**
 * What a clock shows: '12:30 left' or '2:10 overdue'. Time left rounds up and time overdue rounds down to whole
 * seconds, so '0:00 overdue' is the first thing shown once nothing is left.
 */
export function formatLeft(msLeft: number): string {
  return msLeft > 0
    ? `${formatDuration(Math.ceil(msLeft / second) * second)} left`
    : `${formatDuration(msLeft)} overdue`
}

/** A length of time in words, its two greatest units: '2 hours 5 minutes', '45 seconds', '3 days 1 hour'. No sign. */
export function spellDuration(ms: number): string {
  const whole = Math.floor(Math.abs(ms) / second) * second
  const parts: [number, string][] = [
    [Math.floor(whole / day), 'day'],
    [Math.floor((whole % day) / hour), 'hour'],
    [Math.floor((whole % hour) / minute), 'minute'],
    [Math.floor((whole % minute) / second), 'second'],
  ]
  const first = parts.findIndex(([count]) => count > 0)
  if (first < 0) return '0 seconds'
  const said = parts.slice(first, first + 2).filter(([count]) => count > 0)
  return said.map(([count, unit]) => countOf(count, unit)).join(' ')
}

/** A limit in the words of a runbook: '15 minutes', '1 hour', '48 hours'. */
export function spellLimit(minutes: number): string {
  return minutes >= 60 && minutes % 60 === 0 ? countOf(minutes / 60, 'hour') : countOf(minutes, 'minute')
}

function countOf(count: number, unit: string): string {
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
