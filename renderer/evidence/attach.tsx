import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { isSearched } from '../../shared/evidence/media-type.ts'
import { useStores } from '../stores.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { attachWords } from '../words/evidence.ts'
import { bytes, shortHash } from '../words/time.ts'
import { useAttachInput } from './attach-input.ts'
import type { Attachment } from './attach-store.ts'

interface Props {
  readonly id: string
  /** The field of the quick note: what is pasted there stays text, unless it is long. */
  readonly field: RefObject<HTMLTextAreaElement | null>
}

/**
 * Files for an incident: dropped anywhere on the window, pasted, or chosen. They wait here for a note until Enter, go
 * to main in parts, and stand here until they are entries.
 */
export function Attach({ id, field }: Props) {
  const { attachments } = useStores()
  const chooser = useRef<HTMLInputElement>(null)
  const isOver = useAttachInput(id, field)
  const all = useStore(attachments.store)
  const shown = all.filter((one) => one.incident === id)
  const waits = shown.some(({ state }) => state === 'offered' || state === 'failed')
  return (
    <section className="attach" aria-label={attachWords.title} data-over={isOver ? 'true' : undefined}>
      {isOver ? <p className="attach-over">{attachWords.drop}</p> : null}
      <ul aria-live="polite">
        {shown.map((one, index) => (
          <li key={one.id}>
            <Line attachment={one} takesFocus={index === shown.length - 1} field={field} />
          </li>
        ))}
      </ul>
      <div className="row wrap">
        <button
          type="button"
          className="btn plain"
          onClick={() => chooser.current?.click()}
          aria-label={attachWords.choose}
        >
          <span aria-hidden="true">▤ </span>
          {attachWords.attach}
        </button>
        {waits ? (
          <>
            <button type="button" className="btn first" onClick={() => void attachments.send(id)}>
              {attachWords.keep} <KeyCap keys="enter" />
            </button>
            <span className="faint">{attachWords.masking}</span>
          </>
        ) : null}
      </div>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label={attachWords.choose}
        onChange={(event) => {
          attachments.offer(id, [...(event.currentTarget.files ?? [])], 'chosen')
          // The same file may be chosen again.
          event.currentTarget.value = ''
        }}
      />
    </section>
  )
}

interface LineProps {
  readonly attachment: Attachment
  readonly takesFocus: boolean
  readonly field: Props['field']
}

function Line({ attachment, takesFocus, field }: LineProps) {
  const { attachments } = useStores()
  const { id, name, size, note, state, sent, kept, refusal, incident } = attachment
  const noteField = useRef<HTMLInputElement>(null)
  const isOffered = state === 'offered' || state === 'failed'
  useEffect(() => {
    if (takesFocus) noteField.current?.focus()
  }, [takesFocus])
  const leave = () => {
    void attachments.remove(id)
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      leave()
    }
    if (event.key !== 'Enter') return
    event.preventDefault()
    void attachments.send(incident)
    field.current?.focus()
  }
  return (
    <div className="attach-line">
      <span className="attach-name">
        <b>{name}</b> <span className="faint">{bytes(size)}</span>
      </span>
      {isOffered ? (
        <input
          ref={noteField}
          className="palette-field attach-note"
          aria-label={attachWords.note(name)}
          placeholder={attachWords.noteHint}
          value={note}
          onChange={(event) => attachments.setNote(id, event.currentTarget.value)}
          onKeyDown={onKeyDown}
          maxLength={2_000}
        />
      ) : null}
      {state === 'sending' ? (
        <progress max={Math.max(1, size)} value={sent} aria-label={attachWords.sending(name)} />
      ) : null}
      {kept === null ? null : <Kept kept={kept} />}
      <button type="button" className="btn plain" onClick={leave} aria-label={attachWords.remove(name)}>
        {state === 'kept' ? attachWords.dismiss : attachWords.cancel}
      </button>
      {refusal === null ? null : <RefusalNote refusal={refusal} />}
    </div>
  )
}

function Kept({ kept }: { readonly kept: NonNullable<Attachment['kept']> }) {
  const masked = kept.item.masked.reduce((sum, { count }) => sum + count, 0)
  return (
    <output className="soft">
      <span aria-hidden="true">✓ </span>
      {attachWords.kept} <span className="mono">{shortHash(kept.bundle)}</span>
      {masked > 0 ? ` · ${attachWords.masked(masked)}` : isSearched(kept.item) ? '' : ` · ${attachWords.notSearched}`}
    </output>
  )
}
