import { checkedKind } from './checklists/entries.ts'
import { z } from 'zod'
import { alarmAtSchema } from './clocks/entries.ts'
import { madeAnchorSchema } from './anchors/qr-picture.ts'
import { communicationsCalls } from './communications/calls.ts'
import { clockWitnessSchema } from './clocks/skew.ts'
import { dockerEndpointSchema } from './docker/endpoint.ts'
import { evidenceItemSchema } from './evidence/entries.ts'
import { storageSchema } from './evidence/storage.ts'
import { findingsCalls } from './findings/calls.ts'
import { sweepProgressSchema, sweepSummarySchema } from './findings/sweep.ts'
import { handoverCalls } from './handover/calls.ts'
import { boardRowSchema } from './incident/board.ts'
import { conflictFieldSchema } from './incident/conflicts.ts'
import { responseCalls } from './incident/response-calls.ts'
import type { IncidentState } from './incident/state.ts'
import { timelineFilterSchema, timelineGroups } from './incident/timeline-filter.ts'
import { chainIdSchema, entrySchema, personSchema, sha256Schema, timeSchema, ulidSchema } from './journal/header.ts'
import { verificationSchema, verifyingSchema } from './ledger/verification.ts'
import { exportedFileSchema, importedFileSchema } from './journal/merge.ts'
import { packCalls, packSummarySchema } from './packs/calls.ts'
import { packSchema } from './packs/pack.ts'
import { roleSchema } from './people/entries.ts'
import { peopleCalls, vaultCalls, vaultStatusSchema } from './vault/calls.ts'
import { exportFormatSchema } from './postmortem/entries.ts'
import { refusalSchema } from './refusal.ts'
import { backupMadeSchema, backupProgressSchema, storageHealthSchema } from './storage/health.ts'
import { askSchema, foundSchema } from './search/found.ts'
import { targetCalls } from './targets/calls.ts'
import { standingsSchema } from './targets/standing.ts'
import { decisionOutcomeSchema, pollSchema } from './tasks/entries.ts'

/**
 * Everything the window may ask and everything it is told, by noun. Main parses each argument and each result by the
 * schema that stands here; both ends derive their types from it. Who hears a feed is named with it: `desk` is the
 * commander's window (an exercise's players and facilitator get audiences of their own).
 */

const line = z.string().trim().min(1).max(300)
/** A person's name as the journal takes it: no longer than `personSchema` allows. */
const personName = z.string().trim().min(1).max(200)
const text = z.string().trim().min(1).max(100_000)
/** What a task, a decision or an update says. */
const said = z.string().trim().min(1).max(20_000)
const id = ulidSchema
const folder = z.string().trim().min(1).max(4_000)
const nothing = z.null()

const answersSchema = z.record(z.string().max(100), z.enum(['yes', 'no', 'unsure']))

const deskSchema = z.strictObject({
  version: z.string(),
  /** Who types at this desk: recorded with each entry. Null until somebody says so. */
  operator: personSchema.nullable(),
  /** Where the journal lies. */
  dataFolder: z.string(),
  shell: z.string(),
  /** Why nothing can be written into the journal, and what happened to it that a person should know; null: nothing. */
  journal: z.strictObject({ readOnly: z.string().nullable(), remark: z.string().nullable() }),
  /** How far this machine's clock is from the one that was read last; null before any. */
  clock: clockWitnessSchema.nullable(),
  /** Which process rings the clocks. */
  runner: z.enum(['here', 'elsewhere']),
  /** Whether the simulated system runs, and which of its services can be restarted. */
  practice: z.strictObject({ running: z.boolean(), services: z.array(z.string()) }),
  packs: z.array(packSummarySchema),
  /** Packs that could not be read: each a refusal with file and line. */
  packProblems: z.array(refusalSchema),
})

/** Checked by its maker, the fold, whose type it is; the schema only keeps foreign shapes out. */
const stateSchema = z.custom<IncidentState>((value) => typeof value === 'object' && value !== null && 'core' in value)

const evidenceCheckedSchema = z.strictObject({
  checks: z.array(z.strictObject({ bundle: sha256Schema, result: z.enum(['match', 'mismatch', 'missing']) })),
  /** What could not be read at all, in words. */
  problems: z.array(z.string()),
})

/** What became of an erasure; see `Erased` in main. */
const erasedSchema = z.strictObject({
  seq: z.int(),
  isGone: z.boolean(),
  removedCopies: z.array(z.string()),
  leftCopies: z.array(z.string()),
  corrections: z.array(z.strictObject({ entry: sha256Schema, seq: z.int() })),
  heldBy: z.array(z.string()),
})

export const contract = {
  desk: {
    /** The window's first question: the desk and the board. */
    open: call(z.strictObject({}), z.strictObject({ desk: deskSchema, board: z.array(boardRowSchema) })),
    introduce: call(z.strictObject({ name: personName }), nothing),
  },
  packs: {
    read: call(z.strictObject({ id: z.string().max(100) }), packSchema),
    ...packCalls,
  },
  incidents: {
    /** Declares, and sets the severity: as named, or as the answers to the pack's questions lead. */
    declare: call(
      z.strictObject({
        pack: z.string().max(100),
        title: line,
        mode: z.enum(['live', 'exercise']),
        unconfirmed: z.boolean(),
        detectedAt: timeSchema.nullable(),
        severity: z.string().max(100).nullable(),
        answers: answersSchema,
        /** Why this severity, where a person named one: another than the answers lead to, or without asking them. */
        reason: text.nullable(),
        commander: personName.nullable(),
        /** Ids of the pack's incident types; none where nobody said. */
        types: z.array(z.string().max(64)).max(100).optional(),
        /** The affected systems, as people call them. */
        systems: z.array(line).max(100).optional(),
        /** Who noticed it, a person or a system. */
        reportedBy: personName.nullable().optional(),
      }),
      z.strictObject({ id, number: z.string() }),
    ),
    /** A step or item of the runbook was done by hand, and what came out of it; or is not done after all. */
    check: call(z.strictObject({ id, what: checkedKind.body }), nothing),
    /** The state, the pack that the incident is pinned to, and the newest entries. From then on its entries are fed. */
    open: call(
      z.strictObject({ id }),
      z.strictObject({
        state: stateSchema,
        pack: packSchema.nullable(),
        /** Where the organisation's overlay says otherwise than the runbook, or more. */
        yours: z.array(z.strictObject({ path: z.string(), says: z.string(), runbook: z.string().nullable() })),
        entries: z.array(entrySchema),
        /** The chain that this desk writes for it; null before its first entry. */
        ownChain: chainIdSchema.nullable(),
      }),
    ),
    /** Entries `from` to `to` (exclusive), counted from 0 in the order of the fold; 500 at most. */
    page: call(z.strictObject({ id, from: z.int().min(0), to: z.int().min(0) }), z.array(entrySchema)),
    /** As `page`, of the entries that pass a filter, and how many do. */
    filtered: call(
      z.strictObject({ id, filter: timelineFilterSchema, from: z.int().min(0), to: z.int().min(0) }),
      z.strictObject({ total: z.int(), entries: z.array(entrySchema) }),
    ),
    /** What the timeline can be filtered by, each with how many entries that leaves. */
    facets: call(
      z.strictObject({ id }),
      z.strictObject({
        groups: z.array(z.strictObject({ group: z.enum(timelineGroups), count: z.int() })),
        people: z.array(z.strictObject({ name: z.string(), count: z.int() })),
        starred: z.int(),
      }),
    ),
    /** Where an entry, or the first one logged at or after a time, stands among those that pass the filter; null for nowhere. */
    locate: call(
      z.strictObject({
        id,
        at: z.union([z.strictObject({ time: timeSchema }), z.strictObject({ hash: sha256Schema })]),
        filter: timelineFilterSchema.nullable(),
      }),
      z.strictObject({ position: z.int().nullable() }),
    ),
    confirm: call(z.strictObject({ id }), nothing),
    respond: call(z.strictObject({ id }), nothing),
    setSeverity: call(
      z.strictObject({
        id,
        severity: z.string().max(100).nullable(),
        answers: answersSchema,
        /** Where in the runbook's grid it is seen, by ids; null: not sure. */
        grid: z.strictObject({ impact: line.nullable(), urgency: line.nullable() }).optional(),
        /** Null: it holds now, the reason follows (`explainSeverity`). */
        reason: text.nullable(),
      }),
      nothing,
    ),
    stateImpact: call(z.strictObject({ id, text }), nothing),
    assign: call(z.strictObject({ id, role: roleSchema, name: personName.nullable() }), nothing),
    note: call(z.strictObject({ id, text, happenedAt: timeSchema.nullable() }), nothing),
    correct: call(z.strictObject({ id, entry: sha256Schema, text }), nothing),
    star: call(z.strictObject({ id, entry: sha256Schema, on: z.boolean() }), nothing),
    giveTask: call(
      z.strictObject({
        id,
        owner: personName,
        minutes: z.int().min(1).max(1_440).nullable(),
        text: said,
        happenedAt: timeSchema.nullable(),
      }),
      nothing,
    ),
    decide: call(
      z.strictObject({
        id,
        text: said,
        /** What else was weighed. */
        options: z.array(z.string().trim().min(1).max(2_000)).max(20).optional(),
        poll: pollSchema.nullable().optional(),
        outcome: decisionOutcomeSchema.optional(),
        happenedAt: timeSchema.nullable(),
      }),
      nothing,
    ),
    giveUpdate: call(z.strictObject({ id, text: said, happenedAt: timeSchema.nullable() }), nothing),
    ...responseCalls,
    resolve: call(
      z.strictObject({ id, outcome: z.enum(['resolved', 'false-alarm']), summary: z.string().max(20_000) }),
      nothing,
    ),
    reopen: call(z.strictObject({ id, reason: text }), nothing),
    /** Ends a conflict between desks: what the entry of that hash says of the field holds. */
    settle: call(z.strictObject({ id, field: conflictFieldSchema, entry: sha256Schema }), nothing),
  },
  docker: {
    /**
     * The engines that this machine knows of, the current one first; what stood in the way of finding others; and how those
     * are treated that somebody has spoken of, by their hosts.
     */
    endpoints: call(
      z.strictObject({ mode: z.enum(['live', 'exercise']) }),
      z.strictObject({
        endpoints: z.array(dockerEndpointSchema),
        problems: z.array(z.string()),
        standings: standingsSchema,
      }),
    ),
  },
  sweeps: {
    /** Starts a sweep for an incident; progress and end arrive as feeds under the answered id. */
    start: call(z.strictObject({ incident: id, endpoint: z.string().max(500) }), z.strictObject({ sweep: z.string() })),
    cancel: call(z.strictObject({ sweep: z.string().max(100) }), nothing),
  },
  findings: findingsCalls,
  evidence: {
    /**
     * One item after its bundle was hashed again, which is an entry: as text (1 MiB at most), as a picture (a data URL; 4 MiB
     * at most), or as neither where it is other bytes.
     */
    read: call(
      z.strictObject({ incident: id, bundle: sha256Schema, item: z.string().max(200) }),
      z.strictObject({
        item: evidenceItemSchema,
        text: z.string().nullable(),
        picture: z.string().nullable(),
        cut: z.boolean(),
        check: z.enum(['match', 'mismatch']),
      }),
    ),
    /** Hashes all evidence of an incident again. How it came out are entries; `evidence.progress` tells how far it is. */
    check: call(z.strictObject({ incident: id }), evidenceCheckedSchema),
    /** Writes an item where the person chooses, and enters to whom it went and why. */
    save: call(
      z.strictObject({ incident: id, bundle: sha256Schema, item: z.string().max(200), to: line, because: text }),
      z.strictObject({ path: z.string(), sha256: sha256Schema, result: z.enum(['match', 'mismatch', 'missing']) }),
    ),
    /** What the store of evidence holds, what the disk has left, and what is to be said of it. */
    storage: call(z.strictObject({}), storageSchema),
  },
  attachments: {
    /** Begins to attach a file that a person gave (256 MiB at most); its bytes follow in parts. */
    begin: call(
      z.strictObject({
        incident: id,
        name: z.string().max(1_000),
        size: z.int().min(0),
        given: z.enum(['dropped', 'pasted', 'chosen']),
        note: text.nullable(),
      }),
      z.strictObject({ upload: z.string() }),
    ),
    /** The next bytes as base64, 2 MiB at most; answered when they were taken, with where the next ones begin. */
    part: call(
      z.strictObject({ upload: z.string().max(100), at: z.int().min(0), base64: z.string().max(2_900_000) }),
      z.strictObject({ next: z.int() }),
    ),
    /** Keeps what came, and enters it. */
    end: call(
      z.strictObject({ upload: z.string().max(100) }),
      z.strictObject({ bundle: sha256Schema, item: evidenceItemSchema }),
    ),
    /** Nothing of it is kept. */
    cancel: call(z.strictObject({ upload: z.string().max(100) }), nothing),
  },
  erasure: {
    /** Erases the text of an entry for good; corrections that quote it are entries of their own. */
    entry: call(z.strictObject({ id, entry: sha256Schema, reason: said, approver: personName }), erasedSchema),
    /** Erases the bytes of evidence for good; its record stays. */
    evidence: call(z.strictObject({ id, bundle: sha256Schema, reason: said, approver: personName }), erasedSchema),
  },
  exports: {
    /** Writes the post-mortem where the person chooses. */
    write: call(
      z.strictObject({ incident: id, format: exportFormatSchema }),
      z.strictObject({ path: z.string(), sha256: sha256Schema, head: sha256Schema }),
    ),
    /** The post-mortem as it would be written now: a whole HTML document, to be shown in a sandboxed frame. */
    preview: call(z.strictObject({ incident: id }), z.strictObject({ html: z.string() })),
  },
  search: {
    /** Entries and text evidence that fit. Refused (`cancelled`) where a newer question came before this one was begun. */
    find: call(askSchema, foundSchema),
  },
  journal: {
    /**
     * Checks every entry and all evidence, against the text of an anchor too where one is given; progress and end arrive as
     * feeds under the answered id.
     */
    verify: call(
      z.strictObject({ anchor: z.string().max(4_000_000).nullable() }),
      z.strictObject({ verification: z.string() }),
    ),
    cancelVerify: call(z.strictObject({ verification: z.string().max(100) }), nothing),
    /** The heads of an incident, or of all (null), to be kept elsewhere; kept beside the journal too. */
    anchor: call(z.strictObject({ incident: id.nullable() }), madeAnchorSchema),
    /** Writes such an anchor where the person chooses. */
    saveAnchor: call(z.strictObject({ incident: id.nullable() }), z.strictObject({ path: z.string() })),
  },
  merging: {
    /** Writes one incident, where the person chooses, as a file that another desk can import. */
    export: call(z.strictObject({ incident: id, withEvidence: z.boolean() }), exportedFileSchema),
    /** Asks for the file to import; null when the person cancels. Refused where there is no dialog. */
    chooseFile: call(z.strictObject({ title: line }), z.strictObject({ path: z.string().nullable() })),
    /** Imports such a file, whole or not at all. */
    import: call(z.strictObject({ file: folder }), importedFileSchema),
  },
  storage: {
    /** How mirror, backup and room stand now; `storage.health` tells when it changes. */
    read: call(z.strictObject({}), storageHealthSchema),
    /** Asks by a dialog; null where the person cancels. Refused (`unsupported`) where the desktop has none. */
    chooseFolder: call(z.strictObject({ title: line }), z.strictObject({ folder: z.string().nullable() })),
    /** Mirrors into a folder from now on, or no more. */
    setMirror: call(z.strictObject({ folder: folder.nullable() }), nothing),
    /** Makes a new folder in this one with the backup. Answered when it is whole; `storage.backup` tells how far it is. */
    backUp: call(z.strictObject({ folder }), backupMadeSchema),
    cancelBackUp: call(z.strictObject({}), nothing),
  },
  practice: {
    /** Starts the simulated system if it does not run, and declares an exercise on it. */
    start: call(z.strictObject({}), z.strictObject({ id })),
    /** Restarts a service of the simulated system, as somebody at its keyboard would. */
    restart: call(z.strictObject({ id, service: z.string().max(100) }), nothing),
    stop: call(z.strictObject({}), nothing),
  },
  vault: vaultCalls,
  people: peopleCalls,
  communications: communicationsCalls,
  targets: targetCalls,
  handover: handoverCalls,
  links: {
    open: call(z.strictObject({ url: z.string().max(2_000) }), nothing),
  },
} as const

export const feeds = {
  /** Operator, runner or practice changed. */
  'desk.changed': feed('desk', deskSchema),
  /** Rows of the board that are new or changed. */
  'incidents.board': feed('desk', z.array(boardRowSchema)),
  /**
   * New entries of an incident that the window has opened; `from` is the position of the first in the fold's order.
   * With a `state`, entries came in between or lost their bodies: it replaces the window's, and `entries` are the newest page.
   */
  'incidents.entries': feed(
    'desk',
    z.strictObject({ id, from: z.int(), entries: z.array(entrySchema), state: stateSchema.nullable() }),
  ),
  'sweeps.progress': feed('desk', z.strictObject({ sweep: z.string(), incident: id, progress: sweepProgressSchema })),
  /** `summary` when it ended and was kept, `refusal` when it was cancelled or could not be kept. */
  'sweeps.ended': feed(
    'desk',
    z.strictObject({
      sweep: z.string(),
      incident: id,
      summary: sweepSummarySchema.nullable(),
      refusal: refusalSchema.nullable(),
    }),
  ),
  /** How far a check of all evidence of an incident is; `done` is `of` at its end. */
  'evidence.progress': feed(
    'desk',
    z.strictObject({
      incident: id,
      because: z.string(),
      done: z.int(),
      of: z.int(),
      unit: z.enum(['bytes', 'bundles']),
    }),
  ),
  'journal.verifying': feed('desk', z.strictObject({ verification: z.string(), progress: verifyingSchema })),
  /** `found` when it came to its end, `refusal` when it was cancelled or could not be done. */
  'journal.verified': feed(
    'desk',
    z.strictObject({
      verification: z.string(),
      found: verificationSchema.nullable(),
      refusal: refusalSchema.nullable(),
    }),
  ),
  /** The vault was locked, unlocked or changed, by whatever. */
  'vault.changed': feed('desk', vaultStatusSchema),
  /** Mirror, backup or room changed. */
  'storage.health': feed('desk', storageHealthSchema),
  'storage.backup': feed('desk', backupProgressSchema),
  /** A clock is soon due, ran out, or is still overdue after it was snoozed; the entry of it is in the journal. */
  'alarms.given': feed('desk', z.strictObject({ id, number: z.string(), title: z.string(), at: alarmAtSchema })),
  /** A person clicked a notification: this is the incident they want to see. */
  'incidents.wanted': feed('desk', z.strictObject({ id })),
} as const

interface Call<Argument extends z.ZodType, Result extends z.ZodType> {
  readonly argument: Argument
  readonly result: Result
}

function call<Argument extends z.ZodType, Result extends z.ZodType>(
  argument: Argument,
  result: Result,
): Call<Argument, Result> {
  return { argument, result }
}

function feed<Message extends z.ZodType>(audience: 'desk', message: Message) {
  return { audience, message }
}

type Contract = typeof contract
/** 'incidents.declare' and so on: every call by its full name. */
export type CallName = {
  [Noun in keyof Contract]: `${Noun & string}.${keyof Contract[Noun] & string}`
}[keyof Contract]

type CallAt<Name extends CallName> = Name extends `${infer Noun}.${infer Verb}`
  ? Noun extends keyof Contract
    ? Verb extends keyof Contract[Noun]
      ? Contract[Noun][Verb]
      : never
    : never
  : never

type SchemaOf<C, Side extends 'argument' | 'result'> = C extends {
  readonly [S in Side]: infer Schema extends z.ZodType
}
  ? z.output<Schema>
  : never

export type Argument<Name extends CallName> = SchemaOf<CallAt<Name>, 'argument'>
export type Result<Name extends CallName> = SchemaOf<CallAt<Name>, 'result'>
export type FeedName = keyof typeof feeds
export type Message<Name extends FeedName> = z.output<(typeof feeds)[Name]['message']>
export type Desk = z.infer<typeof deskSchema>

/** Every call by its full name, with its schemas. */
export const calls: ReadonlyMap<string, Call<z.ZodType, z.ZodType>> = new Map(
  Object.entries<Readonly<Record<string, Call<z.ZodType, z.ZodType>>>>(contract).flatMap(([noun, verbs]) =>
    Object.entries(verbs).map(([verb, schemas]): [string, Call<z.ZodType, z.ZodType>] => [`${noun}.${verb}`, schemas]),
  ),
)

/** What comes back over the bridge, as JSON text. */
export const answerSchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), refusal: refusalSchema }),
])
export type Answer = z.infer<typeof answerSchema>
