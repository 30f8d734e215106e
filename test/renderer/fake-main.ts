import { draftMessage } from '../../shared/communications/draft.ts'
import { applyOverlay } from '../../shared/packs/overlay.ts'
import { templateLines } from '../../shared/communications/fitting.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAnswerer, type Handlers } from '../../main/contract/answerer.ts'
import { readPack } from '../../main/packs/pack-file.ts'
import type { Bridge } from '../../shared/bridge.ts'
import { type Desk, type FeedName, feeds, type Message, type Result } from '../../shared/contract.ts'
import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import type { KeptLook, OtherWaiver } from '../../shared/findings/calls.ts'
import { type BoardRow, boardRow } from '../../shared/incident/board.ts'
import { evidenceKeptKind } from '../../shared/evidence/entries.ts'
import { judgeStorage, type Storage } from '../../shared/evidence/storage.ts'
import { volatilityOf } from '../../shared/evidence/volatility.ts'
import { readAs } from '../../shared/journal/kind.ts'
import { sha256 } from '../../main/journal/sha256.ts'
import { fold } from '../../shared/incident/fold.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { groupOf, passes } from '../../shared/incident/timeline-filter.ts'
import type { Entry, Mode } from '../../shared/journal/header.ts'
import type { ImportedFile } from '../../shared/journal/merge.ts'
import type { Verification } from '../../shared/ledger/verification.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import type { StorageHealth } from '../../shared/storage/health.ts'
import { type Refusal } from '../../shared/refusal.ts'
import { severityChoice } from '../../main/incidents/severity-choice.ts'
import type { IndexState } from '../../shared/search/found.ts'
import { findIn } from './fake-search.ts'

import { FakePacks } from './fake-packs.ts'
import { FakeHandover } from './fake-handover.ts'
import { FakeTargets } from './fake-targets.ts'
import { FakeVault } from './fake-vault.ts'

export const infinity = readPack(
  readFileSync(join(import.meta.dirname, '../../assets/packs/infinity.yaml')),
  'infinity.yaml',
)

export const localEngine: DockerEndpoint = {
  id: 'default-socket',
  mode: 'live',
  source: 'default-socket',
  name: 'docker eu-1',
  host: 'unix:///var/run/docker.sock',
  current: true,
}

const practiceEngine: DockerEndpoint = {
  ...localEngine,
  id: 'practice',
  mode: 'exercise',
  source: 'practice',
  name: 'simulated system',
  host: 'unix:///tmp/practice.sock',
}

/** How an entry is logged in the fake's journal, by what is not the same for all. */
export interface Logged {
  readonly at?: string
  readonly happenedAt?: string
  readonly by?: string
  readonly version?: number
  readonly actor?: string
  /** Another desk's chain, whose writer had seen nothing of this desk. */
  readonly chain?: string
}

/**
 * Main as the window sees it: the contract's calls over entries in memory, folded by the real fold, parsed both ways
 * by the real answerer. Typed by the contract, so it cannot invent a call.
 */
export class FakeMain {
  readonly journal = new Map<string, { mode: Mode; entries: Entry[] }>()
  /** Every call that came, by name and argument. */
  readonly asked: { name: string; argument: unknown }[] = []
  /** What the window's page wrote to its console as an error: a test may look that there is nothing. */
  readonly complaints: string[] = []
  /** The next calls of these names are refused. */
  readonly refusals = new Map<string, Refusal>()
  desk: Desk
  /** What the next import says. */
  imported: ImportedFile = {
    incident: '01KBZ0000000000000000000A1',
    number: 'INC-2026-1121-0412',
    entries: 12,
    known: 22,
    chains: 2,
    newChains: 1,
    wasBehind: false,
    erasedTexts: 0,
    conflicts: [],
    evidence: { taken: 1, known: 1, erased: 0, missing: 0 },
  }
  storageHealth: StorageHealth = {
    mirror: null,
    backup: null,
    journalBytes: 812_000,
    evidenceBytes: 18_200_000,
    freeBytes: 91_000_000_000,
    warnings: [],
  }
  /** What the store of evidence is said to hold. */
  storage: Storage = judgeStorage({ usedBytes: 2e9, quotaBytes: 10e9, freeBytes: 80e9, diskBytes: 250e9 })
  /** What a kept sweep tells beside its findings. */
  look: KeptLook = { takenAt: '2026-11-21T14:01:17.000Z', hygiene: [], containers: [], usage: [], happened: [] }
  waivedElsewhere: OtherWaiver[] = []
  /** Files that are on their way, by the id of their upload. */
  readonly uploads = new Map<string, Given>()
  endpoints: DockerEndpoint[] = [localEngine]
  readonly vault = new FakeVault()
  readonly packs = new FakePacks(infinity)
  /** What every incident is pinned to. */
  pinned = infinity.pack
  readonly targets = new FakeTargets()
  readonly handover = new FakeHandover(this)
  /** How far the search index is. */
  index: IndexState = { state: 'ready', done: 0, of: 0, bundles: 0 }
  nowMs: number
  #listeners = new Set<(feed: string, message: string) => void>()
  #serial = 0
  #opened = new Set<string>()

  constructor(options: { operator?: string | null; nowMs?: number } = {}) {
    const { operator = 'Ana Ruiz', nowMs = Date.parse('2026-11-21T14:07:31.000Z') } = options
    this.nowMs = nowMs
    this.desk = {
      version: '0.1.0',
      operator: operator === null ? null : { contact: null, name: operator },
      dataFolder: '/home/ana/.local/share/muster',
      shell: 'chromium',
      journal: { readOnly: null, remark: null },
      clock: null,
      runner: 'here',
      practice: { running: false, services: [] },
      packs: this.packs.summaries(),
      packProblems: [],
    }
  }

  /** The bridge, for tests without a browser. */
  bridge(): Bridge {
    return {
      calls: Object.fromEntries(
        this.callNames().map((name) => [name, (argument: string) => this.answer(name, argument)]),
      ),
      listen: (deliver) => {
        this.#listeners.add(deliver)
        return () => this.#listeners.delete(deliver)
      },
    }
  }

  callNames(): string[] {
    return Object.keys(this.#handlers)
  }

  readonly #held = new Map<string, Promise<void>>()

  /** Does what is called by that name the next time, and holds the answer back until what this returns is called. */
  hold(name: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#held.set(name, promise)
    return resolve
  }

  readonly answer = async (name: string, argument: string): Promise<string> => {
    this.asked.push({ name, argument: JSON.parse(argument) as unknown })
    const held = this.#held.get(name)
    this.#held.delete(name)
    const refusal = this.refusals.get(name)
    this.refusals.delete(name)
    const answer = refusal === undefined ? await this.#answer(name, argument) : JSON.stringify({ ok: false, refusal })
    await held
    return answer
  }

  publish<Name extends FeedName>(feed: Name, message: Message<Name>): void {
    const text = JSON.stringify(feeds[feed].message.parse(message))
    for (const deliver of this.#listeners) deliver(feed, text)
  }

  /** Begins an incident without telling the window. */
  begin(id: string, mode: Mode = 'live'): void {
    this.journal.set(id, { mode, entries: [] })
  }

  /** Appends an entry and feeds it, if the window has opened the incident. */
  log(id: string, kind: string, body: unknown, logged: Logged = {}): Entry {
    const incident = this.#incident(id)
    const at = logged.at ?? new Date(this.nowMs).toISOString()
    const by = { contact: null, name: logged.by ?? this.desk.operator?.name ?? 'Muster' }
    this.#serial += 1
    const entry: Entry = {
      incident: id,
      chain: logged.chain ?? ownChain,
      seq: incident.entries.length + 1,
      lamport: incident.entries.length + 1,
      at,
      happened_at: logged.happenedAt ?? at,
      clock: { mark: 'steady', by_ms: null, skew_ms: null },
      mode: incident.mode,
      actor: logged.actor === undefined ? by : { contact: null, name: logged.actor },
      recorded_by: by,
      kind,
      version: logged.version ?? 1,
      body_hash: hashOf(this.#serial, 'b'),
      after: logged.chain === undefined ? headsBeside(ownChain, incident.entries) : [],
      prev: hashOf(this.#serial - 1, 'a'),
      hash: hashOf(this.#serial, 'a'),
      body: JSON.parse(JSON.stringify(body)) as Entry['body'],
    }
    incident.entries.push(entry)
    if (this.#opened.has(id)) {
      this.publish('incidents.entries', { id, from: incident.entries.length - 1, entries: [entry], state: null })
      this.publish('incidents.board', [boardRow(this.state(id))])
    }
    return entry
  }

  /** What a verification of this journal finds. */
  verified(): Verification {
    return {
      ok: true,
      chains: this.journal.size + 1,
      entries: this.#serial,
      bundles: 2,
      erased: 0,
      erasures: [],
      problems: [],
      states: 'equal',
      anchors: ['anchors.txt beside the journal, one anchor 2026-11-21T03:00:00.000Z: all 3 heads still stand.'],
      limits: [
        'Entries cut off at the end of a chain are seen only against a head kept elsewhere: an export, a printed page, another desk.',
      ],
      heads: this.board().map((row) => ({
        incident: row.id,
        number: row.number,
        chain: hashOf(row.entries, 'c').slice(0, 32),
        seq: row.entries,
        hash: hashOf(row.entries, 'd'),
      })),
      tookMs: 412,
    }
  }

  state(id: string): IncidentState {
    return fold(id, this.#incident(id).entries)
  }

  board(): BoardRow[] {
    return [...this.journal.keys()].map((id) => boardRow(this.state(id)))
  }

  #incident(id: string) {
    const found = this.journal.get(id)
    if (found !== undefined) return found
    throw refuse('not-found', { tried: 'Open an incident', happened: 'There is none of that id.', next: 'Choose one.' })
  }

  /** Appends what a call asked for, as main would. */
  #done(id: string, kind: string, body: unknown, logged: Logged = {}): null {
    this.log(id, kind, body, logged)
    return null
  }

  /** As main does: the text goes, an entry says so, and the incident is told anew. */
  #erase(
    id: string,
    {
      entry,
      bundle,
      reason,
      approver,
    }: { entry: string | null; bundle: string | null; reason: string; approver: string },
  ): Result<'erasure.entry'> {
    const { entries } = this.#incident(id)
    const corrections = (this.state(id).corrections[entry ?? ''] ?? []).map((one) => ({
      entry: one.entry,
      seq: one.seq,
    }))
    const place = entries.findIndex(({ hash }) => hash === entry)
    const target = entries[place]
    if (target !== undefined) entries[place] = { ...target, body: null }
    const { seq } = this.log(id, 'erased', { entry, bundle, reason, approver: { contact: null, name: approver } })
    if (this.#opened.has(id)) {
      const from = Math.max(0, entries.length - 200)
      this.publish('incidents.entries', { id, from, entries: entries.slice(from), state: this.state(id) })
    }
    return { seq, isGone: true, removedCopies: [], leftCopies: [], corrections, heldBy: [] }
  }

  #declare(mode: Mode, said: { title: string; detectedAt: string | null; unconfirmed: boolean }): string {
    const id = `01KBZ${String(this.journal.size).padStart(21, '0')}`
    this.begin(id, mode)
    this.log(id, 'declared', {
      number: `INC-2026-1121-${String(412 + this.journal.size).padStart(4, '0')}`,
      title: said.title,
      pack: { id: 'infinity', version: infinity.pack.version, title: infinity.pack.title, hash: infinity.hash },
      unconfirmed: said.unconfirmed,
      detected_at: said.detectedAt ?? new Date(this.nowMs).toISOString(),
    })
    this.log(id, 'pack-pinned', { hash: infinity.hash, text: Buffer.from(infinity.bytes).toString('utf8') })
    return id
  }

  readonly #handlers: Handlers = {
    'desk.open': async () => ({ desk: this.desk, board: this.board() }),
    'desk.introduce': async ({ name }) => {
      this.desk = { ...this.desk, operator: { contact: null, name } }
      this.publish('desk.changed', this.desk)
      return null
    },
    ...this.packs.handlers(() => {
      this.desk = { ...this.desk, packs: this.packs.summaries() }
      this.publish('desk.changed', this.desk)
    }),
    'incidents.declare': async (said) => {
      const id = this.#declare(said.mode, said)
      if (said.types !== undefined && said.types.length > 0) {
        this.log(id, 'classified', {
          types: said.types.map((type) => ({ id: type, title: type })),
          priority: null,
          systems: [],
        })
      }
      const choice = severityChoice(infinity.pack, said)
      if (choice !== null) this.log(id, 'severity-set', choice)
      if (said.commander !== null) {
        this.log(id, 'role-taken', { role: 'commander', person: { contact: null, name: said.commander } })
      }
      this.publish('incidents.board', [boardRow(this.state(id))])
      return { id, number: this.state(id).core.number }
    },
    'incidents.open': async ({ id }) => {
      const { entries } = this.#incident(id)
      this.#opened.add(id)
      return { state: this.state(id), pack: this.pinned, yours: [], entries: entries.slice(-200), ownChain }
    },
    'incidents.page': async ({ id, from, to }) => this.#incident(id).entries.slice(from, to),
    'incidents.filtered': async ({ id, filter, from, to }) => {
      const { stars } = this.state(id)
      const passed = this.#incident(id).entries.filter((entry) => passes(filter, entry, stars))
      return { total: passed.length, entries: passed.slice(from, to) }
    },
    'incidents.facets': async ({ id }) => facetsOf(this.#incident(id).entries, this.state(id).stars.length),
    'incidents.locate': async ({ id, at, filter }) => {
      const { entries } = this.#incident(id)
      const { stars } = this.state(id)
      const shown = filter === null ? entries : entries.filter((entry) => passes(filter, entry, stars))
      const found = shown.findIndex((entry) => ('hash' in at ? entry.hash === at.hash : entry.at >= at.time))
      return { position: found === -1 ? null : found }
    },
    'incidents.confirm': async ({ id }) => this.#done(id, 'confirmed', {}),
    'incidents.check': async ({ id, what }) => this.#done(id, 'checked', what),
    'incidents.respond': async ({ id }) => this.#done(id, 'responded', {}),
    'incidents.setSeverity': async ({ id, ...said }) =>
      this.#done(id, 'severity-set', severityChoice(infinity.pack, said)),
    'incidents.stateImpact': async ({ id, text }) => this.#done(id, 'impact-stated', { text }),
    'incidents.assign': async ({ id, role, name }) =>
      this.#done(id, 'role-taken', { role, person: name === null ? null : { contact: null, name } }),
    'incidents.note': async ({ id, text, happenedAt }) =>
      this.#done(id, 'noted', { text }, happenedAt === null ? {} : { happenedAt }),
    'incidents.correct': async ({ id, entry, text }) => this.#done(id, 'corrected', { entry, text }),
    'incidents.star': async ({ id, entry, on }) => this.#done(id, 'starred', { entry, on }),
    'incidents.giveTask': async ({ id, happenedAt, ...task }) =>
      this.#done(id, 'task-given', task, happenedAt === null ? {} : { happenedAt }),
    'incidents.decide': async ({ id, happenedAt, text, options = [], poll = null, outcome = 'decided' }) =>
      this.#done(id, 'decided', { text, options, poll, outcome }, happenedAt === null ? {} : { happenedAt }),
    'incidents.giveUpdate': async ({ id, text, happenedAt }) =>
      this.#done(id, 'update-given', { text }, happenedAt === null ? {} : { happenedAt }),
    'incidents.call': async ({ id, role, person, happenedAt: _at, ...said }) =>
      this.#done(id, 'called', {
        role: itemOf(role),
        person: person === null ? null : { contact: null, name: person },
        ...said,
      }),
    'incidents.tell': async ({ id, notification, to, happenedAt: _at, ...said }) =>
      this.#done(id, 'notified', { notification: itemOf(notification), to: to ?? notification, ...said }),
    'communications.templates': async ({ incident }) => ({
      templates: templateLines(infinity.pack, this.state(incident)),
    }),
    'communications.draft': async ({ incident, template, values }) => {
      const found = infinity.pack.templates.find(({ id }) => id === template)
      if (found === undefined)
        throw refuse('not-found', { tried: 'Draft', happened: 'There is none.', next: 'Choose.' })
      const effective = applyOverlay(infinity.pack, null)
      const drafted = draftMessage(found, { effective, state: this.state(incident), values, nowMs: this.nowMs })
      return {
        ...drafted,
        missing: drafted.missing.map((field) => ({ ...field, choices: [...field.choices] })),
      }
    },
    'incidents.classify': async ({ id, types, priority, systems }) =>
      this.#done(id, 'classified', {
        types: types.map(itemOf),
        priority: priority === null ? null : { ...itemOf(priority), code: priority },
        systems,
      }),
    'incidents.relate': async ({ id, other, how }) =>
      this.#done(id, 'related', { incident: other, number: this.state(other).core.number, how }),
    'incidents.link': async ({ id, ...said }) => this.#done(id, 'linked', said),
    'incidents.enterPhase': async ({ id, phase, reason }) =>
      this.#done(id, 'phase-entered', { phase: itemOf(phase), reason }),
    'incidents.explainSeverity': async ({ id, ...said }) => this.#done(id, 'severity-explained', said),
    'incidents.extendTask': async ({ id, ...said }) => this.#done(id, 'task-extended', said),
    'incidents.endTask': async ({ id, ...said }) => this.#done(id, 'task-ended', said),
    'incidents.setTeam': async ({ id, title, ...said }) => this.#done(id, 'team-set', { team: itemOf(title), ...said }),
    'incidents.snoozeClock': async ({ id, clock, ...said }) =>
      this.#done(id, 'clock-snoozed', { clock: itemOf(clock), ...said }),
    'incidents.waive': async ({ id, finding, until, reason }) =>
      until === null
        ? this.#done(id, 'waiver-ended', { finding, reason })
        : this.#done(id, 'finding-waived', { finding, until, reason }),
    'incidents.pauseClock': async ({ id, clock, reason }) =>
      this.#done(id, 'clock-paused', { clock: itemOf(clock), reason }),
    'incidents.resumeClock': async ({ id, clock, reason }) =>
      this.#done(id, 'clock-resumed', { clock: itemOf(clock), reason }),
    'incidents.meetClock': async ({ id, clock, note }) => this.#done(id, 'clock-met', { clock: itemOf(clock), note }),
    'incidents.holdDuty': async ({ id, regulatory, since, ...said }) =>
      this.#done(id, 'duty-held', {
        regulatory: itemOf(regulatory),
        since: since ?? new Date(this.nowMs).toISOString(),
        ...said,
      }),
    'incidents.resolve': async ({ id, outcome, summary }) => this.#done(id, 'resolved', { outcome, summary }),
    'incidents.settle': async ({ id, entry }) => {
      const { kind, body } = this.#incident(id).entries.find(({ hash }) => hash === entry) ?? { kind: '', body: null }
      return this.#done(id, kind, body)
    },
    'incidents.reopen': async ({ id, reason }) => this.#done(id, 'reopened', { reason }),
    'docker.endpoints': async ({ mode }) => ({
      endpoints: mode === 'exercise' ? [practiceEngine] : this.endpoints,
      problems: ['context colima: its socket file is not there'],
      standings: {},
    }),
    'sweeps.start': async () => ({ sweep: 'sweep-1' }),
    'sweeps.cancel': async ({ sweep }) => {
      const [incident = ''] = this.#opened
      const refusal: Refusal = {
        code: 'cancelled',
        tried: 'Sweep docker eu-1',
        happened: 'Somebody cancelled it. Nothing was kept.',
        next: 'Sweep again when you want to look.',
      }
      this.publish('sweeps.ended', { sweep, incident, summary: null, refusal })
      return null
    },
    'findings.hygiene': async () => this.look,
    'findings.waivedElsewhere': async () => this.waivedElsewhere,
    'evidence.read': async ({ incident, bundle, item }) => {
      const found = this.state(incident)
        .evidence.find((known) => known.bundle === bundle)
        ?.items.find(({ name }) => name === item)
      if (found === undefined) throw new RefusalError(missing(item))
      const isPicture = found.media_type?.startsWith('image/') === true
      const shown = isPicture ? { text: null, picture: onePixel } : { text: logText, picture: null }
      return { item: found, ...shown, cut: false, check: item.endsWith('stderr.log') ? 'mismatch' : 'match' }
    },
    'evidence.check': async ({ incident }) => {
      const checks = this.state(incident).evidence.map(({ bundle }) => ({ bundle, result: 'match' as const }))
      for (const check of checks) this.log(incident, 'evidence-checked', { ...check, because: 'asked for' })
      return { checks, problems: [] }
    },
    'evidence.save': async ({ incident, bundle, item, to, because }) => {
      const left = {
        bundle,
        item,
        to,
        because,
        how: `saved as ${item}`,
        size: 120,
        sha256: hashOf(7, 'f'),
        result: 'match' as const,
      }
      this.log(incident, 'evidence-released', left)
      return { path: `/home/ana/${item}`, sha256: left.sha256, result: left.result }
    },
    'evidence.storage': async () => this.storage,
    'attachments.begin': async ({ incident, ...meta }) => {
      const upload = `upload-${this.uploads.size + 1}`
      this.uploads.set(upload, { incident, ...meta, bytes: [] })
      return { upload }
    },
    'attachments.part': async ({ upload, at, base64 }) => {
      const part = Buffer.from(base64, 'base64')
      this.uploads.get(upload)?.bytes.push(part)
      return { next: at + part.length }
    },
    'attachments.end': async ({ upload }) => {
      const given = this.uploads.get(upload)
      if (given === undefined) throw new RefusalError(missing(upload))
      this.uploads.delete(upload)
      const body = attachedBody(given, this.desk.operator?.name ?? '')
      const entry = this.log(given.incident, 'evidence-kept', body, { version: 2 })
      const [item] = readAs(evidenceKeptKind, entry)?.body.items ?? []
      if (item === undefined) throw new Error('The attachment has no item')
      return { bundle: body.bundle, item }
    },
    'attachments.cancel': async ({ upload }) => {
      this.uploads.delete(upload)
      return null
    },
    'erasure.entry': async ({ id, entry, ...said }) => this.#erase(id, { entry, bundle: null, ...said }),
    'erasure.evidence': async ({ id, bundle, ...said }) => this.#erase(id, { entry: null, bundle, ...said }),
    'exports.write': async ({ format }) => ({
      path: `/home/ana/INC-2026-1121-0412.${format}`,
      sha256: hashOf(99, 'e'),
      head: hashOf(this.#serial, 'a'),
    }),
    'exports.preview': async ({ incident }) => ({ html: previewOf(this.state(incident).core.title) }),
    'search.find': async (ask) => findIn(this, ask),
    'journal.verify': async () => {
      const verification = `verification-${(this.#serial += 1)}`
      this.publish('journal.verifying', { verification, progress: { step: 'entries', done: 1, of: 2 } })
      this.publish('journal.verified', { verification, found: this.verified(), refusal: null })
      return { verification }
    },
    'journal.cancelVerify': async () => null,
    'journal.anchor': async ({ incident }) => ({
      text: `MUSTER ANCHOR 1\nmade 2026-11-21T03:00:00.000Z\nincident ${incident ?? 'all of them'}\n`,
      qr: { size: 3, path: 'M1 1h1v1h-1z' },
    }),
    'journal.saveAnchor': async () => ({ path: '/home/ana/INC-2026-1121-0412-anchor.txt' }),
    'merging.export': async ({ incident, withEvidence }) => ({
      path: `/home/ana/${this.state(incident).core.number}.tar`,
      sha256: hashOf(98, 'e'),
      number: this.state(incident).core.number,
      entries: this.state(incident).entries,
      chains: 1,
      bundles: withEvidence ? this.state(incident).evidence.length : 0,
      leftOut: [],
    }),
    'merging.chooseFile': async () => ({ path: '/media/ana/stick/incident.tar' }),
    'merging.import': async () => this.imported,
    'storage.read': async () => this.storageHealth,
    'storage.chooseFolder': async () => ({ folder: '/media/ana/stick/muster' }),
    'storage.setMirror': async ({ folder }) => {
      const whole = { state: 'whole', since: null, entries: 0, files: 0, trouble: null, remarks: [] } as const
      this.storageHealth = { ...this.storageHealth, mirror: folder === null ? null : { folder, ...whole, remarks: [] } }
      this.publish('storage.health', this.storageHealth)
      return null
    },
    'storage.backUp': async ({ folder }) => {
      const at = new Date(this.nowMs).toISOString()
      this.storageHealth = {
        ...this.storageHealth,
        backup: { at, folder: `${folder}/muster-backup-2026-11-21T140731Z` },
      }
      this.publish('storage.health', this.storageHealth)
      return { folder, at, incidents: 1, entries: 52, files: 2, bytes: 812_345, problems: [] }
    },
    'storage.cancelBackUp': async () => null,
    'practice.start': async () => {
      this.desk = {
        ...this.desk,
        practice: { running: true, services: ['gateway', 'auth', 'files', 'worker', 'postgres'] },
      }
      this.publish('desk.changed', this.desk)
      const id = this.#declare('exercise', {
        title: 'Practice: sign-in fails for everyone',
        detectedAt: null,
        unconfirmed: false,
      })
      this.publish('incidents.board', [boardRow(this.state(id))])
      return { id }
    },
    'practice.restart': async ({ id, service }) =>
      this.#done(id, 'noted', { text: `Restarting ${service} of the simulated system.` }),
    'practice.stop': async () => {
      this.desk = { ...this.desk, practice: { running: false, services: [] } }
      this.publish('desk.changed', this.desk)
      return null
    },
    ...this.targets.handlers,
    ...this.handover.handlers,
    ...this.vault.handlers('2026-11-21T14:07:31.000Z', (status) => this.publish('vault.changed', status)),
    'people.reach': async () => this.vault.reach(infinity.pack),
    'links.open': async () => null,
  }

  readonly #answer = createAnswerer(this.#handlers, (what) => {
    throw new Error(what)
  })
}

function facetsOf(entries: readonly Entry[], starred: number): Result<'incidents.facets'> {
  const groups = Map.groupBy(entries, ({ kind }) => groupOf(kind))
  const people = Map.groupBy(entries, ({ actor }) => actor.name)
  return {
    groups: Array.from(groups, ([group, { length: count }]) => ({ group, count })),
    people: Array.from(people, ([name, { length: count }]) => ({ name, count })),
    starred,
  }
}

const ownChain = 'c'.repeat(32)

/** The newest entry of every other chain, as a writer that has seen them all names them. */
function headsBeside(chain: string, entries: readonly Entry[]): Entry['after'] {
  const heads = new Map(entries.map((entry) => [entry.chain, entry]))
  heads.delete(chain)
  return Array.from(heads.values(), ({ chain: other, seq, hash }) => ({ chain: other, seq, hash }))
}

export function hashOf(serial: number, letter: string): string {
  return serial.toString(16).padStart(8, '0') + letter.repeat(56)
}

interface Given {
  readonly incident: string
  readonly name: string
  readonly size: number
  readonly given: string
  readonly note: string | null
  readonly bytes: Buffer[]
}

/** As main enters an attachment. */
function attachedBody({ name, size, given, note, bytes }: Given, collector: string) {
  const whole = Buffer.concat(bytes)
  const hash = sha256(whole)
  const isPicture = name.endsWith('.png')
  const item = {
    name,
    kind: 'attachment',
    request: `${given} by a person`,
    outcome: 'attached',
    started_at: '2026-11-21T14:07:31.000Z',
    took_ms: 12,
    size,
    sha256: hash,
    offset: 0,
    volatility: volatilityOf(given === 'pasted' ? 2 : 4),
    media_type: isPicture ? 'image/png' : 'text/plain',
    original: { name, size },
    covers: null,
    masked: [],
    truncated_of: null,
  }
  const stored = { encoding: 'plain', size }
  return {
    bundle: hash,
    size,
    form: 'file',
    stored,
    title: name,
    source: name,
    collector,
    tool: 'Muster',
    note,
    items: [item],
  }
}

const onePixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

function missing(item: string): Refusal {
  return {
    code: 'not-found',
    tried: `Open the evidence '${item}'`,
    happened: 'This incident holds no evidence of that name.',
    next: 'Choose it from the list of evidence.',
  }
}

const logText = Array.from(
  { length: 120 },
  (_each, line) =>
    `2026-11-21T13:${String(40 + Math.floor(line / 10)).padStart(2, '0')}:${String((line * 7) % 60).padStart(2, '0')}.104Z ${
      line % 9 === 0
        ? 'FATAL: remaining connection slots are reserved'
        : `GET /health 200 ${line} ms url=postgres://app:<masked>@pg-eu-2/app`
    }\n`,
).join('')

function previewOf(title: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Post-mortem</title><style>body{font:14px sans-serif;margin:32px;color:#111}h1{border-bottom:3px solid #b81f15}</style></head><body><h1>${title}</h1><p>Post-mortem, as it would be written now.</p></body></html>`
}

function itemOf(id: string) {
  return { id, title: id }
}
