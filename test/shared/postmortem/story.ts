import { sha256 } from '../../../main/journal/sha256.ts'
import type { Finding } from '../../../shared/findings/finding.ts'
import type { SweepSummary } from '../../../shared/findings/sweep.ts'
import { sweptKind } from '../../../shared/findings/entries.ts'
import { respondedKind } from '../../../shared/clocks/entries.ts'
import { evidenceCheckedKind, evidenceKeptKind } from '../../../shared/evidence/entries.ts'
import { volatilityOf } from '../../../shared/evidence/volatility.ts'
import { findKind } from '../../../shared/incident/kinds.ts'
import {
  declaredKind,
  impactStatedKind,
  packPinnedKind,
  resolvedKind,
  type Severity,
  severitySetKind,
} from '../../../shared/incident/entries.ts'
import { fold } from '../../../shared/incident/fold.ts'
import { canonicalJson } from '../../../shared/journal/canonical.ts'
import { firstPrev, hashBody, hashHeader } from '../../../shared/journal/chain.ts'
import type { ClockMark, Entry, Header, Mode, Person } from '../../../shared/journal/header.ts'
import { type Draft, draftOf } from '../../../shared/journal/kind.ts'
import { correctedKind, notedKind } from '../../../shared/notes/entries.ts'
import { type Pack, packSchema } from '../../../shared/packs/pack.ts'
import { roleTakenKind } from '../../../shared/people/entries.ts'
import type { PostmortemInput } from '../../../shared/postmortem/model.ts'

const incident = '01JD7W3C5Q8N2RZK4T6V9XB1AE'
const steady: ClockMark = { mark: 'steady', by_ms: null, skew_ms: null }
const salt = new Uint8Array(16).fill(7)

export const ana: Person = { contact: null, name: 'Ana Ruiz' }
export const tom: Person = { contact: null, name: 'Tom Bauer' }
export const p1: Severity = { id: 'p1', code: 'P1', name: 'Critical', rank: 1 }
export const p2: Severity = { id: 'p2', code: 'P2', name: 'High', rank: 2 }

/** Writes entries as the journal does, each hashed onto the one before. */
export class StoryWriter {
  readonly entries: Entry[] = []
  readonly #chain: string
  readonly #mode: Mode

  constructor(mode: Mode = 'live', chain = 'c'.repeat(32)) {
    this.#mode = mode
    this.#chain = chain
  }

  /** `at`: 'HH:MM:SS' of 21 November 2026, or a whole time. */
  add(at: string, draft: Draft, also: { by?: Person; clock?: ClockMark; version?: number } = {}): Entry {
    const before = this.entries.at(-1)
    const recorder = also.by ?? ana
    const bytes = Buffer.from(canonicalJson(draft.body))
    const header: Header = {
      incident,
      chain: this.#chain,
      seq: (before?.seq ?? 0) + 1,
      lamport: (before?.lamport ?? 0) + 1,
      at: timeAt(at),
      happened_at: draft.happenedAt ?? timeAt(at),
      clock: also.clock ?? steady,
      mode: this.#mode,
      actor: draft.actor ?? recorder,
      recorded_by: recorder,
      kind: draft.kind,
      version: also.version ?? findKind(draft.kind)?.version ?? 1,
      body_hash: hashBody(salt, bytes, sha256),
      after: [],
    }
    const prev = before?.hash ?? firstPrev(this.#chain, sha256)
    const body = JSON.parse(bytes.toString()) as Entry['body']
    const entry: Entry = { ...header, prev, hash: hashHeader(prev, header, sha256), body }
    this.entries.push(entry)
    return entry
  }

  input(more: Partial<PostmortemInput> = {}): PostmortemInput {
    return {
      state: fold(incident, this.entries),
      entries: this.entries,
      pack: smallPack,
      madeAt: '2026-11-21T15:00:00.000Z',
      version: '0.1.0',
      verified: { ok: true, entries: 42, problems: [] },
      offsetMinutes: 60,
      ...more,
    }
  }
}

export function timeAt(at: string): string {
  return at.length > 8 ? at : `2026-11-21T${at}.000Z`
}

const cart = { kind: 'container', name: 'cart', id: 'a1'.repeat(32), project: 'shop', service: 'cart' } as const
const web = { kind: 'container', name: 'web', id: 'b2'.repeat(32), project: 'shop', service: 'web' } as const

export const killed: Finding = {
  code: 'D02',
  rank: 1,
  tier: 1,
  object: cart,
  title: 'cart was killed for lack of memory',
  why: 'The kernel killed its main process at its own limit of 64 MB, and web answers 502 because of it',
  cause: 'memory limit of 64 MB reached',
  effects: [{ code: 'D05', object: web, title: 'web is unhealthy' }],
  sure: 'measured',
  since: '2026-11-21T12:51:07.123456789Z',
  changed: [{ at: '2026-11-21T12:47:00Z', what: 'cart was created anew from shop/cart:2.4' }],
  signs: ['out-of-memory'],
  next: 'Raise the memory limit of cart or find what fills it',
  evidence: ['inspect/cart.json', 'logs/cart.stderr.txt'],
}

export const unhealthy: Finding = {
  ...killed,
  code: 'D05',
  rank: 2,
  object: web,
  title: 'web is unhealthy',
  why: 'Its health check failed 12 times in a row',
  cause: null,
  effects: [],
  sure: 'likely',
  since: null,
  changed: [],
  next: 'Look at cart first',
  evidence: ['inspect/web.json'],
}

export function sweepSummary(more: Partial<SweepSummary> = {}): SweepSummary {
  return {
    endpoint: {
      id: 'default-socket:/var/run/docker.sock',
      mode: 'live',
      source: 'default-socket',
      name: '/var/run/docker.sock',
      host: 'unix:///var/run/docker.sock',
      current: true,
    },
    startedAt: '2026-11-21T13:06:00.000Z',
    endedAt: '2026-11-21T13:06:02.100Z',
    tookMs: 2100,
    engine: { version: '20.10.24', apiVersion: '1.41' },
    containers: 5,
    calls: { asked: 21, answered: 21, failed: 0 },
    couldNotRead: [],
    ...more,
  }
}

export function keepSweep(
  story: StoryWriter,
  at: string,
  findings: Finding[],
  more: Partial<SweepSummary> = {},
): string {
  const bundle = sha256(`bundle at ${at}`)
  story.add(
    at,
    draftOf(evidenceKeptKind, {
      bundle,
      size: 182_345,
      title: 'Sweep of /var/run/docker.sock',
      source: 'unix:///var/run/docker.sock',
      collector: 'Ana Ruiz',
      tool: 'Muster 0.1.0',
      form: 'tar',
      stored: { encoding: 'zstd', size: 30_211 },
      note: null,
      items: [
        {
          ...answered(2),
          name: 'inspect/cart.json',
          request: 'GET /v1.41/containers/cart/json',
          outcome: '200 OK',
          started_at: timeAt(at),
          took_ms: 12.4,
          size: 8_123,
          sha256: sha256('inspect'),
          offset: 512,
          masked: [{ rule: 'environment value', count: 3 }],
          truncated_of: null,
        },
        {
          ...answered(4),
          name: 'logs/cart.stderr.txt',
          request: 'GET /v1.41/containers/cart/logs?stderr=1&tail=200&timestamps=1',
          outcome: '200 OK',
          started_at: timeAt(at),
          took_ms: 33,
          size: 20_000,
          sha256: sha256('logs'),
          offset: 9_216,
          masked: [],
          truncated_of: 4_000_000,
        },
      ],
    }),
  )
  story.add(at, draftOf(sweptKind, { summary: sweepSummary(more), findings, bundle }))
  return bundle
}

/** One incident from its declaration to its end, with a correction, a late note, a lowered severity and two sweeps. */
export function wholeStory(mode: Mode = 'live'): StoryWriter {
  const story = new StoryWriter(mode)
  const packHash = sha256('the pack')
  story.add(
    '13:00:00',
    draftOf(declaredKind, {
      number: 'INC-2026-1121-0001',
      title: 'Carts are empty after the 12:47 release',
      pack: { id: 'small', version: '1.0.0', title: 'Small runbook', hash: packHash },
      overlay: { id: 'acme', title: 'Acme', hash: sha256('the overlay') },
      unconfirmed: false,
      detected_at: timeAt('12:55:00'),
    }),
  )
  story.add('13:00:00', draftOf(packPinnedKind, { hash: packHash, text: 'id: small' }))
  story.add(
    '13:01:00',
    draftOf(severitySetKind, {
      severity: p1,
      assumed: true,
      reason: "Nobody is sure about 'Are payments affected?', so the higher level holds: P1.",
      path: [{ id: 'payments', question: 'Are payments affected?', answer: 'unsure', led: 'P1, assumed' }],
    }),
  )
  story.add('13:01:30', draftOf(roleTakenKind, { role: 'commander', person: ana }))
  story.add('13:04:00', draftOf(respondedKind, {}, { actor: tom }))
  const bundle = keepSweep(story, '13:06:02', [killed, unhealthy])
  story.add('13:09:00', draftOf(impactStatedKind, { text: 'Two in three customers see an empty cart' }))
  const wrong = story.add(
    '13:12:00',
    draftOf(notedKind, { text: 'Rolled back to shop/cart:2.2' }, { happenedAt: timeAt('13:10:00'), actor: tom }),
  )
  story.add('13:15:00', draftOf(correctedKind, { entry: wrong.hash, text: 'Rolled back to shop/cart:2.3' }))
  story.add(
    '13:30:00',
    draftOf(severitySetKind, {
      severity: p2,
      assumed: false,
      reason: 'Only carts older than a day are empty',
      path: [],
    }),
  )
  keepSweep(story, '13:50:00', [])
  story.add('13:52:00', draftOf(evidenceCheckedKind, { bundle, result: 'match', because: 'opened' }))
  story.add('14:00:00', draftOf(resolvedKind, { outcome: 'resolved', summary: 'cart 2.3 runs with a limit of 256 MB' }))
  return story
}

const lines = { covers: [] }

/** A runbook of one page, so that no change of a shipped pack moves the golden files. */
export const smallPack: Pack = packSchema.parse({
  apiVersion: 'muster.dev/v1',
  id: 'small',
  title: 'Small runbook',
  version: '1.0.0',
  scope: 'A shop',
  source: { document: 'Runbook', category: null, control: null, updated: null, ...lines },
  severities: [
    {
      id: 'p1',
      code: 'P1',
      name: 'Critical',
      rank: 1,
      summary: 'Down',
      examples: [],
      respondWithinMinutes: 15,
      suggestedBy: [],
      ...lines,
    },
    {
      id: 'p2',
      code: 'P2',
      name: 'High',
      rank: 2,
      summary: 'Degraded',
      examples: [],
      respondWithinMinutes: 30,
      suggestedBy: [],
      ...lines,
    },
  ],
  triage: {
    questions: [{ id: 'payments', text: 'Are payments affected?', yes: { severity: 'p1' }, ...lines }],
    whenUnsure: 'higher',
  },
  thresholds: [],
  roles: [],
  commander: [],
  contacts: [],
  escalation: [],
  detection: [],
  phases: [],
  places: [],
  parameters: [],
  scenarios: [],
  templates: [],
  cadence: [],
  postMortem: {
    title: 'Incident Post-Mortem',
    dueWithinHours: 48,
    sections: [
      {
        id: 'header',
        title: 'Incident',
        fields: [
          { id: 'date', title: 'Date', form: 'date', ...lines },
          { id: 'duration', title: 'Duration', form: 'duration', ...lines },
          { id: 'users-affected', title: 'Users affected', form: 'number', hint: 'How many', ...lines },
        ],
      },
      {
        id: 'root-cause',
        title: 'Root Cause',
        fields: [{ id: 'root-cause', title: 'Root Cause', form: 'text', ...lines }],
      },
      {
        id: 'went-well',
        title: 'What Went Well',
        fields: [{ id: 'went-well', title: 'What Went Well', form: 'list', ...lines }],
      },
      {
        id: 'action-items',
        title: 'Action Items',
        fields: [{ id: 'action-items', title: 'Action Items', form: 'action-items', ...lines }],
      },
    ],
    ...lines,
  },
})

/** What all answers of a target have in common. */
export function answered(rank: 2 | 4) {
  return { kind: 'answer', volatility: volatilityOf(rank), media_type: null, original: null, covers: null } as const
}
