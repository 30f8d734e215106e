import { expect, test } from 'vitest'
import { erasedKind } from '../../../shared/erasure/entries.ts'
import { evidenceKeptKind } from '../../../shared/evidence/entries.ts'
import { fold } from '../../../shared/incident/fold.ts'
import { draftOf, readAs } from '../../../shared/journal/kind.ts'
import { correctedKind, notedKind } from '../../../shared/notes/entries.ts'
import { postmortemDocument } from '../../../shared/postmortem/document.ts'
import { postmortemHtml } from '../../../shared/postmortem/html.ts'
import { postmortemJson } from '../../../shared/postmortem/json.ts'
import { postmortemMarkdown } from '../../../shared/postmortem/markdown.ts'
import { tom, wholeStory } from './story.ts'

const secret = 'hunter2'

/** The whole story, then a note with a secret, its erasure, and the erasure of the first evidence. */
function erasedStory() {
  const story = wholeStory()
  const note = story.add('14:50:00', draftOf(notedKind, { text: `The password is ${secret}.` }))
  story.add('14:50:30', draftOf(correctedKind, { entry: note.hash, text: 'It is on the whiteboard.' }))
  const erased = { reason: 'A password', approver: tom }
  const eraser = story.add('14:51:00', draftOf(erasedKind, { entry: note.hash, bundle: null, ...erased }))
  const bundle = story.entries.map((entry) => readAs(evidenceKeptKind, entry)).find((kept) => kept !== null)
    ?.body.bundle
  story.add('14:52:00', draftOf(erasedKind, { entry: null, bundle: bundle ?? '', ...erased }))
  const entries = story.entries.map((entry) => (entry.hash === note.hash ? { ...entry, body: null } : entry))
  const input = { ...story.input(), entries, state: fold(note.incident, entries) }
  return {
    document: postmortemDocument(input),
    no: story.entries.indexOf(note) + 1,
    by: story.entries.indexOf(eraser) + 1,
  }
}

const { document, no, by } = erasedStory()

test('an erased entry says by which entry, why and who approved it, in every format, and never its text', () => {
  const line = document.timeline.find((one) => one.no === no)
  expect(line).toMatchObject({
    kind: 'noted',
    sentence: `Erased by entry ${by}, approved by ${tom.name}: A password.`,
    erased: { no: by, approver: tom.name, reason: 'A password' },
  })
  expect(document.timeline.find((one) => one.no === by)?.sentence).toBe(
    `Erased the text of entry ${no}, approved by ${tom.name}: A password.`,
  )
  for (const text of [postmortemMarkdown(document), postmortemHtml(document), postmortemJson(document)]) {
    expect(text).toContain(`Erased by entry ${by}`)
    expect(text).not.toContain(secret)
  }
})

test('the integrity annex counts what is without text apart from what cannot be read', () => {
  expect(document.integrity).toMatchObject({ erased: 1, unread: 0 })
  expect(postmortemMarkdown(document)).toContain('1 without text, as it was erased')
})

test('erased evidence stays listed, and says that its bytes are gone', () => {
  expect(document.evidence[0]?.erased).toMatchObject({ no: by + 1, reason: 'A password' })
  expect(document.evidence[0]?.items.length).toBeGreaterThan(0)
  expect(postmortemMarkdown(document)).toMatch(/The bytes were erased by .* approved by .*: A password\./)
})
