import type { EscalationEdge, Pack, Phase } from '../../shared/packs/pack.ts'
import type { FoundKind, PagedList } from '../../shared/packs/search.ts'
import type { Every } from '../../shared/packs/time-shape.ts'
import { count, span } from './time.ts'

const units: Readonly<Record<Every['unit'], string>> = {
  minute: 'minute',
  hour: 'hour',
  day: 'day',
  week: 'week',
  month: 'month',
  year: 'year',
}

/** 'every month', 'every 6 months', 'when asked for' */
export function everyWords(every: Every | null): string {
  if (every === null) return 'when asked for'
  return every.count === 1 ? `every ${units[every.unit]}` : `every ${every.count} ${units[every.unit]}s`
}

/** '0 to 5 min after detection' */
export function windowWords(window: Phase['window']): string {
  if (window === null) return 'no time set'
  const after = window.after === 'detection' ? 'after detection' : 'after the end'
  const from = span(window.fromMinutes * 60_000)
  if (window.toMinutes === null) return `from ${from} ${after} on`
  const to = span(window.toMinutes * 60_000)
  return window.fromMinutes === 0 ? `within ${to} ${after}` : `${from} to ${to} ${after}`
}

/** Why an edge of the escalation is taken: all of it must hold. */
export function edgeWords({ when }: EscalationEdge, pack: Pack): string {
  const codeOf = (id: string) => pack.severities.find((one) => one.id === id)?.code ?? id
  const typeOf = (id: string) => pack.incidentTypes.find((one) => one.id === id)?.title ?? id
  const parts = [
    ...(when.severities === undefined ? [] : [`at ${when.severities.map(codeOf).join(', ')}`]),
    ...(when.incidentTypes === undefined ? [] : [`for ${when.incidentTypes.map(typeOf).join(', ')}`]),
    ...(when.systems === undefined ? [] : [`where it hits ${when.systems.join(' or ')}`]),
    ...(when.unresolvedMinutes === undefined ? [] : [`unresolved for ${span(when.unresolvedMinutes * 60_000)}`]),
    ...(when.unanswered === undefined ? [] : ['no answer']),
    ...(when.condition === undefined ? [] : [when.condition]),
  ]
  return parts.join('; ')
}

/* Words of the browser of runbooks. */
export const packWords = {
  title: 'Runbooks',
  command: 'Look into the runbooks',
  group: 'Runbooks',
  list: 'Runbooks on this desk',
  search: 'Search all runbooks',
  searchHint: 'redis, disk full, pg_dump, who decides…',
  found: (shown: number, more: number) =>
    more === 0 ? `${count(shown, 'place')} found` : `the best ${shown} of ${shown + more}`,
  none: (text: string) => `No runbook says '${text}'. Leave out a word, or write only the beginning of it.`,
  results: 'What was found',
  kinds: {
    pack: 'runbook',
    severity: 'severity',
    scenario: 'scenario',
    symptom: 'symptom',
    phase: 'phase',
    routine: 'routine',
    stage: 'part',
    option: 'way',
    step: 'step',
    role: 'role',
    contact: 'whom to call',
    escalation: 'escalation',
    approval: 'approval',
    template: 'template',
    drill: 'drill',
    target: 'target',
    place: 'place',
  } satisfies Record<FoundKind, string>,
  origin: { shipped: 'ships with Muster', imported: 'yours' },
  version: (version: string, hash: string) => `${version} · ${hash.slice(0, 8)}`,
  toBind: (number: number) => `${number} to bind`,
  allBound: 'all bound',
  reading: 'Reading the runbook…',
  unreadable: (number: number) => `${count(number, 'file')} could not be read as a runbook`,
  noneYet: 'No runbook could be read. Import one: press I.',
  document: 'From',
  updated: (day: string) => `updated ${day}`,
  lists: { scenarios: 'Scenarios', phases: 'Phases', routines: 'Routines' } satisfies Record<PagedList, string>,
  one: { scenarios: 'Scenario', phases: 'Phase', routines: 'Routine' } satisfies Record<PagedList, string>,
  severities: 'Severities',
  severityColumns: { code: 'Severity', summary: 'What it means', acknowledge: 'Taken up', respond: 'First response' },
  within: (minutes: number) => `within ${span(minutes * 60_000)}`,
  notSet: 'not set',
  types: 'Incident types',
  escalation: 'Who is called next',
  thenCalled: 'then:',
  levels: {
    primary: 'First line',
    secondary: 'Second line',
    executive: 'Executives',
    none: 'Any level',
  },
  whoever: 'whoever has it',
  nobodyAfter: 'nobody comes after these',
  roles: 'Roles',
  duties: (number: number) => (number === 1 ? '1 duty' : `${number} duties`),
  onCall: { always: 'day and night', business: 'in business hours', 'as-needed': 'as needed' },
  team: { core: 'core team', extended: 'extended team' },
  approvals: 'Approvals',
  templates: 'Templates',
  moments: {
    initial: 'first message',
    update: 'update',
    escalation: 'escalation',
    resolution: 'at the end',
    record: 'record',
  },
  forms: { 'fire-drill': 'fire drill', tabletop: 'tabletop', review: 'review', record: 'record' },
  drills: 'Drills',
  notifications: 'Who is told',
  afterwards: 'After the incident',
  thresholds: 'Thresholds',
  values: 'Open values',
  secretValue: 'secret: a credential of the vault',
  resources: 'Where to look',
  allSeverities: 'all severities',
  steps: (number: number) => (number === 1 ? '1 step' : `${number} steps`),
  symptoms: 'How it shows',
  covers: (ids: readonly string[]) => ids.join(' '),
  next: 'Next',
  before: 'Before',
  foldAll: 'Fold all steps',
  openAll: 'Open all steps',
  back: (title: string) => `Back to ${title}`,
  declare: 'Declare with it',
  bindings: 'Places and targets',
  changed: 'What the last import changed',
  remove: 'Remove',
  removeSure: (title: string) => `Remove ${title} from this desk`,
  removeNote: 'Incidents keep the runbook that they were declared with.',
  tooLarge: (file: string) => ({
    tried: `Read ${file}`,
    happened: 'It is larger than 1 MiB.',
    next: 'Split it, or remove what does not belong in a runbook.',
  }),
  unread: (file: string) => ({
    tried: `Read ${file}`,
    happened: 'The file went away, changed while it was read, or may not be read.',
    next: 'Choose it again.',
  }),
  commands: {
    find: 'Search all runbooks',
    import: 'Import a runbook',
    bind: 'Bind places and targets',
    declare: 'Declare with this runbook',
    up: 'Up: the runbook, the list',
    next: 'Next page of the runbook',
    before: 'Page before',
    fold: 'Open or fold all steps',
    pick: (title: string) => `Open ${title}`,
  },
}

/* Words of importing a runbook. */
export const importWords = {
  title: 'Import a runbook',
  why: 'A runbook is one YAML file. It is checked first, as a whole, and taken only when nothing is wrong with it.',
  choose: 'Choose a file',
  another: 'Choose another file',
  drop: 'or drop it anywhere on this page',
  dropNow: 'Drop the runbook here',
  checking: (file: string) => `Checking ${file}…`,
  problems: (file: string, number: number) =>
    `${file} has ${number === 100 ? 'a hundred or more problems' : count(number, 'problem')}. Nothing was taken.`,
  mend: 'Mend the file, then choose it again.',
  place: (line: number, column: number) => `line ${line}, column ${column}`,
  whole: 'the file as a whole',
  meant: (word: string) => `Did you mean '${word}'?`,
  clean: (title: string, version: string) => `${title} ${version} is in order.`,
  isNew: 'This desk has no runbook of that id yet.',
  same: 'It is the same as the one on this desk.',
  go: 'Import it',
  updateGo: (version: string) => `Take ${version} in its place`,
  taken: (title: string, version: string) => `✓ ${title} ${version} is on this desk.`,
  open: 'Open it',
  diff: (before: string, after: string) => `What changes from ${before} to ${after}`,
  noDiff: 'Nothing that a person would see.',
  added: 'New',
  removed: 'Gone',
  changedItems: 'Changed',
}
