import type { Clock } from '../../shared/clocks/clock.ts'
import { regulatoryClockId } from '../../shared/clocks/regulatory.ts'
import type { UntimedRule } from '../../shared/clocks/untimed.ts'
import { useZone } from '../stores.ts'
import { ClockVerbs } from './clock-verbs.tsx'
import { DutyVerbs } from './duty-verbs.tsx'
import { clockWords } from '../words/clocks.ts'
import { clockFace, minuteOfDay } from '../words/time.ts'

interface Props {
  readonly incident: string
  readonly clocks: readonly Clock[]
  readonly untimed: readonly UntimedRule[]
}

/** Every clock with its rule and what stops it, and the rules that set no time; folded away until somebody looks. */
export function ClockList({ incident, clocks, untimed }: Props) {
  const zone = useZone()
  return (
    <details className="clock-list">
      <summary className="soft">{clockWords.all(clocks.length)}</summary>
      <div className="clock-rows">
        <ul>
          {clocks.map((clock) => (
            <li
              key={`${clock.id} ${clock.dueAt}`}
              className={clock.state === 'breached' && !clock.quiet ? 'line-due' : ''}
            >
              <b>{clock.title}</b>{' '}
              <span className="clock-row-value">
                {clock.endedAt === null ? clockFace(clock.msLeft) : endedWords(clock)} ·{' '}
                {clockWords.due(minuteOfDay(clock.dueAt, zone))} · {clock.owner ?? clockWords.nobody}
              </span>
              <span className="soft">
                {clock.paused === null ? '' : `${clockWords.pausedBecause(clock.paused.reason)} · `}
                {clock.rule} {clockWords.stoppedBy(clock.stoppedBy)}
              </span>
              {clock.endedAt !== null || clock.quiet ? null : <ClockVerbs incident={incident} clock={clock} />}
            </li>
          ))}
        </ul>
        {untimed.length === 0 ? null : <h3 className="col-title">{clockWords.untimed}</h3>}
        <ul>
          {untimed.map(({ id, title, rule, because }) => (
            <li key={id}>
              <b>{title}</b> <span className="soft">{`${rule} ${because}`}</span>
              {id.startsWith(dutyPrefix) ? (
                <DutyVerbs incident={incident} duty={id.slice(dutyPrefix.length)} title={title} />
              ) : null}
            </li>
          ))}
        </ul>
      </div>
    </details>
  )
}

/** How the clock of a duty is called; see `regulatoryClockId`. */
const dutyPrefix = regulatoryClockId({ id: '' })

function endedWords({ state, msLeft }: Clock): string {
  return state === 'stopped' && msLeft > 0
    ? clockWords.ended
    : state === 'met'
      ? clockWords.states.met
      : clockWords.states.stopped
}
