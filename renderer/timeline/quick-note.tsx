import { type KeyboardEvent, type RefObject, useMemo, useRef, useState } from 'react'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import { readLine } from '../../shared/notes/command-line.ts'
import { completionsOf } from '../../shared/notes/complete-line.ts'
import { maskTyped } from '../../shared/redaction/typed.ts'
import type { Refusal } from '../../shared/refusal.ts'
import type { Room } from '../incident/rooms-store.ts'
import { useDraft, useOfNow, useStores, useZone } from '../stores.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { timelineWords } from '../words/timeline.ts'
import { entryAt } from './entry-pages.ts'
import { peopleOf } from './known-people.ts'
import { putBack } from './put-back.ts'
import { QuickEcho } from './quick-echo.tsx'
import { sendSaid } from './send-said.ts'

interface Props {
  readonly id: string
  readonly room: Room
  readonly state: IncidentState
  readonly field: RefObject<HTMLTextAreaElement | null>
}

/** One line into the journal: Enter logs it. Until main has confirmed it, it stands above the field as asked. */
export function QuickNote({ id, room, state, field }: Props) {
  const { drafts, rooms, view } = useStores()
  const [typed, setTyped, forget] = useDraft(`note ${id}`)
  const [sending, setSending] = useState<readonly Sent[]>([])
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  /** Where Tab is among what a line could become, and where the up arrow is among lines that were sent. */
  const completing = useRef<{ readonly lines: readonly string[]; readonly index: number } | null>(null)
  const recalled = useRef<number | null>(null)
  // Only a line with a time or a command in it is read by the clock.
  const nowMs = useOfNow((ms) => (/^\s*[@:]/.test(typed) ? ms : 0))
  const zone = useZone()
  const people = useMemo(() => peopleOf(state), [state])
  const context = { nowMs, zone, severities: room.pack?.severities ?? [], people }
  const said = readLine(typed, context)
  const waiting = sending.filter((sent) => !isLogged(sent, room))
  const change = (text: string) => {
    completing.current = null
    recalled.current = null
    if (text === '') setRefusal(null)
    setTyped(text)
  }
  const log = async () => {
    if (said.is === 'empty' || said.is === 'wrong') return
    if (said.is === 'resolve') {
      view.open({ name: isOpen(state) ? 'resolve' : 'reopen', id })
      forget()
      return
    }
    const sent = { text: typed.trim(), since: state.entries, said: 'text' in said ? said.text : null }
    forget()
    completing.current = null
    recalled.current = null
    setRefusal(null)
    rooms.typed(id, typed)
    setSending((all) => [...all, sent])
    const outcome = await sendSaid(rooms, id, said)
    setSending((all) => all.filter((one) => one !== sent))
    if (outcome.ok) return
    setRefusal(outcome.refusal)
    putBack(drafts, `note ${id}`, typed)
  }
  const complete = (): boolean => {
    const running = completing.current
    const lines = running?.lines ?? completionsOf(typed, context)
    if (lines.length === 0) return false
    const index = running === null ? 0 : (running.index + 1) % lines.length
    setTyped(lines[index] ?? typed)
    completing.current = lines.length === 1 ? null : { lines, index }
    return true
  }
  const recall = (by: -1 | 1): boolean => {
    const lines = room.timeline.typed
    const from = recalled.current ?? lines.length
    const at = from + by
    if ((recalled.current === null && typed !== '') || at < 0 || at > lines.length) return false
    setTyped(lines[at] ?? '')
    recalled.current = at === lines.length ? null : at
    return true
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const isDone =
      (event.key === 'Tab' && !event.shiftKey && complete()) ||
      (event.key === 'ArrowUp' && recall(-1)) ||
      (event.key === 'ArrowDown' && recalled.current !== null && recall(1))
    if (isDone) event.preventDefault()
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    void log()
  }
  return (
    <div className="quick">
      {refusal === null ? null : <RefusalNote refusal={refusal} onRetry={() => void log()} />}
      <ul aria-live="polite">
        {waiting.map(({ text, since }) => (
          <li key={`${since} ${text}`} className="asked">
            <span aria-hidden="true">○ </span>
            {maskTyped(text)} <span className="faint">{timelineWords.logging}</span>
          </li>
        ))}
      </ul>
      <div className="quick-field">
        <textarea
          ref={field}
          rows={1}
          aria-label={timelineWords.note}
          placeholder={timelineWords.noteHint}
          value={typed}
          onChange={(event) => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          maxLength={100_100}
        />
        <KeyCap keys={typed === '' ? 'l' : 'enter'} />
      </div>
      <QuickEcho said={said} typed={typed} completions={completionsOf(typed, context)} nowMs={nowMs} zone={zone} />
    </div>
  )
}

/** A line on its way: as typed, where the journal ended when it was sent, and the text that its entry will have. */
interface Sent {
  readonly text: string
  readonly since: number
  readonly said: string | null
}

/** Whether its entry stands in the timeline already: it may be fed before its answer comes. */
function isLogged({ since, said }: Sent, { timeline: { all } }: Room): boolean {
  if (said === null) return false
  for (let position = since; position < all.total; position++) {
    const body = entryAt(all, position)?.body
    if (typeof body === 'object' && body !== null && Reflect.get(body, 'text') === said) return true
  }
  return false
}
