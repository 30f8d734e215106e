import { useState } from 'react'
import { useStore } from 'zustand'
import { clockInputOf } from '../../shared/incident/clock-input.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { roomOf } from '../incident/rooms-store.ts'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useStores } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KeyCap, shortcutOf } from '../ui/key-cap.tsx'
import { ModeChip } from '../ui/mode-chip.tsx'
import { scrollable } from '../ui/scrollable.ts'
import { callWords } from '../words/calls.ts'
import { incidentWords } from '../words/incident.ts'
import { peopleWords } from '../words/people.ts'
import { vaultWords } from '../words/vault.ts'
import { Ladder } from './ladder.tsx'
import { PackRoles } from './pack-roles.tsx'
import { ToTell } from './to-tell.tsx'
import { WhomNow } from './whom-now.tsx'

export const CALL_LAYER = 'call'

const tabs = ['now', 'ladder', 'tell', 'roles'] as const
export type CallTab = (typeof tabs)[number]

/** Whom to call now, what to say and what follows; the ladder with 'you are here'; who has to be told; the roles. */
export function CallLayer({ id }: { readonly id: string }) {
  const { rooms, view } = useStores()
  const state = useStore(rooms.store, (all) => roomOf(all, id).state)
  const pack = useStore(rooms.store, (all) => roomOf(all, id).pack)
  const title = (
    <span className="row">
      {callWords.title}
      {state === null ? null : <ModeChip mode={state.mode} />}
    </span>
  )
  return (
    <Dialog title={title} onClose={() => view.closeTop()} size={1120}>
      {state === null || pack === null ? (
        <p>{state === null ? callWords.reading : incidentWords.packMissing}</p>
      ) : (
        <Tabs state={state} pack={pack} />
      )}
    </Dialog>
  )
}

function Tabs({ state, pack }: { readonly state: IncidentState; readonly pack: Pack }) {
  const { view } = useStores()
  const [tab, setTab] = useState<CallTab>('now')
  const input = clockInputOf(state)
  const turns = tabs.map(
    (one): Command => ({
      id: `call.${one}`,
      title: callWords.tabs[one],
      keys: callWords.tabKeys[one],
      // What is shown and what has the focus are one: else two tabs seem chosen.
      run: () => {
        setTab(one)
        document.getElementById(`call-tab-${one}`)?.focus()
      },
    }),
  )
  useCommands(CALL_LAYER, callWords.title, [
    ...turns,
    { id: 'call.people', title: peopleWords.command, keys: 'g n', run: () => view.open({ name: 'people' }) },
    { id: 'call.vault', title: vaultWords.command, keys: 'g v', run: () => view.open({ name: 'vault' }) },
  ])
  return (
    <div className="call-layer">
      <div className="call-tabs" role="tablist" aria-label={callWords.title}>
        {turns.map(({ id, title, keys, run }, at) => (
          <button
            key={id}
            id={`call-tab-${tabs[at]}`}
            type="button"
            role="tab"
            className="btn"
            aria-selected={tabs[at] === tab}
            aria-controls="call-body"
            aria-keyshortcuts={shortcutOf(keys ?? '')}
            onClick={() => run()}
            {...(at === 0 ? { 'data-autofocus': true } : {})}
          >
            {title} <KeyCap keys={keys ?? ''} />
          </button>
        ))}
      </div>
      <div className="call-body" id="call-body" role="tabpanel" aria-label={callWords.tabs[tab]} {...scrollable}>
        {tab === 'now' ? <WhomNow state={state} pack={pack} input={input} /> : null}
        {tab === 'ladder' ? <Ladder state={state} pack={pack} input={input} /> : null}
        {tab === 'tell' ? <ToTell state={state} pack={pack} input={input} /> : null}
        {tab === 'roles' ? <PackRoles state={state} pack={pack} /> : null}
      </div>
    </div>
  )
}
