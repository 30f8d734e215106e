import { type SyntheticEvent, useState } from 'react'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useDraft, useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { timelineWords } from '../words/timeline.ts'

interface Props {
  readonly id: string
  readonly entry: string
  readonly text: string
}

/** What a note should have said. The note itself stays. */
export function CorrectDialog({ id, entry, text }: Props) {
  const { rooms, view } = useStores()
  const close = useCloseOwn()
  const [draft, keep, forget] = useDraft(`correct ${entry}`)
  const [typed, setTyped] = useState(draft === '' ? text : draft)
  const asking = useAsking(`correct ${entry}`)
  const words = timelineWords.correctDialog
  const isReady = typed.trim() !== '' && typed.trim() !== text
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isReady) return
    if (!(await asking.ask(() => rooms.change('correct', { id, entry, text: typed.trim() })))) return
    forget()
    close()
  }
  return (
    <Dialog title={words.title} onClose={() => view.closeTop()}>
      <form className="stack" onSubmit={(event) => void send(event)}>
        <p>
          <span className="faint">{words.was}: </span>
          {text}
        </p>
        <TextArea
          label={words.label}
          description={words.hint}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            keep(event.currentTarget.value)
          }}
          rows={3}
          data-autofocus
        />
        <DialogFoot asking={asking} go={words.set} isReady={isReady} />
      </form>
    </Dialog>
  )
}
