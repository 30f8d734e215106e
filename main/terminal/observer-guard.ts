import { inUtc } from '../../shared/postmortem/words.ts'
import { refuse } from '../../shared/refusal.ts'
import type { DeskClient } from '../desk/desk-client.ts'
import type { Questions } from '../desk/questions.ts'

/** Of each question whether a commander asks it of an incident (its first argument): the compiler asks for each. */
const isCommanding: Readonly<Record<keyof Questions, boolean>> = {
  assign: true,
  call: true,
  check: true,
  classify: true,
  confirm: true,
  decide: true,
  endTask: true,
  enterPhase: true,
  explainSeverity: true,
  extendTask: true,
  giveTask: true,
  giveUpdate: true,
  holdDuty: true,
  link: true,
  meetClock: true,
  pauseClock: true,
  relate: true,
  reopen: true,
  resolve: true,
  respond: true,
  resumeClock: true,
  setSeverity: true,
  setTeam: true,
  settle: true,
  snoozeClock: true,
  stateImpact: true,
  tell: true,
  waive: true,
  // Whoever looks on may note, correct and star, look, keep evidence, and take command.
  acceptCommand: false,
  activity: false,
  anchor: false,
  board: false,
  brief: false,
  commandStanding: false,
  correct: false,
  declare: false,
  draft: false,
  effective: false,
  eraseEntry: false,
  eraseEvidence: false,
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
  note: false,
  offerCommand: false,
  open: false,
  ownChain: false,
  page: false,
  recordExport: false,
  rehearsed: false,
  releaseCommand: false,
  renderPostmortem: false,
  star: false,
  takeCommand: false,
  templates: false,
  waivedElsewhere: false,
  whole: false,
  withdrawOffer: false,
  witnessClock: false,
}

/**
 * The desk, refusing what a commander does where another desk has command of the incident: a script cannot be asked, as the
 * window asks. `goesOn`: it was said that it is to be written all the same.
 */
export function guardObserver(desk: DeskClient, goesOn: boolean): DeskClient {
  return {
    ...desk,
    async ask(op, ...args) {
      const [incident] = args as readonly unknown[]
      if (isCommanding[op] && !goesOn && typeof incident === 'string') await assertHasCommand(desk, incident)
      return desk.ask(op, ...args)
    },
  }
}

async function assertHasCommand(desk: DeskClient, incident: string): Promise<void> {
  const { looksOn, elsewhere } = await desk.ask('commandStanding', incident)
  if (!looksOn) return
  const { number } = (await desk.ask('find', incident)).core
  const who = elsewhere === null ? 'Somebody' : elsewhere.who
  const since = elsewhere === null || elsewhere.since === null ? '' : ` since ${inUtc(elsewhere.since)}`
  throw refuse('not-allowed', {
    tried: `Change ${number} as its commander does`,
    happened: `${who} has command of it at another desk${since}; this one looks on. Nothing was written.`,
    next: `Let them do it there, log a note here (muster note), or take command (muster take ${number} --reason TEXT). To write it all the same: --all-the-same.`,
  })
}
