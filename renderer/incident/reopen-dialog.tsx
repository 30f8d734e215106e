import { TextInput } from '@mantine/core'
import type { SyntheticEvent } from 'react'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useDraft, useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { incidentWords } from '../words/incident.ts'

/** It was not over: why. */
export function ReopenDialog({ id }: { readonly id: string }) {
  const { rooms, view } = useStores()
  const close = useCloseOwn()
  const [reason, setReason, forget] = useDraft(`reopen ${id}`)
  const asking = useAsking()
  const words = incidentWords.reopenDialog
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (reason.trim() === '') return
    if (!(await asking.ask(() => rooms.change('reopen', { id, reason: reason.trim() })))) return
    forget()
    close()
  }
  return (
    <Dialog title={words.title} onClose={() => view.closeTop()}>
      <form className="stack" onSubmit={(event) => void send(event)}>
        <TextInput
          label={words.reason}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={2000}
          data-autofocus
          autoComplete="off"
        />
        <DialogFoot asking={asking} go={words.set} isReady={reason.trim() !== ''} />
      </form>
    </Dialog>
  )
}
