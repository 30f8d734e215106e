import { expect, test } from 'vitest'
import { alarmGivenKind } from '../../../shared/clocks/entries.ts'
import { evidenceCheckedKind } from '../../../shared/evidence/entries.ts'
import { confirmedKind, reopenedKind, resolvedKind } from '../../../shared/incident/entries.ts'
import { readEntry } from '../../../shared/incident/kinds.ts'
import { sentenceOf } from '../../../shared/incident/sentence.ts'
import { type Draft, draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'
import { roleTakenKind } from '../../../shared/people/entries.ts'
import { commandReleasedKind, handoverAcceptedKind } from '../../../shared/people/handover.ts'
import { StoryWriter, tom, wholeStory } from '../postmortem/story.ts'

const said: readonly (readonly [Draft, string])[] = [
  [draftOf(confirmedKind, {}), 'Confirmed that this is an incident.'],
  [draftOf(resolvedKind, { outcome: 'false-alarm', summary: '' }), 'Ended as a false alarm.'],
  [draftOf(reopenedKind, { reason: 'It came back' }), 'Opened again: It came back.'],
  [draftOf(roleTakenKind, { role: 'scribe', person: tom }), 'Tom Bauer is scribe.'],
  [draftOf(roleTakenKind, { role: 'deputy', person: null }), 'Nobody is deputy any more.'],
  [
    draftOf(handoverAcceptedKind, { offer: 'ab'.repeat(32), words: 'one two three four five six' }),
    'Read the brief and accepted command (six words: one two three four five six).',
  ],
  [
    draftOf(commandReleasedKind, { offer: 'ab'.repeat(32), words: 'one two three four five six' }),
    'Command is at the other desk; this one only looks on (read back: one two three four five six).',
  ],
  [draftOf(notedKind, { text: 'red\u001b[31m' }), 'red⟨U+001B⟩[31m'],
  [
    draftOf(alarmGivenKind, {
      clock: 'response',
      title: 'First response',
      due_at: '2026-11-21T13:15:00.000Z',
      at: 'due',
    }),
    'Alarm: First response was due at 2026-11-21 13:15:00 UTC.',
  ],
  [
    draftOf(evidenceCheckedKind, { bundle: 'ab'.repeat(32), result: 'missing', because: 'exported' }),
    'Checked the evidence abababababab… (exported): it is missing from the store.',
  ],
]

test.each(said)('%#: the entry is said in one sentence', (draft, sentence) => {
  expect(sentenceOf(new StoryWriter().add('13:00:00', draft))).toBe(sentence)
})

test('an entry already read says the same as the entry', () => {
  for (const entry of wholeStory().entries) {
    const known = readEntry(entry)
    expect(known === null ? null : sentenceOf(known)).toBe(sentenceOf(entry))
  }
})

test('an erased entry and one from a newer Muster say what they are', () => {
  const entry = new StoryWriter().add('13:00:00', draftOf(notedKind, { text: 'x' }))
  expect(sentenceOf({ ...entry, body: null })).toBe(
    'The text of this entry (noted) was erased; its place in the chain stands.',
  )
  expect(sentenceOf({ ...entry, kind: 'decided', version: 3 })).toBe(
    'An entry that this Muster cannot read (decided, version 3). It is kept as it stands.',
  )
})
