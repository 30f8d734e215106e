import { describe, expect, it } from 'vitest'
import { dueOf } from '../../../shared/packs/due.ts'
import { type Overlay, overlayShapeSchema } from '../../../shared/packs/overlay-shape.ts'
import { applyOverlay, withBindings } from '../../../shared/packs/overlay.ts'
import type { Surroundings } from '../../../shared/packs/readiness/finding.ts'
import { readinessOf } from '../../../shared/packs/readiness.ts'
import { type RawPack, smallPack } from './small-pack.ts'

const pack = smallPack({
  roles: [
    { id: 'lead', title: 'Lead' },
    { id: 'guest', title: 'Guest' },
  ],
  approvals: [{ id: 'rebuild', title: 'Rebuild the node' }],
  escalation: [{ id: 'up', to: { roles: ['lead'] }, when: { unresolvedMinutes: 30 } }],
  targets: [{ id: 'api', title: 'API', kind: 'http', place: 'host', credential: 'TOKEN' }],
  drills: [{ id: 'fire', title: 'Fire drill', form: 'fire-drill', every: { count: 1, unit: 'month' } }],
  cadence: [{ id: 'all', after: 'update', updateWithinMinutes: null, rule: 'Each update names the next' }],
})

function overlayOf(part: RawPack): Overlay {
  return overlayShapeSchema.parse({
    apiVersion: 'muster.dev/v1',
    kind: 'overlay',
    id: 'acme',
    title: 'Acme',
    people: [{ id: 'ana', name: 'Ana Ruiz', contact: '01KAHB7Q7N8S3H9F0V6Z2M4XWC' }],
    callouts: { answerWithinMinutes: 5, tries: 2 },
    packs: [{ pack: 'small', ...part }],
  })
}

const around: Surroundings = {
  reachable: ['01KAHB7Q7N8S3H9F0V6Z2M4XWC'],
  credentials: ['acme/token'],
  due: [],
  isConsented: () => true,
}

const found = (overlay: Overlay | null, parts: Partial<Surroundings> = {}) =>
  readinessOf(applyOverlay(pack, overlay), { ...around, ...parts }).map(
    ({ topic, weight, title }) => `${weight} ${topic}: ${title}`,
  )

const whole = {
  contacts: [{ role: 'lead', people: ['ana'] }],
  approvers: [{ approval: 'rebuild', people: ['ana'] }],
  severities: [{ severity: 'sev3', respondWithinMinutes: 240 }],
  cadence: [{ cadence: 'all', updateWithinMinutes: 30 }],
  parameters: [
    { parameter: 'DOMAIN', value: 'acme.example' },
    { parameter: 'TOKEN', credential: 'acme/token' },
  ],
  places: [{ place: 'host', is: { at: 'ssh', host: 'app-1' } }],
  targets: [{ target: 'api', is: { address: 'http://localhost:80', route: 'ssh' } }],
}

describe('readiness', () => {
  it('says all that a bare runbook leaves open, what will not work first', () => {
    const due = dueOf(pack, [], Date.parse('2026-11-21T12:00:00Z'))
    expect(found(null, { due })).toEqual([
      'missing contact: Nobody stands behind Lead',
      'missing approval: Nobody is named to approve: Rebuild the node',
      'missing place: Host is not bound',
      'missing target: API is not bound',
      'missing credential: Token names no credential',
      'advice clock: No response time for SEV3',
      "advice clock: No time in the rule 'Each update names the next'",
      'advice callout: Not stated: how long to wait for an answer, and how often to call the same person',
      'advice parameter: Domain has no value',
      'advice drill: Drill due: Fire drill',
    ])
  })

  it('is content with an overlay that fills it all', () => {
    expect(found(overlayOf(whole))).toEqual([])
  })

  it('asks the vault for people and credentials, and leaves open what a locked one holds', () => {
    expect(found(overlayOf(whole), { reachable: [], credentials: [] })).toEqual([
      'missing contact: No way to reach Ana Ruiz (Lead)',
      "missing credential: The vault holds no 'acme/token' (Token)",
    ])
    expect(found(overlayOf(whole), { reachable: null, credentials: null })).toEqual([])
  })

  it('takes no route for one that leads through another kind of place', () => {
    const places = [{ place: 'host', is: { at: 'container', container: 'api-1' } }]
    expect(found(overlayOf({ ...whole, places }))).toEqual(['missing target: The way to API leads nowhere'])
  })

  it('takes this machine for a place only where somebody here agreed', () => {
    const places = [{ place: 'host', is: { at: 'this-machine', consent: 'run host on other' } }]
    const targets = [{ target: 'api', is: { address: 'http://localhost:80' } }]
    expect(found(overlayOf({ ...whole, places, targets }), { isConsented: () => false })).toEqual([
      'missing place: Host is this machine, and nobody here agreed to that',
    ])
  })

  it('tells where yours is not what the runbook says', () => {
    const severities = [...whole.severities, { severity: 'sev1', respondWithinMinutes: 5 }]
    expect(found(overlayOf({ ...whole, severities }))).toEqual([
      'advice overlay: Yours is not what the runbook says: severities[0].respondWithinMinutes',
    ])
  })

  it('counts what this desk binds for itself, before the overlay', () => {
    const effective = withBindings(applyOverlay(pack, overlayOf(whole)), {
      places: { host: { at: 'ssh', host: 'other' } },
      targets: {},
    })
    expect(effective.places).toEqual({ host: { at: 'ssh', host: 'other' } })
    expect(readinessOf(effective, around)).toEqual([])
  })
})
