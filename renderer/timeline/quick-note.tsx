import { type KeyboardEvent, type RefObject, useState } from 'react'
import type { Refusal } from '../../shared/refusal.ts'
import { useDraft, useNow, useStores, useZone } from '../stores.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { ago, shortTime, zoneName } from '../words/time.ts'
import { timelineWords } from '../words/timeline.ts'
import { type EntryWindow, endOf } from './entry-window.ts'
import { readOwnNote } from './own-note.ts'
import { readNote, type TypedNote } from './note-text.ts'

interface Props {
  readonly id: string
  readonly window: EntryWindow
  readonly field: RefObject<HTMLTextAreaElement | null>
}

/** One line into the journal: Enter logs it. Until main has confirmed it, it stands above the field as asked. */
export function QuickNote({ id, window, field }: Props) {
  const { rooms } = useStores()
  const [typed, setTyped, forget] = useDraft(`note ${id}`)
  const [sending, setSending] = useState<readonly Sent[]>([])
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const nowMs = useNow()
  const zone = useZone()
  const note = readNote(typed, nowMs, zone)
  const waiting = sending.filter((sent) => !isLogged(sent, window))
  const log = async () => {
    if (note.is === 'wrong' || note.text === '') return
    const sent = { text: note.text, since: endOf(window) }
    forget()
    setRefusal(null)
    setSending((all) => [...all, sent])
    const outcome = await rooms.change('note', { id, text: note.text, happenedAt: note.happenedAt })
    setSending((all) => all.filter((one) => one !== sent))
    if (outcome.ok) return
    setRefusal(outcome.refusal)
    const since = field.current?.value ?? ''
    setTyped(since === '' ? typed : `${typed}\n${since}`)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
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
            {text} <span className="faint">{timelineWords.logging}</span>
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
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          maxLength={100_000}
        />
        <KeyCap keys={typed === '' ? 'l' : 'enter'} />
      </div>
      <NoteEcho note={note} nowMs={nowMs} typed={typed} />
    </div>
  )
}

/** A note on its way: its text, and where the journal ended when it was sent. */
interface Sent {
  readonly text: string
  readonly since: number
}

/** Whether the note stands in the timeline already: its entry may be fed before its answer comes. */
function isLogged({ text, since }: Sent, window: EntryWindow): boolean {
  return window.entries
    .slice(Math.max(0, since - window.from))
    .some((entry) => readOwnNote(entry, entry.recorded_by.name) === text)
}

function NoteEcho({
  note,
  nowMs,
  typed,
}: {
  readonly note: TypedNote
  readonly nowMs: number
  readonly typed: string
}) {
  const zone = useZone()
  if (!typed.startsWith('@')) return null
  const words =
    note.is === 'wrong'
      ? note.why === 'future'
        ? timelineWords.futureTime
        : timelineWords.wrongTime
      : note.happenedAt === null
        ? ''
        : timelineWords.backDated(shortTime(note.happenedAt, nowMs, zone), zoneName(zone), ago(note.happenedAt, nowMs))
  return <output className={note.is === 'wrong' ? 'line-due' : 'faint'}>{words}</output>
}
