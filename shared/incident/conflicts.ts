import { z } from 'zod'
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
  'classification',
  ...roleSchema.options.map((role) => `role:${role}` as const),
] as const

/** Facts of which there is one for each clock, duty or other incident, named by its id after the colon. */
const keyedFields = ['pause', 'duty', 'relation'] as const

type KeyedField = `${(typeof keyedFields)[number]}:${string}`

export type ConflictField = (typeof conflictFields)[number] | KeyedField

/** A field by its name, as a call may give it. */
export const conflictFieldSchema = z.custom<ConflictField>(
  (value) => typeof value === 'string' && value.length <= 300 && isConflictField(value),
)

function isConflictField(field: string): field is ConflictField {
  return (conflictFields as readonly string[]).includes(field) || isKeyed(field)
}

function isKeyed(field: string): field is KeyedField {
  return keyedFields.some((name) => field.startsWith(`${name}:`))
}

/** Entries that state a fact of which there is one at a time. */
export type ClaimingEntry = Extract<
  KnownEntry,
  {
    kind:
      | 'declared'
      | 'confirmed'
      | 'reopened'
      | 'resolved'
      | 'severity-set'
      | 'impact-stated'
      | 'role-taken'
      | 'classified'
      | 'related'
      | 'clock-paused'
      | 'clock-resumed'
      | 'duty-held'
  }
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

/** The conflicts that nobody has settled yet, in the order of `conflictFields`, then those of single clocks and duties. */
export function conflictsOf({ claims }: { readonly claims: IncidentClaims }): Conflict[] {
  const keyed = Object.keys(claims.fields).filter(isKeyed).toSorted()
  return [...conflictFields, ...keyed].flatMap((field) => {
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
    case 'classified':
    case 'related':
    case 'clock-paused':
    case 'clock-resumed':
    case 'duty-held':
      return entry
    default:
      return null
  }
}

/**
 * What an entry states. What is safer weighs more: the higher severity, that the incident is open rather than over, that a
 * clock runs rather than stands still, that a duty holds.
 */
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
    case 'classified': {
      const { types, priority } = entry.body
      const value = [...types.map(({ id }) => id).toSorted(), priority?.id ?? ''].join(' ')
      const words = [...types.map(({ title }) => title), ...(priority === null ? [] : [priority.code])].join(', ')
      return { field: 'classification', value, words: words === '' ? 'nothing' : words, weight: 0 }
    }
    case 'related': {
      const { incident, number, how } = entry.body
      const words = how === null ? `nothing to do with ${number}` : `${how.replace('-', ' ')} ${number}`
      return { field: `relation:${incident}`, value: how ?? '', words, weight: 0 }
    }
    case 'clock-paused':
    case 'clock-resumed': {
      const { clock } = entry.body
      const runs = entry.kind === 'clock-resumed'
      const words = `${clock.title} ${runs ? 'runs' : 'stands still'}`
      return { field: `pause:${clock.id}`, value: runs ? 'runs' : 'stands', words, weight: runs ? 1 : 0 }
    }
    case 'duty-held': {
      const { regulatory, holds } = entry.body
      const words = `${regulatory.title} ${holds ? 'holds' : 'does not hold'}`
      return { field: `duty:${regulatory.id}`, value: String(holds), words, weight: holds ? 1 : 0 }
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

const words: Readonly<Record<(typeof conflictFields)[number], string>> = {
  severity: 'the severity',
  status: 'whether it is over',
  impact: 'the impact',
  classification: 'what sort of incident it is',
  'role:commander': 'who commands',
  'role:deputy': 'who is deputy',
  'role:scribe': 'who is scribe',
  'role:communications': 'who is in charge of communications',
}

const keyedWords = { pause: 'whether a clock runs', duty: 'whether a duty holds', relation: 'another incident' }

/** What a conflict is about, in the middle of a sentence. */
export function fieldWords(field: ConflictField): string {
  if (!isKeyed(field)) return words[field]
  const name = keyedFields.find((known) => field.startsWith(`${known}:`)) ?? 'relation'
  return keyedWords[name]
}

/** One conflict in sentences: who said what, and what holds meanwhile. */
export function conflictSentence({ field, claims }: Conflict): string {
  const said = claims.map(({ words, by }) => `'${words}' (${by})`).join(' against ')
  const [holds] = claims
  return `Desks contradict each other on ${fieldWords(field)}: ${said}. Until somebody settles it, '${holds?.words ?? ''}' holds.`
}
