import type { Role } from '../../shared/people/entries.ts'

/* What each command role does, and how its holder stands. */
export const roleWords = {
  does: {
    commander:
      'Decides, and gives each task to one person. Says how bad it is, asks for objections, keeps the time. Touches no system.',
    deputy: 'Takes command when the commander is away. Keeps the list of tasks, asks back, watches the clocks.',
    scribe: 'Writes down what is said, decided and done, with the time. Reads it back when asked.',
    communications:
      'Drafts and sends the updates on time, inside and outside. Takes the questions, so that others can work.',
  } satisfies Record<Role, string>,
  nobody: '△ Nobody holds this role.',
  heard: (name: string, time: string, ago: string) => `${name} was last heard at ${time}, ${ago}.`,
  neverHeard: (name: string) => `△ ${name} was not heard of yet.`,
  asInRunbook: (title: string) => `In the runbook: ${title}`,
  noDuties: 'The runbook lists no duties for it.',
}
