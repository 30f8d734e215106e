import { checkedKind } from '../checklists/entries.ts'
import { clockKinds } from '../clocks/entries.ts'
import { updateGivenKind } from '../communications/entries.ts'
import { erasedKind } from '../erasure/entries.ts'
import { evidenceKinds } from '../evidence/entries.ts'
import { sweptKind } from '../findings/entries.ts'
import { waiverKinds } from '../findings/waivers.ts'
import type { Entry } from '../journal/header.ts'
import { type EntryOf, type Kind, readAs } from '../journal/kind.ts'
import { noteKinds } from '../notes/entries.ts'
import { peopleKinds } from '../people/entries.ts'
import { handoverKinds } from '../people/handover.ts'
import { teamSetKind } from '../people/teams.ts'
import { exportedKind } from '../postmortem/entries.ts'
import { taskKinds } from '../tasks/entries.ts'
import { incidentKinds } from './entries.ts'

/** Every kind that an incident's chain may hold. */
export const allKinds = [
  ...incidentKinds,
  ...noteKinds,
  ...clockKinds,
  ...taskKinds,
  ...evidenceKinds,
  updateGivenKind,
  checkedKind,
  ...peopleKinds,
  teamSetKind,
  ...handoverKinds,
  erasedKind,
  sweptKind,
  ...waiverKinds,
  exportedKind,
] as const

/** Every kind of entry an incident may hold, read and typed. A new kind is one line above. */
export type KnownEntry = EntryOf<(typeof allKinds)[number]>

const kindByName: ReadonlyMap<string, Kind<string, unknown>> = new Map(
  allKinds.map((kind): [string, Kind<string, unknown>] => [kind.kind, kind]),
)

/** The kind of that name, or null for one that this Muster does not know. */
export function findKind(name: string): Kind<string, unknown> | null {
  return kindByName.get(name) ?? null
}

/** Reads an entry by its own kind; null for an unknown, newer, erased or unreadable one (see `readAs`). */
export function readEntry(entry: Entry): KnownEntry | null {
  const kind = findKind(entry.kind)
  // The map's values have lost which body belongs to which name; readAs has just checked that pair.
  return kind === null ? null : (readAs(kind, entry) as KnownEntry | null)
}
