import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import { type Role, roleSchema } from '../../shared/people/entries.ts'
import { useOfNow, useStores } from '../stores.ts'
import { incidentWords } from '../words/incident.ts'
import { ago, bothTimes, span } from '../words/time.ts'

/** Who is not heard of for so long is asked whether they are still there. */
const SILENT_MS = 15 * 60_000
const HOUR_MS = 3_600_000

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
  const name = state.roles[role]?.name
  const at = name !== undefined && Object.hasOwn(state.heard, name) ? (state.heard[name] ?? null) : null
  const isSilent = useOfNow((nowMs) => at !== null && nowMs - Date.parse(at) > SILENT_MS)
  const words = useOfNow((nowMs) => {
    if (at === null) return incidentWords.neverHeard
    return isSilent ? incidentWords.silent(span(roughly(nowMs - Date.parse(at)))) : incidentWords.heard(ago(at, nowMs))
  })
  if (name === undefined || !isOpen(state)) return null
  return (
    <span
      className={isSilent || at === null ? 'role-heard role-silent' : 'role-heard'}
      title={at === null ? undefined : bothTimes(at)}
    >
      {' '}
      {words}
    </span>
  )
}

/** Whole hours, once there is one: a role has room for no more. */
function roughly(ms: number): number {
  return ms < HOUR_MS ? ms : Math.floor(ms / HOUR_MS) * HOUR_MS
}
