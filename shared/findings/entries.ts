import { z } from 'zod'
import { sha256Schema } from '../journal/header.ts'
import { type EntryOf, kindOf } from '../journal/kind.ts'
import { type SeenBefore, seenBefore } from './compare.ts'
import { type Finding, findingSchema } from './finding.ts'
import { type SweepSummary, sweepSummarySchema } from './sweep.ts'

/** A sweep ended and its evidence is kept: what was looked at, what was found, and the bundle it was read from. */
export const sweptKind = kindOf(
  'swept',
  z.strictObject({
    summary: sweepSummarySchema,
    findings: z.array(findingSchema),
    bundle: sha256Schema,
  }),
)

export type FindingsEntry = EntryOf<typeof sweptKind>

/** The newest sweep, or null before the first. */
export type LatestSweep = {
  readonly at: string
  readonly entry: string
  readonly summary: SweepSummary
  readonly findings: readonly Finding[]
  readonly bundle: string
  /** What the sweep before this one found, per engine by its id; that of this engine is the one to compare with. */
  readonly earlier: Readonly<Record<string, SeenBefore>>
} | null

export function stepFindings(latest: LatestSweep, entry: FindingsEntry): LatestSweep {
  const earlier =
    latest === null ? {} : { ...latest.earlier, [latest.summary.endpoint.id]: seenBefore(latest.at, latest.findings) }
  return { at: entry.at, entry: entry.hash, ...entry.body, earlier }
}
