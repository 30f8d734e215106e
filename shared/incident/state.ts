import { type Checks, emptyChecks } from '../checklists/entries.ts'
import { type ClockFacts, emptyClockFacts, type EndedBy } from '../clocks/entries.ts'
import { emptyUpdates, type Updates } from '../communications/entries.ts'
import { emptyErasures, type Erasures } from '../erasure/entries.ts'
import { type EvidenceRegister, emptyRegister } from '../evidence/entries.ts'
import type { LatestSweep } from '../findings/entries.ts'
import { emptyWaivers, type Waivers } from '../findings/waivers.ts'
import { emptyClaims } from '../journal/claims.ts'
import type { Mode } from '../journal/header.ts'
import { type Corrections, emptyCorrections, emptyStars, type Stars } from '../notes/entries.ts'
import { type Callouts, emptyCallouts, emptyRoles, type Roles } from '../people/entries.ts'
import { emptyHandovers, type Handovers } from '../people/handover.ts'
import { emptyTeams, type Teams } from '../people/teams.ts'
import { emptyExports, type Exports } from '../postmortem/entries.ts'
import { emptyTasks, type Tasks } from '../tasks/entries.ts'
import type { IncidentClaims } from './conflicts.ts'
import { emptyCore, type IncidentCore } from './entries.ts'

/** Everything the entries so far say of one incident. Made by the fold alone; plain data, so it can be sent and kept. */
export interface IncidentState {
  readonly id: string
  readonly mode: Mode
  readonly core: IncidentCore
  readonly roles: Roles
  readonly callouts: Callouts
  readonly teams: Teams
  readonly handovers: Handovers
  readonly clocks: ClockFacts
  readonly corrections: Corrections
  readonly stars: Stars
  readonly tasks: Tasks
  readonly updates: Updates
  readonly checks: Checks
  readonly erasures: Erasures
  readonly sweep: LatestSweep
  readonly waivers: Waivers
  readonly evidence: EvidenceRegister
  readonly exports: Exports
  /** Who said what of the facts of which there is one at a time; `conflictsOf` reads it. */
  readonly claims: IncidentClaims
  /** When somebody first took command. */
  readonly commanded: EndedBy | null
  /** When somebody last did something for it (ISO UTC); null before anything was. */
  readonly workedAt: string | null
  /** When each person was last heard of (ISO UTC), by name: what they said, did, or were reached for. */
  readonly heard: Readonly<Record<string, string>>
  /** How many entries were folded, and the last of them. */
  readonly entries: number
  readonly head: { readonly hash: string; readonly chain: string; readonly seq: number; readonly at: string } | null
  /** How many entries this Muster could not read (unknown kinds, newer versions). They are kept and shown as they stand. */
  readonly unread: number
  /** How many entries stand without their text: it was erased. */
  readonly erased: number
}

export function emptyState(id: string): IncidentState {
  return {
    id,
    mode: 'live',
    core: emptyCore,
    roles: emptyRoles,
    callouts: emptyCallouts,
    teams: emptyTeams,
    handovers: emptyHandovers,
    clocks: emptyClockFacts,
    corrections: emptyCorrections,
    stars: emptyStars,
    tasks: emptyTasks,
    updates: emptyUpdates,
    checks: emptyChecks,
    erasures: emptyErasures,
    sweep: null,
    waivers: emptyWaivers,
    evidence: emptyRegister,
    exports: emptyExports,
    claims: emptyClaims,
    commanded: null,
    workedAt: null,
    heard: {},
    entries: 0,
    head: null,
    unread: 0,
    erased: 0,
  }
}

/** Whether the incident still wants somebody's attention. */
export function isOpen(state: IncidentState): boolean {
  return state.core.status === 'open' || state.core.status === 'unconfirmed'
}
