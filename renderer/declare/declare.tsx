import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Pack } from '../../shared/packs/pack.ts'
import { readTypedTime } from '../../shared/clocks/typed-time.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { declareWords } from '../words/declare.ts'
import { defaultPack } from './default-pack.ts'
import { typedSystems } from './draft-store.ts'
import { keepAlert } from './keep-alert.ts'
import { TriageQuestions } from './triage-questions.tsx'
import { SeverityStage } from './severity-stage.tsx'
import { WhatStage } from './what-stage.tsx'

/** Declaring an incident: what, the pack's questions, the severity. Leaving keeps what was typed. */
export function Declare() {
  const stores = useStores()
  const { board, declaration, desk, now, packs, preferences, rooms, view } = stores
  const draft = useStore(declaration.store)
  const known = useStore(desk.store, (state) => state.desk)
  const asking = useAsking('declare')
  const usual = useStore(board.store, ({ rows }) => defaultPack(rows ?? [], known?.packs ?? []))
  const packId = draft.pack ?? usual
  const read = useStore(packs.store, (all) => (packId === null ? undefined : all[packId]))
  const pack = read?.pack ?? null
  useEffect(() => {
    if (packId !== null) void packs.read(packId)
  }, [packs, packId])

  const declare = async (severity: string | null) => {
    if (packId === null) return
    const detected = readTypedTime(draft.detected, now.store.getState().nowMs, preferences.store.getState().zone)
    const commander = (draft.commander ?? known?.operator?.name ?? '').trim()
    const isStill = view.mark()
    await asking.ask(async () => {
      const outcome = await rooms.declare({
        pack: packId,
        title: draft.title.trim(),
        mode: 'live',
        unconfirmed: draft.unconfirmed,
        detectedAt: detected.is === 'time' ? detected.iso : null,
        severity,
        answers: { ...draft.answers },
        ...(draft.seen === null ? {} : { grid: draft.seen }),
        types: [...draft.types],
        systems: typedSystems(draft.systems),
        reportedBy: draft.reporter.trim() === '' ? null : draft.reporter.trim(),
        reason: severity === null || draft.reason.trim() === '' ? null : draft.reason.trim(),
        commander: commander === '' ? null : commander,
      })
      if (outcome.ok) {
        // Who went elsewhere stays there; what they began to declare since is another incident.
        if (isStill() || declaration.store.getState() === draft) declaration.clear()
        if (isStill()) view.show({ name: 'incident', id: outcome.value.id })
        if (draft.alert !== null) void keepAlert(stores, outcome.value.id, draft.alert.read)
      }
      return outcome
    })
  }

  return (
    <main className="declare">
      <div className="declare-page">
        {draft.stage === 'what' ? (
          <WhatStage packId={packId} pack={pack} isAsking={asking.isAsking} onOpenNow={() => void declare(null)} />
        ) : (
          <TitleLine title={draft.title} pack={pack} />
        )}
        {read?.asked.state === 'failed' ? <RefusalNote refusal={read.asked.refusal} /> : null}
        {read?.asked.state === 'asked' && draft.stage !== 'what' ? (
          <p className="asked">{declareWords.readingPack}</p>
        ) : null}
        {draft.stage === 'questions' && pack !== null ? <Questions pack={pack} /> : null}
        {draft.stage === 'severity' && pack !== null ? (
          <SeverityStage pack={pack} isAsking={asking.isAsking} onDeclare={(severity) => void declare(severity)} />
        ) : null}
        {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
        {asking.isAsking ? <output className="asked">{declareWords.declaring}</output> : null}
      </div>
    </main>
  )
}

function TitleLine({ title, pack }: { readonly title: string; readonly pack: Pack | null }) {
  return (
    <div>
      <h1>{title}</h1>
      <p className="faint">{pack?.title}</p>
    </div>
  )
}

function Questions({ pack }: { readonly pack: Pack }) {
  const { declaration } = useStores()
  const { answers, answered } = useStore(declaration.store)
  return (
    <TriageQuestions
      pack={pack}
      answers={answers}
      answered={answered}
      layer="base"
      onAnswer={(question, answer) => declaration.answer(pack, question, answer)}
      onBack={declaration.back}
    />
  )
}
