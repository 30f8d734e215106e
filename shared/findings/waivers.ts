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

/** The waiver that holds for a finding at `nowMs`; null where none does, or it has run out. */
export function waiverOf(of: Pick<Finding, 'code' | 'object'>, waivers: Waivers, nowMs: number): Waiver | null {
  const key = keyOfFinding(of)
  const waiver = Object.hasOwn(waivers, key) ? waivers[key] : undefined
  return waiver === undefined || Date.parse(waiver.until) <= nowMs ? null : waiver
}
