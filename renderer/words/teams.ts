import type { Reporting } from '../../shared/people/span.ts'
import { incidentWords } from './incident.ts'

/* Words of sub-teams and the span of control. */
export const teamWords = {
  title: 'Teams',
  command: 'Sub-teams, and who reports to whom',
  lead: 'A team has a lead and members. Who is led reports to the lead, not to the commander.',
  none: 'There are no teams yet. Name one below, with who leads it.',
  name: 'Team',
  leader: 'Lead',
  members: 'Members, with commas between',
  form: 'Form the team',
  change: (title: string) => `Change ${title}`,
  changeIt: 'Change',
  keep: 'Keep',
  dissolve: 'Dissolve',
  dissolveSure: (title: string) => `Really dissolve ${title}`,
  noLead: '△ nobody leads',
  span: 'Span of control',
  nobodyCommands: '△ nobody commands',
  reports: (count: number) => (count === 1 ? '1 reports to the commander' : `${count} report to the commander`),
  nobodyReports: 'Nobody reports to the commander yet.',
  tooWide: (count: number) =>
    `▲ ${count} report to the commander, more than 7: form a team, or give a deputy some of them.`,
  tooWideShort: (count: number) => `▲ span ${count}: more than 7`,
  tooWideWhy: (count: number) => `${count} people report to the commander. More than 7 are too many: form a team.`,
  wellWithin: (count: number) => `● ${count} of 7 at most`,
  as: (as: Reporting): string => {
    if (as.is === 'role') return incidentWords.roles[as.role]
    if (as.is === 'task') return `task: ${as.text}`
    return as.leads ? `leads ${as.title}` : `in ${as.title}, which nobody leads`
  },
  ledBy: (lead: string) => `led by ${lead}`,
}
