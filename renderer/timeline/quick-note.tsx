import { type KeyboardEvent, type RefObject, useState } from 'react'
import type { Refusal } from '../../shared/refusal.ts'
import { useDraft, useNow, useStores, useZone } from '../stores.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { ago, shortTime, zoneName } from '../words/time.ts'
import { timelineWords } from '../words/timeline.ts'
import { readNote, type TypedNote } from './note-text.ts'

interface Props {
  readonly id: string
  readonly field: RefObject<HTMLTextAreaElement | null>
}

/** One line into the journal: Enter logs it. Until main has confirmed it, it stands above the field as asked. */
export function QuickNote({ id, field }: Props) {
  const { rooms } = useStores()
  const [typed, setTyped, forget] = useDraft(`note ${id}`)
  const [sending, setSending] = useState<readonly string[]>([])
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const nowMs = useNow()
  const zone = useZone()
  const note = readNote(typed, nowMs + 999, zone)
  const log = async () => {
    if (note.is === 'wrong' || note.text === '') return
    const sent = typed
    forget()
    setRefusal(null)
    setSending((all) => [...all, note.text])
    const outcome = await rooms.change('note', { id, text: note.text, happenedAt: note.happenedAt })
    setSending((all) => all.toSpliced(all.indexOf(note.text), 1))
    if (outcome.ok) return
    setRefusal(outcome.refusal)
    const since = field.current?.value ?? ''
    setTyped(since === '' ? sent : `${sent}\n${since}`)
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
        {sending.map((text, index) => (
          <li key={`${index} ${text}`} className="asked">
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
