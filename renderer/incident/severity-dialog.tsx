import { type SyntheticEvent, useState } from 'react'
import { useStore } from 'zustand'
import type { Severity } from '../../shared/incident/entries.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { type GridAnswer, gridSeverity } from '../../shared/packs/grid.ts'
import { type Answer, triage } from '../../shared/packs/triage.ts'
import { higherOf, nextQuestion } from '../declare/draft-store.ts'
import { GridPicker } from '../declare/grid-picker.tsx'
import { ReasonInput } from '../declare/reason-input.tsx'
import { reasonsFor } from '../declare/reasons.ts'
import { SeverityPicker } from '../declare/severity-picker.tsx'
import { AnswerPath, TriageQuestions } from '../declare/triage-questions.tsx'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useDraft, useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { declareWords } from '../words/declare.ts'
import { incidentWords } from '../words/incident.ts'
import { severityWords } from '../words/severity.ts'
import { roomOf } from './rooms-store.ts'

const LAYER = 'severity'

interface Props {
  readonly id: string
  /** Begins with the questions. */
  readonly guided?: boolean
}

/** Another severity, by hand or by the pack's questions. It holds at once: the reason may follow, but not for a lower one. */
export function SeverityDialog({ id, guided = false }: Props) {
  const { rooms, view } = useStores()
  const room = useStore(rooms.store, (all) => roomOf(all, id))
  const current = room.state?.core.severity ?? null
  const words = incidentWords.severityDialog
  return (
    <Dialog title={words.title} onClose={() => view.closeTop()} size={760}>
      <p className="soft dialog-lead">
        {current === null ? words.nowNone : words.now(`${current.code} ${current.name}`)} {declareWords.inDoubt}
      </p>
      {room.pack === null ? (
        <p>{incidentWords.packMissing}</p>
      ) : (
        <Choice id={id} pack={room.pack} current={current} guided={guided && room.pack.triage.questions.length > 0} />
      )}
    </Dialog>
  )
}

interface ChoiceProps {
  readonly id: string
  readonly pack: Pack
  readonly current: Severity | null
  readonly guided: boolean
}

function Choice({ id, pack, current, guided: isGuided }: ChoiceProps) {
  const { rooms } = useStores()
  const close = useCloseOwn()
  const [chosen, setChosen] = useState<string | null>(null)
  const [answered, setAnswered] = useState<readonly (readonly [string, Answer])[] | null>(isGuided ? [] : null)
  const [reason, setReason, forget] = useDraft(`severity ${id}`)
  const asking = useAsking(`severity ${id}`)
  const words = incidentWords.severityDialog
  const answers = Object.fromEntries(answered ?? [])
  const isAsked = answered !== null && nextQuestion(pack, answers) !== null
  const [seen, setSeen] = useState<GridAnswer | null>(null)
  const asked = answered === null || answered.length === 0 || isAsked ? null : triage(pack, answers)
  const byGrid = seen === null ? null : gridSeverity(pack, seen)
  const led = higherOf(asked, byGrid)
  const severity = pack.severities.find((one) => one.id === (chosen ?? led?.severity.id)) ?? null
  const isLed = led !== null && (chosen === null || chosen === led.severity.id)
  const guided: Command = { id: 'severity.guided', title: words.guided, keys: 'q', run: () => setAnswered([]) }
  const byHand: Command = { id: 'severity.by-hand', title: words.byHand, keys: 'q', run: () => setAnswered(null) }
  useCommands(LAYER, words.title, [answered === null ? guided : byHand])
  const isOther = severity !== null && (severity.id !== current?.id || isLed)
  const isLower = severity !== null && current !== null && severity.rank > current.rank
  const typed = reason.trim()
  /** It says why by itself, somebody did, or it may be said later. */
  const follows = typed === '' && !isLed
  const isReady = isOther && !(follows && isLower)
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isReady || severity === null) return
    const grid = seen === null ? {} : { grid: seen }
    const why = typed === '' ? (isLed ? (led?.why ?? null) : null) : typed
    const change = { id, severity: isLed ? null : severity.id, answers, reason: why, ...grid }
    if (!(await asking.ask(() => rooms.change('setSeverity', change)))) return
    forget()
    close()
  }
  if (isAsked) {
    return (
      <div className="stack">
        <TriageQuestions
          pack={pack}
          answers={answers}
          answered={answered.map(([question]) => question)}
          layer={LAYER}
          onAnswer={(question, answer) => setAnswered([...answered, [question, answer]])}
          onBack={() => setAnswered(answered.length === 0 ? null : answered.slice(0, -1))}
        />
        <div>
          <CommandButton command={byHand} look="plain" />
        </div>
      </div>
    )
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      {led === null ? null : (
        <div>
          <p className="proposed-word">{words.led(`${led.severity.code} ${led.severity.name}`)}</p>
          <p className="soft">{led.why}</p>
          {led.assumed ? <p className="line-due">△ {declareWords.assumed}</p> : null}
        </div>
      )}
      {pack.triage.grid === undefined ? null : <GridPicker grid={pack.triage.grid} seen={seen} onSeen={setSeen} />}
      <SeverityPicker pack={pack} chosen={severity?.id ?? current?.id ?? null} layer={LAYER} onChoose={setChosen} />
      <ReasonInput
        key={severity?.id ?? 'none'}
        label={words.reason}
        placeholder={isLed ? (led?.why ?? '') : ''}
        value={reason}
        reasons={severity === null ? [] : reasonsFor(severity, current)}
        takesFocus={chosen !== null || led !== null}
        onChange={setReason}
      />
      {severity !== null && isOther && follows ? (
        <p className={isLower ? 'line-due' : 'soft'}>
          {isLower ? `△ ${severityWords.lowering(severity.code)}` : severityWords.follows(severity.code)}
        </p>
      ) : null}
      <DialogFoot
        asking={asking}
        go={follows && !isLower && isOther ? severityWords.setNow(severity.code) : words.set(severity?.code ?? '')}
        isReady={isReady}
      >
        <CommandButton command={answered === null ? guided : { ...guided, title: words.again }} look="plain" />
      </DialogFoot>
      {led === null ? null : <AnswerPath pack={pack} answers={answers} />}
    </form>
  )
}
