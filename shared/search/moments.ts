const MINUTE = 60_000
const units: Readonly<Record<string, number>> = {
  min: MINUTE,
  m: MINUTE,
  h: 60 * MINUTE,
  d: 1440 * MINUTE,
  w: 10_080 * MINUTE,
}

/** Where a person's clock stands: now, and how far its zone is ahead of UTC. */
export interface Here {
  readonly nowMs: number
  readonly offsetMinutes: number
}

/**
 * The moment that `before:` or `after:` names, in ms: `2026`, `2026-11`, `2026-11-21`, `2026-11-21T14:05` (with Z: UTC),
 * `14:05` (the last time it was that late), `20min`, `2h`, `3d`, `1w` (ago), `today`, `yesterday`. Null for anything else.
 */
export function readMoment(typed: string, here: Here): number | null {
  const text = typed.trim().toLowerCase()
  const ago = /^(\d{1,5})(min|m|h|d|w)$/.exec(text)
  if (ago !== null) return here.nowMs - Number(ago[1]) * (units[ago[2] ?? ''] ?? 0)
  if (text === 'today') return midnight(here)
  if (text === 'yesterday') return midnight(here) - 1440 * MINUTE
  const clock = /^(\d{1,2}):(\d{2})$/.exec(text)
  if (clock !== null) return timeOfDay(Number(clock[1]), Number(clock[2]), here)
  return readDate(text, here)
}

function midnight({ nowMs, offsetMinutes }: Here): number {
  const local = new Date(nowMs + offsetMinutes * MINUTE)
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()) - offsetMinutes * MINUTE
}

function timeOfDay(hours: number, minutes: number, here: Here): number | null {
  if (hours > 23 || minutes > 59) return null
  const today = midnight(here) + (hours * 60 + minutes) * MINUTE
  return today > here.nowMs ? today - 1440 * MINUTE : today
}

function readDate(text: string, { offsetMinutes }: Here): number | null {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[t ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(z)?)?)?)?$/.exec(
    text,
  )
  if (parts === null) return null
  const [year = 0, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1, 7)
    .map((part) => (part === undefined ? undefined : Number(part)))
  const ms = Number((parts[7] ?? '').padEnd(3, '0'))
  const moment = new Date(Date.UTC(year, month - 1, day, hours, minutes, seconds, ms))
  // The 30th of February would become a day of March.
  const isReal = moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day && hours < 24 && minutes < 60
  if (!isReal) return null
  return moment.getTime() - (parts[8] === undefined ? offsetMinutes * MINUTE : 0)
}
