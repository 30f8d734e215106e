import { TextInput } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { useStore } from 'zustand'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useDraft, useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { handoverWords } from '../words/handover.ts'

/** Command is taken without an offer, and why. The reason outlives the dialog. */
export function TakeForm({ id }: { readonly id: string }) {
  const { desk, handover } = useStores()
  const close = useCloseOwn()
  const me = useStore(desk.store, (known) => known.desk?.operator?.name ?? '')
  const [name, setName] = useState(me)
  const [reason, setReason, forget] = useDraft(`take ${id}`)
  const asking = useAsking()
  const words = handoverWords.take
  const isReady = name.trim() !== '' && reason.trim() !== ''
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    const said = { id, name: name.trim(), reason: reason.trim(), becomeOperator: name.trim() === me }
    if (!isReady || !(await asking.ask(() => handover.change('take', said)))) return
    forget()
    close()
  }
  return (
    <form className="stack handover-other" onSubmit={(event) => void submit(event)}>
      <TextInput
        label={words.name}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={200}
        autoComplete="off"
      />
      <TextInput
        label={words.reason}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={2_000}
        autoComplete="off"
        data-autofocus
      />
      <DialogFoot asking={asking} go={words.go} isReady={isReady} />
    </form>
  )
}
