import { type SyntheticEvent, useState } from 'react'
import { useStore } from 'zustand'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { TypeMeans } from '../declare/type-picker.tsx'
import { roomOf } from '../incident/rooms-store.ts'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { classifyWords } from '../words/classify.ts'
import { incidentWords } from '../words/incident.ts'
import { type Pick, PickInput } from './pick-input.tsx'
import { systemsKnown } from './systems-known.ts'
import './classify.css'

/** What sort of incident it is, in what order it is worked on, what it hits. */
export function ClassifyDialog({ id }: { readonly id: string }) {
  const { rooms, view } = useStores()
  const { state, pack } = useStore(rooms.store, (all) => roomOf(all, id))
  return (
    <Dialog title={classifyWords.kind.title} onClose={() => view.closeTop()} size={680}>
      {state === null || pack === null ? <p>{incidentWords.packMissing}</p> : <Kind state={state} pack={pack} />}
    </Dialog>
  )
}

function Kind({ state, pack }: { readonly state: IncidentState; readonly pack: Pack }) {
  const { board, rooms } = useStores()
  const close = useCloseOwn()
  const rows = useStore(board.store, (known) => known.rows) ?? []
  const now = state.core.classifications.at(-1) ?? null
  const [types, setTypes] = useState<readonly Pick[]>(now?.types ?? [])
  const [priority, setPriority] = useState<string | null>(now?.priority?.id ?? null)
  const [systems, setSystems] = useState<readonly Pick[]>((now?.systems ?? []).map(named))
  const asking = useAsking()
  const words = classifyWords.kind
  const said = {
    types: types.map(({ id }) => id),
    priority,
    systems: systems.map(({ title }) => title),
  }
  const before = {
    types: (now?.types ?? []).map(({ id }) => id),
    priority: now?.priority?.id ?? null,
    systems: now?.systems ?? [],
  }
  const isNew = JSON.stringify(said) !== JSON.stringify(before)
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isNew) return
    if (await asking.ask(() => rooms.change('classify', { id: state.id, ...said }))) close()
  }
  return (
    <form className="stack classify" onSubmit={(event) => void send(event)}>
      {pack.incidentTypes.length === 0 ? (
        <p className="soft">{words.noTypes}</p>
      ) : (
        <PickInput
          label={words.types}
          hint={words.typesHint}
          all={pack.incidentTypes.map(({ id, title }) => ({ id, title }))}
          chosen={types}
          isFree={false}
          takesFocus
          onChange={setTypes}
        />
      )}
      <TypeMeans pack={pack} chosen={said.types} />
      {pack.priorities.length === 0 ? null : (
        <fieldset className="priorities">
          <legend className="field-label">{words.priority}</legend>
          {[null, ...pack.priorities].map((one) => (
            <label key={one?.id ?? ''} className="row">
              <input
                type="radio"
                name="priority"
                checked={priority === (one?.id ?? null)}
                onChange={() => setPriority(one?.id ?? null)}
              />
              {one === null ? (
                words.noPriority
              ) : (
                <span>
                  <b>{one.code}</b> {one.title}
                </span>
              )}
            </label>
          ))}
        </fieldset>
      )}
      <PickInput
        label={words.systems}
        hint={words.systemsHint}
        all={systemsKnown(rows, state, pack).map(named)}
        chosen={systems}
        isFree
        takesFocus={pack.incidentTypes.length === 0}
        onChange={setSystems}
      />
      <DialogFoot asking={asking} go={words.set} isReady={isNew}>
        {isNew ? null : <span className="faint">{words.nothing}</span>}
      </DialogFoot>
    </form>
  )
}

function named(title: string): Pick {
  return { id: title, title }
}
