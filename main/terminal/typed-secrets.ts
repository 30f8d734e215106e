import { maskTyped, secretWords, typedSecrets } from '../../shared/redaction/typed.ts'
import { refuse } from '../../shared/refusal.ts'
import type { DeskClient } from '../desk/desk-client.ts'
import type { Questions } from '../desk/questions.ts'

/** What to do with something typed that looks like a secret; undefined: refuse it, as nobody can be asked here. */
export type SecretsChoice = 'keep' | 'mask' | undefined

/** Of each question whether its text goes into the journal for good: none is forgotten, as the compiler asks for it. */
const isWritten: Readonly<Record<keyof Questions, boolean>> = {
  acceptCommand: true,
  assign: true,
  call: true,
  check: true,
  classify: true,
  correct: true,
  decide: true,
  declare: true,
  endTask: true,
  enterPhase: true,
  eraseEntry: true,
  eraseEvidence: true,
  explainSeverity: true,
  extendTask: true,
  giveTask: true,
  giveUpdate: true,
  holdDuty: true,
  link: true,
  meetClock: true,
  note: true,
  offerCommand: true,
  pauseClock: true,
  relate: true,
  releaseCommand: true,
  reopen: true,
  resolve: true,
  resumeClock: true,
  setSeverity: true,
  setTeam: true,
  snoozeClock: true,
  stateImpact: true,
  takeCommand: true,
  tell: true,
  waive: true,
  withdrawOffer: true,
  activity: false,
  anchor: false,
  board: false,
  brief: false,
  commandStanding: false,
  confirm: false,
  draft: false,
  effective: false,
  evidenceBundles: false,
  evidenceChecked: false,
  evidenceFind: false,
  evidenceKept: false,
  evidenceReleased: false,
  exported: false,
  facets: false,
  filtered: false,
  find: false,
  findEntry: false,
  locate: false,
  mergeFile: false,
  open: false,
  ownChain: false,
  page: false,
  recordExport: false,
  rehearsed: false,
  renderPostmortem: false,
  respond: false,
  settle: false,
  star: false,
  templates: false,
  waivedElsewhere: false,
  whole: false,
  witnessClock: false,
}

/** The desk, with everything that was typed for the journal looked through before it is written. */
export function guardTyped(desk: DeskClient, choice: SecretsChoice): DeskClient {
  return {
    ...desk,
    ask: (op, ...args) => desk.ask(op, ...(isWritten[op] ? checkedTyped(args, choice) : args)),
  }
}

/** What was typed, masked where that is wanted. Refuses it where it looks like a secret and nobody said what to do. */
export function checkedTyped<T>(typed: T, choice: SecretsChoice): T {
  // A runbook speaks of passwords and holds none, an overlay that holds one is not taken; both are pinned by their hash.
  const { pinned, rest } = withoutPinned(typed)
  const found = choice === 'keep' ? [] : typedSecrets(rest)
  const [first] = found
  if (first === undefined) return typed
  if (choice === 'mask') return withPinned(maskTyped(rest), pinned) as T
  throw refuse('not-allowed', {
    tried: 'Log what was typed',
    happened: `'${first.masked}' looks like ${secretWords(first.rule)}. Nothing was logged.`,
    next: 'Take it out, or say what to do: --secrets mask, or --secrets keep if it is none.',
  })
}

/** What of a declaration was not typed. */
interface Pinned {
  readonly packText: string
  readonly overlay?: unknown
}

function withoutPinned(typed: unknown): { pinned: Pinned | null; rest: unknown } {
  if (!Array.isArray(typed)) return { pinned: null, rest: typed }
  const [first, ...others] = typed as readonly unknown[]
  const isDeclaration = typeof first === 'object' && first !== null && 'packText' in first
  if (!isDeclaration || typeof first.packText !== 'string') return { pinned: null, rest: typed }
  const { packText } = first
  if (!('overlay' in first)) return { pinned: { packText }, rest: [{ ...first, packText: '' }, ...others] }
  const { overlay } = first
  return { pinned: { packText, overlay }, rest: [{ ...first, packText: '', overlay: null }, ...others] }
}

function withPinned(rest: unknown, pinned: Pinned | null): unknown {
  if (pinned === null || !Array.isArray(rest)) return rest
  const [first, ...others] = rest as readonly unknown[]
  return [{ ...(first as object), ...pinned }, ...others]
}
