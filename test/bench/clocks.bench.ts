import { readdirSync, readFileSync } from 'node:fs'
import { sha256 } from '../../main/journal/sha256.ts'
import { readPack } from '../../main/packs/pack-file.ts'
import { clocksOf } from '../../shared/clocks/clocks.ts'
import { escalationOf } from '../../shared/clocks/escalation/escalation.ts'
import { updateGivenKind } from '../../shared/communications/entries.ts'
import { clockInputOf } from '../../shared/incident/clock-input.ts'
import { declaredKind, severitySetKind } from '../../shared/incident/entries.ts'
import { fold } from '../../shared/incident/fold.ts'
import { findKind } from '../../shared/incident/kinds.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Entry } from '../../shared/journal/header.ts'
import { type Draft, draftOf } from '../../shared/journal/kind.ts'
import { notedKind } from '../../shared/notes/entries.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { calledKind } from '../../shared/people/entries.ts'
import { taskGivenKind } from '../../shared/tasks/entries.ts'

/**
 * The clocks and the escalation of an incident of 10,000 entries, a quarter of them updates, for every pack. Prints a line
 * for each; fails where the median of the clocks takes more than 2 ms.
 */
const count = 10_000
const rounds = 200
const mostMs = 2
const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
const ana = { contact: null, name: 'Ana Ruiz' }
const first = Date.parse('2026-11-21T03:00:00.000Z')

function entryOf(draft: Draft, place: number): Entry {
  const at = new Date(first + place * 5_000).toISOString()
  const hash = sha256(new TextEncoder().encode(String(place)))
  return {
    incident,
    chain: '0123456789abcdef0123456789abcdef',
    seq: place + 1,
    lamport: place + 1,
    at,
    happened_at: at,
    clock: { mark: 'steady', by_ms: null, skew_ms: null },
    mode: 'live',
    actor: ana,
    recorded_by: ana,
    kind: draft.kind,
    version: findKind(draft.kind)?.version ?? 1,
    body_hash: hash,
    after: [],
    prev: hash,
    hash,
    body: draft.body as Entry['body'],
  }
}

function draftAt(place: number, pack: Pack): Draft {
  const severity = pack.severities[Math.floor(place / 7) % pack.severities.length]
  const role = pack.roles[place % Math.max(1, pack.roles.length)]
  if (place % 500 === 7 && severity !== undefined) {
    const { id, code, name, rank } = severity
    return draftOf(severitySetKind, { severity: { id, code, name, rank }, assumed: false, reason: 'Seen.', path: [] })
  }
  if (place % 40 === 3 && role !== undefined) {
    const called = {
      role: { id: role.id, title: role.title },
      person: null,
      means: 'phone' as const,
      edge: null,
      note: null,
    }
    return draftOf(calledKind, { ...called, result: place % 80 === 3 ? 'no-answer' : 'voicemail' })
  }
  if (place % 4 === 0)
    return draftOf(updateGivenKind, { text: `We go on. Next update in ${(place % 50) + 5} minutes.` })
  if (place % 9 === 0) return draftOf(taskGivenKind, { text: 'Look.', owner: 'Ben', minutes: 10 })
  return draftOf(notedKind, { text: `Note ${place}` })
}

function stateOf(pack: Pack): IncidentState {
  const declared = draftOf(declaredKind, {
    number: 'INC-2026-1121-0001',
    title: 'Long',
    pack: { id: pack.id, version: pack.version, title: pack.title, hash: 'a'.repeat(64) },
    unconfirmed: false,
    detected_at: new Date(first).toISOString(),
  })
  const drafts = Array.from({ length: count }, (_each, place) => (place === 0 ? declared : draftAt(place, pack)))
  return fold(incident, drafts.map(entryOf))
}

function medianOf(work: () => unknown): number {
  const took = Array.from({ length: rounds }, () => {
    const from = performance.now()
    work()
    return performance.now() - from
  })
  return took.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0
}

const folder = new URL('../../assets/packs/', import.meta.url)
for (const name of readdirSync(folder).filter((file) => file.endsWith('.yaml'))) {
  const { pack } = readPack(readFileSync(new URL(name, folder)), name)
  const state = stateOf(pack)
  const nowMs = first + count * 5_000
  const clocks = medianOf(() => clocksOf(clockInputOf(state), pack, nowMs))
  const who = medianOf(() => escalationOf(clockInputOf(state), pack, nowMs))
  const number = clocksOf(clockInputOf(state), pack, nowMs).length
  console.log(
    `${pack.id}: ${number} clocks of ${count} entries in ${clocks.toFixed(2)} ms; who is next in ${who.toFixed(2)} ms`,
  )
  if (clocks > mostMs) {
    console.log(`more than ${mostMs} ms`)
    process.exitCode = 1
  }
}
