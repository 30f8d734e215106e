import { useEffect } from 'react'
import { useStore } from 'zustand'
import { type Escalation, escalationOf, type NextCall } from '../../shared/clocks/escalation/escalation.ts'
import { nextSentence } from '../../shared/clocks/escalation/next-sentence.ts'
import { clockInputOf } from '../../shared/incident/clock-input.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import type { Contact } from '../../shared/people/contact.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { shortTime } from '../words/time.ts'
import { todoWords } from '../words/todo.ts'
import { LogCall } from './log-call.tsx'

interface Props {
  readonly state: IncidentState
  readonly pack: Pack
}

/** Two at once is what a runbook asks for at most; more are a list to work through. */
const SHOWN = 2

/** Whom the runbook calls now, by which number and why, and who follows when nobody answers. */
export function CallNow({ state, pack }: Props) {
  const nowMs = useNow()
  const escalation = escalationOf(clockInputOf(state), pack, nowMs)
  const { is, now, holders } = escalation
  if (is === 'over' || pack.escalation.length === 0) return null
  const others = now.length - SHOWN
  return (
    <div className="call-part">
      <h3 className="col-title">
        {todoWords.callNow} {others > 0 ? <span className="r">{todoWords.moreToCall(others)}</span> : null}
      </h3>
      <div className="card people" id="call-now" tabIndex={-1}>
        {now.length === 0 ? <p className="soft">{nextSentence(escalation)}</p> : null}
        {now.slice(0, SHOWN).map((call) => (
          <div key={call.role} className="call">
            <p className="call-who" title={call.why}>
              <b>{todoWords.call(call.title, call.means, call.attempt)}</b>
            </p>
            <NumberLine call={call} pack={pack} />
            {call.onCall.is === 'off' ? <p className="line-due">{todoWords.offCall(call.onCall.said)}</p> : null}
            <p className="faint call-then">{thenWords(escalation, call, pack)}</p>
            <LogCall incident={state.id} role={call.role} title={call.title} means={call.means} edge={call.edge} />
          </div>
        ))}
        {holders.map(({ role, title, person }) => (
          <p key={role} className="soft call-then">
            {todoWords.holds(title, person)}
          </p>
        ))}
        {now.length === 0 ? <Later later={escalation.later} nowMs={nowMs} /> : null}
      </div>
    </div>
  )
}

/** 'No answer: wait 5 min, then DevOps Lead.' */
function thenWords({ now, later }: Escalation, call: NextCall, pack: Pack): string {
  const at = now.indexOf(call)
  const follows = now.slice(at + 1).find(({ role }) => !call.together.includes(role) && role !== call.role)
  const next = follows?.title ?? later[0]?.titles.join(' and ') ?? null
  return todoWords.noAnswer(pack.callouts?.answerWithinMinutes ?? null, next)
}

/** The number, as far as it may be seen: in the runbook, in the open vault, behind the locked one, or nowhere. */
function NumberLine({ call, pack }: { readonly call: NextCall; readonly pack: Pack }) {
  const { people, vault } = useStores()
  const status = useStore(vault.store, (known) => known.status)
  const contacts = useStore(people.store, (known) => known.contacts)
  const asked = useStore(people.store, (known) => known.asked.state)
  const hasVault = status !== null && status.sealedBy.length > 0
  const isLocked = status?.locked === 'all'
  useEffect(() => {
    if (hasVault && !isLocked && contacts === null && asked === 'idle') void people.read()
  }, [people, hasVault, isLocked, contacts, asked])
  const known = pack.contacts
    .find(({ role }) => role === call.role)
    ?.addresses.find(({ means, value }) => means === call.means && !value.includes('${'))
  if (known !== undefined) return <p className="call-number mono">{known.value}</p>
  if (!hasVault) return <p className="call-number faint">{todoWords.numberNowhere}</p>
  if (isLocked) return <p className="call-number faint">{todoWords.numberLocked}</p>
  const contact = contactFor(contacts ?? [], call)
  const address = contact?.means.find(({ kind }) => kind === call.means) ?? contact?.means[0]
  if (contact === undefined || address === undefined)
    return <p className="call-number faint">{todoWords.numberUnknown(call.title)}</p>
  return (
    <p className="call-number">
      <span className="mono">{address.address}</span> <span className="faint">{contact.name}</span>
    </p>
  )
}

/** Contacts say in words what they are to us. */
function contactFor(contacts: readonly Contact[], { role, title }: NextCall): Contact | undefined {
  const names = [role, title].map((name) => name.toLowerCase())
  return contacts.find((contact) => names.includes(contact.role.trim().toLowerCase()))
}

/** Rules whose condition a person has to judge: each may be called, and is only then. */
export function CallIf({ state, pack }: Props) {
  const nowMs = useNow()
  const { judge, is } = escalationOf(clockInputOf(state), pack, nowMs)
  if (judge.length === 0 || is === 'over') return null
  return (
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
