import { stepChecks } from '../checklists/entries.ts'
import { stepClocks } from '../clocks/entries.ts'
import { stepErasures, stepKeptAgain } from '../erasure/entries.ts'
import { stepEvidence } from '../evidence/entries.ts'
import { stepFindings } from '../findings/entries.ts'
import { stepWaivers } from '../findings/waivers.ts'
import type { Entry } from '../journal/header.ts'
import { stepNotes, stepStars } from '../notes/entries.ts'
import { type RoleEntry, stepCallouts, stepPeople } from '../people/entries.ts'
import { commandTakenKind, stepErasedHandover, stepHandovers } from '../people/handover.ts'
import { stepTeams } from '../people/teams.ts'
import { stepPostmortem } from '../postmortem/entries.ts'
import { stepTasks } from '../tasks/entries.ts'
import { stepUpdates } from '../communications/entries.ts'
import { showsWork } from './activity.ts'
import { stepIncidentClaims } from './conflicts.ts'
import { stepCore } from './entries.ts'
import { type KnownEntry, readEntry } from './kinds.ts'
import { emptyState, type IncidentState } from './state.ts'

/**
 * One step of the fold: the state after `entry`. Resumable: folding the rest onto a state gives what folding
 * everything gives. Entries must come in the order of `compareEntries`. The same step runs in main and in the window.
 */
export function step(state: IncidentState, entry: Entry): IncidentState {
  const read = readEntry(entry)
  const { claims, holds } = stepIncidentClaims(state.claims, entry, read)
  const counted: IncidentState = {
    ...state,
    mode: entry.mode,
    claims,
    entries: state.entries + 1,
    head: { hash: entry.hash, chain: entry.chain, seq: entry.seq, at: entry.at },
  }
  if (entry.body === null) {
    const erased = { ...counted, erased: counted.erased + 1 }
    if (entry.kind !== commandTakenKind.kind) return erased
    return { ...erased, handovers: stepErasedHandover(state.handovers, { ...entry, kind: commandTakenKind.kind }) }
  }
  if (read === null) return { ...counted, unread: counted.unread + 1 }
  // Where desks contradict each other it may be another entry than this one that comes into force, or none.
  const known = heardOf(counted, read)
  const worked = showsWork(read) ? { ...known, workedAt: later(known.workedAt, read.happened_at) } : known
  return holds === null ? worked : stepKnown(worked, holds)
}

/** Muster itself is nobody whom one hears of. */
const itself = 'Muster'

/** Who said or did it was heard of; so was who was reached. */
function heardOf(state: IncidentState, entry: KnownEntry): IncidentState {
  const reached = entry.kind === 'called' && entry.body.result === 'reached' ? entry.body.person : null
  const names = [entry.actor.name, ...(reached === null ? [] : [reached.name])].filter((name) => name !== itself)
  if (names.length === 0) return state
  let { heard } = state
  for (const name of names) {
    const before = Object.hasOwn(heard, name) ? (heard[name] ?? null) : null
    const kept = before === null && Object.keys(heard).length >= MOST_HEARD ? withoutLongestSilent(heard) : heard
    heard = { ...kept, [name]: later(before, entry.happened_at) }
  }
  return { ...state, heard }
}

/** An incident with more people forgets of whom nothing was heard longest: a file from elsewhere may name any number. */
const MOST_HEARD = 200

function withoutLongestSilent(heard: IncidentState['heard']): IncidentState['heard'] {
  const all = Object.entries(heard)
  const [first] = all
  if (first === undefined) return heard
  const [silent] = all.reduce((longest, one) => (one[1] < longest[1] ? one : longest), first)
  return Object.fromEntries(all.filter(([name]) => name !== silent))
}

function commandOf({ hash, happened_at, body }: RoleEntry): IncidentState['commanded'] {
  return body.role === 'commander' && body.person !== null ? { at: happened_at, entry: hash } : null
}

/** ISO times of one form sort as text. */
function later(a: string | null, b: string): string {
  return a === null || b > a ? b : a
}

/** The state of an incident after all of `entries`. */
export function fold(id: string, entries: Iterable<Entry>): IncidentState {
  let state = emptyState(id)
  for (const entry of entries) state = step(state, entry)
  return state
}

function stepKnown(state: IncidentState, entry: KnownEntry): IncidentState {
  switch (entry.kind) {
    case 'declared':
    case 'pack-pinned':
    case 'overlay-pinned':
    case 'confirmed':
    case 'severity-set':
    case 'impact-stated':
    case 'resolved':
    case 'reopened':
    case 'classified':
    case 'related':
    case 'severity-explained':
    case 'linked':
    case 'phase-entered':
      return { ...state, core: stepCore(state.core, entry) }
    case 'noted':
    case 'corrected':
      return { ...state, corrections: stepNotes(state.corrections, entry) }
    case 'starred':
      return { ...state, stars: stepStars(state.stars, entry) }
    case 'task-given':
    case 'task-extended':
    case 'task-ended':
    case 'decided':
      return { ...state, tasks: stepTasks(state.tasks, entry) }
    case 'update-given':
      return { ...state, updates: stepUpdates(state.updates, entry) }
    case 'checked':
      return { ...state, checks: stepChecks(state.checks, entry) }
    case 'erased':
      return { ...state, erasures: stepErasures(state.erasures, entry) }
    case 'role-taken':
      return { ...state, roles: stepPeople(state.roles, entry), commanded: state.commanded ?? commandOf(entry) }
    case 'called':
    case 'notified':
      return { ...state, callouts: stepCallouts(state.callouts, entry) }
    case 'team-set':
      return { ...state, teams: stepTeams(state.teams, entry) }
    case 'handover-offered':
    case 'handover-accepted':
    case 'handover-withdrawn':
    case 'command-released':
    case 'command-taken': {
      const handovers = stepHandovers(state.handovers, entry)
      // Who was heard to have it counts as the commander until their own entries come.
      const to = handovers.desk?.chain === null && handovers !== state.handovers ? handovers.desk.to : null
      const roles = to === null ? state.roles : { ...state.roles, commander: { contact: null, name: to } }
      return { ...state, handovers, roles }
    }
    case 'finding-waived':
    case 'waiver-ended':
      return { ...state, waivers: stepWaivers(state.waivers, entry) }
    case 'responded':
    case 'alarm-given':
    case 'clock-snoozed':
    case 'clock-paused':
    case 'clock-resumed':
    case 'clock-met':
    case 'duty-held':
      return { ...state, clocks: stepClocks(state.clocks, entry) }
    case 'evidence-kept':
      return {
        ...state,
        evidence: stepEvidence(state.evidence, entry),
        erasures: stepKeptAgain(state.erasures, entry.body.bundle),
      }
    case 'evidence-checked':
    case 'evidence-released':
      return { ...state, evidence: stepEvidence(state.evidence, entry) }
    case 'swept':
      return { ...state, sweep: stepFindings(state.sweep, entry) }
    case 'exported':
      return { ...state, exports: stepPostmortem(state.exports, entry) }
  }
}
