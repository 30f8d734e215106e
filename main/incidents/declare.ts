import type { Mode, Person } from '../../shared/journal/header.ts'
import type { GridAnswer } from '../../shared/packs/grid.ts'
import { nearest } from '../../shared/packs/nearest.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import type { Answers } from '../../shared/packs/triage.ts'
import { refuse } from '../../shared/refusal.ts'
import type { LoadedOverlay } from '../packs/overlay-file.ts'
import type { LoadedPack } from '../packs/pack-file.ts'
import type { Declaration } from './incidents.ts'
import { severityChoice } from './severity-choice.ts'

/** What a person says when declaring, in the window or the terminal. */
export interface SaidDeclaration {
  readonly title: string
  readonly mode: Mode
  readonly unconfirmed: boolean
  readonly detectedAt: string | null
  readonly severity: string | null
  readonly answers: Answers
  /** Where in the grid of impact and urgency it is seen; left out: it was not used. */
  readonly grid?: GridAnswer | undefined
  readonly reason: string | null
  readonly commander: string | null
  /** Incident types of the pack, by their ids or titles. */
  readonly types?: readonly string[] | undefined
  /** The affected systems, as people call them. */
  readonly systems?: readonly string[] | undefined
  /** Who noticed it; null or left out where nobody said. */
  readonly reportedBy?: string | null | undefined
}

/**
 * The declaration with its pack, and the overlay in force, pinned by hash and its severity decided by the pack. Refuses
 * what the pack does not have.
 */
export function declarationOf(
  loaded: LoadedPack,
  said: SaidDeclaration,
  filledBy: LoadedOverlay | null = null,
): Declaration {
  const { pack, bytes, hash } = loaded
  return {
    pack: { id: pack.id, version: pack.version, title: pack.title, hash },
    packText: Buffer.from(bytes).toString('utf8'),
    overlay: filledBy === null ? null : pinnedOverlay(filledBy),
    title: said.title,
    mode: said.mode,
    unconfirmed: said.unconfirmed,
    detectedAt: said.detectedAt,
    severity: severityChoice(pack, said),
    commander: said.commander,
    types: (said.types ?? []).map((type) => typeNamed(pack, type)),
    systems: said.systems ?? [],
    reportedBy: said.reportedBy ?? null,
  }
}

function typeNamed(pack: Pack, named: string): { id: string; title: string } {
  const wanted = named.toLowerCase()
  const found = pack.incidentTypes.find(({ id, title }) => id === wanted || title.toLowerCase() === wanted)
  if (found !== undefined) return { id: found.id, title: found.title }
  const ids = pack.incidentTypes.map(({ id }) => id)
  const meant = nearest(named, ids)
  throw refuse('bad-input', {
    tried: `Declare an incident of the type '${named}'`,
    happened: `${pack.title} has no such type.`,
    next: meant === null ? `It has: ${ids.length === 0 ? 'none' : ids.join(', ')}.` : `Did you mean '${meant}'?`,
  })
}

function pinnedOverlay({ overlay, bytes, hash }: LoadedOverlay): Declaration['overlay'] {
  const { id, title } = overlay
  return { pinned: { id, title, hash }, text: Buffer.from(bytes).toString('utf8') }
}

/** The practice's incident, as it is declared for whoever practises: without an overlay, which names real people and hosts. */
export function practiceDeclaration(loaded: LoadedPack, by: Person): Declaration {
  return declarationOf(loaded, {
    title: 'Practice: sign-in fails for everyone',
    mode: 'exercise',
    unconfirmed: false,
    detectedAt: null,
    severity: null,
    answers: {},
    reason: null,
    commander: by.name,
  })
}
