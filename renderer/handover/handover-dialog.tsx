import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { CommandStanding } from '../../shared/handover/calls.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
import { scrollable } from '../ui/scrollable.ts'
import { handoverWords } from '../words/handover.ts'
import { shortTime, zoneName } from '../words/time.ts'
import { AcceptForm } from './accept-form.tsx'
import { OfferForm } from './offer-form.tsx'
import { PageFrame } from './page-frame.tsx'
import { ReachList } from './reach-list.tsx'
import { ReleaseForm } from './release-form.tsx'
import { SaveBrief } from './save-brief.tsx'
import { SixWords } from './six-words.tsx'
import { TakeForm } from './take-form.tsx'
import { nothingTyped, type Typed } from './typed.ts'
import { useBrief } from './use-brief.ts'
import { useStanding } from './use-standing.ts'
import { WithdrawForm } from './withdraw-form.tsx'

/** Command goes on: offered, accepted, given to another desk, or taken. Beside it the brief as it would be printed. */
export function HandoverDialog({ id }: { readonly id: string }) {
  const { rooms, view } = useStores()
  const state = useStore(rooms.store, (all) => roomOf(all, id).state)
  return (
    <Dialog title={handoverWords.title} onClose={() => view.closeTop()} size="min(1240px, 96vw)">
      {state === null ? <output className="asked">{handoverWords.reading}</output> : <Handover state={state} />}
    </Dialog>
  )
}

function Handover({ state }: { readonly state: IncidentState }) {
  const standing = useStanding(state)
  const [typed, setTyped] = useState<Typed>(nothingTyped)
  const html = useBrief(state, typed)
  const side = useRef<HTMLDivElement>(null)
  const step = standing === null ? '' : `${standing.looksOn} ${standing.offer?.entry ?? ''}`
  // The dialog gave the focus to what was there first; each further step begins at its own field.
  useEffect(() => {
    if (step !== '') side.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
  }, [step])
  if (standing === null) return <output className="asked">{handoverWords.reading}</output>
  return (
    <div className="handover">
      <div className="stack handover-side" ref={side} {...scrollable}>
        <Step state={state} standing={standing} onTyped={setTyped} />
        <SaveBrief id={state.id} />
      </div>
      <PageFrame html={html} title={handoverWords.brief} making={handoverWords.making} />
    </div>
  )
}

/** The one step that can be done now. */
function Step({
  state: { id },
  standing,
  onTyped,
}: {
  readonly state: IncidentState
  readonly standing: CommandStanding
  onTyped(typed: Typed): void
}) {
  const nowMs = useNow()
  const zone = useZone()
  const words = handoverWords.standing
  const timeOf = (iso: string) => `${shortTime(iso, nowMs, zone)} ${zoneName(zone)}`
  const { looksOn, offer, elsewhere, commander } = standing
  if (offer !== null && !offer.isOurs && offer.where === 'other-desk') {
    return (
      <>
        <p className="handover-said">⇄ {words.theirs(offer, timeOf(offer.at))}</p>
        <ReachList id={id} />
        <SixWords words={offer.words ?? ''} title={handoverWords.words.theirs} hint={handoverWords.words.theirsHint} />
        <AcceptForm id={id} to={offer.to} />
      </>
    )
  }
  if (looksOn && elsewhere !== null) {
    return (
      <>
        <p className="handover-said">
          ◇ {handoverWords.elsewhere.who(elsewhere.who, elsewhere.since === null ? null : timeOf(elsewhere.since))}
        </p>
        <p>{handoverWords.elsewhere.what}</p>
        {offer === null ? null : <p>{handoverWords.elsewhere.notForUs}</p>}
        <p className="soft">{handoverWords.elsewhere.back}</p>
        {elsewhere.since === null ? <p className="soft">{handoverWords.elsewhere.restored}</p> : null}
        <TakeForm id={id} />
      </>
    )
  }
  if (offer === null) {
    return (
      <>
        <p className="handover-said">{handoverWords.who(commander)}</p>
        <OfferForm id={id} standing={standing} onTyped={onTyped} />
      </>
    )
  }
  if (offer.where === 'other-desk') {
    return (
      <>
        <p className="handover-said">⇄ {words.elsewhere(offer, timeOf(offer.at))}</p>
        <SixWords words={offer.words ?? ''} title={handoverWords.words.ours} hint={handoverWords.words.oursHint} />
        <ReleaseForm id={id} />
        <WithdrawForm id={id} />
      </>
    )
  }
  return (
    <>
      <p className="handover-said">⇄ {words.here(offer, timeOf(offer.at))}</p>
      <p>{words.read(offer.to)}</p>
      <AcceptForm id={id} to={offer.to} />
      <WithdrawForm id={id} />
    </>
  )
}
