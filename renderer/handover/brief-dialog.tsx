import { useStore } from 'zustand'
import type { IncidentState } from '../../shared/incident/state.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useStores } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
import { handoverWords } from '../words/handover.ts'
import { PageFrame } from './page-frame.tsx'
import { SaveBrief } from './save-brief.tsx'
import { nothingTyped } from './typed.ts'
import { useBrief } from './use-brief.ts'

const words = handoverWords.report

/** How things stand, on one page, to be printed for the room; nobody has to hand over for it. */
export function BriefDialog({ id }: { readonly id: string }) {
  const { rooms, view } = useStores()
  const state = useStore(rooms.store, (all) => roomOf(all, id).state)
  return (
    <Dialog title={words.title} onClose={() => view.closeTop()} size="min(1240px, 96vw)">
      {state === null ? <output className="asked">{handoverWords.reading}</output> : <Brief state={state} />}
    </Dialog>
  )
}

function Brief({ state }: { readonly state: IncidentState }) {
  const html = useBrief(state, nothingTyped)
  return (
    <div className="handover">
      <div className="stack handover-side">
        <p className="soft">{words.lead}</p>
        <SaveBrief id={state.id} takesFocus />
      </div>
      <PageFrame html={html} title={handoverWords.brief} making={handoverWords.making} />
    </div>
  )
}
