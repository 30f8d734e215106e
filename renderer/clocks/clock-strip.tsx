import type { Clock } from '../../shared/clocks/clock.ts'
import { clocksOf } from '../../shared/clocks/clocks.ts'
import { untimedRulesOf } from '../../shared/clocks/untimed.ts'
import { clockInputOf } from '../../shared/incident/clock-input.ts'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import type { Command } from '../keys/commands.ts'
import { useNow, useZone } from '../stores.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { ClockList } from './clock-list.tsx'
import { clockWords } from '../words/clocks.ts'
import { incidentWords } from '../words/incident.ts'
import { bothTimes, clockFace, minuteOfDay, zoneName } from '../words/time.ts'

/** More than these nobody can watch. */
const MOST_CLOCKS = 5
/** Beyond these a title gets a line of its own. */
const ROOMY = 3

interface Props {
  readonly state: IncidentState
  readonly pack: Pack | null
  /** Says that somebody is on it; null once somebody is. */
  readonly respond: Command | null
}

/** What is due, overdue first: what, how much of how much, whose. Computed from the entries each second. */
export function ClockStrip({ state, pack, respond }: Props) {
  const nowMs = useNow()
  const input = clockInputOf(state)
  const all = pack === null ? [] : clocksOf(input, pack, nowMs)
  const clocks = all.slice(0, MOST_CLOCKS)
  if (clocks.length === 0) {
    const words =
      pack === null ? clockWords.noPack : state.core.severity === null ? clockWords.none : clockWords.noneWithPack
    return (
      <section className="clocks" aria-label={clockWords.title}>
        <p className="clock-none faint">{words}</p>
      </section>
    )
  }
  return (
    <section className={clocks.length > ROOMY ? 'clocks many' : 'clocks'} aria-label={clockWords.title}>
      {clocks.map((clock) => (
        <ClockCard
          key={`${clock.id} ${clock.dueAt}`}
          clock={clock}
          respond={clock.id === 'response' && clock.endedAt === null && isOpen(state) ? respond : null}
        />
      ))}
      <ClockList incident={state.id} clocks={all} untimed={pack === null ? [] : untimedRulesOf(input, pack)} />
    </section>
  )
}

function ClockCard({ clock, respond }: { readonly clock: Clock; readonly respond: Command | null }) {
  const zone = useZone()
  const whole = Date.parse(clock.dueAt) - Date.parse(clock.startedAt)
  const isLate = clock.msLeft <= 0
  return (
    <div
      className={clock.quiet ? 'clock quiet' : `clock ${clock.state}`}
      title={`${clock.rule} ${clock.stoppedBy} ${bothTimes(clock.dueAt)}`}
    >
      <div className="clock-what">
        {clock.state === 'breached' && !clock.quiet ? <span aria-hidden="true">△ </span> : null}
        {clock.title}
      </div>
      <div className="clock-value" role="timer">
        {clock.endedAt === null || isLate ? clockFace(clock.msLeft) : '✓'}
        <small>{valueWords(clock, whole)}</small>
      </div>
      <div className="clock-whose">
        {clock.owner ?? <span className="line-due">{clockWords.nobody}</span>} ·{' '}
        {clockWords.due(`${minuteOfDay(clock.dueAt, zone)} ${zoneName(zone)}`)} · {clock.rule}
      </div>
      {respond === null ? null : (
        <div className="clock-verb">
          <CommandButton command={respond}>{incidentWords.verbs.respond}</CommandButton>
        </div>
      )}
    </div>
  )
}

function valueWords(clock: Clock, whole: number): string {
  if (clock.quiet) return clock.msLeft > 0 ? `${clockWords.of('left', whole)} · ${clockWords.guide}` : clockWords.guide
  if (clock.state === 'running') return clockWords.of('left', whole)
  if (clock.state === 'soon') return clockWords.of('soon, left', whole)
  return clock.state === 'stopped' && clock.msLeft > 0 ? clockWords.ended : clockWords.states[clock.state]
}
