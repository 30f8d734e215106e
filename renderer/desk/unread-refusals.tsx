import { useStore } from 'zustand'
import { useStores } from '../stores.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'

/** What was refused after the dialog or the view that asked for it was left. */
export function UnreadRefusals() {
  const { asking } = useStores()
  const unread = useStore(asking.store, (all) => all.unread)
  return unread.map((refusal, place) => (
    <div key={place} className="unread-refusal">
      <RefusalNote refusal={refusal} onDismiss={() => asking.dismiss(refusal)} />
    </div>
  ))
}
