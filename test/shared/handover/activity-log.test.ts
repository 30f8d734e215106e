import { describe, expect, test } from 'vitest'
import { activityLog, renderActivity } from '../../../shared/handover/activity-log.ts'
import { fold } from '../../../shared/incident/fold.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'
import { roleTakenKind } from '../../../shared/people/entries.ts'
import { chainOf, storyEntries } from '../incident/story.ts'

const cid = { contact: null, name: 'Cid' }
const entries = chainOf([
  ...storyEntries()
    .slice(0, 5)
    .map(({ kind, body }) => ({ kind, body })),
  draftOf(roleTakenKind, { role: 'scribe', person: cid }),
  draftOf(notedKind, { text: '=1+1 is what the log says' }, { actor: cid }),
  draftOf(roleTakenKind, { role: 'scribe', person: null }, { actor: cid }),
])
const state = fold('01KAHB7Q7N8S3H9F0V6Z2M4XWC', entries)
const logOf = (name: string, from: string | null = null, to: string | null = null) =>
  activityLog({
    state,
    entries,
    name,
    from,
    to,
    preparedBy: 'Ana Ruiz',
    preparedAt: '2026-11-21T04:00:00.000Z',
    offsetMinutes: 60,
  })

describe('the activity log of a person', () => {
  test('holds what they said and did, and the role that they held, with its times', () => {
    const log = logOf('Cid')
    expect(log.lines.map(({ no, how, text }) => [no, how, text])).toEqual([
      [7, 'said or did', '=1+1 is what the log says'],
      [8, 'said or did', 'Nobody is scribe any more.'],
    ])
    expect(log.roles).toEqual([{ role: 'scribe', from: '2026-11-21T03:06:00.000Z', to: '2026-11-21T03:08:00.000Z' }])
    expect(log.desks).toEqual(['01234567'])
  })

  test('holds what they wrote down for others, named', () => {
    const line = logOf('Ana Ruiz').lines.find(({ no }) => no === 7)
    expect(line).toMatchObject({ how: 'wrote down', whose: 'Cid' })
  })

  test('is of the period that was asked for', () => {
    const log = logOf('Ana Ruiz', '2026-11-21T03:03:00.000Z', '2026-11-21T03:05:00.000Z')
    expect(log.lines.map(({ no }) => no)).toEqual([3, 4])
    expect(log.roles).toEqual([{ role: 'commander', from: '2026-11-21T03:04:00.000Z', to: null }])
    expect(logOf('Ana Ruiz', '2026-11-22T03:03:00.000Z').lines).toEqual([])
    expect(logOf('Nobody').lines).toEqual([])
  })

  test('shows UTC and local time in each form, and no cell is a formula', () => {
    expect(renderActivity(logOf('Cid'), 'md')).toContain('| UTC | UTC+01:00 |')
    expect(renderActivity(logOf('Cid'), 'html')).toContain('Activity log (ICS 214)')
    const csv = renderActivity(logOf('Cid'), 'csv')
    expect(csv).toContain('2026-11-21T03:07:00.000Z,04:07:00 UTC+01:00,said or did,Cid,')
    expect(csv).toContain("'=1+1")
    expect(csv).not.toContain(',=1+1')
  })
})
