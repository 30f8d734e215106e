import { alarmsOf } from '../../shared/clocks/alarms.ts'
import type { Clock } from '../../shared/clocks/clock.ts'
import { type ClockFacts, listOf } from '../../shared/clocks/entries.ts'
import { useNow, useZone } from '../stores.ts'
import { clockWords } from '../words/clocks.ts'
import { bothTimes, shortTime } from '../words/time.ts'

interface Happened {
  readonly at: string
  readonly what: string
  readonly by: string | null
  readonly why: string | null
}

/** The alarms that were given for a clock, and when it stood still or was wanted quiet, in their order. */
export function ClockHistory({ clock, facts }: { readonly clock: Clock; readonly facts: ClockFacts }) {
  const nowMs = useNow()
  const zone = useZone()
  const words = clockWords.page
  const since = <T extends { readonly at: string }>(all: readonly T[]) => all.filter(({ at }) => at >= clock.startedAt)
  const happened: Happened[] = [
    ...alarmsOf(facts, clock).map(({ at, givenAt }) => ({ at: givenAt, what: words.alarm[at], by: null, why: null })),
    ...listOf(facts.pauses, clock.id).flatMap(({ from, to, reason, by }) => [
      { at: from, what: words.paused, by, why: reason },
      ...(to === null ? [] : [{ at: to, what: words.resumed, by: null, why: null }]),
    ]),
    ...since(listOf(facts.snoozes, clock.id)).map(({ at, until, by, reason }) => ({
      at,
      what: words.snoozed(shortTime(until, nowMs, zone)),
      by,
      why: reason,
    })),
  ].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return (
    <section>
      <h3 className="col-title">{words.history}</h3>
      {happened.length === 0 ? (
        <p className="faint">{words.nothing}</p>
      ) : (
        <ol className="clock-history">
          {happened.map(({ at, what, by, why }) => (
            <li key={`${at} ${what}`}>
              <time className="mono" dateTime={at} title={bothTimes(at)}>
                {shortTime(at, nowMs, zone)}
              </time>
              <span>
                {what}
                {by === null ? '' : ` ${words.by(by)}`}
                {why === null ? '' : `: ${why}`}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
