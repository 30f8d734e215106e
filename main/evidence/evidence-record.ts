import {
  type CheckResult,
  type EvidenceBundle,
  type EvidenceItem,
  evidenceCheckedKind,
  evidenceKeptKind,
  evidenceReleasedKind,
  type KeptBody,
  type ReleasedBody,
} from '../../shared/evidence/entries.ts'
import { sweptKind } from '../../shared/findings/entries.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import type { SweepSummary } from '../../shared/findings/sweep.ts'
import type { Person } from '../../shared/journal/header.ts'
import { draftOf } from '../../shared/journal/kind.ts'
import { refuse } from '../../shared/refusal.ts'
import type { Clock } from '../journal/clock.ts'
import type { JournalStore } from '../journal/journal-store.ts'

/** What a sweep found, to be journalled with the evidence that it was read from. */
export interface SweepFound {
  readonly summary: SweepSummary
  readonly findings: readonly Finding[]
}

/** How a bundle's bytes came out when they were hashed again. */
export interface Checked {
  readonly bundle: string
  readonly result: CheckResult
}

/** A check with the same result is written down again only after this time. */
const RECHECK_MS = 10 * 60_000

/**
 * The journal's side of evidence: what was kept, checked and let go. It never touches the bytes; whoever calls it has kept
 * them before.
 */
export class EvidenceRecord {
  readonly #journal: JournalStore
  readonly #clock: Clock

  constructor(journal: JournalStore, clock: Clock) {
    this.#journal = journal
    this.#clock = clock
  }

  /** What an incident's evidence is, and which bundles' bytes were erased. Refuses (`not-found`) an unknown incident. */
  bundles(incident: string): { readonly bundles: readonly EvidenceBundle[]; readonly erased: readonly string[] } {
    const { evidence, erasures } = this.#journal.stateOf(incident)
    const erased = evidence.map(({ bundle }) => bundle).filter((bundle) => erasures[bundle] !== undefined)
    return { bundles: evidence, erased }
  }

  /** An item of an incident and the newest bundle that holds it; `bundle` null: whichever. Refuses (`not-found`). */
  find(incident: string, bundle: string | null, name: string): { bundle: EvidenceBundle; item: EvidenceItem } {
    for (const known of this.bundles(incident).bundles.toReversed()) {
      const item = known.items.find((one) => one.name === name)
      if (item !== undefined && (bundle === null || known.bundle === bundle)) return { bundle: known, item }
    }
    throw refuse('not-found', {
      tried: `Open the evidence '${name}'`,
      happened: 'This incident holds no evidence of that name.',
      next: 'Choose it from the list of evidence.',
    })
  }

  /** A bundle was kept; `swept`: by a sweep, whose findings go with it in one transaction, as do the raw forms of its items. */
  kept(incident: string, body: KeptBody, swept: SweepFound | null, by: Person, raw: readonly KeptBody[] = []): void {
    const { mode } = this.#journal.stateOf(incident)
    const drafts = [body, ...raw].map((kept) => draftOf(evidenceKeptKind, kept))
    const found =
      swept === null
        ? []
        : [draftOf(sweptKind, { summary: swept.summary, findings: [...swept.findings], bundle: body.bundle })]
    this.#journal.append(incident, mode, by, () => [...drafts, ...found])
  }

  /**
   * Bundles were hashed again. A new result, or an old one from long ago, becomes an entry, and each at a hand-over. Answers
   * how many did.
   */
  checked(incident: string, checks: readonly Checked[], because: string, by: Person): number {
    const { mode, evidence } = this.#journal.stateOf(incident)
    const news = checks.filter(({ bundle, result }) => {
      const known = evidence.find((one) => one.bundle === bundle)
      const last = known?.lastCheck ?? null
      if (known === undefined) return false
      return because === 'handed over' || last?.result !== result || this.#isLongAgo(last.at)
    })
    if (news.length === 0) return 0
    this.#journal.append(incident, mode, by, () =>
      news.map(({ bundle, result }) => draftOf(evidenceCheckedKind, { bundle, result, because })),
    )
    return news.length
  }

  /** An item left the desk. */
  released(incident: string, body: ReleasedBody, by: Person): void {
    const { mode } = this.#journal.stateOf(incident)
    this.#journal.append(incident, mode, by, () => [draftOf(evidenceReleasedKind, body)])
  }

  #isLongAgo(at: string): boolean {
    return this.#clock.wallMs() - Date.parse(at) > RECHECK_MS
  }
}
