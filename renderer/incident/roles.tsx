import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import { type Role, roleSchema } from '../../shared/people/entries.ts'
import { useNow, useStores } from '../stores.ts'
import { incidentWords } from '../words/incident.ts'
import { ago, bothTimes, span } from '../words/time.ts'

/** Who is not heard of for so long is asked whether they are still there. */
const SILENT_MS = 15 * 60_000

/** Who holds which role, and when each was last heard of; an empty one is marked. */
export function RolesLine({ state }: { readonly state: IncidentState }) {
  const { view } = useStores()
  return (
    <ul className="roles" aria-label={incidentWords.rolesTitle}>
      {roleSchema.options.map((role) => {
        const person = state.roles[role]
        return (
          <li key={role}>
            <button type="button" className="role" onClick={() => view.open({ name: 'role', id: state.id, role })}>
              <span className="role-title">{incidentWords.roles[role]}</span>{' '}
              {person === null ? (
                <span className="role-empty">{incidentWords.nobody}</span>
              ) : (
                <span className="role-name">{person.name}</span>
              )}
              <Heard state={state} role={role} />
              <span className="unseen">. {incidentWords.change}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function Heard({ state, role }: { readonly state: IncidentState; readonly role: Role }) {
  const nowMs = useNow()
  const name = state.roles[role]?.name
  if (name === undefined || !isOpen(state)) return null
  const at = Object.hasOwn(state.heard, name) ? (state.heard[name] ?? null) : null
  if (at === null) return <span className="role-heard role-silent"> {incidentWords.neverHeard}</span>
  const isSilent = nowMs - Date.parse(at) > SILENT_MS
  return (
    <span className={isSilent ? 'role-heard role-silent' : 'role-heard'} title={bothTimes(at)}>
      {' '}
      {isSilent ? incidentWords.silent(span(nowMs - Date.parse(at))) : incidentWords.heard(ago(at, nowMs))}
    </span>
  )
}
