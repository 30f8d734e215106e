import { z } from 'zod'
import { id, line, nothing, personName, said, text } from '../call-fields.ts'
import { checkedKind } from '../checklists/entries.ts'
import { chainIdSchema, entrySchema, sha256Schema, timeSchema } from '../journal/header.ts'
import { packSchema } from '../packs/pack.ts'
import { roleSchema } from '../people/entries.ts'
import { decisionOutcomeSchema, pollSchema } from '../tasks/entries.ts'
import { conflictFieldSchema } from './conflicts.ts'
import { responseCalls } from './response-calls.ts'
import type { IncidentState } from './state.ts'
import { timelineFilterSchema, timelineGroups } from './timeline-filter.ts'

const answersSchema = z.record(z.string().max(100), z.enum(['yes', 'no', 'unsure']))

/** Checked by its maker, the fold, whose type it is; the schema only keeps foreign shapes out. */
export const stateSchema = z.custom<IncidentState>(
  (value) => typeof value === 'object' && value !== null && 'core' in value,
)

/** The window's calls about incidents: declaring, reading, logging, ending. */
export const incidentCalls = {
  /** Declares, and sets the severity: as named, or as the answers to the pack's questions lead. */
  declare: {
    argument: z.strictObject({
      pack: z.string().max(100),
      title: line,
      mode: z.enum(['live', 'exercise']),
      unconfirmed: z.boolean(),
      detectedAt: timeSchema.nullable(),
      severity: z.string().max(100).nullable(),
      answers: answersSchema,
      /** Where in the grid of impact and urgency, by the ids of its sides; null: not sure. Left out: it was not used. */
      grid: z.strictObject({ impact: line.nullable(), urgency: line.nullable() }).optional(),
      /** Why this severity, where a person named one: another than the answers lead to, or without asking them. */
      reason: text.nullable(),
      commander: personName.nullable(),
      /** Ids of the pack's incident types; none where nobody said. */
      types: z.array(z.string().max(64)).max(100).optional(),
      /** The affected systems, as people call them. */
      systems: z.array(line).max(100).optional(),
      /** Who noticed it, a person or a system. */
      reportedBy: personName.nullable().optional(),
    }),
    result: z.strictObject({ id, number: z.string() }),
  },
  /** A step or item of the runbook was done by hand, and what came out of it; or is not done after all. */
  check: { argument: z.strictObject({ id, what: checkedKind.body }), result: nothing },
  /** The state, the pack that the incident is pinned to, and the newest entries. From then on its entries are fed. */
  open: {
    argument: z.strictObject({ id }),
    result: z.strictObject({
      state: stateSchema,
      pack: packSchema.nullable(),
      /** Where the organisation's overlay says otherwise than the runbook, or more. */
      yours: z.array(z.strictObject({ path: z.string(), says: z.string(), runbook: z.string().nullable() })),
      entries: z.array(entrySchema),
      /** The chain that this desk writes for it; null before its first entry. */
      ownChain: chainIdSchema.nullable(),
    }),
  },
  /** Entries `from` to `to` (exclusive), counted from 0 in the order of the fold; 500 at most. */
  page: { argument: z.strictObject({ id, from: z.int().min(0), to: z.int().min(0) }), result: z.array(entrySchema) },
  /** As `page`, of the entries that pass a filter, and how many do. */
  filtered: {
    argument: z.strictObject({ id, filter: timelineFilterSchema, from: z.int().min(0), to: z.int().min(0) }),
    result: z.strictObject({ total: z.int(), entries: z.array(entrySchema) }),
  },
  /** What the timeline can be filtered by, each with how many entries that leaves. */
  facets: {
    argument: z.strictObject({ id }),
    result: z.strictObject({
      groups: z.array(z.strictObject({ group: z.enum(timelineGroups), count: z.int() })),
      people: z.array(z.strictObject({ name: z.string(), count: z.int() })),
      starred: z.int(),
    }),
  },
  /** Where an entry, or the first one logged at or after a time, stands among those that pass the filter; null for nowhere. */
  locate: {
    argument: z.strictObject({
      id,
      at: z.union([z.strictObject({ time: timeSchema }), z.strictObject({ hash: sha256Schema })]),
      filter: timelineFilterSchema.nullable(),
    }),
    result: z.strictObject({ position: z.int().nullable() }),
  },
  confirm: { argument: z.strictObject({ id }), result: nothing },
  respond: { argument: z.strictObject({ id }), result: nothing },
  setSeverity: {
    argument: z.strictObject({
      id,
      severity: z.string().max(100).nullable(),
      answers: answersSchema,
      /** Where in the runbook's grid it is seen, by ids; null: not sure. */
      grid: z.strictObject({ impact: line.nullable(), urgency: line.nullable() }).optional(),
      /** Null: it holds now, the reason follows (`explainSeverity`). */
      reason: text.nullable(),
    }),
    result: nothing,
  },
  stateImpact: { argument: z.strictObject({ id, text }), result: nothing },
  assign: { argument: z.strictObject({ id, role: roleSchema, name: personName.nullable() }), result: nothing },
  note: { argument: z.strictObject({ id, text, happenedAt: timeSchema.nullable() }), result: nothing },
  correct: { argument: z.strictObject({ id, entry: sha256Schema, text }), result: nothing },
  star: { argument: z.strictObject({ id, entry: sha256Schema, on: z.boolean() }), result: nothing },
  giveTask: {
    argument: z.strictObject({
      id,
      owner: personName,
      minutes: z.int().min(1).max(1_440).nullable(),
      text: said,
      happenedAt: timeSchema.nullable(),
    }),
    result: nothing,
  },
  decide: {
    argument: z.strictObject({
      id,
      text: said,
      /** What else was weighed. */
      options: z.array(z.string().trim().min(1).max(2_000)).max(20).optional(),
      poll: pollSchema.nullable().optional(),
      outcome: decisionOutcomeSchema.optional(),
      happenedAt: timeSchema.nullable(),
    }),
    result: nothing,
  },
  giveUpdate: { argument: z.strictObject({ id, text: said, happenedAt: timeSchema.nullable() }), result: nothing },
  ...responseCalls,
  resolve: {
    argument: z.strictObject({ id, outcome: z.enum(['resolved', 'false-alarm']), summary: z.string().max(20_000) }),
    result: nothing,
  },
  reopen: { argument: z.strictObject({ id, reason: text }), result: nothing },
  /** Ends a conflict between desks: what the entry of that hash says of the field holds. */
  settle: { argument: z.strictObject({ id, field: conflictFieldSchema, entry: sha256Schema }), result: nothing },
} as const
