import type { Clock } from '../../shared/clocks/clocks.ts'
import { span } from './time.ts'

/* Words of the clock strip. */
export const clockWords = {
  title: 'Clocks',
  states: {
    running: 'left',
    soon: 'left, soon',
    breached: 'overdue',
    met: 'in time',
    stopped: 'late',
  } satisfies Record<Clock['state'], string>,
  ended: 'stopped',
  of: (state: string, whole: number) => `${state} of ${span(whole)}`,
  nobody: '△ nobody',
  none: 'No clock runs. Set the severity, and the response time of the runbook begins to count.',
  noneWithPack: 'No clock runs: the runbook sets no time for this severity.',
  noPack: 'No clock runs: the runbook of this incident is not on this desk.',
}
