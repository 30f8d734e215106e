import { expect, test } from 'vitest'
import { sweptKind } from '../../../shared/findings/entries.ts'
import { findingWaivedKind, waiverEndedKind } from '../../../shared/findings/waivers.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind, starredKind } from '../../../shared/notes/entries.ts'
import { postmortemDocument } from '../../../shared/postmortem/document.ts'
import { postmortemHtml } from '../../../shared/postmortem/html.ts'
import { postmortemJson } from '../../../shared/postmortem/json.ts'
import { postmortemMarkdown } from '../../../shared/postmortem/markdown.ts'
import { keepSweep, killed, StoryWriter, sweepSummary, timeAt, unhealthy, wholeStory } from './story.ts'

test('a whole story reads in Markdown as the golden file does', async () => {
  const document = postmortemDocument(wholeStory().input())
  await expect(postmortemMarkdown(document)).toMatchFileSnapshot('fixtures/whole-story.md')
})

test('a whole story reads in JSON as the golden file does', async () => {
  const document = postmortemDocument(wholeStory('exercise').input())
  await expect(postmortemJson(document)).toMatchFileSnapshot('fixtures/whole-story-exercise.json')
})

test('JSON is the document itself, with its format and without the picture of its anchor', () => {
  const document = postmortemDocument(wholeStory().input())
  const integrity = { ...document.integrity, anchor: document.integrity.anchor?.text }
  expect(JSON.parse(postmortemJson(document))).toEqual({ format: 'muster.dev/postmortem/v1', ...document, integrity })
})

test('the same input gives the same bytes', () => {
  const [once, again] = [1, 2].map(() => {
    const document = postmortemDocument(wholeStory('exercise').input())
    return [postmortemMarkdown(document), postmortemHtml(document), postmortemJson(document)]
  })
  expect(again).toEqual(once)
})

test('what was accepted for a time is told with its reason, and the finding stands all the same', () => {
  const story = wholeStory()
  const finding = { key: `${killed.code} container ${killed.object.name}`, title: killed.title }
  const until = timeAt('18:00:00')
  const waive = story.add('13:30:00', draftOf(findingWaivedKind, { finding, until, reason: 'Known since May' }))
  const end = story.add('13:40:00', draftOf(waiverEndedKind, { finding, reason: 'It is worse' }))
  const document = postmortemDocument(story.input())
  expect(document.waivers).toMatchObject([
    { no: waive.seq, by: 'Ana Ruiz', until, reason: 'Known since May' },
    { no: end.seq, until: null, reason: 'It is worse' },
  ])
  const markdown = postmortemMarkdown(document)
  expect(markdown).toContain('accepted until 2026-11-21 18:00:00 UTC by Ana Ruiz: Known since May.')
  expect(markdown).toContain('is no longer accepted, said Ana Ruiz: It is worse.')
  expect(document.findings.some(({ finding: one }) => one.title === killed.title)).toBe(true)
})

test('an open incident exports, says that it is open, and measures up to when it was made', () => {
  const story = wholeStory()
  story.entries.pop()
  const document = postmortemDocument(story.input({ madeAt: timeAt('13:55:00') }))
  expect(document.header).toMatchObject({ open: true, status: 'open', dueAt: null, dueWithinHours: 48 })
  expect(document.durations.find(({ id }) => id === 'to-resolve')).toMatchObject({ ms: 3_600_000, running: true })
  expect(document.summary.at(-1)).toContain('still open')
  expect(postmortemMarkdown(document)).toContain('**Not resolved.**')
})

test('an incident of one entry exports', () => {
  const story = wholeStory()
  story.entries.splice(1)
  const document = postmortemDocument(story.input({ pack: null, verified: null, offsetMinutes: null }))
  expect(document.review.fromPack).toBe(false)
  expect(document.integrity.verdict).toBe('The journal was not verified for this export.')
  expect(postmortemHtml(document)).toContain('No sweep was made')
})

test('a correction stands at the entry that it corrects, with both texts', () => {
  const { timeline } = postmortemDocument(wholeStory().input())
  expect(timeline.find(({ no }) => no === 9)).toMatchObject({
    sentence: 'Rolled back to shop/cart:2.2',
    happenedAt: timeAt('13:10:00'),
    loggedAt: timeAt('13:12:00'),
    apart: true,
    actor: 'Tom Bauer',
    recordedBy: 'Ana Ruiz',
    corrections: [{ no: 10, at: timeAt('13:15:00'), by: 'Ana Ruiz', text: 'Rolled back to shop/cart:2.3' }],
  })
})

test('a starred entry is marked, and no other is left out', () => {
  const story = wholeStory()
  const before = postmortemDocument(story.input()).timeline.length
  const { hash } = story.entries[3] ?? { hash: '' }
  story.add('14:30:00', draftOf(starredKind, { entry: hash, on: true }))
  const document = postmortemDocument(story.input())
  expect(document.timeline).toHaveLength(before + 1)
  expect(document.timeline.filter(({ starred }) => starred).map((line) => line.hash)).toEqual([hash])
  expect(postmortemMarkdown(document)).toContain('**★ Starred**')
})

test('the timeline goes by when things happened', () => {
  const story = wholeStory()
  story.add('14:10:00', draftOf(notedKind, { text: 'The release began' }, { happenedAt: timeAt('12:47:00') }))
  expect(postmortemDocument(story.input()).timeline[0]?.no).toBe(16)
})

test('a doubtful clock is said at its entry', () => {
  const story = wholeStory()
  story.add('14:10:00', draftOf(notedKind, { text: 'x' }), {
    clock: { mark: 'stepped', by_ms: -90_000, skew_ms: 4_000 },
  })
  expect(postmortemDocument(story.input()).timeline.at(-1)?.clock).toBe(
    "the clock of this desk was set back by 90 s before this entry; this desk's clock was about 4 s fast",
  )
})

test('a finding that the last sweep no longer sees is gone, one that it sees is present and first', () => {
  const story = new StoryWriter()
  keepSweep(story, '13:00:00', [killed, unhealthy])
  keepSweep(story, '13:10:00', [{ ...unhealthy, rank: 1 }])
  const { findings } = postmortemDocument(story.input())
  expect(findings.map(({ finding, now, sweeps }) => [finding.code, now, sweeps])).toEqual([
    ['D05', 'present', 2],
    ['D02', 'gone', 1],
  ])
})

test('a sweep of another target, or one with blind spots, proves nothing gone', () => {
  const story = new StoryWriter()
  keepSweep(story, '13:00:00', [killed])
  const elsewhere = sweepSummary({ endpoint: { ...sweepSummary().endpoint, id: 'context:other' } })
  story.add('13:10:00', draftOf(sweptKind, { summary: elsewhere, findings: [], bundle: 'ab'.repeat(32) }))
  expect(postmortemDocument(story.input()).findings[0]?.now).toBe('present')
  keepSweep(story, '13:20:00', [], { couldNotRead: [{ what: 'logs of cart', why: 'timed out' }] })
  expect(postmortemDocument(story.input()).findings[0]?.now).toBe('unsure')
})

test('a failed verification is said loudly, with its problems', () => {
  const verified = { ok: false, entries: 42, problems: ['chain cccc: entry 7 does not follow entry 6'] }
  const html = postmortemHtml(postmortemDocument(wholeStory().input({ verified })))
  expect(html).toContain('class="alarm"><strong>VERIFICATION FAILED')
  expect(html).toContain('entry 7 does not follow entry 6')
})

test('what Muster cannot know stays to be written', () => {
  const { times, review } = postmortemDocument(wholeStory().input())
  expect(times.find(({ id }) => id === 'mitigated')).toMatchObject({ at: null, known: 'to-write' })
  const fields = review.sections.flatMap((section) => section.fields)
  expect(Object.fromEntries(fields.map(({ id, value }) => [id, value]))).toEqual({
    date: '2026-11-21',
    duration: '1 hour 5 minutes from detection to resolution',
    'users-affected': null,
    'root-cause': null,
    'went-well': null,
    'action-items': null,
  })
})
