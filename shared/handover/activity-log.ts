import { readEntry } from '../incident/kinds.ts'
import { sentenceOf } from '../incident/sentence.ts'
import type { IncidentState } from '../incident/state.ts'
import type { Entry } from '../journal/header.ts'
import type { Text } from '../postmortem/blocks.ts'
import { csvOf } from '../postmortem/csv.ts'
import { count, dateAndTime, inUtc, localTime, spellOffset } from '../postmortem/words.ts'
import { type Paper, paperHtml, paperMarkdown } from './paper.ts'

/** One thing that a person said, did or wrote down for somebody else. Times are ISO UTC. */
export interface ActivityLine {
  /** The entry's place in the journal, counted from 1. */
  readonly no: number
  readonly at: string
  readonly how: 'said or did' | 'wrote down'
  /** Who said it, where that is somebody else. */
  readonly whose: string | null
  readonly text: string
}

/** A role that somebody held; `to` null: still. Times are ISO UTC. */
export interface RoleSpan {
  readonly role: string
  readonly from: string
  readonly to: string | null
}

/** What a person did for an incident in a period, as ICS 214 asks (FEMA, "Activity Log", form of 2010). */
export interface ActivityLog {
  readonly number: string
  readonly title: string
  readonly mode: IncidentState['mode']
  readonly head: string | null
  readonly name: string
  /** The period that was asked for; null: from the beginning, or to the head. */
  readonly from: string | null
  readonly to: string | null
  readonly roles: readonly RoleSpan[]
  /** Chains of the desks at which it was typed, the one with the most lines first: their first eight digits. */
  readonly desks: readonly string[]
  readonly lines: readonly ActivityLine[]
  readonly preparedBy: string
  /** ISO UTC: when it was prepared. */
  readonly preparedAt: string
  readonly offsetMinutes: number | null
}

export interface ActivityInput {
  readonly state: IncidentState
  /** All entries of the incident, in the order of the fold. */
  readonly entries: readonly Entry[]
  readonly name: string
  readonly from: string | null
  readonly to: string | null
  readonly preparedBy: string
  readonly preparedAt: string
  readonly offsetMinutes: number | null
}

export const activityFormats = ['pdf', 'html', 'md', 'csv'] as const
export type ActivityFormat = (typeof activityFormats)[number]

/** Pure: the same entries, person, period and moment give the same log. */
export function activityLog(input: ActivityInput): ActivityLog {
  const { state, entries, name, from, to, preparedBy, preparedAt, offsetMinutes } = input
  const own = entries
    .map((entry, index) => ({ no: index + 1, entry }))
    .filter(({ entry }) => entry.actor.name === name || entry.recorded_by.name === name)
    .filter(({ entry: { happened_at: at } }) => (from === null || at >= from) && (to === null || at < to))
  const desks = Map.groupBy(own, ({ entry }) => entry.chain)
  return {
    number: state.core.number,
    title: state.core.title,
    mode: state.mode,
    head: state.head?.hash ?? null,
    name,
    from,
    to,
    roles: rolesOf(entries, name).filter(
      (span) => (to === null || span.from < to) && (from === null || (span.to ?? to ?? preparedAt) > from),
    ),
    desks: [...desks].toSorted(([, a], [, b]) => b.length - a.length).map(([chain]) => chain.slice(0, 8)),
    lines: own
      .map(({ no, entry }): ActivityLine => {
        const isOwn = entry.actor.name === name
        return {
          no,
          at: entry.happened_at,
          how: isOwn ? 'said or did' : 'wrote down',
          whose: isOwn ? null : entry.actor.name,
          text: sentenceOf(entry),
        }
      })
      .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.no - b.no)),
    preparedBy,
    preparedAt,
    offsetMinutes,
  }
}

/** Every role that a person held, in the order of the journal. */
function rolesOf(entries: readonly Entry[], name: string): RoleSpan[] {
  const spans: RoleSpan[] = []
  for (const entry of entries) {
    const read = readEntry(entry)
    if (read?.kind !== 'role-taken') continue
    const { role, person } = read.body
    const at = entry.happened_at
    const open = spans.findIndex((span) => span.role === role && span.to === null)
    const held = spans[open]
    if (person?.name === name) {
      if (held === undefined) spans.push({ role, from: at, to: null })
    } else if (held !== undefined) spans[open] = { ...held, to: at }
  }
  return spans
}

/** The log in one of its forms of text; HTML is also what is printed. */
export function renderActivity(log: ActivityLog, format: Exclude<ActivityFormat, 'pdf'>): string {
  if (format === 'csv') return activityCsv(log)
  return format === 'md' ? paperMarkdown(paperOf(log)) : paperHtml(paperOf(log))
}

function paperOf(log: ActivityLog): Paper {
  const { number, title, mode, head, name, roles, desks, lines, preparedBy, preparedAt, offsetMinutes } = log
  const local = offsetMinutes === null ? [] : [spellOffset(offsetMinutes)]
  return {
    what: 'Activity log (ICS 214)',
    number,
    title,
    mode,
    head,
    facts: [
      ['Name', [{ strong: name }]],
      ['Period', [periodWords(log)]],
      ['Roles', [roles.length === 0 ? 'none' : roles.map((span) => roleWords(span)).join('; ')]],
      ['Home desk', [desks.length === 0 ? 'none' : desks.map((desk) => `desk ${desk}`).join(', ')]],
      ['Prepared by', [`${preparedBy}, ${inUtc(preparedAt)}`]],
    ],
    sections: [
      {
        id: 'activity',
        title: `What ${name} said, did and wrote down: ${count(lines.length, 'entry', 'entries')}`,
        blocks:
          lines.length === 0
            ? [{ block: 'paragraph', text: ['Nothing in this period.'] }]
            : [
                {
                  block: 'table',
                  caption: null,
                  columns: ['No.', 'UTC', ...local, 'What'],
                  rows: lines.map((line): Text[] => [
                    [{ whole: `#${line.no}` }],
                    [{ whole: dateAndTime(line.at) }],
                    ...(offsetMinutes === null ? [] : [[{ whole: localTime(line.at, offsetMinutes) }]]),
                    [...(line.whose === null ? [] : [{ quiet: `wrote down for ${line.whose}: ` }]), line.text],
                  ]),
                },
              ],
      },
    ],
    foot: ['Journal head ', { mono: head ?? 'none' }, '.'],
    dense: false,
  }
}

function periodWords({ from, to }: ActivityLog): string {
  if (from === null && to === null) return 'the whole incident so far'
  return `${from === null ? 'from the beginning' : inUtc(from)} to ${to === null ? 'now' : inUtc(to)}`
}

function roleWords({ role, from, to }: RoleSpan): string {
  return `${role} from ${inUtc(from)} ${to === null ? 'on' : `to ${inUtc(to)}`}`
}

function activityCsv({ number, mode, name, lines, offsetMinutes }: ActivityLog): string {
  const head = ['incident', 'mode', 'person', 'entry', 'happened_at_utc', 'happened_at_local', 'how', 'whose', 'text']
  return csvOf([
    head,
    ...lines.map(({ no, at, how, whose, text }) => [
      number,
      mode,
      name,
      String(no),
      at,
      offsetMinutes === null ? '' : `${localTime(at, offsetMinutes)} ${spellOffset(offsetMinutes)}`,
      how,
      whose ?? name,
      text,
    ]),
  ])
}
