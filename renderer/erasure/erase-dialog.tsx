import { TextInput } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { useStore } from 'zustand'
import type { Result } from '../../shared/contract.ts'
import { outOfReach, whatFollows, whyItStays } from '../../shared/erasure/rules.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Entry } from '../../shared/journal/header.ts'
import { correctionsUnder } from '../../shared/notes/corrections.ts'
import type { Outcome } from '../bridge/client.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useStores, useZone } from '../stores.ts'
import { useEntry } from '../timeline/use-entry.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { focusOnMount } from '../ui/focus-on-mount.ts'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { sentenceOf } from '../words/entries.ts'
import { erasureWords } from '../words/erasure.ts'
import { plainWords } from '../words/sentence.ts'
import { bothTimes, bytes, shortHash } from '../words/time.ts'

type Erased = Result<'erasure.entry'>

interface Props {
  readonly id: string
  /** The hash of the entry, or null where evidence is to be erased. */
  readonly entry: string | null
  readonly bundle: string | null
}

/** Erases for good: what goes and what stays is shown, and a word is typed, as nothing brings it back. */
export function EraseDialog({ id, entry, bundle }: Props) {
  const { rooms, view } = useStores()
  const state = useStore(rooms.store, (all) => roomOf(all, id).state)
  const [erased, setErased] = useState<Erased | null>(null)
  const close = () => view.closeTop()
  return (
    <Dialog title={entry === null ? erasureWords.evidenceTitle : erasureWords.title} onClose={close} size={620}>
      {state === null ? null : erased === null ? (
        entry === null ? (
          <EraseEvidence state={state} bundle={bundle ?? ''} onErased={setErased} />
        ) : (
          <EraseEntry state={state} hash={entry} onErased={setErased} />
        )
      ) : (
        <Done id={id} erased={erased} />
      )}
    </Dialog>
  )
}

interface EntryProps {
  readonly state: IncidentState
  readonly hash: string
  onErased(erased: Erased): void
}

function EraseEntry({ state, hash, onErased }: EntryProps) {
  const { erasing } = useStores()
  const zone = useZone()
  const entry = useEntry(state.id, hash)
  if (entry === undefined) return <output className="asked">{erasureWords.stored.reading}</output>
  if (entry === null) return <p>{erasureWords.stored.missing}</p>
  const stays = whyItStays(entry, state)
  if (stays !== null) return <NotErased {...stays} />
  const { kind, said, sub } = sentenceOf(entry, zone)
  const follows = whatFollows(entry.kind)
  const quoting = correctionsUnder(state.corrections, hash)
  return (
    <EraseForm ask={(said2) => erasing.entry({ id: state.id, entry: hash, ...said2 })} onErased={onErased}>
      <section className="erase-goes" aria-label={erasureWords.goes}>
        <h3>{erasureWords.goes}</h3>
        <blockquote>{`${plainWords(said)} ${plainWords(sub)}`.trim()}</blockquote>
        {follows === null ? null : <p>{follows}</p>}
      </section>
      <section aria-label={erasureWords.stays}>
        <h3>{erasureWords.stays}</h3>
        <p>
          {erasureWords.staysLine(`#${entry.seq}`, kind)} · {bothTimes(entry.at)} · {whoOf(entry)} ·{' '}
          <span className="mono">{shortHash(entry.hash)}</span>
        </p>
        <p className="soft">{erasureWords.staysWhy}</p>
        {quoting.length === 0 ? null : <p>{erasureWords.quoting(quoting.map(({ seq }) => `#${seq}`).join(', '))}</p>}
      </section>
    </EraseForm>
  )
}

function EraseEvidence({ state, bundle, onErased }: Omit<EntryProps, 'hash'> & { readonly bundle: string }) {
  const { erasing } = useStores()
  const kept = state.evidence.find((known) => known.bundle === bundle)
  const done = state.erasures[bundle]
  if (kept === undefined) return <p>{erasureWords.stored.missing}</p>
  if (done !== undefined) return <p>{erasureWords.evidenceErased(done.seq, done.by, done.approver)}</p>
  return (
    <EraseForm ask={(said) => erasing.evidence({ id: state.id, bundle, ...said })} onErased={onErased}>
      <section className="erase-goes" aria-label={erasureWords.goes}>
        <h3>{erasureWords.goes}</h3>
        <p>
          {erasureWords.bundleGoes(kept.title, bytes(kept.size))} · <span className="mono">{shortHash(bundle)}</span>
        </p>
      </section>
      <section aria-label={erasureWords.stays}>
        <h3>{erasureWords.stays}</h3>
        <p className="soft">{erasureWords.bundleStays}</p>
      </section>
    </EraseForm>
  )
}

interface FormProps {
  ask(said: { reason: string; approver: string }): Promise<Outcome<Erased>>
  onErased(erased: Erased): void
  readonly children: React.ReactNode
}

function EraseForm({ ask, onErased, children }: FormProps) {
  const [reason, setReason] = useState('')
  const [approver, setApprover] = useState('')
  const [word, setWord] = useState('')
  const asking = useAsking()
  const isReady = reason.trim() !== '' && approver.trim() !== '' && word.trim() === erasureWords.word
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isReady) return
    await asking.ask(async () => {
      const outcome = await ask({ reason: reason.trim(), approver: approver.trim() })
      if (outcome.ok) onErased(outcome.value)
      return outcome
    })
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      {children}
      <p className="line-due">
        △ {erasureWords.outOfReach}: {outOfReach}
      </p>
      <TextInput
        label={erasureWords.reason}
        description={erasureWords.reasonHint}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={2000}
        autoComplete="off"
        data-autofocus
      />
      <TextInput
        label={erasureWords.approver}
        value={approver}
        onChange={(event) => setApprover(event.currentTarget.value)}
        maxLength={200}
        autoComplete="off"
      />
      <TextInput
        label={erasureWords.confirm(erasureWords.word)}
        value={word}
        onChange={(event) => setWord(event.currentTarget.value)}
        autoComplete="off"
        className="erase-word"
      />
      <DialogFoot asking={asking} go={erasureWords.go} isReady={isReady} />
    </form>
  )
}

function NotErased({ happened, next }: { readonly happened: string; readonly next: string }) {
  const { view } = useStores()
  return (
    <div className="stack">
      <p>
        <b>{erasureWords.notErased}.</b> {happened}
      </p>
      <p>{next}</p>
      <div className="row">
        <button type="button" className="btn end" onClick={() => view.closeTop()} ref={focusOnMount}>
          {erasureWords.close}
        </button>
      </div>
    </div>
  )
}

function Done({ id, erased }: { readonly id: string; readonly erased: Erased }) {
  const { view } = useStores()
  const { seq, isGone, removedCopies, leftCopies, corrections, heldBy } = erased
  return (
    <div className="stack">
      <output>
        <b>{erasureWords.done(seq)}</b>{' '}
        {heldBy.length > 0 ? erasureWords.held(heldBy.join(', ')) : isGone ? erasureWords.gone : erasureWords.notYet}
      </output>
      {removedCopies.length === 0 ? null : <p>{erasureWords.copies(removedCopies.join(', '))}</p>}
      {leftCopies.length === 0 ? null : <p className="line-due">{erasureWords.left(leftCopies.join(', '))}</p>}
      {corrections.length === 0 ? null : (
        <>
          <p>{erasureWords.quoted}</p>
          <div className="row wrap">
            {corrections.map((correction) => (
              <button
                key={correction.entry}
                type="button"
                className="btn"
                onClick={() => {
                  view.closeTop()
                  view.open({ name: 'erase', id, entry: correction.entry, bundle: null })
                }}
              >
                {erasureWords.eraseToo(correction.seq)}
              </button>
            ))}
          </div>
        </>
      )}
      <p className="soft">{outOfReach}</p>
      <div className="row">
        <button type="button" className="btn first end" onClick={() => view.closeTop()} ref={focusOnMount}>
          {erasureWords.close}
        </button>
      </div>
    </div>
  )
}

function whoOf({ actor, recorded_by }: Entry): string {
  return actor.name === recorded_by.name ? actor.name : `${actor.name} (${recorded_by.name})`
}
