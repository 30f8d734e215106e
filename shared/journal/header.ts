import { z } from 'zod'

/** Lower-case hex of a sha256. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)
/** UTC with milliseconds, as `Date.prototype.toISOString` writes it for the years 0 to 9999. */
export const timeSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  .refine(isRealTime, 'is not a time that exists')
/** A ULID: 26 characters of Crockford's base 32, sortable by time of making (https://github.com/ulid/spec). */
export const ulidSchema = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
/** A chain's random id: 32 lower-case hex digits (16 random bytes). */
export const chainIdSchema = z.string().regex(/^[0-9a-f]{32}$/)

export const modeSchema = z.enum(['live', 'exercise', 'routine'])

/** Who: a plain name, and the contact's id in the vault where there is one. Numbers and addresses never stand here. */
export const personSchema = z.strictObject({ contact: z.string().nullable(), name: z.string().min(1).max(200) })

/**
 * How far this entry's wall clock can be trusted.
 *
 * `mark`: `steady`, or `stepped` where the wall clock moved against the monotonic one since the writer's last look.
 * `by_ms`: by how much it stepped (positive: forward), null when steady.
 * `skew_ms`: estimate of a steady error against outside witnesses (positive: this clock is ahead), null without one.
 */
export const clockMarkSchema = z.strictObject({
  mark: z.enum(['steady', 'stepped']),
  by_ms: z.int().nullable(),
  skew_ms: z.int().nullable(),
})

/** A head of another chain of the same incident that the writer had seen. */
export const seenHeadSchema = z.strictObject({ chain: chainIdSchema, seq: z.int().min(1), hash: sha256Schema })

/**
 * What is hashed of an entry, keyed by the names of the columns. `docs/journal-format.md` is the format's text;
 * nothing here may change without a new format.
 */
export const headerSchema = z.strictObject({
  incident: ulidSchema,
  chain: chainIdSchema,
  seq: z.int().min(1),
  lamport: z.int().min(1),
  at: timeSchema,
  happened_at: timeSchema,
  clock: clockMarkSchema,
  mode: modeSchema,
  actor: personSchema,
  recorded_by: personSchema,
  kind: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  version: z.int().min(1),
  body_hash: sha256Schema,
  after: z.array(seenHeadSchema),
})

/** One entry as readers get it: its header, its place in the chain, and its body as parsed JSON (null once erased). */
export const entrySchema = z.strictObject({
  ...headerSchema.shape,
  prev: sha256Schema,
  hash: sha256Schema,
  body: z.json(),
})

export type Mode = z.infer<typeof modeSchema>
export type Person = z.infer<typeof personSchema>
export type ClockMark = z.infer<typeof clockMarkSchema>
export type SeenHead = z.infer<typeof seenHeadSchema>
export type Header = z.infer<typeof headerSchema>
export type Entry = z.infer<typeof entrySchema>

/** The 30th of February and a 61st second have the form of a time, and are none. */
function isRealTime(text: string): boolean {
  const ms = Date.parse(text)
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text
}
