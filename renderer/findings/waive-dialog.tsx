import { TextInput } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { useStore } from 'zustand'
import { endOfDay, readUntil } from '../../shared/findings/waiver-until.ts'
import type { Waiver } from '../../shared/findings/waivers.ts'
import type { Zone } from '../desk/preferences.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useDraft, useNow, useStores, useZone } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { KeyCap, shortcutOf } from '../ui/key-cap.tsx'
import { findingWords } from '../words/findings.ts'
import { shortTime, zoneName } from '../words/time.ts'

interface Props {
  readonly id: string
  /** See `waiverKeyOf`. */
  readonly finding: string
  readonly title: string
}

/** A finding is accepted until a time, with a reason; or no longer. It stays in every count. */
export function WaiveDialog({ id, finding, title }: Props) {
  const { rooms, view } = useStores()
  const nowMs = useNow()
  const waivers = useStore(rooms.store, (all) => roomOf(all, id).state?.waivers)
  const known = waivers !== undefined && Object.hasOwn(waivers, finding) ? waivers[finding] : undefined
  const held = known !== undefined && Date.parse(known.until) > nowMs ? known : null
  return (
    <Dialog
      title={held === null ? findingWords.waiving.title : findingWords.waiving.endTitle}
      onClose={() => view.closeTop()}
      size={560}
    >
      <p className="dialog-lead">{title}</p>
      {held === null ? (
        <Waiving id={id} finding={finding} title={title} />
      ) : (
        <Ending id={id} finding={finding} title={title} waiver={held} />
      )}
    </Dialog>
  )
}

/** Chosen by Ctrl and the digit, so that they work while the reason is typed. */
const choices = ['hour', 'today', 'week', 'month'] as const

function Waiving({ id, finding, title }: Props) {
  const { rooms } = useStores()
  const close = useCloseOwn()
  const nowMs = useNow()
  const zone = useZone()
  const [reason, setReason, forget] = useDraft(`waive ${id} ${finding}`)
  const [typed, setTyped] = useState('1 h')
  const asking = useAsking()
  const words = findingWords.waiving
  const offset = offsetOf(zone, nowMs)
  const read = readUntil(typed, nowMs, offset)
  const isReady = reason.trim() !== '' && read.is === 'time'
  const typedOf = {
    hour: '1 h',
    today: shortTime(endOfDay(nowMs, offset), nowMs, zone).slice(-5),
    week: '7 days',
    month: '30 days',
  }
  useCommands(
    'waive',
    words.title,
    choices.map((choice, index) => ({
      id: `waive.${choice}`,
      title: words.choices[choice],
      keys: `mod+${index + 1}`,
      whileTyping: true,
      run: () => setTyped(typedOf[choice]),
    })),
  )
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isReady) return
    const said = { id, finding: { key: finding, title }, until: read.iso, reason: reason.trim() }
    if (!(await asking.ask(() => rooms.change('waive', said)))) return
    forget()
    close()
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <TextInput
        label={words.reason}
        description={words.reasonHint}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={2_000}
        data-autofocus
        autoComplete="off"
      />
      <fieldset className="waive-choices">
        <legend>{words.until}</legend>
        {choices.map((choice, index) => (
          <button
            key={choice}
            type="button"
            className="btn"
            aria-pressed={typed === typedOf[choice]}
            aria-keyshortcuts={shortcutOf(`mod+${index + 1}`)}
            onClick={() => setTyped(typedOf[choice])}
          >
            {words.choices[choice]} <KeyCap keys={`mod+${index + 1}`} />
          </button>
        ))}
      </fieldset>
      <TextInput
        label={words.typed}
        description={words.typedHint(zoneName(zone))}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maxLength={40}
        autoComplete="off"
      />
      <output className={read.is === 'wrong' ? 'line-due' : 'soft'}>
        {read.is === 'wrong'
          ? words.wrong[read.why]
          : words.untilTime(`${shortTime(read.iso, nowMs, zone)} ${zoneName(zone)}`)}
      </output>
      <DialogFoot asking={asking} go={words.go} isReady={isReady} />
    </form>
  )
}

function Ending({ id, finding, title, waiver }: Props & { readonly waiver: Waiver }) {
  const { rooms } = useStores()
  const close = useCloseOwn()
  const nowMs = useNow()
  const zone = useZone()
  const [reason, setReason, forget] = useDraft(`unwaive ${id} ${finding}`)
  const asking = useAsking()
  const words = findingWords.waiving
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (reason.trim() === '') return
    const said = { id, finding: { key: finding, title }, until: null, reason: reason.trim() }
    if (!(await asking.ask(() => rooms.change('waive', said)))) return
    forget()
    close()
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <p className="soft">
        {findingWords.waivedUntil(shortTime(waiver.until, nowMs, zone), waiver.by)} {waiver.reason}
      </p>
      <TextInput
        label={words.endReason}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={2_000}
        data-autofocus
        autoComplete="off"
      />
      <DialogFoot asking={asking} go={words.endGo} isReady={reason.trim() !== ''} />
    </form>
  )
}

/** How far typed times are ahead of UTC, in minutes. */
function offsetOf(zone: Zone, nowMs: number): number {
  return zone === 'utc' ? 0 : 0 - new Date(nowMs).getTimezoneOffset()
}
