import { alarmGivenKind, respondedKind } from '../../../shared/clocks/entries.ts'
import { evidenceCheckedKind, evidenceKeptKind, evidenceReleasedKind } from '../../../shared/evidence/entries.ts'
import { sweptKind } from '../../../shared/findings/entries.ts'
import {
  confirmedKind,
  declaredKind,
  impactStatedKind,
  packPinnedKind,
  reopenedKind,
  resolvedKind,
  severitySetKind,
} from '../../../shared/incident/entries.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { correctedKind, notedKind } from '../../../shared/notes/entries.ts'
import { roleTakenKind } from '../../../shared/people/entries.ts'
import { exportedKind } from '../../../shared/postmortem/entries.ts'
import { answered, killed, StoryWriter, sweepSummary, timeAt } from './story.ts'

const hash = 'ab'.repeat(32)

/** An incident with every kind of entry, the text in every field that takes one. Line breaks and all. */
export function hostileStory(text: string): StoryWriter {
  const story = new StoryWriter('exercise')
  const person = { contact: text, name: text.slice(0, 200).toWellFormed() }
  const severity = { id: text, code: text, name: text, rank: 1 }
  const object = { kind: 'container', name: text, id: text, project: text, service: text } as const
  const finding = {
    ...killed,
    code: text,
    object,
    title: text,
    why: text,
    cause: text,
    effects: [{ code: text, object, title: text }],
    since: text,
    changed: [{ at: text, what: text }],
    next: text,
    evidence: [text],
  }
  const summary = sweepSummary({
    endpoint: {
      ...sweepSummary().endpoint,
      id: text.slice(0, 500),
      name: text.slice(0, 500),
      host: text.slice(0, 500),
    },
    engine: { version: text, apiVersion: text },
    couldNotRead: [{ what: text, why: text }],
  })
  const item = {
    ...answered(2),
    name: text,
    media_type: text,
    original: { name: text, size: 1 },
    request: text,
    outcome: text,
    started_at: timeAt('13:00:00'),
    took_ms: 1,
    size: 1,
    sha256: hash,
    offset: 0,
    masked: [{ rule: text, count: 1 }],
    truncated_of: -1,
  }
  const add = (...drafts: Parameters<StoryWriter['add']>[1][]) =>
    drafts.forEach((draft) => story.add('13:00:00', draft, { by: person }))
  add(
    draftOf(declaredKind, {
      number: text,
      title: text.slice(0, 300),
      pack: { id: text, version: text, title: text, hash },
      unconfirmed: true,
      detected_at: timeAt('12:59:00'),
    }),
    draftOf(packPinnedKind, { hash, text }),
    draftOf(confirmedKind, {}),
    draftOf(severitySetKind, {
      severity,
      assumed: true,
      reason: text,
      path: [{ id: text, question: text, answer: 'unsure', led: text }],
    }),
    draftOf(roleTakenKind, { role: 'commander', person }),
    draftOf(respondedKind, {}),
    draftOf(alarmGivenKind, { clock: text, title: text, due_at: timeAt('13:15:00'), at: 'due' }),
    draftOf(impactStatedKind, { text }),
    draftOf(notedKind, { text }, { actor: { contact: null, name: person.name }, happenedAt: timeAt('12:00:00') }),
  )
  const noted = story.entries.at(-1)?.hash ?? hash
  add(
    draftOf(correctedKind, { entry: noted, text }),
    draftOf(evidenceKeptKind, {
      bundle: hash,
      size: 1,
      title: text,
      source: text,
      collector: text,
      tool: text,
      form: 'tar',
      stored: { encoding: 'plain', size: 1 },
      note: text,
      items: [item],
    }),
    draftOf(sweptKind, { summary, findings: [finding], bundle: hash }),
    draftOf(evidenceCheckedKind, { bundle: hash, result: 'mismatch', because: text }),
    draftOf(evidenceReleasedKind, {
      bundle: hash,
      item: text,
      to: text.slice(0, 300),
      because: text,
      how: text,
      size: 1,
      sha256: hash,
      result: 'match',
    }),
    draftOf(exportedKind, { format: 'html', name: text, size: 1, sha256: hash, head: hash }),
    draftOf(resolvedKind, { outcome: 'resolved', summary: text }),
    draftOf(reopenedKind, { reason: text }),
  )
  story.add('13:00:00', { kind: 'from-the-future', body: { text } }, { by: person, version: 9 })
  return story
}
