import { type SyntheticEvent, useState } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { phaseOf } from '../../shared/clocks/phases.ts'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useDraft, useNow, useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { phaseWords } from '../words/phases.ts'
import { PhasePicture } from './phase-picture.tsx'

/** The phases of the runbook as a picture, and the one that the work is moved to. */
export function PhaseDialog({ id }: { readonly id: string }) {
  const { rooms, view } = useStores()
  const { state, pack } = useStore(
    rooms.store,
    useShallow((all) => {
      const { state, pack } = roomOf(all, id)
      return { state, pack }
    }),
  )
  return (
    <Dialog title={phaseWords.title} onClose={() => view.closeTop()} size={860}>
      {state === null || pack === null || pack.phases.length === 0 ? (
        <p>{phaseWords.none}</p>
      ) : (
        <Choice state={state} pack={pack} />
      )}
    </Dialog>
  )
}

function Choice({ state, pack }: { readonly state: IncidentState; readonly pack: Pack }) {
  const { rooms } = useStores()
  const close = useCloseOwn()
  const nowMs = useNow()
  const now = phaseOf(state.core, pack, nowMs)
  const [chosen, setChosen] = useState(now?.phase.id ?? '')
  const [reason, setReason, forget] = useDraft(`phase ${state.id}`)
  const asking = useAsking()
  const phase = pack.phases.find(({ id }) => id === chosen)
  const isReady = phase !== undefined && phase.id !== now?.phase.id
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isReady) return
    const why = reason.trim()
    const change = { id: state.id, phase: phase.id, reason: why === '' ? null : why }
    if (!(await asking.ask(() => rooms.change('enterPhase', change)))) return
    forget()
    close()
  }
  if (!isOpen(state)) {
    return (
      <div className="stack">
        <p className="soft">{phaseWords.over}</p>
        <PhasePicture pack={pack} now={now} chosen={null} onChoose={null} />
      </div>
    )
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <p className="soft dialog-lead">{phaseWords.lead}</p>
      <PhasePicture pack={pack} now={now} chosen={chosen} onChoose={setChosen} />
      <label>
        <span className="field-label">{phaseWords.reason}</span>
        <input
          className="clock-reason"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={2000}
          autoComplete="off"
        />
      </label>
      <DialogFoot asking={asking} go={phaseWords.go(isReady ? phase.title : '…')} isReady={isReady} />
    </form>
  )
}
