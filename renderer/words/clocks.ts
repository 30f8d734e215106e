import { span } from './time.ts'

/* Words of the clock strip. */
export const clockWords = {
  title: 'Clocks',
  /** Of a clock that no longer counts down. */
  states: { breached: 'overdue', met: 'in time', stopped: 'late', paused: 'stands still' },
  off: (skew: string, against: string) => `this clock is ${skew} of ${against}`,
  offWhy: (when: string) =>
    `Read ${when}. Entries logged since are marked. Set this machine's clock; the order of the journal does not depend on it.`,
  ended: 'stopped',
  of: (state: 'left' | 'soon, left', whole: number) => `${state} of ${span(whole)}`,
  due: (time: string) => `due ${time}`,
  nobody: '△ nobody',
  guide: 'guide',
  all: (clocks: number) => (clocks === 1 ? 'The clock and its rule' : `All ${clocks} clocks and their rules`),
  pausedBecause: (reason: string) => `stands still: ${reason}`,
  stoppedBy: (what: string) => `Stops when: ${what}`,
  untimed: 'Without a time',
  verbs: {
    told: 'Told',
    'not-needed': 'Not needed',
    done: 'Done',
    pause: 'Pause',
    resume: 'Run on',
    back: 'Back',
    why: 'Why',
  },
  duty: { why: 'Why it holds, or why not', holds: 'It holds', not: 'It does not hold' },
  none: 'No clock runs. Set the severity, and the response time of the runbook begins to count.',
  noneWithPack: 'No clock runs: the runbook sets no time for this severity.',
  noPack: 'No clock runs: the runbook of this incident is not on this desk.',
}
