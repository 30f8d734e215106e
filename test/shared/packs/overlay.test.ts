import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { itemsOf } from '../../../shared/packs/items.ts'
import { type Overlay, overlayShapeSchema } from '../../../shared/packs/overlay-shape.ts'
import { applyOverlay, heldBy, originOf } from '../../../shared/packs/overlay.ts'
import { packSchema } from '../../../shared/packs/pack.ts'
import { anyPack, type RawPack, smallPack } from './small-pack.ts'

const head = { apiVersion: 'muster.dev/v1', kind: 'overlay', id: 'acme', title: 'Acme' }

function overlayOf(part: RawPack, general: RawPack = {}): Overlay {
  return overlayShapeSchema.parse({ ...head, ...general, packs: [{ pack: 'small', ...part }] })
}

const people = [{ id: 'ana', name: 'Ana Ruiz', addresses: [{ means: 'phone', value: '+49 30 1' }] }]

describe('an overlay', () => {
  it('fills what the runbook leaves open, and each value says whose it is', () => {
    const { pack, yours } = applyOverlay(
      smallPack(),
      overlayOf({ severities: [{ severity: 'sev3', respondWithinMinutes: 240 }] }),
    )
    expect(pack.severities.map((one) => one.respondWithinMinutes)).toEqual([10, 60, 240])
    expect(yours).toEqual([{ path: 'severities[2].respondWithinMinutes', says: '240', runbook: null }])
    expect(originOf({ yours }, 'severities[2].respondWithinMinutes')).toBe('yours')
    expect(originOf({ yours }, 'severities[1].respondWithinMinutes')).toBe('runbook')
  })

  it('keeps in sight what the runbook says where it says otherwise', () => {
    const { pack, yours } = applyOverlay(
      smallPack(),
      overlayOf({ severities: [{ severity: 'sev1', respondWithinMinutes: 5 }], postMortem: { dueWithinHours: 48 } }),
    )
    expect(pack.severities[0]?.respondWithinMinutes).toBe(5)
    expect(yours).toEqual([{ path: 'severities[0].respondWithinMinutes', says: '5', runbook: '10' }])
  })

  it('puts people behind a role, also one that the runbook lists no contact for', () => {
    const effective = applyOverlay(
      smallPack(),
      overlayOf({ contacts: [{ role: 'lead', people: ['ana'] }] }, { people }),
    )
    expect(heldBy(effective.people, 'lead')?.map(({ name }) => name)).toEqual(['Ana Ruiz'])
    expect(effective.pack.contacts).toEqual([
      { role: 'lead', responsibility: null, trigger: null, addresses: people[0]?.addresses, covers: [] },
    ])
    expect(originOf(effective, 'contacts[0].addresses[0].value')).toBe('yours')
  })

  it('keeps what has no place in the pack beside it', () => {
    const effective = applyOverlay(
      smallPack(),
      overlayOf({
        parameters: [
          { parameter: 'DOMAIN', value: 'shop.example' },
          { parameter: 'TOKEN', credential: 'shop/token' },
        ],
        places: [{ place: 'host', is: { at: 'ssh', host: 'app-1' } }],
      }),
    )
    expect(effective.values).toEqual({ DOMAIN: 'shop.example' })
    expect(effective.credentials).toEqual({ TOKEN: 'shop/token' })
    expect(heldBy(effective.places, 'host')).toEqual({ at: 'ssh', host: 'app-1' })
    expect(heldBy(effective.places, 'constructor')).toBeNull()
    expect(effective.yours.map(({ path }) => path)).toEqual([
      'parameters[0].value',
      'parameters[1].credential',
      'places[0].binding',
    ])
  })

  it('says hours, waiting and duties once for all packs, or otherwise for one', () => {
    const duty = { authority: 'Regulator', after: 'awareness', withinMinutes: 4320, holdsWhen: 'Personal data.' }
    const { pack } = applyOverlay(
      smallPack(),
      overlayOf(
        { callouts: { tries: 3 } },
        {
          businessHours: { timeZone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
          callouts: { answerWithinMinutes: 5, tries: 2 },
          regulatory: [{ id: 'breach', title: 'Breach', ...duty }],
        },
      ),
    )
    expect(pack.businessHours?.timeZone).toBe('Europe/Berlin')
    expect(pack.callouts).toEqual({ answerWithinMinutes: 5, tries: 3, againAfterMinutes: null })
    expect(pack.regulatory.map(({ id }) => id)).toEqual(['breach'])
  })

  it('adds a cadence of its own where the runbook has none', () => {
    const { pack } = applyOverlay(
      smallPack(),
      overlayOf({ cadence: [{ severities: ['sev1'], updateWithinMinutes: 30 }] }),
    )
    expect(pack.cadence).toMatchObject([{ severities: ['sev1'], updateWithinMinutes: 30 }])
  })

  it('never takes a value for a secret', () => {
    const effective = applyOverlay(smallPack(), overlayOf({ parameters: [{ parameter: 'TOKEN', value: 'plain' }] }))
    expect(effective.values).toEqual({})
    expect(JSON.stringify(effective)).not.toContain('plain')
  })

  it('leaves out what the pack does not have', () => {
    const effective = applyOverlay(
      smallPack(),
      overlayOf({
        severities: [{ severity: 'sev9', respondWithinMinutes: 1 }],
        contacts: [{ role: 'captain', people: ['ana'] }],
        places: [{ place: 'elsewhere', is: { at: 'ssh', host: 'app-1' } }],
      }),
    )
    expect(effective.yours).toEqual([])
    expect(effective.pack).toEqual(smallPack())
  })

  it('leaves any pack whole where it says nothing, and gives a pack that still fits its schema', () => {
    fc.assert(
      fc.property(anyPack(), fc.integer({ min: 1, max: 999 }), (pack, minutes) => {
        expect(applyOverlay(pack, null)).toMatchObject({ pack, yours: [] })
        const overlay = overlayOf({
          severities: pack.severities.map(({ id }) => ({ severity: id, respondWithinMinutes: minutes })),
          cadence: [{ severities: [pack.severities[0]?.id], updateWithinMinutes: minutes }],
          contacts: [{ role: 'lead', people: [] }].slice(1),
        })
        const effective = applyOverlay(pack, overlay)
        expect(packSchema.parse(effective.pack)).toEqual(effective.pack)
        expect(itemsOf(effective.pack).length).toBeGreaterThanOrEqual(itemsOf(pack).length)
      }),
    )
  })
})
