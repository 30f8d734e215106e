import { TextInput } from '@mantine/core'
import { type SyntheticEvent, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { handoverWords } from '../words/handover.ts'

/** What the other desk reads out is typed; where it fits, this desk looks on from then. */
export function ReleaseForm({ id }: { readonly id: string }) {
  const { handover, merging } = useStores()
  const { incident, running, exported, refusal } = useStore(merging.store)
  const isOwn = incident === id
  const [heard, setHeard] = useState('')
  const asking = useAsking()
  const words = handoverWords.release
  useEffect(() => () => merging.forget(id), [merging, id])
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (heard.trim() !== '') void asking.ask(() => handover.change('release', { id, words: heard }))
  }
  return (
    <form className="stack" onSubmit={submit}>
      <p>{words.steps}</p>
      <div className="row wrap">
        <button type="button" className="btn" disabled={running !== null} onClick={() => void merging.export(id, true)}>
          {handoverWords.fileAgain}
        </button>
        {exported === null || !isOwn ? null : <output className="soft">{handoverWords.wrote(exported.path)}</output>}
      </div>
      {refusal === null || !isOwn ? null : <RefusalNote refusal={refusal} />}
      <TextInput
        label={words.heard}
        value={heard}
        onChange={(event) => setHeard(event.currentTarget.value)}
        maxLength={500}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
      />
      <DialogFoot asking={asking} go={words.go} isReady={heard.trim() !== ''} />
    </form>
  )
}
