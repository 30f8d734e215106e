import { TextInput } from '@mantine/core'
import type { SyntheticEvent } from 'react'
import { useStore } from 'zustand'
import type { Pack } from '../../shared/packs/pack.ts'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { SeverityBadge } from '../ui/severity-badge.tsx'
import { declareWords } from '../words/declare.ts'
import { ago, shortTime, zoneName } from '../words/time.ts'
import { proposal } from './draft-store.ts'
import { SeverityPicker } from './severity-picker.tsx'
import { readTypedTime } from '../../shared/clocks/typed-time.ts'
import { MayBeOwed } from './duties.tsx'
import { GridPicker } from './grid-picker.tsx'
import { AnswerPath } from './triage-questions.tsx'
import { TypeMeans } from './type-picker.tsx'
import { focusOnMount } from '../ui/focus-on-mount.ts'

interface Props {
  readonly pack: Pack
  readonly isAsking: boolean
  /** The severity that a person named, or null to let the answers lead. */
  onDeclare(severity: string | null): void
}

/** The proposed severity with its why, or the list to pick from; then it is declared. */
export function SeverityStage({ pack, isAsking, onDeclare }: Props) {
  const { declaration } = useStores()
  const draft = useStore(declaration.store)
  const nowMs = useNow()
  const zone = useZone()
  const typed = readTypedTime(draft.detected, nowMs, zone)
  const detectedAt = typed.is === 'time' ? typed.iso : new Date(nowMs).toISOString()
  const led = proposal(pack, draft)
  const chosen = pack.severities.find(({ id }) => id === (draft.chosen ?? led?.severity.id))
  const isOther = led !== null && chosen !== undefined && chosen.id !== led.severity.id
  const isReady = chosen !== undefined && (!isOther || draft.reason.trim() !== '') && !isAsking
  const back: Command = {
    id: 'declare.back',
    title: declareWords.commands.back,
    keys: 'backspace',
    run: declaration.back,
  }
  const go = () => {
    if (isReady) onDeclare(isOther || led === null ? chosen.id : null)
  }
  useCommands('base', declareWords.group, [
    { id: 'declare.go', title: declareWords.commands.go, keys: 'enter', run: go },
    back,
  ])
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    go()
  }
  return (
    <form className="proposal" onSubmit={submit} aria-label={declareWords.pick}>
      {led === null ? (
        <p className="triage-text">{declareWords.pick}</p>
      ) : (
        <div className="proposed">
          <SeverityBadge severity={led.severity} assumed={led.assumed} />
          <div>
            <p className="proposed-word">
              {declareWords.proposed} {led.severity.code} {led.severity.name}
            </p>
            <p>{led.why}</p>
            {led.assumed ? <p className="line-due">△ {declareWords.assumed}</p> : null}
          </div>
        </div>
      )}
      {chosen === undefined ? null : (
        <div className="row wrap">
          <button
            type="submit"
            className="btn first large-btn"
            disabled={!isReady}
            // Whoever is still choosing in the grid keeps the keyboard.
            ref={draft.answered.length === 0 ? null : focusOnMount}
          >
            {declareWords.declare(chosen.code)} <KeyCap keys="enter" />
          </button>
          {isOther && draft.reason.trim() === '' ? (
            <span className="soft">{declareWords.reasonMissing(led.severity.code)}</span>
          ) : null}
        </div>
      )}
      {chosen === undefined || typed.is !== 'time' ? null : (
        <p className="soft">
          {declareWords.clocksFrom(
            `${shortTime(detectedAt, nowMs, zone)} ${zoneName(zone)}`,
            ago(detectedAt, nowMs),
            chosen.respondWithinMinutes === null
              ? null
              : Date.parse(detectedAt) + chosen.respondWithinMinutes * 60_000 - nowMs,
          )}
        </p>
      )}
      <TypeMeans pack={pack} chosen={draft.types} />
      <MayBeOwed pack={pack} detectedAt={detectedAt} />
      <div>
        {led === null ? null : <h2>{declareWords.other}</h2>}
        <p className="soft">{declareWords.inDoubt}</p>
      </div>
      {pack.triage.grid === undefined ? null : (
        <GridPicker
          grid={pack.triage.grid}
          seen={draft.seen}
          onSeen={(seen) => declaration.set({ seen, chosen: null })}
        />
      )}
      <SeverityPicker
        pack={pack}
        chosen={chosen?.id ?? null}
        layer="base"
        onChoose={(id) => declaration.set({ chosen: id })}
      />
      {chosen !== undefined && (isOther || led === null) ? (
        <TextInput
          label={declareWords.reason(chosen.code)}
          description={declareWords.reasonHint}
          value={draft.reason}
          onChange={(event) => declaration.set({ reason: event.currentTarget.value })}
          ref={isOther ? focusOnMount : null}
          key={chosen.id}
          maxLength={300}
          autoComplete="off"
        />
      ) : null}
      <div className="row wrap">
        <CommandButton command={back} look="plain">
          {declareWords.back}
        </CommandButton>
        {draft.answered.length === 0 && pack.triage.questions.length > 0 ? (
          <button
            type="button"
            className="btn plain"
            onClick={() => declaration.set({ stage: 'questions', chosen: null })}
          >
            {declareWords.answerInstead}
          </button>
        ) : null}
      </div>
      {draft.answered.length === 0 ? null : <AnswerPath pack={pack} answers={draft.answers} />}
    </form>
  )
}
