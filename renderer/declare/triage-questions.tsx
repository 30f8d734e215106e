import type { Pack } from '../../shared/packs/pack.ts'
import { type Answer, type Answers, triage } from '../../shared/packs/triage.ts'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { Shape } from '../ui/severity-mark.tsx'
import { declareWords } from '../words/declare.ts'
import { nextQuestion } from './draft-store.ts'

interface Props {
  readonly pack: Pack
  readonly answers: Answers
  readonly answered: readonly string[]
  /** The layer that the questions stand in. */
  readonly layer: string
  onAnswer(question: string, answer: Answer): void
  onBack(): void
}

/** The pack's questions, one at a time and large, each answered by one key. */
export function TriageQuestions({ pack, answers, answered, layer, onAnswer, onBack }: Props) {
  const question = nextQuestion(pack, answers)
  const words = declareWords.commands
  const answer = (given: Answer) => {
    if (question !== null) onAnswer(question.id, given)
  }
  const yes: Command = { id: 'triage.yes', title: words.yes, keys: 'y', run: () => answer('yes') }
  const no: Command = { id: 'triage.no', title: words.no, keys: 'n', run: () => answer('no') }
  const unsure: Command = {
    id: 'triage.unsure',
    title: words.unsure,
    keys: 'u',
    also: '?',
    run: () => answer('unsure'),
  }
  const back: Command = { id: 'triage.back', title: words.back, keys: 'backspace', run: onBack }
  useCommands(layer, declareWords.group, [yes, no, unsure, back])
  if (question === null) return null
  return (
    <div className="triage">
      {/* In a dialog it takes the focus: else Enter would close the dialog. */}
      <section
        className="triage-question"
        aria-live="polite"
        tabIndex={-1}
        data-autofocus={layer === 'base' ? undefined : ''}
      >
        <p className="faint">{declareWords.question(answered.length + 1, pack.triage.questions.length)}</p>
        <p className="triage-text">{question.text}</p>
        <div className="triage-answers">
          <CommandButton command={yes}>{declareWords.answers.yes}</CommandButton>
          <CommandButton command={no}>{declareWords.answers.no}</CommandButton>
          <CommandButton command={unsure}>{declareWords.answers.unsure}</CommandButton>
        </div>
        <p className="faint">{declareWords.unsureHint}</p>
        <p className="soft">{declareWords.inDoubt}</p>
        <CommandButton command={back} look="plain">
          {declareWords.back}
        </CommandButton>
      </section>
      <div className="triage-side">
        <AnswerPath pack={pack} answers={answers} />
        <LevelWords pack={pack} led={answered.length === 0 ? null : triage(pack, answers).severity.id} />
      </div>
    </div>
  )
}

/** The runbook's own words for each level; `led` is where the answers have led so far. */
function LevelWords({ pack, led }: { readonly pack: Pack; readonly led: string | null }) {
  return (
    <section aria-label={declareWords.all} className="level-words">
      <h2>{declareWords.all}</h2>
      <ul>
        {pack.severities.map(({ id, code, name, rank, summary }) => (
          <li key={id} className={id === led ? 'level-led' : ''}>
            <p>
              <Shape rank={rank} /> <b>{code}</b> {name}{' '}
              {id === led ? <span className="faint">{declareWords.soFar}</span> : null}
            </p>
            <p className="soft">{summary}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface PathProps {
  readonly pack: Pack
  readonly answers: Answers
}

/** What was answered so far, and what each answer led to. */
export function AnswerPath({ pack, answers }: PathProps) {
  const { path } = triage(pack, answers)
  return (
    <section className="triage-path" aria-label={declareWords.path}>
      <h2>{declareWords.path}</h2>
      {path.length === 0 ? <p className="faint">{declareWords.pathEmpty}</p> : null}
      <ol>
        {path.map((step) => (
          <li key={step.id}>
            <p>{step.question}</p>
            <p className="soft">
              <b>{declareWords.answers[step.answer]}</b> → {declareWords.led(step.led)}
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}
