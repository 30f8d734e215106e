import type { SyntheticEvent } from 'react'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useDraft, useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { ReasonInput } from '../declare/reason-input.tsx'
import { incidentWords } from '../words/incident.ts'
import { falseAlarmWords } from '../words/false-alarm.ts'

/** The end of an unconfirmed incident that was none: a word on what it was, and thanks for looking. */
export function FalseAlarm({ id }: { readonly id: string }) {
  const { rooms, view } = useStores()
  const close = useCloseOwn()
  const [summary, setSummary, forget] = useDraft(`resolve ${id}`)
  const asking = useAsking()
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    const said = { id, outcome: 'false-alarm' as const, summary: summary.trim() }
    if (said.summary === '' || !(await asking.ask(() => rooms.change('resolve', said)))) return
    forget()
    close()
  }
  return (
    <Dialog title={falseAlarmWords.title} onClose={() => view.closeTop()} size={620}>
      <form className="stack" onSubmit={(event) => void send(event)}>
        <p>{falseAlarmWords.praise}</p>
        <ReasonInput
          label={falseAlarmWords.what}
          value={summary}
          reasons={falseAlarmWords.whats}
          takesFocus
          onChange={setSummary}
        />
        <p className="faint">{falseAlarmWords.after}</p>
        <DialogFoot asking={asking} go={incidentWords.resolveDialog.set} isReady={summary.trim() !== ''} />
      </form>
    </Dialog>
  )
}
