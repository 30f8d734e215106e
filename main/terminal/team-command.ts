import { spanOf } from '../../shared/people/span.ts'
import { refuse } from '../../shared/refusal.ts'
import type { Face } from './face.ts'
import { plain, table } from './text.ts'

export interface TeamOptions {
  readonly lead?: string
  readonly member?: readonly string[]
  readonly dissolve?: boolean
}

/** `muster team ID [TITLE]`: forms, changes or dissolves a sub-team; then, or without a title, who reports to whom. */
export async function teamCommand(
  { services, by, say }: Face,
  incident: string,
  title: string | undefined,
  options: TeamOptions,
): Promise<void> {
  const { id, core } = await services.desk.ask('find', incident)
  const { lead = null, member = [], dissolve = false } = options
  const isSaid = lead !== null || member.length > 0 || dissolve
  if (title === undefined && isSaid) throw unnamed()
  if (title !== undefined) {
    const { state } = await services.desk.ask('open', id)
    const known = state.teams.find((team) => team.title.toLowerCase() === title.toLowerCase())
    if (dissolve && known === undefined) throw unknown(title, core.number)
    if (!isSaid) throw unsaid(title)
    const said = dissolve ? { lead: null, members: [] } : { lead, members: [...member] }
    await services.desk.ask('setTeam', id, { title, ...said }, by)
  }
  const { state } = await services.desk.ask('open', id)
  const span = spanOf(state)
  const rows = span.reports.map(({ name, as }) => [
    name,
    as
      .map((one) => (one.is === 'role' ? one.role : one.is === 'task' ? `task: ${one.text}` : teamWords(one)))
      .join(', '),
  ])
  const teams = span.teams.map((team) => [team.title, team.lead ?? 'nobody leads', team.members.join(', ')])
  say({ id, number: core.number, ...span }, [
    ...(teams.length === 0 ? ['There are no teams.'] : table([['TEAM', 'LEAD', 'MEMBERS'], ...teams])),
    '',
    plain(
      `${span.commander ?? 'Nobody'} commands; ${span.reports.length} ${span.reports.length === 1 ? 'reports' : 'report'} to them.`,
    ),
    ...(span.isTooWide ? ['▲ That is more than 7: form a team, or give a deputy some of them.'] : []),
    ...(rows.length === 0 ? [] : table([['REPORTS', 'AS'], ...rows])),
  ])
}

function teamWords({ title, leads }: { readonly title: string; readonly leads: boolean }): string {
  return leads ? `leads ${title}` : `in ${title}, which nobody leads`
}

function unnamed() {
  return refuse('bad-input', {
    tried: 'Form a team',
    happened: 'The team has no name.',
    next: 'Name it: muster team INCIDENT "Database" --lead NAME.',
  })
}

function unsaid(title: string) {
  return refuse('bad-input', {
    tried: `Form the team '${title}'`,
    happened: 'Nobody is named.',
    next: 'Name who leads it (--lead) and who is in it (--member), or --dissolve it.',
  })
}

function unknown(title: string, number: string) {
  return refuse('not-found', {
    tried: `Dissolve the team '${title}'`,
    happened: `${number} has no team of that name.`,
    next: 'Look at its teams: muster team INCIDENT.',
  })
}
