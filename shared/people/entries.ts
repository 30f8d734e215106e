import { z } from 'zod'
import { type Person, personSchema } from '../journal/header.ts'
import { type EntryOf, kindOf } from '../journal/kind.ts'

export const roleSchema = z.enum(['commander', 'deputy', 'scribe', 'communications'])

/** A person takes a role; the one who held it no longer does. `person` null: the role is empty again. */
export const roleTakenKind = kindOf('role-taken', z.strictObject({ role: roleSchema, person: personSchema.nullable() }))

export type Role = z.infer<typeof roleSchema>
export type PeopleEntry = EntryOf<typeof roleTakenKind>
export type Roles = Readonly<Record<Role, Person | null>>

export const emptyRoles: Roles = { commander: null, deputy: null, scribe: null, communications: null }

export function stepPeople(roles: Roles, entry: PeopleEntry): Roles {
  return { ...roles, [entry.body.role]: entry.body.person }
}
