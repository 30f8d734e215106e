import { useStore } from 'zustand'
import { labelIn } from '../board/board-store.ts'
import { useStores } from '../stores.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'

/** What was refused after the dialog or the view that asked for it was left, each with the incident that it is of. */
export function UnreadRefusals() {
  const { asking, board } = useStores()
  const unread = useStore(asking.store, (all) => all.unread)
  const rows = useStore(board.store)
  return unread.map((one, place) => {
    const { refusal, incident } = one
    const whose = incident === null ? '' : labelIn(rows, incident, '')
    const tried = whose === '' ? refusal.tried : `${refusal.tried} · ${whose}`
    return (
      <div key={place} className="unread-refusal">
        <RefusalNote refusal={{ ...refusal, tried }} onDismiss={() => asking.dismiss(one)} />
      </div>
    )
  })
}
