import { NativeSelect, TextInput } from '@mantine/core'
import { type SyntheticEvent, useEffect, useEffectEvent, useState } from 'react'
import { useStore } from 'zustand'
import type { Result } from '../../shared/contract.ts'
import type { Refusal } from '../../shared/refusal.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useDraft, useNow, useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { focusOnMount } from '../ui/focus-on-mount.ts'
import { CopyButton } from '../ui/copy-text.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { ago } from '../words/time.ts'
import { updateWords } from '../words/updates.ts'
import { NextUpdate } from './next-update.tsx'
import './updates.css'

/** How long somebody has to have stopped typing before the message is filled anew. */
const WAIT_MS = 150

type Template = Result<'communications.templates'>['templates'][number]
type Drafted = Result<'communications.draft'>
type Values = Readonly<Record<string, string>>

/** What is told to whoever waits: filled from the record by the runbook's template, copied, given, and logged as given. */
export function UpdateDialog({ id }: { readonly id: string }) {
  const { rooms, messages, view } = useStores()
  const state = useStore(rooms.store, (all) => roomOf(all, id).state)
  const [templates, setTemplates] = useState<readonly Template[] | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  useEffect(() => {
    let isShown = true
    const read = async () => {
      const outcome = await messages.templates(id)
      if (!isShown) return
      if (outcome.ok) setTemplates(outcome.value.templates)
      else setRefusal(outcome.refusal)
    }
    void read()
    return () => {
      isShown = false
    }
  }, [messages, id])
  return (
    <Dialog title={updateWords.title} onClose={() => view.closeTop()} size={760}>
      {refusal === null ? null : <RefusalNote refusal={refusal} />}
      {/* Keeps the focus from the dialog's ✕ until the form is here. */}
      <div tabIndex={-1} data-autofocus>
        {state === null ? null : <Standing state={state} />}
      </div>
      {templates === null ? null : <Writing id={id} templates={templates} code={state?.core.severity?.code ?? null} />}
    </Dialog>
  )
}

/** When the last one was given and when the next one is due: too many are a fault too. */
function Standing({ state }: { readonly state: IncidentState }) {
  const nowMs = useNow()
  const last = state.updates.at(-1)
  return (
    <p className="soft">
      {last === undefined ? updateWords.first : updateWords.last(ago(last.at, nowMs), last.by)}{' '}
      <NextUpdate state={state} />
    </p>
  )
}

interface WritingProps {
  readonly id: string
  readonly templates: readonly Template[]
  /** The severity in force. */
  readonly code: string | null
}

function Writing({ id, templates, code }: WritingProps) {
  const { messages, rooms } = useStores()
  const close = useCloseOwn()
  // One that names another severity is never filled in unasked: in a hurry nobody reads what is there already.
  const [template, setTemplate] = useState(templates.find(({ writtenFor }) => writtenFor.length === 0)?.id ?? '')
  /** Who has no template to choose types at once. */
  const [beginsByHand] = useState(template === '')
  const [values, setValues] = useState<Values>({})
  /** What was filled in, and from which values. */
  const [drafted, setDrafted] = useState<(Drafted & { readonly of: Values }) | null>(null)
  /** Logged was to be what these values give: it is, as soon as it is filled in, unless something else is typed before. */
  const [pressed, setPressed] = useState<Values | null>(null)
  const [typed, setTyped, forget] = useDraft(`update ${id}`)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const asking = useAsking(`update ${id}`)
  /** What somebody typed themselves is never written over. */
  const [isOwn, setOwn] = useState(typed !== '')
  useEffect(() => {
    if (template === '') return undefined
    let isNewest = true
    const fill = async () => {
      const outcome = await messages.draft({ incident: id, template, values: said(values) })
      if (!isNewest) return
      if (outcome.ok) setDrafted({ ...outcome.value, of: values })
      else setPressed(null)
      setRefusal(outcome.ok ? null : outcome.refusal)
    }
    const wait = setTimeout(() => void fill(), WAIT_MS)
    return () => {
      isNewest = false
      clearTimeout(wait)
    }
  }, [messages, id, template, values])
  const text = isOwn ? typed : (drafted?.text ?? '')
  /** What is filled in does not tell yet what was typed last. */
  const isOld = drafted !== null && drafted.of !== values
  const isBehind = isOld && !isOwn
  const isReady = !isBehind && text.trim() !== '' && !lacksWords(text)
  const isAwaited = isBehind && pressed === values
  const give = async () => {
    const update = { id, text: text.trim().slice(0, 20_000), happenedAt: null }
    if (!(await asking.ask(() => rooms.change('giveUpdate', update)))) return
    forget()
    close()
  }
  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    if (isBehind) setPressed(values)
    else if (isReady) void give()
  }
  const goesOn = useEffectEvent(() => {
    if (isReady) void give()
  })
  const isFilled = pressed !== null && pressed === values && !isBehind
  useEffect(() => {
    if (isFilled) goesOn()
  }, [isFilled])
  return (
    <form className="stack" onSubmit={send}>
      <NativeSelect
        label={updateWords.template}
        value={template}
        ref={beginsByHand ? null : focusOnMount}
        onChange={(event) => {
          setTemplate(event.currentTarget.value)
          setDrafted(null)
          setPressed(null)
        }}
        data={[
          ...templates.map((one) => ({
            value: one.id,
            label: labelOf(one),
          })),
          { value: '', label: updateWords.byHand },
        ]}
      />
      {code === null ? null : <Fit templates={templates} template={template} code={code} />}
      {refusal === null ? null : <RefusalNote refusal={refusal} />}
      {template === '' || drafted === null ? null : (
        <Missing missing={drafted.missing} values={values} onChange={setValues} />
      )}
      {template === '' || drafted === null || drafted.subject === null ? null : (
        <p>
          <b>{updateWords.subject}:</b> {drafted.subject}{' '}
          <CopyFilled text={drafted.subject} label={updateWords.copySubject} isBehind={isOld} />
        </p>
      )}
      <div>
        <label className="field-label" htmlFor={`update-${id}`}>
          {updateWords.text}
        </label>
        <textarea
          id={`update-${id}`}
          className="plain-area update-text"
          ref={beginsByHand ? focusOnMount : null}
          rows={10}
          maxLength={20_000}
          value={text}
          onChange={(event) => {
            setOwn(true)
            setPressed(null)
            setTyped(event.currentTarget.value)
          }}
        />
      </div>
      {lacksWords(text) ? <p className="line-due">{updateWords.fillOrTakeOut}</p> : null}
      <p className="faint">
        {updateWords.notSent} {updateWords.nextHint}
      </p>
      {isAwaited ? <output className="asked">{updateWords.filling}</output> : null}
      <DialogFoot asking={asking} go={updateWords.go} isReady={isReady || isBehind}>
        <CopyFilled text={text} label={updateWords.copy} isBehind={isBehind} />
        {isOwn && template !== '' ? (
          <button
            type="button"
            className="btn plain"
            onClick={() => {
              setOwn(false)
              forget()
            }}
          >
            {updateWords.fill}
          </button>
        ) : null}
      </DialogFoot>
    </form>
  )
}

interface CopyProps {
  readonly text: string
  readonly label: string
  readonly isBehind: boolean
}

/** Copies what is filled in, once it tells what was typed. */
function CopyFilled({ text, label, isBehind }: CopyProps) {
  if (!isBehind) return <CopyButton text={text} label={label} />
  return (
    <button type="button" className="btn plain" disabled>
      {label}
    </button>
  )
}

function labelOf({ title, moment, audience, writtenFor }: Template): string {
  const { forOthers, moments, audiences } = updateWords
  const others = writtenFor.length === 0 ? '' : ` · ${forOthers(writtenFor.join(', '))}`
  return `${title} · ${moments[moment]}, ${audiences[audience]}${others}`
}

interface FitProps {
  readonly templates: readonly Template[]
  readonly template: string
  readonly code: string
}

/** Whether the message that was chosen, or any, is for the severity in force. */
function Fit({ templates, template, code }: FitProps) {
  const { writtenFor = [] } = templates.find(({ id }) => id === template) ?? {}
  if (writtenFor.length > 0) return <p className="line-due">{updateWords.minds(writtenFor.join(', '), code)}</p>
  const noneFits = templates.length > 0 && templates.every((one) => one.writtenFor.length > 0)
  return noneFits ? <p className="soft">{updateWords.noneFits(code)}</p> : null
}

interface MissingProps {
  readonly missing: Drafted['missing']
  readonly values: Values
  onChange(values: Values): void
}

/** A field for each thing that the record does not tell; those that were filled stay. */
function Missing({ missing, values, onChange }: MissingProps) {
  const [seen, setSeen] = useState<Drafted['missing']>([])
  const shown = [...seen, ...missing.filter((field) => !seen.some(({ id }) => id === field.id))]
  if (shown.length > seen.length) setSeen(shown)
  if (shown.length === 0) return null
  return (
    <fieldset className="update-fields">
      <legend>{missing.length === 0 ? updateWords.fields : updateWords.missing(missing.length)}</legend>
      {shown.map(({ id, title, choices }) => {
        const set = (value: string) => onChange({ ...values, [id]: value })
        const value = values[id] ?? ''
        return choices.length === 0 ? (
          <TextInput
            key={id}
            label={title}
            value={value}
            maxLength={2_000}
            onChange={(event) => set(event.currentTarget.value)}
          />
        ) : (
          <NativeSelect
            key={id}
            label={title}
            value={value}
            onChange={(event) => set(event.currentTarget.value)}
            data={['', ...choices]}
          />
        )
      })}
    </fieldset>
  )
}

/** What is missing is filled in or taken out before it may count as given. */
function lacksWords(text: string): boolean {
  return /‹[^›]*: missing›/.test(text)
}

/** What was left empty is not said. */
function said(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''))
}
