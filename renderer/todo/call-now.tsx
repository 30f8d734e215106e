import { useMemo } from 'react'
import { type Escalation, escalationOf, type NextCall } from '../../shared/clocks/escalation/escalation.ts'
import { nextSentence } from '../../shared/clocks/escalation/next-sentence.ts'
import { followingOf } from '../../shared/clocks/escalation/what-follows.ts'
import type { ClockInput } from '../../shared/clocks/input.ts'
import { clockInputOf } from '../../shared/incident/clock-input.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { heldBy } from '../../shared/packs/overlay.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { type Reach, wayBy } from '../../shared/people/reach.ts'
import { useReach } from '../calls/use-reach.ts'
import type { Command } from '../keys/commands.ts'
import { useOfNow, useZone } from '../stores.ts'
import { KeyCap, shortcutOf } from '../ui/key-cap.tsx'
import { saysTheSame } from '../ui/says-the-same.ts'
import { shortTime } from '../words/time.ts'
import { todoWords } from '../words/todo.ts'

interface Props {
  readonly state: IncidentState
  readonly pack: Pack
  /** Opens the calls: what to say, how it went, who follows. */
  readonly call: Command
}

/** Two at once is what a runbook asks for at most; more are a list to work through. */
const SHOWN = 2

/** Whom the runbook calls now, by which number, and who follows when nobody answers. */
export function CallNow({ state, pack, call }: Props) {
  const reach = useReach(state.id)
  const input = useMemo(() => clockInputOf(state), [state])
  const escalation = useOfNow((nowMs) => escalationOf(input, pack, nowMs), saysTheSame)
  const { is, now, holders } = escalation
  if (is === 'over' || pack.escalation.length === 0) return null
  const others = now.length - SHOWN
  return (
    <div className="call-part">
      <h3 className="col-title">
        {todoWords.callNow} {others > 0 ? <span className="faint">{todoWords.moreToCall(others)}</span> : null}
        <button
          type="button"
          className="btn plain end"
          onClick={() => call.run()}
          aria-keyshortcuts={shortcutOf(call.keys ?? '')}
        >
          {todoWords.openCalls} <KeyCap keys={call.keys ?? ''} />
        </button>
      </h3>
      <div className="card people">
        {now.length === 0 ? <Nobody escalation={escalation} /> : null}
        {now.slice(0, SHOWN).map((one) => (
          <Callee key={one.role} one={one} pack={pack} input={input} reach={reach} />
        ))}
        {holders.map(({ role, title, person }) => (
          <p key={role} className="soft call-then">
            {todoWords.holds(title, person)}
          </p>
        ))}
      </div>
    </div>
  )
}

interface CalleeProps {
  readonly one: NextCall
  readonly pack: Pack
  readonly input: ClockInput
  readonly reach: Reach | null
}

function Callee({ one, pack, input, reach }: CalleeProps) {
  const [person] = reach === null ? [] : (heldBy(reach.roles, one.role) ?? [])
  const way = person === undefined ? null : wayBy(person, one.means)
  const { waitMinutes, again, next } = useOfNow((nowMs) => followingOf(one, input, pack, nowMs), saysTheSame)
  const number =
    way?.address ?? (person === undefined ? null : person.numbers === 'locked' ? todoWords.numberLocked : null)
  return (
    <div className="call" title={one.why}>
      <p>
        <b>{todoWords.call(one.title, one.means, one.attempt)}</b>
      </p>
      {person === undefined ? null : (
        <p className="call-number">
          {person.name} {number === null ? null : <span className={way === null ? 'faint' : 'mono'}>{number}</span>}
        </p>
      )}
      {one.onCall.is === 'off' ? <p className="line-due">{todoWords.offCall(one.onCall.said)}</p> : null}
      <p className="soft call-then">
        {todoWords.noAnswer(waitMinutes, again !== null, next.join(' and '))}
        {person === undefined ? <span className="faint"> {todoWords.nobodyBehind}</span> : null}
      </p>
    </div>
  )
}

/** Nobody is called now: who is next, when and why, in one sentence; else what the runbook says of it. */
function Nobody({ escalation }: { readonly escalation: Escalation }) {
  const zone = useZone()
  const [next] = escalation.later
  const when = useOfNow((nowMs) => (next === undefined ? '' : shortTime(next.until, nowMs, zone)))
  return (
    <p className="soft">
      {next === undefined ? nextSentence(escalation) : todoWords.later(next.titles.join(' and '), when, next.why)}
    </p>
  )
}
