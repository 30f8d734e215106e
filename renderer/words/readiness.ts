import type { ReadinessFinding } from '../../shared/packs/readiness/finding.ts'
import type { Readiness } from '../../shared/packs/readiness.ts'
import { count } from './time.ts'

/* Words of what a desk still lacks for a runbook. */
export const readinessWords = {
  title: (pack: string) => `Is this desk ready for ${pack}?`,
  open: 'Readiness',
  command: 'See what is missing for this runbook',
  reading: 'Looking at what is missing…',
  short: (missing: number, advice: number) => {
    if (missing + advice === 0) return 'Nothing is missing.'
    const parts = [missing === 0 ? '' : `${missing} missing`, advice === 0 ? '' : `${advice} worth a look`].filter(
      (part) => part !== '',
    )
    return `${parts.join(', ')}.`
  },
  missing: 'Missing: will not work on the day',
  advice: 'Worth a look',
  allWell: 'Nothing is missing that this desk can see.',
  overlay: (title: string) => `Filled by the overlay '${title}'.`,
  noOverlay:
    'No overlay is in force: all values are the runbook’s. An overlay is one file that fills what a runbook leaves open: people, approvers, times.',
  overlayProblem: (file: string, problem: string) =>
    `The overlay ${file} cannot be read, so the runbook stands alone: ${problem}`,
  yours: 'Yours, not the runbook’s',
  says: (says: string, runbook: string | null) =>
    runbook === null ? `${says}; the runbook leaves it open` : `${says}; the runbook says ${runbook}`,
  due: 'Drills and routines',
  states: {
    never: 'never done',
    overdue: 'overdue',
    soon: 'due soon',
    fine: 'in time',
    'as-asked': 'when asked for',
  } satisfies Record<Readiness['due'][number]['state'], string>,
  lastAt: (day: string) => `last ${day}`,
  dueAt: (day: string) => `due ${day}`,
  topics: {
    contact: 'people',
    approval: 'approvals',
    clock: 'times',
    callout: 'calls',
    place: 'places',
    target: 'targets',
    parameter: 'values',
    credential: 'credentials',
    drill: 'drills',
    overlay: 'overlay',
  } satisfies Record<ReadinessFinding['topic'], string>,
  drillsDue: (number: number) => count(number, 'is due', 'are due'),
}
