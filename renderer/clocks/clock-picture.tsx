import type { Clock } from '../../shared/clocks/clock.ts'
import type { Pause } from '../../shared/clocks/entries.ts'
import { useNow, useZone } from '../stores.ts'
import { clockWords } from '../words/clocks.ts'
import { clockFace, shortTime } from '../words/time.ts'

interface Props {
  readonly clock: Clock
  readonly pauses: readonly Pause[]
}

/** Below this part of the width two labels would stand on each other. */
const CLOSE = 22

/** A bar from start to due: what is gone, where four fifths are, pauses hatched, what is over the time, and now. */
export function ClockPicture({ clock, pauses }: Props) {
  const nowMs = useNow()
  const zone = useZone()
  const words = clockWords.page
  const [startMs, dueMs, soonMs] = [clock.startedAt, clock.dueAt, clock.soonAt].map((at) => Date.parse(at)) as [
    number,
    number,
    number,
  ]
  const seenMs = clock.endedAt === null ? nowMs : Date.parse(clock.endedAt)
  const endMs = Math.max(dueMs, seenMs, startMs + 1)
  const at = (ms: number) => Math.min(100, Math.max(0, ((ms - startMs) / (endMs - startMs)) * 100))
  const [due, soon, seen] = [at(dueMs), at(soonMs), at(seenMs)]
  const still = pauses
    .map(({ from, to }) => [at(Date.parse(from)), at(to === null ? seenMs : Date.parse(to))] as const)
    .filter(([from, to]) => to > from)
  const said = `${words.picture}: ${clockFace(seenMs - startMs)}. ${words.soonAt}: ${shortTime(clock.soonAt, nowMs, zone)}. ${words.due}: ${shortTime(clock.dueAt, nowMs, zone)}.`
  const isDueLow = due < CLOSE
  return (
    <svg className="clock-picture" role="img" aria-label={said} width="100%" height="76">
      <defs>
        <pattern id="clock-still" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="clock-still-gap" width="6" height="6" />
          <rect className="clock-still-line" width="2" height="6" />
        </pattern>
      </defs>
      <rect className="clock-bar" x="0" y="20" width="100%" height="20" rx="4" />
      <rect className="clock-gone" x="0" y="20" width={`${Math.min(seen, due)}%`} height="20" rx="4" />
      {seen > due ? (
        <rect className="clock-over" x={`${due}%`} y="20" width={`${seen - due}%`} height="20" rx="2" />
      ) : null}
      {still.map(([from, to]) => (
        <rect key={from} fill="url(#clock-still)" x={`${from}%`} y="20" width={`${to - from}%`} height="20" />
      ))}
      <Mark className="clock-mark" at={soon} from={20} to={45} />
      <Mark className="clock-mark-due" at={due} from={16} to={45} />
      <Mark className="clock-mark-now" at={seen} from={14} to={42} />
      <text className="clock-label strong" {...anchored(seen)} y="11">
        {`${clock.endedAt === null ? words.now : words.endedAt} ${shortTime(seenMs, nowMs, zone)}`}
      </text>
      <text className="clock-label" x="0" y="57">
        {shortTime(clock.startedAt, nowMs, zone)}
      </text>
      <text className="clock-label strong" {...anchored(due)} y={isDueLow ? 72 : 57}>
        {`${words.due} ${shortTime(clock.dueAt, nowMs, zone)}`}
      </text>
      {isDueLow ? null : (
        <text className="clock-label" {...anchored(soon)} y="72">
          {`${words.soonAt} ${shortTime(clock.soonAt, nowMs, zone)}`}
        </text>
      )}
    </svg>
  )
}

function Mark({ className, at, from, to }: { className: string; at: number; from: number; to: number }) {
  return <line className={className} x1={`${at}%`} x2={`${at}%`} y1={from} y2={to} />
}

/** A label stays inside the picture. */
function anchored(at: number): { x: string; textAnchor: 'start' | 'middle' | 'end' } {
  return { x: `${at}%`, textAnchor: at < CLOSE / 2 ? 'start' : at > 100 - CLOSE / 2 ? 'end' : 'middle' }
}
