import { useStore } from 'zustand'
import { roomOf } from '../incident/rooms-store.ts'
import { useStores } from '../stores.ts'
import { erasureWords } from '../words/erasure.ts'

/** Who erased a bundle and why, or the way to erase it. */
export function ErasureLine({ id, bundle }: { readonly id: string; readonly bundle: string }) {
  const { rooms, view } = useStores()
  const erasure = useStore(rooms.store, (all) => roomOf(all, id).state?.erasures[bundle] ?? null)
  if (erasure !== null) {
    return (
      <p>
        {erasureWords.evidenceErased(erasure.seq, erasure.by, erasure.approver)} {erasure.reason}
      </p>
    )
  }
  return (
    <div className="row">
      <button
        type="button"
        className="btn plain end"
        onClick={() => view.open({ name: 'erase', id, entry: null, bundle })}
      >
        {erasureWords.act}…
      </button>
    </div>
  )
}
