import { z } from 'zod'

/** Something of an incident that this desk cannot reach or does not have: what, what comes of it, and what to do. */
export const unreachableSchema = z.strictObject({ what: z.string(), why: z.string(), next: z.string() })

export type Unreachable = z.infer<typeof unreachableSchema>

/** What a desk that takes an incident over has of it, gathered by main. */
export interface Reach {
  readonly pack: {
    readonly title: string
    /** Whether its bytes came with the incident and can be read here. */
    readonly travels: boolean
    /** The runbook of that id in this desk's own shelf: the same bytes, others, or none. */
    readonly here: 'same' | 'other' | 'none'
  } | null
  readonly overlay: { readonly title: string; readonly kept: boolean } | null
  /** Titles of places and targets of the runbook that are not bound at this desk. */
  readonly unboundPlaces: readonly string[]
  readonly unboundTargets: readonly string[]
  /** How the vault is: there is none, it is locked, or it is open. */
  readonly vault: 'none' | 'locked' | 'open'
  /** Roles of the runbook that nobody stands behind here, or who cannot be reached; empty where the vault is not open. */
  readonly noContact: readonly string[]
  /** Engines of kept sweeps that this machine does not know of. */
  readonly engines: readonly string[]
  readonly evidence: { readonly missing: number; readonly of: number }
}

/** What a new desk cannot reach, in sentences, what hurts first on top; empty where it has everything. */
export function cannotReach(reach: Reach): Unreachable[] {
  const { pack, overlay, vault, noContact, engines, evidence, unboundPlaces, unboundTargets } = reach
  return [
    ...packWords(pack),
    ...(overlay === null || overlay.kept
      ? []
      : [
          {
            what: `The overlay ${overlay.title}`,
            why: 'Its text was erased from the incident: clocks and people are those of the bare runbook.',
            next: 'Ask the other desk who stands behind which role.',
          },
        ]),
    ...vaultWords(vault),
    ...listed(noContact, (names) => ({
      what: `Contacts: ${names}`,
      why: 'Nobody stands behind these roles here, or there is no number for them.',
      next: 'Take the printed contact card over, or import the contacts (muster people import FILE).',
    })),
    ...listed(engines, (names) => ({
      what: `Engines: ${names}`,
      why: 'This machine does not know of the engines that were swept.',
      next: 'Bind them under Packs, or log in by ssh; until then others have to look.',
    })),
    ...listed(unboundTargets, (names) => ({
      what: `Targets: ${names}`,
      why: 'Bindings stay with a desk and are not in the file.',
      next: 'Bind them under Packs.',
    })),
    ...listed(unboundPlaces, (names) => ({
      what: `Places: ${names}`,
      why: 'Steps that run there can only be done by hand from here.',
      next: 'Bind them under Packs.',
    })),
    ...(evidence.missing === 0
      ? []
      : [
          {
            what: `${evidence.missing} of ${evidence.of} pieces of evidence`,
            why: 'Entries name them, and their bytes stayed at the other desk.',
            next: 'Let the other desk export once more, with its evidence, and import that.',
          },
        ]),
  ]
}

function packWords(pack: Reach['pack']): Unreachable[] {
  if (pack === null || pack.here === 'same') return []
  if (!pack.travels) {
    return [
      {
        what: `The runbook ${pack.title}`,
        why: 'It came with the incident in a form that this Muster cannot read: there are no clocks and no calls.',
        next: 'Bring Muster up to date here.',
      },
    ]
  }
  return [
    {
      what: `The runbook ${pack.title}`,
      why:
        pack.here === 'none'
          ? 'It is not installed here. It came with the incident, and this incident works with it.'
          : 'Another version of it is installed here. The incident works with the one that came with it.',
      next: 'Nothing for this incident; import it for the next one.',
    },
  ]
}

function vaultWords(vault: Reach['vault']): Unreachable[] {
  if (vault === 'open') return []
  return [
    vault === 'none'
      ? {
          what: 'The vault',
          why: 'There is none on this desk: numbers and credentials of the other desk are not here.',
          next: 'Take the printed contact card over; make a vault and import the contacts.',
        }
      : { what: 'The vault', why: 'It is locked, so whom it knows cannot be told.', next: 'Unlock it.' },
  ]
}

const MOST_NAMED = 6

function listed(names: readonly string[], say: (names: string) => Unreachable): Unreachable[] {
  if (names.length === 0) return []
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''
  return [say(`${names.slice(0, MOST_NAMED).join(', ')}${more}`)]
}
