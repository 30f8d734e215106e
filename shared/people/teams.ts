import { z } from 'zod'
import { type EntryOf, kindOf } from '../journal/kind.ts'

const name = z.string().min(1).max(200)

/** A sub-team: who leads it and who is in it. Each says all of it anew; without lead and members it is no more. */
export const teamSetKind = kindOf(
  'team-set',
  z.strictObject({
    team: z.strictObject({ id: z.string().min(1).max(64), title: z.string().min(1).max(300) }),
    lead: name.nullable(),
    members: z.array(name).max(200),
  }),
)

/** In the order in which they were formed. `at` is ISO UTC. */
export type Teams = readonly {
  readonly id: string
  readonly title: string
  readonly lead: string | null
  readonly members: readonly string[]
  readonly at: string
  readonly entry: string
}[]

export const emptyTeams: Teams = []

export function stepTeams(teams: Teams, { hash, happened_at: at, body }: EntryOf<typeof teamSetKind>): Teams {
  const { team, lead, members } = body
  const set = { ...team, lead, members, at, entry: hash }
  const others = teams.filter(({ id }) => id !== team.id)
  if (lead === null && members.length === 0) return others
  return others.length === teams.length ? [...teams, set] : teams.map((one) => (one.id === team.id ? set : one))
}
