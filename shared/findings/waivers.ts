import { z } from 'zod'
import { timeSchema } from '../journal/header.ts'
import { type EntryOf, kindOf } from '../journal/kind.ts'
import { keyOfFinding } from './compare.ts'
import type { Finding } from './finding.ts'

const text = z.string().min(1).max(20_000)
/** The same trouble of the same thing: its key (see `keyOfFinding`), with its title as it was then. */
const finding = z.strictObject({ key: z.string().min(1).max(500), title: z.string().min(1).max(1_000) })

/** A finding is known and accepted until then, and why. It stays in every count. */
export const findingWaivedKind = kindOf('finding-waived', z.strictObject({ finding, until: timeSchema, reason: text }))

/** A waiver no longer holds. */
export const waiverEndedKind = kindOf('waiver-ended', z.strictObject({ finding, reason: text }))

export const waiverKinds = [findingWaivedKind, waiverEndedKind] as const

export type WaiverEntry = EntryOf<(typeof waiverKinds)[number]>

/** `until` and `at` are ISO UTC. */
export interface Waiver {
  readonly key: string
  readonly title: string
  readonly until: string
  readonly reason: string
  readonly by: string
  readonly at: string
  readonly entry: string
}

/** By the key of their finding, the newest of each; some may have run out. */
export type Waivers = Readonly<Record<string, Waiver>>

export const emptyWaivers: Waivers = {}

export function stepWaivers(waivers: Waivers, entry: WaiverEntry): Waivers {
  const { finding: of } = entry.body
  if (entry.kind === 'waiver-ended') {
    return Object.fromEntries(Object.entries(waivers).filter(([key]) => key !== of.key))
  }
  const { until, reason } = entry.body
  const waiver = { ...of, until, reason, by: entry.actor.name, at: entry.happened_at, entry: entry.hash }
  return { ...waivers, [of.key]: waiver }
}

/**
 * What a waiver is about: a finding by its key; what is untidy by its kind as well, as one engine has many kinds of it under
 * one code. How many things are untidy in that way does not count.
 */
export function waiverKeyOf(of: Waivable): string {
  const key = keyOfFinding(of)
  return of.tier === 3 && of.title !== undefined && of.object.kind === 'engine'
    ? `${key} ${kindOfUntidiness(of.title)}`.slice(0, 500)
    : key
}

type Waivable = Pick<Finding, 'code' | 'object'> & Partial<Pick<Finding, 'tier' | 'title'>>

/** '3 containers without a health check' is of the kind 'container without a health check'. */
function kindOfUntidiness(title: string): string {
  return title.replace(/^[\d,.]+ (\p{L}+?)s?\b/u, '$1')
}

/** The waiver that holds for a finding at `nowMs`; null where none does, or it has run out. */
export function waiverOf(of: Waivable, waivers: Waivers, nowMs: number): Waiver | null {
  const waiver = newestOf(of, waivers)
  return waiver === null || Date.parse(waiver.until) <= nowMs ? null : waiver
}

/** The waiver of a finding that has run out by `nowMs`; null where none has. */
export function lapsedWaiverOf(of: Waivable, waivers: Waivers, nowMs: number): Waiver | null {
  const waiver = newestOf(of, waivers)
  return waiver !== null && Date.parse(waiver.until) <= nowMs ? waiver : null
}

function newestOf(of: Waivable, waivers: Waivers): Waiver | null {
  const key = waiverKeyOf(of)
  return Object.hasOwn(waivers, key) ? (waivers[key] ?? null) : null
}

/** All findings, none left out: what is waived after what is not, both in their own order. */
export function waivedLast<Of extends Waivable>(findings: readonly Of[], waivers: Waivers, nowMs: number): Of[] {
  const { held = [], open = [] } = Object.groupBy(findings, (finding) =>
    waiverOf(finding, waivers, nowMs) === null ? 'open' : 'held',
  )
  return [...open, ...held]
}
