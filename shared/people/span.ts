import type { IncidentState } from '../incident/state.ts'
import { roleSchema } from './entries.ts'

/**
 * Of more people than this nobody keeps track: three to seven, says the Incident Command System (FEMA, National Incident
 * Management System, December 2008, 'Manageable Span of Control').
 */
export const MOST_REPORTS = 7

/** Somebody who reports to the commander. `as`: what for; a person may do several things. */
export interface Report {
  readonly name: string
  readonly as: readonly Reporting[]
}

export type Reporting =
  | { readonly is: 'role'; readonly role: 'deputy' | 'scribe' | 'communications' }
  /** `leads` false: a team that nobody leads, so each of it asks the commander. */
  | { readonly is: 'team'; readonly title: string; readonly leads: boolean }
  | { readonly is: 'task'; readonly text: string }

/** Who reports to whom: the commander, those who report to them, and the teams below. */
export interface Span {
  /** Null while nobody commands. */
  readonly commander: string | null
  readonly reports: readonly Report[]
  readonly isTooWide: boolean
  /** With those who report to a lead, who is not among them. */
  readonly teams: readonly {
    readonly title: string
    readonly lead: string | null
    readonly members: readonly string[]
  }[]
}

/**
 * The span of control of an incident: deputy, scribe, communications, the leads of teams, and who has a task that runs and is
 * in no team. A person is told by name, so one who does two things counts once. Pure.
 */
export function spanOf({ roles, teams, tasks }: Pick<IncidentState, 'roles' | 'teams' | 'tasks'>): Span {
  const commander = roles.commander?.name ?? null
  const reports = new Map<string, { name: string; as: Reporting[] }>()
  const add = (name: string, as: Reporting) => {
    if (commander !== null && key(name) === key(commander)) return
    const known = reports.get(key(name)) ?? { name, as: [] }
    reports.set(key(name), { ...known, as: [...known.as, as] })
  }
  for (const role of roleSchema.options) {
    const name = roles[role]?.name
    if (role !== 'commander' && name !== undefined) add(name, { is: 'role', role })
  }
  for (const { title, lead, members } of teams) {
    if (lead !== null) add(lead, { is: 'team', title, leads: true })
    else for (const member of members) add(member, { is: 'team', title, leads: false })
  }
  const led = new Set(teams.flatMap(({ lead, members }) => [lead, ...members]).map((name) => key(name ?? '')))
  for (const { owner, text, ended } of tasks.given) {
    if (ended === null && !led.has(key(owner))) add(owner, { is: 'task', text })
  }
  const all = [...reports.values()]
  return {
    commander,
    reports: all,
    isTooWide: all.length > MOST_REPORTS,
    teams: teams.map(({ title, lead, members }) => ({
      title,
      lead,
      members: members.filter((member) => key(member) !== key(lead ?? '')),
    })),
  }
}

function key(name: string): string {
  return name.trim().toLowerCase()
}
