import { silenceOf, timesSnoozed } from '../../shared/clocks/alarms.ts'
import { type Clock, msLeftAt, spanOf } from '../../shared/clocks/clock.ts'
import { type ClockFacts, listOf } from '../../shared/clocks/entries.ts'
import type { Command } from '../keys/commands.ts'
import { useOfNow, useStores, useZone } from '../stores.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { clockWords } from '../words/clocks.ts'
import { incidentWords } from '../words/incident.ts'
import { walk } from './walk.ts'
import { bothTimes, clockFace, minuteOfDay, zoneName } from '../words/time.ts'

interface Props {
  readonly incident: string
  readonly clock: Clock
  readonly facts: ClockFacts
  /** Says that somebody is on it; null where that is not what stops it. */
  readonly respond: Command | null
  /** Whether the strip's one stop of Tab is this card. */
  readonly isStop: boolean
  onFocus(): void
}

/** What is due, how much of how much is left, whose; opens the clock's page. */
export function ClockCard({ incident, clock, facts, respond, isStop, onFocus }: Props) {
  const { view } = useStores()
  const zone = useZone()
  const isLate = clock.msLeft <= 0
  const silence = useOfNow((nowMs) => silenceOf(facts, clock, nowMs))
  const span = useOfNow((nowMs) => spanOf(clock, listOf(facts.pauses, clock.id), nowMs))
  const times = timesSnoozed(facts, clock)
  const said = [
    stateWords(clock, span),
    ...(silence === null ? [] : [clockWords.quietUntil(minuteOfDay(silence.until, zone))]),
    ...(times < 3 || clock.endedAt !== null ? [] : [clockWords.snoozedTimes(times)]),
  ]
  return (
    <div className={clock.quiet ? 'clock quiet' : `clock ${clock.state}`}>
      <button
        type="button"
        className="clock-open"
        tabIndex={isStop ? 0 : -1}
        title={`${clock.rule} ${clock.stoppedBy} ${bothTimes(clock.dueAt)}`}
        onFocus={onFocus}
        onKeyDown={(event) => walk(event, { among: '.clock-open', within: '.clocks', across: true })}
        onClick={() => view.open({ name: 'clock', id: incident, clock: clock.id, startedAt: clock.startedAt })}
      >
        <span className="clock-what">
          {clock.state === 'breached' && !clock.quiet ? <span aria-hidden="true">△ </span> : null}
          {clock.title}
        </span>
        <span className="clock-value">
          {clock.endedAt === null || isLate ? <ClockLeft clock={clock} /> : '✓'}
          <small>{said.join(' · ')}</small>
        </span>
        <span className="clock-whose">
          {clock.owner ?? <span className="line-due">{clockWords.nobody}</span>}
          <span className="clock-due"> · {clockWords.due(`${minuteOfDay(clock.dueAt, zone)} ${zoneName(zone)}`)}</span>
          <span className="clock-rule"> · {clock.rule}</span>
        </span>
      </button>
      {respond === null ? null : (
        <div className="clock-verb">
          <CommandButton command={respond}>{incidentWords.verbs.respond}</CommandButton>
        </div>
      )}
    </div>
  )
}

/** What is left, or how late it is: all that changes with each second. */
export function ClockLeft({ clock }: { readonly clock: Clock }) {
  return useOfNow((nowMs) => clockFace(msLeftAt(clock, nowMs)))
}

/** How a clock stands, in words; `whole`: of how much, in ms. */
export function stateWords(clock: Clock, whole: number): string {
  if (clock.quiet) return clock.msLeft > 0 ? `${clockWords.of('left', whole)} · ${clockWords.guide}` : clockWords.guide
  if (clock.state === 'running') return clockWords.of('left', whole)
  if (clock.state === 'soon') return clockWords.of('soon, left', whole)
  return clock.state === 'stopped' && clock.msLeft > 0 ? clockWords.ended : clockWords.states[clock.state]
}
