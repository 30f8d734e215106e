import { type ClipboardEvent as FieldPaste, type SyntheticEvent, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Alert } from '../../shared/incident/alert.ts'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useStores } from '../stores.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { focusOnMount } from '../ui/focus-on-mount.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { declareWords } from '../words/declare.ts'

/** Where an alert is pasted: anywhere on the page, or into a field of its own; then what was read from it. */
export function AlertInput() {
  const { declaration, now, preferences, view } = useStores()
  const alert = useStore(declaration.store, (draft) => draft.alert?.read ?? null)
  const refusal = useStore(declaration.store, (draft) => draft.alertRefusal)
  const [isOpen, setOpen] = useState(false)
  const take = (text: string) => {
    declaration.takeAlert(text, now.store.getState().nowMs, preferences.store.getState().zone)
    if (declaration.store.getState().alertRefusal !== null) return
    setOpen(false)
    document.querySelector<HTMLElement>('.title-field')?.focus()
  }
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (event.defaultPrevented || text === '' || view.store.getState().layers.length > 0) return
      if (event.target instanceof HTMLInputElement && !looksLikeAlert(text)) return
      event.preventDefault()
      const { zone } = preferences.store.getState()
      declaration.takeAlert(text, now.store.getState().nowMs, zone)
      if (declaration.store.getState().alertRefusal === null) setOpen(false)
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [declaration, now, preferences, view])
  const open: Command = {
    id: 'declare.alert',
    title: declareWords.alert.open,
    keys: 'mod+i',
    whileTyping: true,
    run: () => setOpen(!isOpen),
  }
  useCommands('base', declareWords.group, [open])
  return (
    <section className="stack alert-input" aria-label={declareWords.alert.title}>
      {alert === null ? (
        <p className="row wrap">
          <CommandButton command={open}>{declareWords.alert.open}</CommandButton>
          <span className="faint">{declareWords.alert.hint}</span>
        </p>
      ) : (
        <AlertRead alert={alert} onDrop={declaration.dropAlert} />
      )}
      {isOpen ? <AlertField onTake={take} /> : null}
      {refusal === null ? null : (
        <RefusalNote refusal={refusal} onDismiss={() => declaration.set({ alertRefusal: null })} />
      )}
    </section>
  )
}

/** One line is a title or a name, unless it is how an alert begins. */
function looksLikeAlert(text: string): boolean {
  return text.trim().includes('\n') || /^\s*(?:[[{]|ALERTS\b)/.test(text)
}

function AlertField({ onTake }: { onTake(text: string): void }) {
  const [text, setText] = useState('')
  const words = declareWords.alert
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    onTake(text)
  }
  const onPaste = (event: FieldPaste) => {
    const pasted = event.clipboardData.getData('text/plain')
    if (pasted === '' || text !== '') return
    event.preventDefault()
    onTake(pasted)
  }
  return (
    <form className="stack" onSubmit={submit}>
      <TextArea
        label={words.field}
        description={words.fieldHint}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onPaste={onPaste}
        ref={focusOnMount}
        rows={4}
        spellCheck={false}
        autoComplete="off"
      />
      <div>
        <button type="submit" className="btn" disabled={text.trim() === ''}>
          {words.read} <KeyCap keys="enter" />
        </button>
      </div>
    </form>
  )
}

function AlertRead({ alert, onDrop }: { readonly alert: Alert; onDrop(): void }) {
  const words = declareWords.alert
  return (
    <div className="card alert-read">
      <div className="row wrap">
        <b>✓ {words.from(words.modes[alert.mode])}</b>
        {alert.firing + alert.resolved === 0 ? null : <span>{words.count(alert.firing, alert.resolved)}</span>}
        {alert.masked === 0 ? null : <span>■ {words.masked(alert.masked)}</span>}
        <button type="button" className="btn plain end" onClick={onDrop}>
          {words.drop}
        </button>
      </div>
      <output className="soft">
        {words.taken(
          [
            ...(alert.title === null ? [] : [words.parts.title]),
            ...(alert.startedAt === null ? [] : [words.parts.start]),
            ...(alert.reporter === null ? [] : [words.parts.reporter]),
            ...(alert.systems.length === 0 ? [] : [words.parts.systems]),
          ],
          alert.whole !== null,
        )}
      </output>
      {alert.remarks.map((remark) => (
        <p key={remark} className="line-due">
          △ {remark}
        </p>
      ))}
    </div>
  )
}
