import { type SyntheticEvent, useState } from 'react'
import { useStore } from 'zustand'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import type { Role } from '../../shared/people/entries.ts'
import { rolesBehind } from '../../shared/people/command-roles.ts'
import { Duties, dutiesDone } from '../calls/duties.tsx'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { peopleOf } from '../timeline/known-people.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { NameField } from '../ui/name-field.tsx'
import { scrollable } from '../ui/scrollable.ts'
import { callWords } from '../words/calls.ts'
import { handoverWords } from '../words/handover.ts'
import { incidentWords } from '../words/incident.ts'
import { roleWords } from '../words/roles.ts'
import { ago, shortTime } from '../words/time.ts'
import { roomOf } from './rooms-store.ts'

interface Props {
  readonly id: string
  readonly role: Role
}

/** Who holds a role from now on; what it does, what of that is done, and when its holder was last heard of. */
export function RoleDialog({ id, role }: Props) {
  const { desk, rooms, view } = useStores()
  const close = useCloseOwn()
  const me = useStore(desk.store, (known) => known.desk?.operator?.name ?? null)
  const state = useStore(rooms.store, (all) => roomOf(all, id).state)
  const pack = useStore(rooms.store, (all) => roomOf(all, id).pack)
  const holder = state?.roles[role]?.name ?? null
  const [name, setName] = useState('')
  const asking = useAsking()
  const words = incidentWords.roleDialog
  const assign = async (person: string | null) => {
    if (await asking.ask(() => rooms.change('assign', { id, role, name: person }))) close()
  }
  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    if (name.trim() !== '') void assign(name.trim())
  }
  return (
    <Dialog title={words.title(incidentWords.roles[role])} onClose={() => view.closeTop()} size={640}>
      <form className="stack" onSubmit={send}>
        <p className="soft">{roleWords.does[role]}</p>
        {state === null ? null : <Heard state={state} holder={holder} />}
        {role === 'commander' && holder !== null ? <p>△ {handoverWords.noBrief}</p> : null}
        <NameField
          label={words.label}
          value={name}
          placeholder={holder ?? ''}
          people={state === null ? [] : peopleOf(state).filter((one) => one !== holder)}
          onChange={setName}
        />
        <DialogFoot asking={asking} go={words.set} isReady={name.trim() !== ''}>
          {me === null || me === holder ? null : (
            <button type="button" className="btn" onClick={() => void assign(me)}>
              {words.me(me)}
            </button>
          )}
          {holder === null ? null : (
            <button type="button" className="btn" onClick={() => void assign(null)}>
              {words.empty}
            </button>
          )}
        </DialogFoot>
      </form>
      {state === null || pack === null ? null : <Owed state={state} pack={pack} role={role} />}
    </Dialog>
  )
}

function Heard({ state, holder }: { readonly state: IncidentState; readonly holder: string | null }) {
  const nowMs = useNow()
  const zone = useZone()
  if (holder === null) return <p className="line-due">{roleWords.nobody}</p>
  const at = Object.hasOwn(state.heard, holder) ? (state.heard[holder] ?? null) : null
  return (
    <p>
      {at === null ? roleWords.neverHeard(holder) : roleWords.heard(holder, shortTime(at, nowMs, zone), ago(at, nowMs))}
    </p>
  )
}

/** What the runbook wants of whoever holds this role; the runbook's roles that it stands for, each with its duties. */
function Owed({ state, pack, role }: { readonly state: IncidentState; readonly pack: Pack; readonly role: Role }) {
  const behind = rolesBehind(pack, role, state.core.severity?.id ?? null)
  if (behind.length === 0) return null
  return (
    <div className="role-owed" {...scrollable}>
      {behind.map((one) => (
        <section key={one.id} aria-label={one.title}>
          <h3>
            {roleWords.asInRunbook(one.title)}{' '}
            {one.duties.length === 0 ? null : (
              <span className="faint">{callWords.duties(dutiesDone(one, state.checks), one.duties.length)}</span>
            )}
          </h3>
          {one.summary === undefined ? null : <p className="soft">{one.summary}</p>}
          {pack.contacts
            .filter((contact) => contact.role === one.id && contact.responsibility !== null)
            .map(({ responsibility }) => (
              <p key={responsibility} className="soft">
                {responsibility}
              </p>
            ))}
          {one.duties.length === 0 ? (
            <p className="faint">{roleWords.noDuties}</p>
          ) : (
            <Duties incident={state.id} role={one} checks={state.checks} isOpen={isOpen(state)} />
          )}
        </section>
      ))}
    </div>
  )
}
