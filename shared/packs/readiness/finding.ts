import { z } from 'zod'
import type { PlaceBinding } from '../../targets/binding.ts'
import type { Due } from '../due.ts'

export const readinessTopics = [
  'contact',
  'approval',
  'clock',
  'callout',
  'place',
  'target',
  'parameter',
  'credential',
  'drill',
  'overlay',
] as const

/**
 * One thing that would be missing on the day. `missing`: something will not work without it; `advice`: it works, and is
 * worth a look. `path`: where it stands in the pack, as `itemsOf` writes it.
 */
export const readinessFindingSchema = z.strictObject({
  topic: z.enum(readinessTopics),
  weight: z.enum(['missing', 'advice']),
  path: z.string().nullable(),
  title: z.string(),
  /** What comes of it. */
  why: z.string(),
  next: z.string(),
})

export type ReadinessFinding = z.infer<typeof readinessFindingSchema>

/** What readiness is judged by, beside the pack. */
export interface Surroundings {
  /** Ids of the contacts that can be reached in some way; null: the vault is locked, or there is none. */
  readonly reachable: readonly string[] | null
  /** Names of the credentials of the vault; null: locked, or none. */
  readonly credentials: readonly string[] | null
  /** What is due; `dueOf` tells. */
  readonly due: readonly Due[]
  /** Whether a place may be what it is bound to: this machine counts only where somebody here agreed. */
  readonly isConsented: (place: string, binding: PlaceBinding) => boolean
}

/** Where to state it, at the end of a sentence. */
export const inOverlay = 'in the overlay (`muster overlay new` writes one to fill)'
