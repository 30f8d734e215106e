import {
  type Claims,
  contradictingClaims,
  emptyClaims,
  holderOf,
  type Said,
  stepClaims,
  stepSeen,
} from '../journal/claims.ts'
import type { Entry } from '../journal/header.ts'
import { roleSchema } from '../people/entries.ts'
import type { KnownEntry } from './kinds.ts'

/** What can only be one thing at a time, and so can be contradicted by desks that have not seen each other. */
export const conflictFields = [
  'severity',
  'status',
  'impact',
  ...roleSchema.options.map((role) => `role:${role}` as const),
] as const

export type ConflictField = (typeof conflictFields)[number]

/** Entries that state a fact of which there is one at a time. */
export type ClaimingEntry = Extract<
  KnownEntry,
  { kind: 'declared' | 'confirmed' | 'reopened' | 'resolved' | 'severity-set' | 'impact-stated' | 'role-taken' }
>

export type IncidentClaims = Claims<ClaimingEntry>

/** One side of a conflict. `at` is ISO UTC (when it happened), `entry` the hash of the entry that says it. */
export interface ConflictingClaim {
  readonly words: string
  readonly by: string
  readonly at: string
  readonly entry: string
}

/** Desks said different things and none had seen the others'. The first claim holds until somebody settles it. */
export interface Conflict {
  readonly field: ConflictField
  readonly claims: readonly ConflictingClaim[]
}

/** The conflicts that nobody has settled yet, in the order of `conflictFields`. */
export function conflictsOf({ claims }: { readonly claims: IncidentClaims }): Conflict[] {
  return conflictFields.flatMap((field) => {
    const contradicting = contradictingClaims(claims, field)
    if (contradicting.length === 0) return []
    return [
      {
        field,
        claims: contradicting.map(({ words, entry: { actor, happened_at, hash } }) => ({
          words,
          by: actor.name,
          at: happened_at,
          entry: hash,
        })),
      },
    ]
  })
}

/** The entry as one that states such a fact; null for all others. */
export function asClaiming(entry: KnownEntry | null): ClaimingEntry | null {
  switch (entry?.kind) {
    case 'declared':
    case 'confirmed':
    case 'reopened':
    case 'resolved':
    case 'severity-set':
    case 'impact-stated':
    case 'role-taken':
      return entry
    default:
      return null
  }
}

/** What an entry states. What is safer weighs more: the higher severity, and that the incident is open rather than over. */
export function saidBy(entry: ClaimingEntry): Said & { readonly field: ConflictField } {
  switch (entry.kind) {
    case 'severity-set': {
      const { id, code, name, rank } = entry.body.severity
      return { field: 'severity', value: id, words: `${code} ${name}`, weight: -rank }
    }
    case 'declared':
    case 'confirmed':
    case 'reopened':
      return { field: 'status', value: 'open', words: 'open', weight: 1 }
    case 'resolved': {
      const { outcome } = entry.body
      return {
        field: 'status',
        value: outcome,
        words: outcome === 'resolved' ? 'resolved' : 'a false alarm',
        weight: 0,
      }
    }
    case 'impact-stated':
      return { field: 'impact', value: entry.body.text, words: entry.body.text, weight: 0 }
    case 'role-taken': {
      const { role, person } = entry.body
      return { field: `role:${role}`, value: person?.name ?? '', words: person?.name ?? 'nobody', weight: 0 }
    }
  }
}

/**
 * The claims after an entry, and the entry that newly holds because of it: itself, as a rule; another one where a
 * heavier claim that its writer had not seen stands; null where nothing changes.
 */
export function stepIncidentClaims(
  claims: IncidentClaims,
  entry: Entry,
  known: KnownEntry | null,
): { claims: IncidentClaims; holds: KnownEntry | null } {
  const claiming = asClaiming(known)
  if (claiming === null) return { claims: stepSeen(claims, entry), holds: known }
  const said = saidBy(claiming)
  const stepped = stepClaims(claims, claiming, said)
  const holder = holderOf(stepped, said.field)?.entry ?? null
  const before = holderOf(claims, said.field)?.entry ?? null
  return { claims: stepped, holds: holder?.hash === before?.hash ? null : holder }
}

/** The entries that set a severity which came into force, in the order in which they did. */
export function severitiesInForce<T extends { readonly entry: Entry; readonly known: KnownEntry | null }>(
  told: readonly T[],
): T[] {
  const byHash = new Map(told.map((one) => [one.entry.hash, one]))
  let claims: IncidentClaims = emptyClaims
  return told.flatMap(({ entry, known }) => {
    const stepped = stepIncidentClaims(claims, entry, known)
    claims = stepped.claims
    if (stepped.holds?.kind !== 'severity-set') return []
    const found = byHash.get(stepped.holds.hash)
    return found === undefined ? [] : [found]
  })
}

/** What a conflict is about, in the middle of a sentence. */
export const fieldWords: Readonly<Record<ConflictField, string>> = {
  severity: 'the severity',
  status: 'whether it is over',
  impact: 'the impact',
  'role:commander': 'who commands',
  'role:deputy': 'who is deputy',
  'role:scribe': 'who is scribe',
  'role:communications': 'who is in charge of communications',
}

/** One conflict in sentences: who said what, and what holds meanwhile. */
export function conflictSentence({ field, claims }: Conflict): string {
  const said = claims.map(({ words, by }) => `'${words}' (${by})`).join(' against ')
  const [holds] = claims
  return `Desks contradict each other on ${fieldWords[field]}: ${said}. Until somebody settles it, '${holds?.words ?? ''}' holds.`
}
