import { z } from 'zod'
import { id, nothing, personName, said } from '../call-fields.ts'
import { chainIdSchema, sha256Schema, timeSchema } from '../journal/header.ts'
import { exportedFileSchema } from '../journal/merge.ts'
import { activityFormats } from './activity-log.ts'
import { unreachableSchema } from './cannot-reach.ts'

const lines = z.array(z.string().trim().min(1).max(2_000)).max(50)
const written = z.strictObject({ path: z.string(), sha256: sha256Schema })
/** To whom, and what the brief says beside what the journal knows. */
const offered = { id, to: personName, objectives: lines, hazards: lines }
const period = { id, name: personName, from: timeSchema.nullable(), to: timeSchema.nullable() }

const offerSchema = z.strictObject({
  entry: sha256Schema,
  at: z.string(),
  by: z.string(),
  to: z.string(),
  where: z.enum(['same-desk', 'other-desk']),
  /** Whether this desk made it. */
  isOurs: z.boolean(),
  /** Six words of the offer as this desk holds it; null for one at the same desk. */
  words: z.string().nullable(),
})

/** How command of an incident stands, seen from this desk. */
export const standingSchema = z.strictObject({
  /** Another desk has it: this one only looks on, and rings nothing. */
  looksOn: z.boolean(),
  commander: z.string().nullable(),
  /** Who has it elsewhere and since when, as far as this desk knows; null where it is here. */
  elsewhere: z
    .strictObject({ who: z.string(), since: z.string().nullable(), chain: chainIdSchema.nullable() })
    .nullable(),
  offer: offerSchema.nullable(),
  /** What the last offer said, to begin the next one with. */
  objectives: z.array(z.string()),
  hazards: z.array(z.string()),
  /** Who was heard of in the incident, and who it can be offered to. */
  people: z.array(z.string()),
})

export type CommandStanding = z.infer<typeof standingSchema>

/**
 * The window's calls about handing command over. Refused (`not-allowed`) what cannot be: offering to oneself, accepting one's
 * own offer, an incident that ended.
 */
export const handoverCalls = {
  standing: { argument: z.strictObject({ id }), result: standingSchema },
  /** What this desk cannot reach of the incident; empty where it has everything. */
  reach: { argument: z.strictObject({ id }), result: z.array(unreachableSchema) },
  /** The brief as one page of HTML; what is null is taken from the offer that stands, or from the last one. */
  brief: {
    argument: z.strictObject({
      id,
      to: personName.nullable(),
      objectives: lines.nullable(),
      hazards: lines.nullable(),
    }),
    result: z.strictObject({ html: z.string() }),
  },
  /** Writes the brief where the person chooses. */
  saveBrief: { argument: z.strictObject({ id, format: z.enum(['pdf', 'html', 'md']) }), result: written },
  /** Offers command at this desk. An offer that stands is withdrawn by it. */
  offer: { argument: z.strictObject(offered), result: nothing },
  /** Offers command to another desk, and writes the incident's file for it where the person chooses. */
  offerElsewhere: {
    argument: z.strictObject({ ...offered, withEvidence: z.boolean() }),
    result: z.strictObject({ words: z.string(), file: exportedFileSchema }),
  },
  withdraw: { argument: z.strictObject({ id, reason: said }), result: nothing },
  /** `name` has command from here on; `becomeOperator`: and sits at this desk. */
  accept: { argument: z.strictObject({ id, name: personName, becomeOperator: z.boolean() }), result: nothing },
  /** The six words were read back: the other desk has command. Refused where one differs, saying which. */
  release: { argument: z.strictObject({ id, words: z.string().max(500) }), result: nothing },
  /** Takes command at a desk that looks on, without an offer. */
  take: {
    argument: z.strictObject({ id, name: personName, reason: said, becomeOperator: z.boolean() }),
    result: nothing,
  },
  /** A person's activity log (ICS 214) as a page of HTML. */
  activity: { argument: z.strictObject(period), result: z.strictObject({ html: z.string() }) },
  saveActivity: { argument: z.strictObject({ ...period, format: z.enum(activityFormats) }), result: written },
} as const
