import { z } from 'zod'
import { timeSchema, ulidSchema } from '../journal/header.ts'
import { calledBySchema, callResultSchema } from '../people/entries.ts'

const id = ulidSchema
/** An id or a title of the incident's runbook. */
const item = z.string().trim().min(1).max(300)
const person = z.string().trim().min(1).max(200)
const text = z.string().trim().min(1).max(20_000)
const nothing = z.null()

/**
 * The window's calls about people, clocks and duties of an incident. `happenedAt` null: now. Refused (`bad-input`) what the
 * runbook does not have, and times that lie in the future.
 */
export const responseCalls = {
  /** Somebody was called; `edge` null: the rule that calls that role now, if one does. */
  call: {
    argument: z.strictObject({
      id,
      role: item,
      person: person.nullable(),
      means: calledBySchema,
      result: callResultSchema,
      edge: item.nullable(),
      note: text.nullable(),
      happenedAt: timeSchema.nullable(),
    }),
    result: nothing,
  },
  /** A notification of the runbook was given; `to` null: to whom the runbook names. Not needed wants a note. */
  tell: {
    argument: z.strictObject({
      id,
      notification: item,
      to: item.nullable(),
      means: calledBySchema.nullable(),
      result: z.enum(['told', 'not-reached', 'not-needed']),
      note: text.nullable(),
      happenedAt: timeSchema.nullable(),
    }),
    result: nothing,
  },
  pauseClock: { argument: z.strictObject({ id, clock: item, reason: text }), result: nothing },
  resumeClock: { argument: z.strictObject({ id, clock: item, reason: text }), result: nothing },
  /** What a clock asks for was done. Refused (`not-allowed`) where another entry says so. */
  meetClock: { argument: z.strictObject({ id, clock: item, note: text.nullable() }), result: nothing },
  /** Whether a duty towards an authority holds; `since` null: since now. */
  holdDuty: {
    argument: z.strictObject({ id, regulatory: item, holds: z.boolean(), since: timeSchema.nullable(), reason: text }),
    result: nothing,
  },
} as const
