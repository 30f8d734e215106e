import fc from 'fast-check'
import { expect, test } from 'vitest'
import { respondedKind } from '../../../shared/clocks/entries.ts'
import { declaredKind, reopenedKind, resolvedKind, severitySetKind } from '../../../shared/incident/entries.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { postmortemDocument } from '../../../shared/postmortem/document.ts'
import { pictureOf } from '../../../shared/postmortem/picture.ts'
import { keepSweep, killed, p1, p2, StoryWriter, timeAt, wholeStory } from './story.ts'

const anyTime = fc.oneof(
  fc
    .date({ min: new Date('2026-11-01'), max: new Date('2026-12-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.constantFrom('0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z', '2028-02-29T23:59:59.999Z'),
)

test('no length of time is ever negative, whatever the clocks said', () => {
  fc.assert(
    fc.property(fc.array(anyTime, { minLength: 8, maxLength: 8 }), ([a = '', b, c, d, e, f, g, madeAt = '']) => {
      const story = declared(a, b)
      story.add(
        '13:01:00',
        draftOf(severitySetKind, { severity: p1, assumed: false, reason: 'x', path: [] }, happened(c)),
      )
      story.add('13:02:00', draftOf(respondedKind, {}, happened(d)))
      story.add(
        '13:03:00',
        draftOf(severitySetKind, { severity: p2, assumed: false, reason: 'x', path: [] }, happened(e)),
      )
      story.add('13:04:00', draftOf(resolvedKind, { outcome: 'resolved', summary: '' }, happened(f)))
      story.add('13:05:00', draftOf(reopenedKind, { reason: 'x' }, happened(g)))
      const document = postmortemDocument(story.input({ madeAt }))
      const spans = [...document.durations.map(({ ms }) => ms ?? 0), ...document.severities.map(({ ms }) => ms)]
      expect(spans.filter((ms) => !(ms >= 0))).toEqual([])
      expect(JSON.stringify(pictureOf(document))).not.toContain('null')
    }),
    { numRuns: 300 },
  )
})

test('times in the wrong order give no length, and say why', () => {
  const story = declared(timeAt('13:00:00'), timeAt('13:30:00'))
  const { durations } = postmortemDocument(story.input())
  expect(durations.find(({ id }) => id === 'to-declare')).toMatchObject({
    ms: null,
    basis: 'not computed: the second time stands before the first',
  })
})

test('time at a severity leaves out the time while the incident was closed', () => {
  const story = declared(timeAt('13:00:00'), timeAt('13:00:00'))
  story.add('13:00:00', draftOf(severitySetKind, { severity: p1, assumed: false, reason: 'x', path: [] }))
  story.add('13:10:00', draftOf(resolvedKind, { outcome: 'resolved', summary: '' }))
  story.add('13:40:00', draftOf(reopenedKind, { reason: 'x' }))
  story.add('13:50:00', draftOf(resolvedKind, { outcome: 'resolved', summary: '' }))
  expect(postmortemDocument(story.input()).severities[0]?.ms).toBe(20 * 60_000)
})

test('the fault is first seen where the earliest live signal says that it began; a guess does not count', () => {
  const story = declared(timeAt('13:00:00'), timeAt('12:55:00'))
  const guess = { ...killed, code: 'D09', sure: 'possible' as const, since: '2020-01-01T00:00:00Z' }
  keepSweep(story, '13:05:00', [killed, guess, { ...killed, code: 'D04', since: '0001-01-01T00:00:00Z' }])
  expect(postmortemDocument(story.input()).times[0]).toEqual({
    id: 'first-seen',
    title: 'Fault first seen',
    at: '2026-11-21T12:51:07.123Z',
    known: 'derived',
    basis: 'D02 cart, read by the sweep of entry 3',
  })
})

test('a kept deadline is met by so much, a missed one missed by so much', () => {
  const met = postmortemDocument(wholeStory().input()).obligations[0]
  expect(met).toMatchObject({ title: 'First response', outcome: 'met', msLeft: 6 * 60_000 })
  const story = declared(timeAt('13:00:00'), timeAt('13:00:00'))
  story.add('13:00:00', draftOf(severitySetKind, { severity: p1, assumed: false, reason: 'x', path: [] }))
  story.add('13:20:00', draftOf(respondedKind, {}))
  expect(postmortemDocument(story.input()).obligations[0]).toMatchObject({ outcome: 'late', msLeft: -5 * 60_000 })
})

test('a fault seen long before does not squash the picture', () => {
  const story = wholeStory()
  keepSweep(story, '14:10:00', [{ ...killed, since: '2026-01-01T00:00:00Z' }])
  const says = pictureOf(postmortemDocument(story.input()))?.shapes.flatMap((shape) =>
    shape.shape === 'words' ? [shape.text] : [],
  )
  expect(says).toContain('Detected 12:55')
  expect(says?.some((text) => text.startsWith('Fault first seen'))).toBe(false)
})

function declared(at: string, detected = at): StoryWriter {
  const story = new StoryWriter()
  const pack = { id: 'small', version: '1.0.0', title: 'Small', hash: 'ab'.repeat(32) }
  const body = { number: 'INC-2026-1121-0001', title: 'x', pack, unconfirmed: false, detected_at: detected }
  story.add('13:00:00', draftOf(declaredKind, body, { happenedAt: at }))
  return story
}

function happened(at: string | undefined) {
  return at === undefined ? {} : { happenedAt: at }
}
