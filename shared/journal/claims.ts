import type { Entry } from './header.ts'

/** Where an entry stands, and which heads of other chains its writer had seen. */
export type Placed = Pick<Entry, 'chain' | 'seq' | 'hash' | 'after'>

/** A fact of which there is one at a time (the severity, who commands), as one entry states it. */
export interface Said {
  readonly field: string
  /** Two that say the same value do not contradict each other. */
  readonly value: string
  /** The value as a person reads it. */
  readonly words: string
  /** Of contradicting claims the heaviest holds until somebody settles it; of equally heavy ones the last in fold order. */
  readonly weight: number
}

/** What an entry said, and no later writer of the same field had seen. */
export interface Claim<E extends Placed> extends Omit<Said, 'field'> {
  readonly entry: E
}

/** Plain data, so that it can be kept and sent as part of a state. */
export interface Claims<E extends Placed> {
  /** By chain: up to which entry its writer had seen each other chain. */
  readonly seen: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** By field, in the order of the fold. */
  readonly fields: Readonly<Record<string, readonly Claim<E>[]>>
}

export const emptyClaims: Claims<never> = { seen: {}, fields: {} }

/**
 * The claims after an entry that says nothing of the sort; what its writer had seen is remembered. Entries must come in
 * the order of the fold.
 */
export function stepSeen<E extends Placed>(claims: Claims<E>, { chain, after }: Placed): Claims<E> {
  const known = claims.seen[chain] ?? {}
  const news = after.filter((head) => head.seq > (known[head.chain] ?? 0))
  // The same object where nothing new was seen: each entry passes here, and most name the heads that the one before named.
  if (news.length === 0) return claims
  const now = { ...known, ...Object.fromEntries(news.map((head) => [head.chain, head.seq])) }
  return { ...claims, seen: { ...claims.seen, [chain]: now } }
}

/** The claims after an entry that says something: it takes the place of every claim that its writer had seen. */
export function stepClaims<E extends Placed>(claims: Claims<E>, entry: E, { field, ...said }: Said): Claims<E> {
  const stepped = stepSeen(claims, entry)
  const unseen = (stepped.fields[field] ?? []).filter((claim) => !hasSeen(stepped.seen, entry, claim.entry))
  return { ...stepped, fields: { ...stepped.fields, [field]: [...unseen, { ...said, entry }] } }
}

/** The claim that holds now: the only one, or of contradicting ones the heaviest. Null where nothing was said. */
export function holderOf<E extends Placed>(claims: Claims<E>, field: string): Claim<E> | null {
  return byWeight(claims.fields[field] ?? [])[0] ?? null
}

/**
 * The claims of a field that desks stated without having seen each other, the one that holds first; empty where they
 * agree. A later write of any desk that has seen them all settles it.
 */
export function contradictingClaims<E extends Placed>(claims: Claims<E>, field: string): Claim<E>[] {
  const standing = claims.fields[field] ?? []
  return new Set(standing.map(({ value }) => value)).size < 2 ? [] : byWeight(standing)
}

/** Sorting is stable: of equally heavy claims the last in the order of the fold comes first. */
function byWeight<E extends Placed>(claims: readonly Claim<E>[]): Claim<E>[] {
  return claims.length < 2 ? [...claims] : claims.toReversed().toSorted((a, b) => b.weight - a.weight)
}

/** An entry has seen those before it in its chain, and those up to every head that its chain has named so far. */
function hasSeen(seen: Claims<never>['seen'], entry: Placed, other: Placed): boolean {
  if (other.chain === entry.chain) return other.seq < entry.seq
  return (seen[entry.chain]?.[other.chain] ?? 0) >= other.seq
}
