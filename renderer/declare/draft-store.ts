import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Zone } from '../../shared/clocks/typed-time.ts'
import { type Alert, readAlert } from '../../shared/incident/alert.ts'
import { type GridAnswer, gridSeverity } from '../../shared/packs/grid.ts'
import type { Pack, TriageQuestion } from '../../shared/packs/pack.ts'
import { type Answer, type Answers, type TriageResult, triage } from '../../shared/packs/triage.ts'
import type { Refusal } from '../../shared/refusal.ts'
import { dayOf, timeOfDay } from '../words/time.ts'

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
  /** Who or what noticed it; empty: nobody said. */
  readonly reporter: string
  /** What is affected, as people call it, with commas between. */
  readonly systems: string
  readonly unconfirmed: boolean
  /** Incident types of the pack, by their ids. */
  readonly types: readonly string[]
  /** Null: the person who types here. */
  readonly commander: string | null
  readonly answers: Answers
  /** The questions in the order they were answered, so that 'back' undoes the last. */
  readonly answered: readonly string[]
  /** Where in the runbook's grid of impact and urgency it is seen; null: the grid is not used. */
  readonly seen: GridAnswer | null
  /** A severity chosen by hand, by its id; null: as the answers lead. */
  readonly chosen: string | null
  readonly reason: string
  /** The alert that was pasted, and what it filled; its text goes into the timeline. */
  readonly alert: { readonly read: Alert; readonly filled: Filled } | null
  /** Why what was pasted last could not be taken. */
  readonly alertRefusal: Refusal | null
}

/** What an alert fills of the form. */
type Filled = Pick<Draft, 'title' | 'detected' | 'reporter' | 'systems'>

export const emptyDraft: Draft = {
  stage: 'what',
  title: '',
  pack: null,
  detected: '',
  reporter: '',
  systems: '',
  unconfirmed: false,
  types: [],
  commander: null,
  answers: {},
  answered: [],
  seen: null,
  chosen: null,
  reason: '',
  alert: null,
  alertRefusal: null,
}

const nothing: Filled = { title: '', detected: '', reporter: '', systems: '' }

export interface DraftStore {
  readonly store: StoreApi<Draft>
  set(change: Partial<Draft>): void
  /** Fills the form from a pasted alert; what a person typed into it stays. */
  takeAlert(text: string, nowMs: number, zone: Zone): void
  /** Takes the alert away, and what it filled. */
  dropAlert(): void
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
      if (store.getState().pack === pack) return
      store.setState({ pack, types: [], answers: {}, answered: [], seen: null, chosen: null })
    },
    takeAlert(text, nowMs, zone) {
      const answer = readAlert(text, nowMs)
      if (!answer.ok) {
        store.setState({ alertRefusal: answer.refusal })
        return
      }
      const { alert: read } = answer
      const filled = {
        title: read.title ?? '',
        detected: read.startedAt === null ? '' : `${dayOf(read.startedAt, zone)} ${timeOfDay(read.startedAt, zone)}`,
        reporter: read.reporter ?? '',
        systems: read.systems.join(', '),
      }
      const draft = store.getState()
      store.setState({ ...fill(draft, filled), alert: { read, filled }, alertRefusal: null })
    },
    dropAlert() {
      const draft = store.getState()
      store.setState({ ...fill(draft, nothing), alert: null, alertRefusal: null })
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

/** The fields as `filled` has them, but for those that a person has typed. */
function fill(draft: Draft, filled: Filled): Filled {
  const before = draft.alert?.filled ?? nothing
  const take = (field: keyof Filled) =>
    draft[field] === before[field] || draft[field].trim() === '' ? filled[field] : draft[field]
  return { title: take('title'), detected: take('detected'), reporter: take('reporter'), systems: take('systems') }
}

/** The systems that were typed, with commas between. */
export function typedSystems(text: string): string[] {
  const named = text.split(/[,;\n]/).map((system) => system.trim().slice(0, 200))
  return [...new Set(named.filter((system) => system !== ''))]
}

/** The next question that can still change the severity; null when none can. */
export function nextQuestion(pack: Pack, answers: Answers): TriageQuestion | null {
  const { open } = triage(pack, answers)
  return pack.triage.questions.find(({ id }) => open.includes(id)) ?? null
}

/** What is proposed, and why. */
export type Proposal = Pick<TriageResult, 'severity' | 'assumed' | 'why'>

/** What the answers and the grid propose; null while neither was used. */
export function proposal(pack: Pack, { answered, answers, seen }: Draft): Proposal | null {
  return higherOf(answered.length === 0 ? null : triage(pack, answers), seen === null ? null : gridSeverity(pack, seen))
}

/** Of questions and grid the higher one holds, as main decides it. */
export function higherOf(asked: Proposal | null, byGrid: Proposal | null): Proposal | null {
  return byGrid !== null && (asked === null || byGrid.severity.rank < asked.severity.rank) ? byGrid : asked
}
