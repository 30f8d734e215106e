import { z } from 'zod'
import { type Person, personSchema } from '../journal/header.ts'
import { type EntryOf, kindOf } from '../journal/kind.ts'

export const roleSchema = z.enum(['commander', 'deputy', 'scribe', 'communications'])

/** A person takes a role; the one who held it no longer does. `person` null: the role is empty again. */
export const roleTakenKind = kindOf('role-taken', z.strictObject({ role: roleSchema, person: personSchema.nullable() }))

/** An item of the incident's pack by its id, with its title as it was then. */
const itemSchema = z.strictObject({ id: z.string().min(1).max(64), title: z.string().min(1).max(300) })

/** By which means somebody was called or told. The number or address stays in the vault. */
export const calledBySchema = z.enum(['phone', 'sms', 'email', 'chat', 'pager', 'page', 'in-person', 'other'])

/**
 * How a call went. `reached`: they have it now; `voicemail`: a message waits for them; `no-answer`; `refused`: they cannot
 * or will not; `wrong-number`: that way leads to somebody else.
 */
export const callResultSchema = z.enum(['reached', 'voicemail', 'no-answer', 'refused', 'wrong-number'])

const note = z.string().min(1).max(20_000).nullable()

/** Somebody was called, once, by one means. `edge`: the rule of the escalation that it answers, null for none. */
export const calledKind = kindOf(
  'called',
  z.strictObject({
    role: itemSchema,
    person: personSchema.nullable(),
    means: calledBySchema,
    result: callResultSchema,
    edge: z.string().min(1).max(64).nullable(),
    note,
  }),
)

/** A notification of the pack: `told`; `not-reached`: tried in vain; `not-needed`: its condition does not hold. */
export const notifiedKind = kindOf(
  'notified',
  z.strictObject({
    notification: itemSchema,
    /** Whom, in words. */
    to: z.string().min(1).max(300),
    means: calledBySchema.nullable(),
    result: z.enum(['told', 'not-reached', 'not-needed']),
    note,
  }),
)

export const peopleKinds = [roleTakenKind, calledKind, notifiedKind] as const

export type Role = z.infer<typeof roleSchema>
export type CalledBy = z.infer<typeof calledBySchema>
export type CallResult = z.infer<typeof callResultSchema>
export type RoleEntry = EntryOf<typeof roleTakenKind>
export type CalloutEntry = EntryOf<typeof calledKind> | EntryOf<typeof notifiedKind>
export type NotifiedBody = EntryOf<typeof notifiedKind>['body']
export type Roles = Readonly<Record<Role, Person | null>>

export const emptyRoles: Roles = { commander: null, deputy: null, scribe: null, communications: null }

export function stepPeople(roles: Roles, entry: RoleEntry): Roles {
  return { ...roles, [entry.body.role]: entry.body.person }
}

/** One call; `role` and `edge` are ids of the pack, `at` is ISO UTC (when it happened), `entry` the hash of its entry. */
export interface CallMade {
  readonly entry: string
  readonly at: string
  readonly role: string
  readonly person: string | null
  readonly means: CalledBy
  readonly result: CallResult
  readonly edge: string | null
}

/** One notification that was given, or found not to be needed. */
export interface Notice {
  readonly entry: string
  readonly at: string
  readonly notification: string
  readonly result: NotifiedBody['result']
}

/** Who was called and told, in the order of the fold. */
export interface Callouts {
  readonly calls: readonly CallMade[]
  readonly notices: readonly Notice[]
}

export const emptyCallouts: Callouts = { calls: [], notices: [] }

export function stepCallouts(callouts: Callouts, entry: CalloutEntry): Callouts {
  const { hash, happened_at: at } = entry
  if (entry.kind === 'notified') {
    const { notification, result } = entry.body
    return { ...callouts, notices: [...callouts.notices, { entry: hash, at, notification: notification.id, result }] }
  }
  const { role, person, means, result, edge } = entry.body
  const call = { entry: hash, at, role: role.id, person: person?.name ?? null, means, result, edge }
  return { ...callouts, calls: [...callouts.calls, call] }
}
