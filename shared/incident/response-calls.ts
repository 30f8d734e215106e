import { z } from 'zod'
import { id, line, nothing, personName, said } from '../call-fields.ts'
import { sha256Schema, timeSchema } from '../journal/header.ts'
import { calledBySchema, callResultSchema } from '../people/entries.ts'
import { taskOutcomeSchema } from '../tasks/entries.ts'
import { linkSchema, relationSchema } from './entries.ts'

/** An id or a title of the incident's runbook. */
const item = line

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
      person: personName.nullable(),
      means: calledBySchema,
      result: callResultSchema,
      edge: item.nullable(),
      note: said.nullable(),
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
      note: said.nullable(),
      happenedAt: timeSchema.nullable(),
    }),
    result: nothing,
  },
  /** Says types, priority and affected systems anew; what is left out no longer holds. */
  classify: {
    argument: z.strictObject({
      id,
      types: z.array(item).max(100),
      priority: item.nullable(),
      systems: z.array(z.string().trim().min(1).max(200)).max(100),
    }),
    result: nothing,
  },
  /** How it stands to another incident; `how` null: not at all. */
  relate: { argument: z.strictObject({ id, other: id, how: relationSchema.nullable() }), result: nothing },
  /** Where people meet or look: https, mailto, tel or sms; `url` null: nowhere any more. */
  link: {
    argument: z.strictObject({
      id,
      link: linkSchema,
      title: z.string().trim().min(1).max(200).nullable(),
      url: z.string().trim().min(1).max(2_000).nullable(),
    }),
    result: nothing,
  },
  /** Moves the work to a phase of the runbook. */
  enterPhase: { argument: z.strictObject({ id, phase: item, reason: said.nullable() }), result: nothing },
  /** Says why a severity was set, by the hash of its entry. */
  explainSeverity: { argument: z.strictObject({ id, entry: sha256Schema, reason: said }), result: nothing },
  /** Somebody asked back: the task goes on. `task` is the hash of the entry that gave it. */
  extendTask: {
    argument: z.strictObject({
      id,
      task: sha256Schema,
      minutes: z.int().min(1).max(1_440),
      note: said.nullable(),
    }),
    result: nothing,
  },
  endTask: {
    argument: z.strictObject({ id, task: sha256Schema, outcome: taskOutcomeSchema, note: said.nullable() }),
    result: nothing,
  },
  /** Forms or changes a sub-team, by its title; without lead and members it is no more. */
  setTeam: {
    argument: z.strictObject({
      id,
      title: line,
      lead: personName.nullable(),
      members: z.array(personName).max(200),
    }),
    result: nothing,
  },
  /** A clock is not to ring before `until`, which lies ahead by a day at most. */
  snoozeClock: { argument: z.strictObject({ id, clock: item, until: timeSchema, reason: said }), result: nothing },
  /** A finding, by its key, is accepted until then; `until` null: no longer. It stays in every count. */
  waive: {
    argument: z.strictObject({
      id,
      finding: z.strictObject({ key: z.string().min(1).max(500), title: z.string().min(1).max(1_000) }),
      until: timeSchema.nullable(),
      reason: said,
    }),
    result: nothing,
  },
  pauseClock: { argument: z.strictObject({ id, clock: item, reason: said }), result: nothing },
  resumeClock: { argument: z.strictObject({ id, clock: item, reason: said }), result: nothing },
  /** What a clock asks for was done. Refused (`not-allowed`) where another entry says so. */
  meetClock: { argument: z.strictObject({ id, clock: item, note: said.nullable() }), result: nothing },
  /** Whether a duty towards an authority holds; `since` null: since now. */
  holdDuty: {
    argument: z.strictObject({ id, regulatory: item, holds: z.boolean(), since: timeSchema.nullable(), reason: said }),
    result: nothing,
  },
} as const
