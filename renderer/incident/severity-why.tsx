import { type SyntheticEvent } from 'react'
import { useStore } from 'zustand'
import type { SeverityHeld } from '../../shared/incident/entries.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { ReasonInput } from '../declare/reason-input.tsx'
import { reasonsFor } from '../declare/reasons.ts'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useDraft, useNow, useStores, useZone } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { classifyWords } from '../words/classify.ts'
import { shortTime, zoneName } from '../words/time.ts'
import { roomOf } from './rooms-store.ts'

/** The reason that is owed for a severity, the oldest first. */
export function SeverityWhy({ id }: { readonly id: string }) {
  const { rooms, view } = useStores()
  const { state, pack } = useStore(rooms.store, (all) => roomOf(all, id))
  const severities = state?.core.severities ?? []
  const at = severities.findIndex(({ owed }) => owed)
  const held = severities[at]
  const words = classifyWords.why
  return (
    <Dialog title={held === undefined ? words.none : words.title(held.severity.code)} onClose={() => view.closeTop()}>
      {held === undefined ? (
        <p>{words.none}</p>
      ) : (
        <Why key={held.entry} id={id} held={held} before={severities[at - 1] ?? null} pack={pack} />
      )}
    </Dialog>
  )
}

interface Props {
  readonly id: string
  readonly held: SeverityHeld
  readonly before: SeverityHeld | null
  readonly pack: Pack | null
}

function Why({ id, held, before, pack }: Props) {
  const { rooms } = useStores()
  const close = useCloseOwn()
  const nowMs = useNow()
  const zone = useZone()
  const [reason, setReason, forget] = useDraft(`why ${id} ${held.entry}`)
  const asking = useAsking()
  const words = classifyWords.why
  const severity = pack?.severities.find((one) => one.id === held.severity.id)
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    const said = { id, entry: held.entry, reason: reason.trim() }
    if (said.reason === '' || !(await asking.ask(() => rooms.change('explainSeverity', said)))) return
    forget()
    close()
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <p className="soft">{words.lead(held.severity.code, `${shortTime(held.at, nowMs, zone)} ${zoneName(zone)}`)}</p>
      <ReasonInput
        label={words.reason}
        value={reason}
        reasons={severity === undefined ? [] : reasonsFor(severity, before?.severity ?? null)}
        takesFocus
        onChange={setReason}
      />
      <DialogFoot asking={asking} go={words.set} isReady={reason.trim() !== ''} />
    </form>
  )
}
