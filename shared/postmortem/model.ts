import type { Anchor } from '../anchors/anchor.ts'
import type { QrPicture } from '../anchors/qr-picture.ts'
import type { CustodyStep, EvidenceItem } from '../evidence/entries.ts'
import type { Finding } from '../findings/finding.ts'
import type { PinnedOverlay, PinnedPack, Severity, TriageAnswer } from '../incident/entries.ts'
import type { Entry, Mode } from '../journal/header.ts'
import type { IncidentState } from '../incident/state.ts'
import type { Pack } from '../packs/pack.ts'
import type { Role } from '../people/entries.ts'

/** How the check of the journal came out that was made for this export. `entries`: how many were hashed again. */
export interface VerificationOutcome {
  readonly ok: boolean
  readonly entries: number
  readonly problems: readonly string[]
}

/** Everything a post-mortem is made of. `entries` are all of the incident's, in the order of the fold, folded to `state`. */
export interface PostmortemInput {
  readonly state: IncidentState
  readonly entries: readonly Entry[]
  /** Null where the incident's runbook cannot be read. */
  readonly pack: Pack | null
  /** When the document is made (ISO UTC). An incident still open is told up to here; pass the head's time for a document that depends on the head alone. */
  readonly madeAt: string
  /** Muster's version. */
  readonly version: string
  /** Null where nobody verified the journal for this export. */
  readonly verified: VerificationOutcome | null
  /** How far the reader's clock is ahead of UTC, for a second column in the timeline; null for UTC alone. */
  readonly offsetMinutes: number | null
  /** Draws an anchor as a QR code, null for one that is too long; absent where pages carry none. */
  readonly drawCode?: (anchor: Anchor) => QrPicture | null
}

/**
 * The post-mortem as data: Markdown, HTML and JSON are made from it alone. Times are ISO UTC with milliseconds.
 * `null` is always 'not known' or 'not yet', never a guess.
 */
export interface PostmortemDocument {
  readonly header: DocumentHeader
  /** The story in sentences, drafted from the journal. */
  readonly summary: readonly string[]
  readonly impact: { readonly text: string; readonly at: string; readonly by: string } | null
  readonly times: readonly KeyTime[]
  readonly durations: readonly Duration[]
  readonly severities: readonly SeveritySpan[]
  readonly obligations: readonly Obligation[]
  readonly roles: readonly RoleHeld[]
  readonly alarms: readonly { readonly at: string; readonly title: string; readonly dueAt: string }[]
  readonly sweeps: readonly SweepLine[]
  readonly findings: readonly FindingRecord[]
  /** What was accepted for a time, and whose acceptance was ended, oldest first. */
  readonly waivers: readonly WaiverLine[]
  /** What severity, status, impact and roles were before and after each change. */
  readonly changes: readonly FieldChange[]
  readonly timeline: readonly TimelineLine[]
  readonly review: Review
  readonly evidence: readonly EvidenceRecord[]
  /** What desks contradict each other on and nobody has settled, a sentence each. */
  readonly conflicts: readonly string[]
  readonly integrity: Integrity
}

export interface DocumentHeader {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly mode: Mode
  readonly status: IncidentState['core']['status']
  readonly open: boolean
  /** The worst severity that was ever in force. */
  readonly reached: Severity | null
  /** The severity in force at the end. */
  readonly inForce: (Severity & { readonly assumed: boolean }) | null
  readonly pack: PinnedPack | null
  /** What filled the runbook where it left something open. */
  readonly overlay: PinnedOverlay | null
  /** Who held each role at the end. */
  readonly roles: Readonly<Record<Role, string | null>>
  /** When the pack wants the post-mortem (ISO UTC); null without a deadline or while the incident is open. */
  readonly dueAt: string | null
  readonly dueWithinHours: number | null
  readonly madeAt: string
  readonly version: string
  readonly offsetMinutes: number | null
}

/** - `recorded` an entry says it  - `derived` Muster reads it from findings  - `not-yet` it has not happened  - `to-write` Muster cannot know it */
export type Known = 'recorded' | 'derived' | 'not-yet' | 'to-write'

export interface KeyTime {
  readonly id: 'first-seen' | 'detected' | 'declared' | 'commander' | 'responded' | 'mitigated' | 'resolved'
  readonly title: string
  readonly at: string | null
  readonly known: Known
  /** Where the time comes from, or why there is none. */
  readonly basis: string
}

/** A span between two key times. `ms` is never negative: where the times stand in the wrong order it is null and `basis` says so. */
export interface Duration {
  readonly id: string
  readonly title: string
  readonly ms: number | null
  /** Whether it is still running at `madeAt`. */
  readonly running: boolean
  readonly basis: string
}

/** One severity from when it came into force until the next, with why; `ms` counts only while the incident was open. */
export interface SeveritySpan {
  readonly no: number
  readonly severity: Severity
  readonly from: string
  readonly to: string | null
  readonly ms: number
  readonly assumed: boolean
  readonly reason: string
  readonly by: string
  readonly path: readonly TriageAnswer[]
}

/** A deadline that the pack sets and what came of it. */
export interface Obligation {
  readonly title: string
  readonly rule: string
  readonly dueAt: string
  readonly endedAt: string | null
  readonly outcome: 'met' | 'late' | 'running' | 'overdue' | 'ended'
  /** How long before (positive) or after (negative) the deadline. */
  readonly msLeft: number
}

export interface RoleHeld {
  readonly no: number
  readonly at: string
  readonly role: Role
  readonly name: string | null
}

export interface SweepLine {
  readonly no: number
  readonly at: string
  readonly by: string
  readonly target: string
  readonly engine: string | null
  readonly containers: number
  readonly tookMs: number
  readonly calls: { readonly asked: number; readonly answered: number; readonly failed: number }
  readonly couldNotRead: readonly { readonly what: string; readonly why: string }[]
  readonly found: number
  readonly first: string | null
  readonly bundle: string
  /** Whether it is the newest sweep of its target. */
  readonly newest: boolean
}

/** `until` null: the waiver was ended. */
export interface WaiverLine {
  readonly no: number
  readonly at: string
  readonly by: string
  /** Code, kind and name of what it is about. */
  readonly key: string
  readonly title: string
  readonly until: string | null
  readonly reason: string
}

/** One thing that was wrong, however many sweeps found it, as the last of them told it. */
export interface FindingRecord {
  readonly finding: Finding
  readonly target: string
  readonly firstSeen: { readonly no: number; readonly at: string }
  readonly lastSeen: { readonly no: number; readonly at: string }
  readonly sweeps: number
  /** - `present` in the newest sweep of its target  - `gone` not in it  - `unsure` not in it, but that sweep could not read everything */
  readonly now: 'present' | 'gone' | 'unsure'
  readonly bundle: string
}

/** That a text, or evidence, was erased. */
export interface Erasure {
  readonly no: number | null
  readonly at: string
  readonly by: string
  readonly approver: string
  readonly reason: string
}

/** One change of one field. `no`: the entry's place in the order of the fold; `from` null: it was not set. */
export interface FieldChange {
  readonly no: number
  readonly at: string
  readonly by: string
  readonly field: string
  readonly from: string | null
  readonly to: string
}

export interface TimelineLine {
  /** Its place in the order of the fold, from 1. */
  readonly no: number
  readonly happenedAt: string
  readonly loggedAt: string
  /** Whether it was logged a second or more before or after it happened. */
  readonly apart: boolean
  readonly kind: string
  /** False for an entry that this Muster cannot read. */
  readonly read: boolean
  readonly actor: string
  /** Who typed it, where that is somebody else. */
  readonly recordedBy: string | null
  readonly sentence: string
  /** Whether somebody pinned it for the report. */
  readonly starred: boolean
  readonly corrections: readonly {
    readonly no: number
    readonly at: string
    readonly by: string
    readonly text: string
  }[]
  /** Who took its text away and why; `no`: the place of the entry that says so, null if that is not here. */
  readonly erased: Erasure | null
  /** For a correction: the place of the entry that it corrects, null if that is not here. */
  readonly corrects: number | null
  /** sha256 of the evidence bundles that it speaks of. */
  readonly evidence: readonly string[]
  /** What is doubtful about the clock that stamped it, in words. */
  readonly clock: string | null
  readonly hash: string
}

/** The sections that the pack asks for. What Muster cannot know is null and stays for people to write. */
export interface Review {
  readonly title: string
  readonly fromPack: boolean
  readonly sections: readonly {
    readonly id: string
    readonly title: string
    readonly fields: readonly ReviewField[]
  }[]
}

/** What a field is to hold, in the pack's words. */
export type FieldForm = Pack['postMortem']['sections'][number]['fields'][number]['form']

export interface ReviewField {
  readonly id: string
  readonly title: string
  readonly form: FieldForm
  readonly hint: string | null
  readonly value: string | null
  /** What the journal holds that may help whoever writes it. */
  readonly leads: readonly string[]
}

export interface EvidenceRecord {
  /** Its bytes were erased; what stands here is their record. */
  readonly erased: Erasure | null
  /** 'E1' and so on, in the order kept. */
  readonly ref: string
  readonly bundle: string
  readonly size: number
  readonly title: string
  readonly source: string
  readonly collector: string
  readonly tool: string
  readonly keptAt: string
  readonly note: string | null
  readonly stored: { readonly encoding: 'plain' | 'zstd'; readonly size: number }
  /** What is gone soonest first. */
  readonly items: readonly EvidenceItem[]
  /** Whose hands it went through, oldest first. */
  readonly custody: readonly CustodyStep[]
  readonly lastCheck: { readonly at: string; readonly result: 'match' | 'mismatch' | 'missing' } | null
}

export interface Integrity {
  /** The last entry that this document tells of. */
  readonly head: { readonly hash: string; readonly chain: string; readonly seq: number; readonly at: string } | null
  readonly entries: number
  readonly unread: number
  /** How many entries stand without their text, as it was erased. */
  readonly erased: number
  /** Every chain of this incident with its last entry. */
  readonly chains: readonly {
    readonly chain: string
    readonly entries: number
    readonly seq: number
    readonly hash: string
  }[]
  /** These heads as an anchor, for a page that is kept elsewhere: as text and as a QR code. Depends on the head alone. */
  readonly anchor: { readonly text: string; readonly code: QrPicture | null } | null
  readonly verified: VerificationOutcome | null
  /** The result in plain words. */
  readonly verdict: string
  /** What a chain cannot prove. */
  readonly limits: readonly string[]
  /** How to check it without Muster. */
  readonly howTo: readonly string[]
  /** Earlier exports: each printed a head that still has to be in the chain. */
  readonly exports: readonly {
    readonly at: string
    readonly format: string
    readonly name: string
    readonly head: string
  }[]
}
