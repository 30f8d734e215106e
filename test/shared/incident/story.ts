import { sha256 } from '../../../main/journal/sha256.ts'
import { alarmGivenKind, respondedKind } from '../../../shared/clocks/entries.ts'
import {
  declaredKind,
  impactStatedKind,
  packPinnedKind,
  reopenedKind,
  resolvedKind,
  severitySetKind,
} from '../../../shared/incident/entries.ts'
import { findKind } from '../../../shared/incident/kinds.ts'
import { canonicalJson } from '../../../shared/journal/canonical.ts'
import { firstPrev, hashBody, hashHeader } from '../../../shared/journal/chain.ts'
import { type Entry, entrySchema, type Header } from '../../../shared/journal/header.ts'
import { type Draft, draftOf } from '../../../shared/journal/kind.ts'
import { correctedKind, notedKind } from '../../../shared/notes/entries.ts'
import { roleTakenKind } from '../../../shared/people/entries.ts'

const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
const chain = '0123456789abcdef0123456789abcdef'
const ana = { contact: null, name: 'Ana Ruiz' }

/** A chain of real entries made of drafts, one minute apart, hashed as the journal hashes them. */
export function chainOf(drafts: readonly Draft[]): Entry[] {
  const entries: Entry[] = []
  for (const draft of drafts) entries.push(next(entries.at(-1) ?? null, draft))
  return entries
}

/** One incident from declaration to its end, with a kind of everything that needs no engine. */
export function storyEntries(): Entry[] {
  const p1 = { id: 'p1', code: 'P1', name: 'Critical', rank: 1 }
  const p2 = { id: 'p2', code: 'P2', name: 'High', rank: 2 }
  const pack = { id: 'infinity', version: '1.0.0', title: 'Infinity OS', hash: 'a'.repeat(64) }
  const declared = {
    number: 'INC-2026-1121-0001',
    title: 'Sign-in fails',
    pack,
    unconfirmed: false,
    detected_at: '2026-11-21T02:55:00.000Z',
  }
  const begun = [
    draftOf(declaredKind, declared),
    draftOf(packPinnedKind, { hash: 'a'.repeat(64), text: 'apiVersion: muster.dev/v1' }),
    draftOf(severitySetKind, { severity: p2, assumed: true, reason: 'Nobody is sure.', path: [] }),
    draftOf(roleTakenKind, { role: 'commander', person: ana }),
    draftOf(notedKind, { text: 'Sign-in page says 502.' }, { happenedAt: '2026-11-21T02:50:00.000Z' }),
  ]
  const noted = chainOf(begun).at(-1)
  return chainOf([
    ...begun,
    draftOf(correctedKind, { entry: noted?.hash ?? '', text: 'Sign-in page says 503.' }),
    draftOf(severitySetKind, { severity: p1, assumed: false, reason: 'Everyone is affected.', path: [] }),
    draftOf(alarmGivenKind, {
      clock: 'response',
      title: 'First response',
      due_at: '2026-11-21T03:10:00.000Z',
      at: 'due',
    }),
    draftOf(respondedKind, {}),
    draftOf(impactStatedKind, { text: 'Nobody can sign in.' }),
    draftOf(resolvedKind, { outcome: 'resolved', summary: 'Restarted the database.' }),
    draftOf(reopenedKind, { reason: 'It is back.' }),
    draftOf(resolvedKind, { outcome: 'resolved', summary: 'Raised its memory limit.' }),
  ])
}

function next(before: Entry | null, draft: Draft): Entry {
  const seq = (before?.seq ?? 0) + 1
  const at = new Date(Date.UTC(2026, 10, 21, 3, seq)).toISOString()
  const header: Header = {
    incident,
    chain,
    seq,
    lamport: seq,
    at,
    happened_at: draft.happenedAt ?? at,
    clock: { mark: 'steady', by_ms: null, skew_ms: null },
    mode: 'live',
    actor: draft.actor ?? ana,
    recorded_by: ana,
    kind: draft.kind,
    version: findKind(draft.kind)?.version ?? 1,
    body_hash: hashBody(Buffer.alloc(16, seq), Buffer.from(canonicalJson(draft.body)), sha256),
    after: [],
  }
  const prev = before?.hash ?? firstPrev(chain, sha256)
  return entrySchema.parse({ ...header, prev, hash: hashHeader(prev, header, sha256), body: draft.body })
}
