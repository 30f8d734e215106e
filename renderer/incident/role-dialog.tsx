import { TextInput } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { useStore } from 'zustand'
import type { Role } from '../../shared/people/entries.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/asked.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { incidentWords } from '../words/incident.ts'
import { roomOf } from './rooms-store.ts'

interface Props {
  readonly id: string
  readonly role: Role
}

/** Who holds a role from now on. */
export function RoleDialog({ id, role }: Props) {
  const { desk, rooms, view } = useStores()
  const me = useStore(desk.store, (known) => known.desk?.operator?.name ?? null)
  const holder = useStore(rooms.store, (all) => roomOf(all, id).state?.roles[role]?.name ?? null)
  const [name, setName] = useState('')
  const asking = useAsking()
  const words = incidentWords.roleDialog
  const assign = async (person: string | null) => {
    if (await asking.ask(() => rooms.change('assign', { id, role, name: person }))) view.closeTop()
  }
  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    if (name.trim() !== '') void assign(name.trim())
  }
  return (
    <Dialog title={words.title(incidentWords.roles[role])} onClose={() => view.closeTop()}>
      <form className="stack" onSubmit={send}>
        <TextInput
          label={words.label}
          value={name}
          placeholder={holder ?? ''}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={200}
          data-autofocus
          autoComplete="off"
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
    </Dialog>
  )
}
