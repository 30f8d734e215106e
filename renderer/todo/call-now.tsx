import { type Escalation, escalationOf } from '../../shared/clocks/escalation/escalation.ts'
import { nextSentence } from '../../shared/clocks/escalation/next-sentence.ts'
import { clockInputOf } from '../../shared/incident/clock-input.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { useNow, useZone } from '../stores.ts'
import { shortTime } from '../words/time.ts'
import { todoWords } from '../words/todo.ts'
import { LogCall } from './log-call.tsx'

/** Whom the runbook calls now, why and how; who follows by the clock; what a person has to judge first. */
export function CallNow({ state, pack }: { readonly state: IncidentState; readonly pack: Pack }) {
  const nowMs = useNow()
  const escalation = escalationOf(clockInputOf(state), pack, nowMs)
  const { is, now, holders, judge } = escalation
  if (is === 'over' || pack.escalation.length === 0) return null
  return (
    <>
      {now.length === 0 ? <p className="soft">{nextSentence(escalation)}</p> : null}
      {now.map(({ role, title, means, attempt, why, onCall, edge }) => (
        <div key={role}>
          <p>
            <b>{todoWords.call(title, means, attempt)}</b> <span className="faint">{why}</span>
            {onCall.is === 'off' ? <span className="line-due"> {todoWords.offCall(onCall.said)}</span> : null}
          </p>
          <LogCall incident={state.id} role={role} title={title} means={means} edge={edge} />
        </div>
      ))}
      {holders.map(({ role, title, person }) => (
        <p key={role} className="soft">
          {todoWords.holds(title, person)}
        </p>
      ))}
      <Later later={escalation.later} nowMs={nowMs} />
      {judge.length === 0 ? null : (
        <details>
          <summary className="soft">{todoWords.judge(judge.length)}</summary>
          {judge.map(({ edge, titles, condition }) => (
            <div key={edge}>
              <p>
                <b>{titles.join(', ')}</b> <span className="faint">{todoWords.onlyIf(condition)}</span>
              </p>
              {titles.map((title) => (
                <LogCall key={title} incident={state.id} role={title} title={title} means="phone" edge={edge} />
              ))}
            </div>
          ))}
        </details>
      )}
    </>
  )
}

function Later({ later, nowMs }: { readonly later: Escalation['later']; readonly nowMs: number }) {
  const zone = useZone()
  const [first] = later
  if (first === undefined) return null
  return (
    <p className="faint">{todoWords.later(first.titles.join(', '), shortTime(first.until, nowMs, zone), first.why)}</p>
  )
}
