import { z } from 'zod'
import { madeAnchorSchema } from './anchors/qr-picture.ts'
import { id, line, nothing, personName, said } from './call-fields.ts'
import { alarmAtSchema } from './clocks/entries.ts'
import { clockWitnessSchema } from './clocks/skew.ts'
import { communicationsCalls } from './communications/calls.ts'
import { dockerEndpointSchema } from './docker/endpoint.ts'
import { attachmentCalls, evidenceCalls } from './evidence/calls.ts'
import { findingsCalls } from './findings/calls.ts'
import { sweepProgressSchema, sweepSummarySchema } from './findings/sweep.ts'
import { handoverCalls } from './handover/calls.ts'
import { boardRowSchema } from './incident/board.ts'
import { incidentCalls, stateSchema } from './incident/calls.ts'
import { entrySchema, personSchema, sha256Schema } from './journal/header.ts'
import { exportedFileSchema, importedFileSchema } from './journal/merge.ts'
import { verificationSchema, verifyingSchema } from './ledger/verification.ts'
import { packCalls, packSummarySchema } from './packs/calls.ts'
import { packSchema } from './packs/pack.ts'
import { exportFormatSchema } from './postmortem/entries.ts'
import { refusalSchema } from './refusal.ts'
import { askSchema, foundSchema } from './search/found.ts'
import { backupMadeSchema, backupProgressSchema, storageHealthSchema } from './storage/health.ts'
import { targetCalls } from './targets/calls.ts'
import { standingsSchema } from './targets/standing.ts'
import { peopleCalls, vaultCalls, vaultStatusSchema } from './vault/calls.ts'

/**
 * Everything the window may ask and everything it is told, by noun; a noun with many calls keeps them in a `calls.ts` of its
 * own. Main parses each argument and each result by these schemas; both ends derive their types from them. Who hears a feed
 * is named with it: `desk` is the commander's window (an exercise's players and facilitator get audiences of their own).
 */

const folder = z.string().trim().min(1).max(4_000)

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
  incidents: incidentCalls,
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
  evidence: evidenceCalls,
  attachments: attachmentCalls,
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
