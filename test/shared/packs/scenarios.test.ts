import { describe, expect, it } from 'vitest'
import { scenariosFor, type Signed, suggestSeverity } from '../../../shared/packs/scenarios.ts'
import { infinity } from '../../main/packs/requirements.ts'

const pack = infinity()

function finding(signs: string[], parts: Partial<Signed> = {}): Signed {
  return { signs, tier: 1, sure: 'measured', title: 'backend ended with exit code 1', ...parts }
}

describe('scenarios', () => {
  it('fit by the signs of a finding', () => {
    expect(scenariosFor(pack, ['service-down'])).toEqual(['service-down'])
    expect(scenariosFor(pack, ['disk-full'])).toEqual([])
    expect(scenariosFor(pack, [])).toEqual([])
  })

  it('for one kind of trouble come before those for any', () => {
    expect(scenariosFor(pack, ['service-down', 'killed', 'database'])).toEqual(['database-issues', 'service-down'])
  })

  it('that expect nothing fit nothing', () => {
    expect(scenariosFor(pack, ['database'])).not.toContain('deployment-rollback')
  })
})

describe('a finding suggests', () => {
  it('the worst level that its signs meet', () => {
    expect(suggestSeverity(pack, finding(['service-down']))?.severity.code).toBe('P2')
    expect(suggestSeverity(pack, finding(['service-down', 'database']))?.severity.code).toBe('P1')
    expect(suggestSeverity(pack, finding(['service-down', 'reverse-proxy']))?.severity.code).toBe('P1')
    expect(suggestSeverity(pack, finding(['unhealthy', 'database']))?.severity.code).toBe('P2')
  })

  it('and says why', () => {
    expect(suggestSeverity(pack, finding(['restart-loop']))).toMatchObject({
      assumed: false,
      why: 'Infinity OS counts this as P2: Major feature degraded, or performance severely impacted. Seen: backend ended with exit code 1.',
    })
  })

  it('an assumed level where it is not certain itself', () => {
    expect(suggestSeverity(pack, finding(['restart-loop'], { sure: 'possible' }))?.assumed).toBe(true)
  })

  it('nothing for hygiene, or for signs that the pack does not speak of', () => {
    expect(suggestSeverity(pack, finding(['service-down'], { tier: 3 }))).toBeNull()
    expect(suggestSeverity(pack, finding(['engine-unreachable']))).toBeNull()
  })
})
