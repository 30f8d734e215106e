import type { Standing } from '../../shared/findings/compare.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { count, memory } from './time.ts'

/* Words of findings and sweeps. */
export const findingWords = {
  title: 'Findings',
  engine: 'Engine',
  noEngine: 'No Docker engine was found on this machine.',
  noEngineNext: 'Start one, or set DOCKER_HOST, then look again.',
  protected: '■ Protected.',
  readOnly: 'Muster only reads here.',
  protectedEngine: (name: string) => `■ ${name} · protected`,
  changesAllowed: 'Changes are allowed here.',
  looking: 'Looking for Docker engines…',
  lookAgain: 'Look again for engines',
  problems: (number: number) => `△ ${count(number, 'problem')} with engines`,
  sweep: 'Sweep',
  cancel: 'Cancel',
  never: 'Not swept yet',
  neverHint:
    'A sweep reads lists, states, health, usage and the last log lines of all containers at once. It changes nothing.',
  swept: (when: string) => `swept ${when}`,
  source: (name: string, when: string) => `${name} · ${when}`,
  stale: (name: string, when: string) => `△ ${name} · stale, ${when}`,
  states: {
    asked: 'Asked: the sweep has not begun yet',
    running: 'Reading',
    cancelling: 'Cancel asked, stopping…',
    kept: 'Kept',
    failed: 'Not kept',
  },
  calls: (done: number, of: number) => `${done} of ${count(of, 'answer')}`,
  first: 'no answer yet',
  seconds: (ms: number) => `${(ms / 1000).toFixed(1)} s`,
  rows: (number: number) => count(number, 'container'),
  keptSummary: (containers: number, ms: number, version: string | null) =>
    [
      count(containers, 'container'),
      `${(ms / 1000).toFixed(2)} s`,
      ...(version === null ? [] : [`Docker ${version}`]),
    ].join(' · '),
  notKept: 'not yet kept',
  notKeptHint: 'These show before the evidence is safe. They become entries when it is.',
  clear: 'Nothing is wrong that this sweep can see.',
  clearHint: 'If people still notice something, the cause lies elsewhere. Log what they see.',
  related: (number: number) => `+${number} related`,
  changed: (time: string, what: string) => `changed ${time}: ${what}`,
  sure: { measured: 'sure: measured', likely: 'likely', possible: 'possible, a guess' } satisfies Record<
    Finding['sure'],
    string
  >,
  since: (time: string) => `since ${time}`,
  standing: {
    baseline: 'so before the incident',
    still: 'as in the last sweep',
    new: '＋ new since the last sweep',
  } satisfies Record<Exclude<Standing, 'first'>, string>,
  gone: (number: number, time: string) => `${count(number, 'finding')} of ${time} no longer seen`,
  suggests: (code: string) => `suggests ${code}`,
  next: 'Next',
  evidence: 'Evidence →',
  scenario: (title: string) => `Scenario: ${title} →`,
  more: (number: number) => `${number} more`,
  blind: (number: number) => `${count(number, 'thing')} could not be read`,
  containers: 'Containers',
  containerTable: (number: number, projects: string) =>
    `${count(number, 'container')}${projects === '' ? ' of this sweep' : ` · ${projects}`}`,
  columns: { name: 'Container', state: 'State', cpu: 'CPU', memory: 'Memory' },
  noHealth: '',
  health: { healthy: 'healthy', unhealthy: 'unhealthy', starting: 'health starting' } as Readonly<
    Record<string, string>
  >,
  exit: (code: number) => `exit ${code}`,
  restarts: (number: number) => count(number, 'restart'),
  pending: '…',
  /** '12 of 128 MiB', as short as the units allow. */
  memory: (used: number, limit: number | null) => {
    if (limit === null) return memory(used)
    const [number, unit] = memory(used).split(' ')
    const whole = memory(limit)
    return whole.endsWith(` ${unit}`) ? `${number} of ${whole}` : `${memory(used)} of ${whole}`
  },
}
