import { z } from 'zod'
import { sha256Schema } from '../journal/header.ts'
import { type EntryOf, kindOf } from '../journal/kind.ts'
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
} | null

export function stepFindings(_latest: LatestSweep, entry: FindingsEntry): LatestSweep {
  return { at: entry.at, entry: entry.hash, ...entry.body }
}
