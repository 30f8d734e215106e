import type { KeptLook } from '../../shared/findings/calls.ts'
import type { Person } from '../../shared/journal/header.ts'
import type { Handlers } from '../contract/answerer.ts'
import type { DeskClient } from '../desk/desk-client.ts'
import { snapshotName } from './derive-again.ts'
import type { EvidenceService } from './evidence-service.ts'

/** Sweeps whose look is remembered: a person compares a few, and each of a thousand containers takes a megabyte. */
const remembered = 4

interface Parts {
  readonly desk: DeskClient
  readonly evidence: EvidenceService
  readonly by: () => Person
}

/** Answers of the contract about what a kept sweep tells; derived on the thread of the evidence, once for each bundle. */
export function findingsHandlers({ desk, evidence, by }: Parts): Pick<Handlers, `findings.${string}` & keyof Handlers> {
  const looks = new Map<string, Promise<KeptLook>>()

  function lookAt(incident: string, bundle: string): Promise<KeptLook> {
    const known = looks.get(bundle)
    if (known !== undefined) return known
    const look = derived(incident, bundle)
    looks.set(bundle, look)
    // What was refused is tried anew the next time; the asker hears why.
    look.catch(() => looks.delete(bundle))
    for (const oldest of [...looks.keys()].slice(0, -remembered)) looks.delete(oldest)
    return look
  }

  async function derived(incident: string, bundle: string): Promise<KeptLook> {
    const { takenAt, hygiene, containers, usage, happened } = await evidence.derive(incident, bundle, by())
    return { takenAt, hygiene, containers, usage, happened }
  }

  return {
    'findings.hygiene': async ({ incident, bundle }) => {
      // What was erased meanwhile is not shown from memory.
      await desk.ask('evidenceFind', incident, bundle, snapshotName)
      return lookAt(incident, bundle)
    },
    'findings.waivedElsewhere': async ({ incident }) => desk.ask('waivedElsewhere', incident),
  }
}
