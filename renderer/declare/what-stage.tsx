import { TextInput } from '@mantine/core'
import { type SyntheticEvent, useId } from 'react'
import { useStore } from 'zustand'
import type { Pack } from '../../shared/packs/pack.ts'
import { type TypedTime, readTypedTime } from '../../shared/clocks/typed-time.ts'
import type { Zone } from '../desk/preferences.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { declareWords } from '../words/declare.ts'
import { ago, shortTime, zoneName } from '../words/time.ts'
import { AlertInput } from './alert-input.tsx'
import type { Stage } from './draft-store.ts'
import { PackPicker } from './pack-picker.tsx'
import { TypePicker } from './type-picker.tsx'
import { focusOnMount } from '../ui/focus-on-mount.ts'

interface Props {
  readonly packId: string | null
  readonly pack: Pack | null
  readonly isAsking: boolean
  onOpenNow(): void
}

/** What is wrong, by which runbook, and when it was noticed. */
export function WhatStage({ packId, pack, isAsking, onOpenNow }: Props) {
  const { declaration, desk, view } = useStores()
  const draft = useStore(declaration.store)
  const known = useStore(desk.store, (state) => state.desk)
  const nowMs = useNow()
  const zone = useZone()
  const detected = readTypedTime(draft.detected, nowMs, zone)
  const isReady = draft.title.trim() !== '' && packId !== null && detected.is !== 'wrong' && !isAsking
  // A runbook may ask nothing, and leave it to its grid or to the list of its levels.
  const asks = pack === null || pack.triage.questions.length > 0
  const go = (stage: Stage) => {
    if (isReady) declaration.set({ stage: stage === 'questions' && !asks ? 'severity' : stage })
  }
  const first = () => {
    if (!isReady) return
    if (draft.unconfirmed) onOpenNow()
    else go('questions')
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    first()
  }
  const questions = asks ? declareWords.toQuestions(pack?.triage.questions.length ?? 0) : declareWords.toSeverity
  const second: Stage = draft.unconfirmed ? 'questions' : 'severity'
  useCommands('base', declareWords.group, [
    {
      id: 'declare.second',
      title: draft.unconfirmed ? questions : declareWords.toSeverity,
      keys: 'mod+enter',
      whileTyping: true,
      run: () => go(second),
    },
  ])
  return (
    <>
      <h1 className="large">{declareWords.title}</h1>
      <AlertInput />
      <form className="what" onSubmit={submit} aria-label={declareWords.title}>
        <TextInput
          classNames={{ input: 'title-field' }}
          label={declareWords.field}
          placeholder={declareWords.fieldHint}
          value={draft.title}
          onChange={(event) => declaration.set({ title: event.currentTarget.value })}
          maxLength={300}
          ref={focusOnMount}
          autoComplete="off"
        />
        <div className="what-row">
          <TextInput
            label={declareWords.detected(zoneName(zone))}
            placeholder={declareWords.detectedHint}
            description={<DetectedEcho detected={detected} nowMs={nowMs} zone={zone} />}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            error={wrongWords(detected)}
            value={draft.detected}
            onChange={(event) => declaration.set({ detected: event.currentTarget.value })}
            maxLength={30}
            autoComplete="off"
          />
          <TextInput
            label={declareWords.reporter}
            placeholder={declareWords.reporterHint}
            value={draft.reporter}
            onChange={(event) => declaration.set({ reporter: event.currentTarget.value })}
            maxLength={200}
            autoComplete="off"
          />
          <SystemsInput />
          <TextInput
            label={declareWords.commander}
            placeholder={declareWords.commanderHint}
            value={draft.commander ?? known?.operator?.name ?? ''}
            onChange={(event) => declaration.set({ commander: event.currentTarget.value })}
            maxLength={200}
            autoComplete="off"
          />
        </div>
        {(known?.packs.length ?? 0) === 0 ? (
          <p className="refusal">{declareWords.noPacks}</p>
        ) : (
          <PackPicker packs={known?.packs ?? []} chosen={packId} />
        )}
        {pack === null || pack.incidentTypes.length === 0 ? null : <TypePicker pack={pack} />}
        <div className="check">
          <input
            type="checkbox"
            id="unconfirmed"
            aria-describedby="unconfirmed-hint"
            checked={draft.unconfirmed}
            onChange={(event) => declaration.set({ unconfirmed: event.currentTarget.checked })}
          />
          <div>
            <label htmlFor="unconfirmed">{declareWords.unconfirmed}</label>
            <p className="faint" id="unconfirmed-hint">
              {declareWords.unconfirmedHint}
            </p>
          </div>
        </div>
        <div className="row wrap what-go">
          <button type="submit" className="btn first large-btn" disabled={!isReady}>
            {draft.unconfirmed ? declareWords.openNow : questions} <KeyCap keys="enter" />
          </button>
          {draft.unconfirmed ? (
            <button type="button" className="btn large-btn" disabled={!isReady} onClick={() => go('questions')}>
              {questions} <KeyCap keys="mod+enter" />
            </button>
          ) : null}
          {asks ? (
            <button type="button" className="btn large-btn" disabled={!isReady} onClick={() => go('severity')}>
              {declareWords.toSeverity} {draft.unconfirmed ? null : <KeyCap keys="mod+enter" />}
            </button>
          ) : null}
          <button type="button" className="btn plain end" onClick={() => view.show({ name: 'board' })}>
            {declareWords.leave} <KeyCap keys="escape" />
          </button>
        </div>
      </form>
    </>
  )
}

/** What is affected, with what was affected before to choose from. */
function SystemsInput() {
  const { board, declaration } = useStores()
  const typed = useStore(declaration.store, ({ systems }) => systems)
  const rows = useStore(board.store, (state) => state.rows)
  const listId = useId()
  const earlier = [...new Set((rows ?? []).flatMap(({ systems }) => systems))]
  // A list of suggestions replaces the whole field, so each carries what stands before it.
  const before = typed.includes(',') ? typed.slice(0, typed.lastIndexOf(',') + 1) : ''
  return (
    <>
      <TextInput
        label={declareWords.systems}
        placeholder={declareWords.systemsHint}
        value={typed}
        onChange={(event) => declaration.set({ systems: event.currentTarget.value })}
        maxLength={2_000}
        list={listId}
        autoComplete="off"
      />
      <datalist id={listId}>
        {earlier.map((system) => (
          <option key={system} value={before === '' ? system : `${before} ${system}`}>
            {system}
          </option>
        ))}
      </datalist>
    </>
  )
}

interface EchoProps {
  readonly detected: TypedTime
  readonly nowMs: number
  readonly zone: Zone
}

function DetectedEcho({ detected, nowMs, zone }: EchoProps) {
  if (detected.is !== 'time') return detected.is === 'now' ? declareWords.detectedForms : null
  const other = zone === 'utc' ? 'local' : 'utc'
  return declareWords.detectedIs(
    `${shortTime(detected.iso, nowMs, zone)} ${zoneName(zone)}`,
    `${shortTime(detected.iso, nowMs, other)} ${zoneName(other)}`,
    ago(detected.iso, nowMs),
  )
}

function wrongWords(detected: TypedTime): string | null {
  if (detected.is !== 'wrong') return null
  return detected.why === 'future' ? declareWords.wrongFuture : declareWords.wrongForm
}
