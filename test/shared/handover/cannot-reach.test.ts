import { describe, expect, test } from 'vitest'
import { cannotReach, type Reach } from '../../../shared/handover/cannot-reach.ts'

const whole: Reach = {
  pack: { title: 'Infinity OS', travels: true, here: 'same' },
  overlay: { title: 'Ours', kept: true },
  unboundPlaces: [],
  unboundTargets: [],
  vault: 'open',
  noContact: [],
  engines: [],
  evidence: { missing: 0, of: 3 },
}
const whats = (reach: Partial<Reach>) => cannotReach({ ...whole, ...reach }).map(({ what }) => what)

describe('what a desk cannot reach', () => {
  test('is nothing where it has everything', () => {
    expect(whats({})).toEqual([])
    expect(whats({ pack: null, overlay: null })).toEqual([])
  })

  test('names the runbook that only travels along, and worse, one that cannot be read', () => {
    const [only] = cannotReach({ ...whole, pack: { title: 'Infinity OS', travels: true, here: 'none' } })
    expect(only?.why).toContain('It came with the incident')
    const [worse] = cannotReach({ ...whole, pack: { title: 'Infinity OS', travels: false, here: 'none' } })
    expect(worse?.why).toContain('there are no clocks')
  })

  test('tells a locked vault from none, and asks for contacts where it is open', () => {
    expect(cannotReach({ ...whole, vault: 'locked' })[0]?.next).toBe('Unlock it.')
    expect(cannotReach({ ...whole, vault: 'none' })[0]?.why).toContain('There is none')
    expect(whats({ noContact: ['CISO', 'Legal'] })).toEqual(['Contacts: CISO, Legal'])
  })

  test('lists what is bound elsewhere, engines and evidence, long lists in short', () => {
    const names = Array.from({ length: 8 }, (_, i) => `T${i}`)
    expect(
      whats({
        overlay: { title: 'Ours', kept: false },
        unboundTargets: names,
        unboundPlaces: ['Host'],
        engines: ['shop (tcp://10.0.0.5:2376)'],
        evidence: { missing: 2, of: 3 },
      }),
    ).toEqual([
      'The overlay Ours',
      'Engines: shop (tcp://10.0.0.5:2376)',
      'Targets: T0, T1, T2, T3, T4, T5 and 2 more',
      'Places: Host',
      '2 of 3 pieces of evidence',
    ])
  })
})
