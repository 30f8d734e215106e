import type { Clock } from '../clocks/clock.ts'
import { clocksOf } from '../clocks/clocks.ts'
import { formatLeft, spellDuration } from '../clocks/duration.ts'
import { escalationOf } from '../clocks/escalation/escalation.ts'
import { nextSentence } from '../clocks/escalation/next-sentence.ts'
import { phaseOf } from '../clocks/phases.ts'
import { waivedLast, waiverOf } from '../findings/waivers.ts'
import { clockInputOf } from '../incident/clock-input.ts'
import { conflictSentence, conflictsOf } from '../incident/conflicts.ts'
import { type IncidentState, isOpen } from '../incident/state.ts'
import type { Pack } from '../packs/pack.ts'
import { type Role, roleSchema } from '../people/entries.ts'
import type { Block, Section, Text } from '../postmortem/blocks.ts'
import { modeWords } from '../postmortem/sections.ts'
import { count, localTime, spellOffset, spellSeverity } from '../postmortem/words.ts'
import { runningTasks } from '../tasks/entries.ts'
import type { Paper } from './paper.ts'

/** A change that is taken back by itself or by hand. `command`: what a person would type to do it. Times are ISO UTC. */
export interface ArmedChange {
  readonly title: string
  readonly until: string | null
  readonly command: string
}

export interface BriefInput {
  readonly state: IncidentState
  /** Null where it cannot be read: then there are no clocks and no calls. */
  readonly pack: Pack | null
  /** ISO UTC: the moment that it tells of. */
  readonly at: string
  /** Minutes that the readers' clocks are ahead of UTC; null: UTC alone. */
  readonly offsetMinutes: number | null
  readonly objectives: readonly string[]
  readonly hazards: readonly string[]
  /** To whom command is offered; null: to nobody yet. */
  readonly to: string | null
  readonly armed: readonly ArmedChange[]
}

/** More rows of one kind would push the others off the page. */
const MOST_ROWS = 6
const MOST_TEXT = 200
/** In a table or a list of many. */
const MOST_IN_ROW = 90
const HOUR_MS = 3_600_000

/**
 * The hand-over brief: one page in the shape of ICS 201 (FEMA, "Incident Briefing", form of 2010: situation and hazards,
 * objectives, actions, organisation, resources). Pure: the same state, pack, moment and words give the same page.
 */
export function handoverBrief(input: BriefInput): Paper {
  const { state } = input
  const { core, head } = state
  return {
    what: 'Hand-over brief',
    number: core.number,
    title: core.title,
    mode: state.mode,
    head: head?.hash ?? null,
    facts: [...situation(input), ['Journal', journal(input)]],
    sections: [
      said('objectives', 'Objectives', input.objectives, 'None were typed. Agree on them first.'),
      said('hazards', 'Hazards and safety', input.hazards, 'None were named.'),
      armed(input),
      owed(input),
      tasks(input),
      clocks(input),
      roles(input),
      calls(input),
      findings(input),
      decisions(input),
      promises(input),
      links(input),
    ].filter((section): section is Section => section !== null),
    foot: [],
    dense: true,
  }
}

/** Up to where it tells: a page that is held beside the journal can be checked against it. */
function journal(input: BriefInput): Text {
  const { state, at } = input
  const entries = count(state.entries, 'entry', 'entries')
  return [`As of ${moment(at, input)}, ${entries}, head `, { mono: state.head?.hash ?? 'none' }]
}

function situation(input: BriefInput): [string, Text][] {
  const { state, pack, at, to } = input
  const { core } = state
  const atMs = Date.parse(at)
  const severity = core.severities.at(-1)
  const phase = pack === null ? null : phaseOf(core, pack, atMs)
  const last = core.classifications.at(-1)
  const sorts = last?.types.map(({ title }) => title).join(', ') ?? ''
  const systems = last?.systems.join(', ') ?? ''
  const end = core.resolvedAt ?? at
  return [
    ['Mode', [{ strong: modeWords[state.mode] }]],
    [
      'Command',
      [{ strong: state.roles.commander?.name ?? 'NOBODY' }, ...(to === null ? [] : [', offered to ', { strong: to }])],
    ],
    ['Severity', severityWords(input, severity)],
    ['Impact', [core.impact === null ? 'NOT STATED' : cut(core.impact.text)]],
    [
      'Running',
      [
        `${spellDuration(Date.parse(end) - Date.parse(core.detectedAt))} since ${moment(core.detectedAt, input)}`,
        isOpen(state) ? '' : ` · ENDED ${moment(end, input)}`,
        core.status === 'unconfirmed' ? ' · not confirmed yet' : '',
        phase === null ? '' : ` · phase: ${phase.phase.title}`,
      ],
    ],
    ...(sorts === '' ? [] : [['What sort', [cut(sorts)]] as [string, Text]]),
    ...(systems === '' ? [] : [['Affected', [cut(systems)]] as [string, Text]]),
    ...(input.offsetMinutes === null
      ? []
      : [['Times', [`UTC, in brackets ${spellOffset(input.offsetMinutes)}`]] as [string, Text]]),
    ...conflictsOf(state).map((one): [string, Text] => ['CONFLICT', [conflictSentence(one)]]),
  ]
}

function severityWords(input: BriefInput, held: IncidentState['core']['severities'][number] | undefined): Text {
  const { core } = input.state
  if (core.severity === null) return ['NOT SET']
  const since = held === undefined ? '' : ` since ${moment(held.at, input)}`
  return [
    { strong: spellSeverity(core.severity) },
    core.assumed ? ' (assumed)' : '',
    since,
    held === undefined || held.owed ? '' : `: ${cut(held.reason)}`,
  ]
}

function said(id: string, title: string, lines: readonly string[], none: string): Section {
  if (lines.length === 0) return { id, title, blocks: [{ block: 'paragraph', text: [none] }] }
  return { id, title, blocks: [{ block: 'list', items: lines.map((line) => [cut(line)]) }] }
}

/** Only there where there are any. */
function armed(input: BriefInput): Section | null {
  if (input.armed.length === 0) return null
  const rows = input.armed.map(({ title, until, command }): Text[] => [
    [cut(title)],
    [until === null ? 'by hand' : moment(until, input)],
    [{ mono: command }],
  ])
  return tableSection('armed', 'Armed changes: what takes them back', ['Change', 'By itself at', 'By hand'], rows)
}

function owed({ state }: BriefInput): Section | null {
  const severity = state.core.severities.at(-1)
  const open = state.clocks.respondedAt === null && isOpen(state) ? ['Nobody has acknowledged it yet.'] : []
  const reason = severity?.owed === true ? [`The reason for ${severity.severity.code} is still to be said.`] : []
  const roles = roleSchema.options.filter((role) => state.roles[role] === null && role !== 'deputy')
  const empty =
    roles.length === 0 ? [] : [`Nobody is: ${roles.map((role) => roleWords[role].toLowerCase()).join(', ')}.`]
  const items = [...reason, ...open, ...empty]
  return items.length === 0 ? null : { id: 'owed', title: 'Still owed', blocks: [list(items)] }
}

function tasks(input: BriefInput): Section {
  const running = runningTasks(input.state.tasks)
  const rows = running
    .slice(0, MOST_ROWS)
    .map(({ text, owner, at, askBack }): Text[] => [
      [cut(text, MOST_IN_ROW)],
      [{ whole: owner }],
      [
        askBack === null
          ? `given ${moment(at, input)}`
          : formatLeft(Date.parse(askBack.from) + askBack.minutes * 60_000 - Date.parse(input.at)),
      ],
    ])
  return tableSection('tasks', 'Running tasks', ['What', 'Who', 'Ask back'], rows, running.length)
}

function clocks(input: BriefInput): Section {
  const all = openClocks(input)
  const rows = all
    .slice(0, MOST_ROWS)
    .map(({ title, owner, dueAt, msLeft, paused }): Text[] => [
      [cut(title)],
      [{ whole: paused === null ? moment(dueAt, input) : 'stands still' }],
      [msLeft > 0 ? { whole: formatLeft(msLeft) } : { strong: formatLeft(msLeft) }],
      [owner ?? 'nobody'],
    ])
  return tableSection('clocks', 'Clocks', ['What', 'Due', 'Left', 'Whose'], rows, all.length)
}

/** Clocks that run, without the guides and without those of tasks, which stand with the tasks. */
function openClocks({ state, pack, at }: BriefInput): Clock[] {
  if (pack === null) return []
  return clocksOf(clockInputOf(state), pack, Date.parse(at)).filter(
    ({ endedAt, quiet, kind }) => endedAt === null && !quiet && kind !== 'check-back',
  )
}

const roleWords: Readonly<Record<Role, string>> = {
  commander: 'Commander',
  deputy: 'Deputy',
  scribe: 'Scribe',
  communications: 'Communications',
}

function roles(input: BriefInput): Section {
  const { state } = input
  const heard = (name: string | null) =>
    name === null || !Object.hasOwn(state.heard, name) ? 'not yet' : moment(state.heard[name] ?? '', input)
  const held = roleSchema.options.map((role): Text[] => {
    const name = state.roles[role]?.name ?? null
    return [
      [roleWords[role]],
      [name === null ? 'nobody' : { whole: name }],
      [{ whole: name === null ? '' : heard(name) }],
    ]
  })
  const teams = state.teams.map(({ title, lead, members }): Text[] => [
    [`${cut(title, MOST_IN_ROW)} (${count(members.length + (lead === null ? 0 : 1), 'person', 'people')})`],
    [lead === null ? 'nobody leads it' : { whole: lead }],
    [{ whole: lead === null ? '' : heard(lead) }],
  ])
  const rows = [...held, ...teams]
  return tableSection('roles', 'Roles and teams', ['Role', 'Who', 'Last heard'], rows.slice(0, 14), rows.length)
}

function calls({ state, pack, at }: BriefInput): Section | null {
  if (pack === null) return null
  const escalation = escalationOf(clockInputOf(state), pack, Date.parse(at))
  const judged = escalation.judge.map(({ titles, condition }) => `If ${condition}: ${titles.join(', ')}.`)
  const has = escalation.holders.map(
    ({ title, person }) => `${person === null ? title : `${person} (${title})`} has it.`,
  )
  return {
    id: 'calls',
    title: 'Whom to call next',
    blocks: [list([...new Set([nextSentence(escalation), ...has, ...judged])].slice(0, MOST_ROWS))],
  }
}

function findings(input: BriefInput): Section {
  const { state, at } = input
  const { sweep, waivers } = state
  const id = 'findings'
  if (sweep === null) {
    return {
      id,
      title: 'Findings',
      blocks: [{ block: 'paragraph', text: ['Nobody has looked yet: no sweep was kept.'] }],
    }
  }
  const atMs = Date.parse(at)
  const top = waivedLast(sweep.findings, waivers, atMs)
  const items = top
    .slice(0, 3)
    .map(
      (finding): Text => [
        { strong: cut(finding.title) },
        `. ${cut(finding.why)}`,
        waiverOf(finding, waivers, atMs) === null ? '' : ' (waived)',
      ],
    )
  const more = top.length > 3 ? [[`and ${top.length - 3} more`]] : []
  const blind = sweep.summary.couldNotRead
  const unread = blind.slice(0, 4).map(({ what, why }): Text => ['NOT CHECKED: ', cut(`${what}: ${why}`)])
  const rest = blind.length > 4 ? [[`NOT CHECKED: ${blind.length - 4} more`]] : []
  const none: Text[] = top.length === 0 ? [['The last sweep found nothing wrong.']] : []
  return {
    id,
    title: `Findings of ${sweep.summary.endpoint.name}, ${moment(sweep.at, input)}`,
    blocks: [{ block: 'list', items: [...items, ...none, ...more, ...unread, ...rest] }],
  }
}

function decisions(input: BriefInput): Section {
  const since = Date.parse(input.at) - HOUR_MS
  const made = input.state.tasks.decisions.filter(({ at }) => Date.parse(at) >= since)
  const shown = made.slice(-MOST_ROWS)
  const items = shown.map(
    ({ at, text, by, outcome }): Text => [
      { whole: moment(at, input) },
      ` ${by}: ${cut(text, MOST_IN_ROW)}`,
      outcome === 'put-off' ? ' (put off)' : outcome === 'decided-despite' ? ' (despite an objection)' : '',
    ],
  )
  const older = input.state.tasks.decisions.length - shown.length
  const before: Text[] = older === 0 ? [] : [[`${count(older, 'decision')} before that.`]]
  const none: Text[] = made.length === 0 ? [['None.']] : []
  return {
    id: 'decisions',
    title: 'Decisions of the last hour',
    blocks: [{ block: 'list', items: [...items, ...none, ...before] }],
  }
}

function promises(input: BriefInput): Section {
  const last = input.state.updates.at(-1)
  if (last === undefined) {
    return { id: 'promises', title: 'Promised', blocks: [{ block: 'paragraph', text: ['No update was given yet.'] }] }
  }
  const next =
    last.nextAt === null ? 'It named no time for the next.' : `The next was promised for ${moment(last.nextAt, input)}.`
  return {
    id: 'promises',
    title: 'Promised',
    blocks: [list([`Last update ${moment(last.at, input)} by ${last.by}: ${cut(last.text)}`, next])],
  }
}

function links({ state }: BriefInput): Section | null {
  const { links: known, relations } = state.core
  const rows = [
    ...known.map(({ link, title, url }) => `${linkWords[link]}: ${title === null ? '' : `${title} `}${url}`),
    ...relations.map(({ number, how }) => `${how.replaceAll('-', ' ')}: ${number}`),
  ]
  return rows.length === 0 ? null : { id: 'links', title: 'Where', blocks: [list(rows.slice(0, 10))] }
}

const linkWords = {
  bridge: 'Bridge',
  channel: 'Channel',
  'status-page': 'Status page',
  ticket: 'Ticket',
  pager: 'Pager',
}

function tableSection(
  id: string,
  title: string,
  columns: readonly string[],
  rows: readonly (readonly Text[])[],
  of = rows.length,
): Section {
  if (rows.length === 0) return { id, title, blocks: [{ block: 'paragraph', text: ['None.'] }] }
  const more: Block[] = of > rows.length ? [{ block: 'paragraph', text: [`and ${of - rows.length} more`] }] : []
  return { id, title, blocks: [{ block: 'table', caption: null, columns, rows }, ...more] }
}

function list(items: readonly string[]): Block {
  return { block: 'list', items: items.map((item): Text => [cut(item)]) }
}

/** '14:05 UTC', or '14:05 (15:05)' where the facts say what stands in brackets; with the day where it is another one. */
function moment(iso: string, { at, offsetMinutes }: BriefInput): string {
  const day = iso.slice(0, 10) === at.slice(0, 10) ? '' : `${iso.slice(0, 10)} `
  const time = `${day}${iso.slice(11, 16)}`
  return offsetMinutes === null ? `${time} UTC` : `${time} (${localTime(iso, offsetMinutes).slice(0, 5)})`
}

/** A text as one line that leaves room for the others. */
function cut(text: string, most = MOST_TEXT): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const letters = Array.from(line)
  return letters.length <= most ? line : `${letters.slice(0, most - 1).join('')}…`
}
