import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import { heldBy } from '../../shared/packs/overlay.ts'
import type { Pack, Role } from '../../shared/packs/pack.ts'
import type { Reach } from '../../shared/people/reach.ts'
import { useNow, useZone } from '../stores.ts'
import { callWords } from '../words/calls.ts'
import { shortTime } from '../words/time.ts'
import { Duties, dutiesDone } from './duties.tsx'
import { useReach } from './use-reach.ts'

interface Props {
  readonly state: IncidentState
  readonly pack: Pack
}

/** Every role of the runbook: what it owes, who stands behind it, who was called for it and how that went. */
export function PackRoles({ state, pack }: Props) {
  const reach = useReach(state.id)
  if (pack.roles.length === 0) return <p className="soft">{callWords.rolesNone}</p>
  return (
    <div className="stack">
      <p className="soft">{callWords.rolesLead}</p>
      <ul className="role-cards">
        {pack.roles.map((role) => (
          <RoleCard key={role.id} role={role} state={state} pack={pack} reach={reach} />
        ))}
      </ul>
    </div>
  )
}

interface CardProps extends Props {
  readonly role: Role
  readonly reach: Reach | null
}

function RoleCard({ role, state, pack, reach }: CardProps) {
  const nowMs = useNow()
  const zone = useZone()
  const people = reach === null ? [] : (heldBy(reach.roles, role.id) ?? [])
  const calls = state.callouts.calls.filter((call) => call.role === role.id)
  const owes = pack.contacts.filter((contact) => contact.role === role.id).map(({ responsibility }) => responsibility)
  const does = [role.summary, role.when, ...owes].filter((text) => text !== undefined && text !== null)
  return (
    <li className="card">
      <p>
        <b>{role.title}</b> <span className="soft">{people.map(({ name }) => name).join(', ')}</span>
      </p>
      {does.map((text) => (
        <p key={text} className="soft">
          {text}
        </p>
      ))}
      <ul className="ladder-marks">
        {calls.length === 0 ? <li className="faint">{callWords.neverCalled}</li> : null}
        {calls.map(({ entry, at, result, person }) => (
          <li key={entry} className="chip">
            {callWords.marks[result]} {person ?? role.title} {shortTime(at, nowMs, zone)}
          </li>
        ))}
      </ul>
      {role.duties.length === 0 ? null : (
        <details>
          <summary className="soft">{callWords.duties(dutiesDone(role, state.checks), role.duties.length)}</summary>
          <Duties incident={state.id} role={role} checks={state.checks} isOpen={isOpen(state)} />
        </details>
      )}
    </li>
  )
}
