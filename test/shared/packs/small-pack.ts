import fc from 'fast-check'
import { type Pack, packSchema } from '../../../shared/packs/pack.ts'

/** The form of a pack before it is checked, so that a test can break it. */
export type RawPack = Record<string, unknown>

/** A pack with three levels, a question for each but the lowest, and one that lowers. Parts may be replaced. */
export function rawPack(parts: RawPack = {}): RawPack {
  return {
    apiVersion: 'muster.dev/v1',
    id: 'small',
    title: 'Small',
    version: '1.0.0',
    scope: 'A system for tests',
    source: { document: 'None', category: null, control: null, updated: null, covers: [] },
    severities: [severity('sev1', 1, 10), severity('sev2', 2, 60), severity('sev3', 4, null)],
    triage: {
      whenUnsure: 'higher',
      questions: [
        { id: 'down', text: 'Is it down?', yes: { severity: 'sev1' }, covers: [] },
        { id: 'slow', text: 'Is it slow?', yes: { severity: 'sev2' }, covers: [] },
        { id: 'workaround', text: 'Is there a way round?', yes: { lowerBy: 1 }, covers: [] },
      ],
    },
    thresholds: [],
    roles: [{ id: 'lead', title: 'Lead' }],
    commander: [{ severities: ['sev1', 'sev2', 'sev3'], roles: ['lead'], covers: [] }],
    contacts: [],
    escalation: [],
    detection: [],
    phases: [],
    places: [{ id: 'host', title: 'Host', hint: 'Where it runs.' }],
    parameters: [
      { id: 'DOMAIN', title: 'Domain', type: 'domain', secret: false, covers: [] },
      { id: 'TOKEN', title: 'Token', type: 'text', secret: true, covers: [] },
    ],
    scenarios: [],
    templates: [],
    cadence: [],
    postMortem: { title: 'Review', dueWithinHours: 48, sections: [], covers: [] },
    ...parts,
  }
}

export function smallPack(parts: RawPack = {}): Pack {
  return packSchema.parse(rawPack(parts))
}

export function severity(
  id: string,
  rank: number,
  respondWithinMinutes: number | null,
  suggestedBy: string[][] = [],
): RawPack {
  const code = id.toUpperCase()
  return {
    id,
    code,
    name: `Level ${rank}`,
    rank,
    summary: 'Bad.',
    examples: [],
    respondWithinMinutes,
    suggestedBy,
    covers: [],
  }
}

/** Packs with 1 to 4 levels and any questions about them. */
export function anyPack(): fc.Arbitrary<Pack> {
  return fc
    .subarray([1, 2, 3, 4], { minLength: 1 })
    .chain((ranks) => {
      const yes = fc.oneof(
        fc.constantFrom(...ranks).map((rank) => ({ severity: `sev${rank}` })),
        fc.integer({ min: 1, max: 3 }).map((lowerBy) => ({ lowerBy })),
      )
      return fc.tuple(fc.constant(ranks), fc.array(yes, { maxLength: 8 }))
    })
    .map(([ranks, meanings]) =>
      smallPack({
        severities: ranks.map((rank) => severity(`sev${rank}`, rank, rank * 10)),
        commander: [],
        triage: {
          whenUnsure: 'higher',
          questions: meanings.map((yes, i) => ({ id: `q${i}`, text: `Question ${i}?`, yes, covers: [] })),
        },
      }),
    )
}
