import { useEffect } from 'react'
import { useStore } from 'zustand'
import { useStores } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { handoverWords } from '../words/handover.ts'

/** Asks before something is changed that another desk commands. Leaving it writes nothing. */
export function ObservingDialog() {
  const { handover, observing } = useStores()
  const asked = useStore(observing.store, (state) => state.asked)
  const who = useStore(handover.store, ({ standings }) => standings[asked?.incident ?? '']?.elsewhere?.who ?? '')
  useEffect(() => () => asked?.answer(false), [asked])
  if (asked === null) return null
  const words = handoverWords.observing
  return (
    <Dialog title={`◇ ${words.title}`} onClose={() => asked.answer(false)}>
      <div className="stack">
        <p>{words.why(who)}</p>
        <div className="row wrap">
          <button type="button" className="btn first" onClick={() => asked.answer(false)} data-autofocus>
            {words.leave} <KeyCap keys="enter" />
          </button>
          <button type="button" className="btn end" onClick={() => asked.answer(true)}>
            {words.go}
          </button>
        </div>
      </div>
    </Dialog>
  )
}
