import type { TaskOutcome } from '../../shared/tasks/entries.ts'

/* Words of tasks. */
export const taskWords = {
  give: 'Give a task',
  what: 'What is to be done',
  whose: 'Whose it is: one person',
  askBack: 'Ask back in',
  minutes: (number: number) => `${number} min`,
  noTime: 'no time',
  ownTime: 'Or another number of minutes',
  ownTimeHint: '… min',
  go: 'Give the task',
  title: (owner: string) => `Task of ${owner}`,
  given: (by: string, at: string) => `Given by ${by} at ${at}.`,
  nobodyAsks: 'Nobody asks back: it was given without a time.',
  dueIn: (time: string) => `Ask back in ${time}.`,
  dueSince: (time: string) => `It was time to ask back ${time} ago.`,
  wentOn: (times: number) => (times === 1 ? 'It went on once.' : `It went on ${times} times.`),
  goesOn: 'It goes on: ask back in',
  note: 'What they said (optional)',
  done: 'Done',
  drop: 'Drop it',
  ended: {
    done: (by: string, at: string) => `Done, said ${by} at ${at}.`,
    dropped: (by: string, at: string) => `Dropped by ${by} at ${at}.`,
  } satisfies Record<TaskOutcome, (by: string, at: string) => string>,
  gone: 'This task is not in the journal.',
  commands: {
    done: 'The task is done',
    goesOn: (minutes: number) => `It goes on: ask back in ${minutes} min`,
    drop: 'Drop the task',
  },
  open: 'open',
} as const
