import type { Standing } from '../../shared/findings/compare.ts'
import type { Health } from '../../shared/findings/container-tree.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import type { Tally } from '../../shared/findings/tally.ts'
import type { FindingsTab } from '../desk/view-store.ts'
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
  follows: (number: number) => (number === 1 ? '1 follows from it' : `${number} follow from it`),
  whichOnes: (number: number) => (number === 1 ? 'Which one' : `Which ${number}`),
  changed: (time: string, what: string) => `Changed ${time}: ${what}`,
  sure: { measured: 'sure: measured', likely: 'likely', possible: 'possible, a guess' } satisfies Record<
    Finding['sure'],
    string
  >,
  since: (time: string) => `since ${time}`,
  standing: {
    baseline: 'older than the incident',
    still: 'as before',
    new: '＋ new since the last sweep',
  } satisfies Record<Exclude<Standing, 'first'>, string>,
  gone: (number: number, time: string) => `${count(number, 'finding')} of ${time} no longer seen`,
  /** In two parts, of which the second needs room. */
  acceptParts: (code: string) => [`Set ${code}`, ', as it suggests'] as const,
  next: 'Next',
  evidence: 'Evidence →',
  waive: 'Waive…',
  unwaive: 'End the waiver…',
  waivedUntil: (time: string, by: string) => `Waived until ${time} by ${by}:`,
  waiverOver: (time: string) => `Its waiver ran out ${time}.`,
  hadSaid: (by: string, reason: string) => `${by} had said: ${reason}`,
  waivedElsewhere: (number: string, time: string, by: string) => `Waived in ${number} until ${time} by ${by}:`,
  marked: 'marked',
  /** '8 findings, 1 waived, 2 could not be checked' */
  tally: ({ findings, waived, blind }: Pick<Tally, 'findings' | 'waived' | 'blind'>) =>
    [
      count(findings, 'finding'),
      ...(waived === 0 ? [] : [`${waived} waived`]),
      ...(blind === 0 ? [] : [`${blind} could not be checked`]),
    ].join(', '),
  /** '2 new, 3 as before, 1 older than the incident, 1 gone' */
  compared: (tally: Tally, hasBefore: boolean) =>
    [
      ...(hasBefore ? [`${tally.new} new`, `${tally.still} as before`] : []),
      ...(tally.baseline === 0 ? [] : [`${tally.baseline} older than the incident`]),
      ...(hasBefore ? [`${tally.gone} gone`] : []),
    ].join(', '),
  allOf: (all: number, more: number) => `All ${all}, ${more} more than here`,
  page: 'Owners, containers, hygiene, changes',
  parts: 'Parts of the findings',
  tabs: {
    findings: 'Findings',
    owners: 'By owner',
    containers: 'Containers',
    hygiene: 'Hygiene',
    blind: 'Could not check',
    changed: 'Changed',
    gone: 'Gone',
  } satisfies Record<FindingsTab, string>,
  filter: 'Type to filter',
  sort: 'Order',
  orders: { rank: 'by weight', since: 'newest first', name: 'by name' },
  asTable: 'As a table',
  asTree: 'As a tree',
  moreTyped: (number: number) => `${number} more: type to find them`,
  noneFits: (text: string) => (text === '' ? 'Nothing here.' : `Nothing here fits '${text}'.`),
  derives: 'Reading the kept evidence…',
  tidy: 'Nothing untidy that this sweep can see.',
  untidy: (number: number, waived: number) =>
    `${count(number, 'untidy thing')}${waived === 0 ? '' : `, ${waived} waived`}. None is a sign of this incident; each makes the next one worse.`,
  noSpots: 'All that was asked for was read.',
  each: 'What was not read',
  spotsNext: 'Sweep again, or look by hand where it matters.',
  noChanges: 'The engine tells of no change lately. It keeps only its last 256 events.',
  times: (number: number) => `${number} times`,
  changedBefore: (titles: readonly string[]) => {
    const [first = '', ...more] = titles
    return more.length === 0 ? `before: ${first}` : `before: ${first}, and ${more.length} more`
  },
  nothingBefore: 'There was no sweep of this engine before, so nothing can be gone.',
  nothingGone: (time: string) => `Everything that the sweep of ${time} found is still there.`,
  goneSince: (number: number, time: string) => `${count(number, 'finding')} of the sweep of ${time}, no longer seen:`,
  found: (number: number) => count(number, 'finding'),
  noProject: 'No compose project',
  noService: 'No service',
  marks: (number: number) => `${number} marked`,
  copied: (number: number) => `✓ ${count(number, 'finding')} copied as Markdown, with the hashes of the evidence`,
  notCopied: 'The system did not let Muster copy. Select the text above.',
  copyText: 'The findings as Markdown',
  awaitsList: 'Still waiting for the list of containers',
  awaits: (names: readonly string[]) => `Still waiting for ${someOf(names)}`,
  awaitsUsage: (names: readonly string[]) => `CPU and memory of ${someOf(names)}`,
  awaitsEngine: 'Still waiting for the engine itself: images, disk, events',
  keys: {
    group: 'This finding',
    down: 'Next',
    up: 'The one before',
    accept: (code: string) => `Set ${code}, with this as the reason`,
    evidence: 'Request and answer it was read from',
    raw: 'Request and answer of this container',
    waive: 'Waive it, or end its waiver',
    mark: 'Mark it',
    unmark: 'Take all marks off',
    copy: (marked: number) => (marked === 0 ? 'Copy it as Markdown' : `Copy ${marked} as Markdown`),
    order: 'Another order',
    cancel: 'Cancel the sweep',
    all: 'Keys of this view',
  },
  waiving: {
    title: 'Waive a finding',
    endTitle: 'End a waiver',
    reason: 'Why is it accepted?',
    reasonHint: 'It stays in every count and sinks below the others.',
    until: 'Until',
    choices: { hour: '1 h', today: 'end of today', week: '7 days', month: '30 days' },
    typed: 'Or until',
    typedHint: (zone: string) => `90 min, 18:30 (${zone}), 2026-11-28, 2026-11-28 18:30`,
    untilTime: (time: string) => `Until ${time}. Then it comes back by itself.`,
    wrong: {
      form: 'That is no time. Type 2 h, 18:30 or 2026-11-28.',
      past: 'That is over already.',
      far: 'That is more than a year ahead.',
    },
    go: 'Waive it',
    endReason: 'Why is it no longer accepted?',
    endGo: 'End the waiver',
  },
  scenario: (title: string) => `Scenario: ${title} →`,
  /** The same in two parts, of which the first needs room. */
  scenarioParts: (title: string) => ['Scenario: ', `${title} →`] as const,
  more: (number: number) => `${number} more`,
  containers: 'Containers',
  containerTable: (number: number, projects: string) =>
    `${count(number, 'container')}${projects === '' ? ' of this sweep' : ` · ${projects}`}`,
  columns: { name: 'Container', state: 'State', project: 'Project', image: 'Image', cpu: 'CPU', memory: 'Memory' },
  healthShapes: {
    ended: '▲',
    unhealthy: '◆',
    halted: '■',
    starting: '◌',
    running: '●',
    done: '○',
  } satisfies Record<Health, string>,
  healths: {
    ended: 'ended',
    unhealthy: 'unhealthy',
    halted: 'halted',
    starting: 'starting',
    running: 'running',
    done: 'done',
  } satisfies Record<Health, string>,
  healthy: 'healthy',
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

/** 'api, db and 3 more' */
function someOf(names: readonly string[]): string {
  const more = names.length - 3
  return more > 0 ? `${names.slice(0, 3).join(', ')} and ${more} more` : names.join(', ')
}
