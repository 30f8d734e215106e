import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Pack, TriageQuestion } from '../../shared/packs/pack.ts'
import { type Answer, type Answers, type TriageResult, triage } from '../../shared/packs/triage.ts'

/** `what`: title, pack and time; `questions`: one at a time; `severity`: proposed, or picked by hand. */
export type Stage = 'what' | 'questions' | 'severity'

/** A declaration as far as it has been typed. It stays when a person leaves the page, and goes when it was declared. */
export interface Draft {
  readonly stage: Stage
  readonly title: string
  /** Null: the pack that was used last, else the first of the desk. */
  readonly pack: string | null
  /** When it was noticed, as typed; empty: now. */
  readonly detected: string
  readonly unconfirmed: boolean
  /** Incident types of the pack, by their ids. */
  readonly types: readonly string[]
  /** Null: the person who types here. */
  readonly commander: string | null
  readonly answers: Answers
  /** The questions in the order they were answered, so that 'back' undoes the last. */
  readonly answered: readonly string[]
  /** A severity chosen by hand, by its id; null: as the answers lead. */
  readonly chosen: string | null
  readonly reason: string
}

export const emptyDraft: Draft = {
  stage: 'what',
  title: '',
  pack: null,
  detected: '',
  unconfirmed: false,
  types: [],
  commander: null,
  answers: {},
  answered: [],
  chosen: null,
  reason: '',
}

export interface DraftStore {
  readonly store: StoreApi<Draft>
  set(change: Partial<Draft>): void
  /** Another pack asks other questions and knows other types: these go, the rest stays. */
  choosePack(pack: string): void
  answer(pack: Pack, question: string, answer: Answer): void
  /** One step back: the last answer, else the form. */
  back(): void
  clear(): void
}

export function createDraftStore(): DraftStore {
  const store = createStore<Draft>(() => emptyDraft)
  return {
    store,
    set: (change) => store.setState(change),
    choosePack(pack) {
      if (store.getState().pack !== pack) store.setState({ pack, types: [], answers: {}, answered: [], chosen: null })
    },
    answer(pack, question, answer) {
      const draft = store.getState()
      const answers = { ...draft.answers, [question]: answer }
      const answered = [...draft.answered.filter((id) => id !== question), question]
      const isDone = nextQuestion(pack, answers) === null
      store.setState({ answers, answered, chosen: null, ...(isDone ? { stage: 'severity' as const } : {}) })
    },
    back() {
      const { stage, answered, answers } = store.getState()
      const last = answered.at(-1)
      if (stage === 'what') return
      if (last === undefined) {
        store.setState({ stage: 'what', chosen: null })
        return
      }
      const { [last]: _undone, ...rest } = answers
      store.setState({ stage: 'questions', answers: rest, answered: answered.slice(0, -1), chosen: null })
    },
    clear: () => store.setState(emptyDraft),
  }
}

/** The next question that can still change the severity; null when none can. */
export function nextQuestion(pack: Pack, answers: Answers): TriageQuestion | null {
  const { open } = triage(pack, answers)
  return pack.triage.questions.find(({ id }) => open.includes(id)) ?? null
}

/** What the answers propose; null while no question was answered. */
export function proposal(pack: Pack, draft: Draft): TriageResult | null {
  return draft.answered.length === 0 ? null : triage(pack, draft.answers)
}
