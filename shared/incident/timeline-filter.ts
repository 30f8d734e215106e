import { z } from 'zod'
import type { Entry } from '../journal/header.ts'
import type { KnownEntry } from './kinds.ts'

/** Kinds as a person looks for them. `other`: what this Muster cannot read. */
export const timelineGroups = [
  'notes',
  'decisions',
  'tasks',
  'updates',
  'severity',
  'state',
  'people',
  'alarms',
  'findings',
  'evidence',
  'exports',
  'erasures',
  'other',
] as const

export type TimelineGroup = (typeof timelineGroups)[number]

/** What of the timeline is shown: kinds of these groups (none named: all), only what is starred, only what a person said or typed. */
export const timelineFilterSchema = z.strictObject({
  groups: z.array(z.enum(timelineGroups)).max(timelineGroups.length),
  starred: z.boolean(),
  person: z.string().min(1).max(200).nullable(),
})

export type TimelineFilter = z.infer<typeof timelineFilterSchema>

const groups: Readonly<Record<KnownEntry['kind'], TimelineGroup>> = {
  noted: 'notes',
  corrected: 'notes',
  starred: 'notes',
  decided: 'decisions',
  'task-given': 'tasks',
  'task-extended': 'tasks',
  'task-ended': 'tasks',
  checked: 'tasks',
  'update-given': 'updates',
  'severity-set': 'severity',
  'severity-explained': 'severity',
  classified: 'severity',
  'impact-stated': 'severity',
  declared: 'state',
  'pack-pinned': 'state',
  'overlay-pinned': 'state',
  confirmed: 'state',
  responded: 'state',
  resolved: 'state',
  reopened: 'state',
  related: 'state',
  linked: 'state',
  'phase-entered': 'state',
  'role-taken': 'people',
  called: 'people',
  notified: 'people',
  'team-set': 'people',
  'handover-offered': 'people',
  'handover-accepted': 'people',
  'handover-withdrawn': 'people',
  'command-released': 'people',
  'command-taken': 'people',
  'alarm-given': 'alarms',
  'clock-paused': 'alarms',
  'clock-resumed': 'alarms',
  'clock-snoozed': 'alarms',
  'clock-met': 'alarms',
  'duty-held': 'alarms',
  swept: 'findings',
  'finding-waived': 'findings',
  'waiver-ended': 'findings',
  'evidence-kept': 'evidence',
  'evidence-checked': 'evidence',
  'evidence-released': 'evidence',
  exported: 'exports',
  erased: 'erasures',
}

/** The group of a kind, known or not. */
export function groupOf(kind: string): TimelineGroup {
  return Object.hasOwn(groups, kind) ? groups[kind as KnownEntry['kind']] : 'other'
}

/** The kinds that this Muster knows of some groups. */
export function kindsIn(chosen: readonly TimelineGroup[]): string[] {
  return Object.entries(groups).flatMap(([kind, group]) => (chosen.includes(group) ? [kind] : []))
}

/** Whether an entry passes. `starred`: the hashes of what is starred. */
export function passes(filter: TimelineFilter, entry: Entry, starred: readonly string[]): boolean {
  if (filter.groups.length > 0 && !filter.groups.includes(groupOf(entry.kind))) return false
  if (filter.starred && !starred.includes(entry.hash)) return false
  const { person } = filter
  return person === null || entry.actor.name === person || entry.recorded_by.name === person
}

/** Whether it hides nothing. */
export function showsAll({ groups: chosen, starred, person }: TimelineFilter): boolean {
  return chosen.length === 0 && !starred && person === null
}
