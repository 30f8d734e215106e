import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../shared/findings/finding.ts'
import { groupByOwner } from '../../../shared/findings/owners.ts'

const finding = (rank: number, project: string | null, service: string | null): Finding => ({
  code: 'D01',
  rank,
  tier: 1,
  object: { kind: 'container', name: `c${rank}`, id: `id${rank}`, project, service },
  title: `c${rank} ended`,
  why: 'It ended.',
  cause: null,
  effects: [],
  sure: 'measured',
  since: null,
  changed: [],
  signs: [],
  next: 'Look.',
  evidence: [],
})

describe('findings by owner', () => {
  it('puts each under its project and service, the gravest first', () => {
    const given = [
      finding(4, 'shop', 'web'),
      finding(1, 'mail', 'smtp'),
      finding(2, 'shop', 'db'),
      finding(3, 'shop', 'web'),
    ]
    expect(shape(given)).toEqual([
      { project: 'mail', services: [{ service: 'smtp', ranks: [1] }] },
      {
        project: 'shop',
        services: [
          { service: 'db', ranks: [2] },
          { service: 'web', ranks: [3, 4] },
        ],
      },
    ])
  })

  it('keeps what has no owner apart, and invents no group', () => {
    expect(shape([finding(1, null, null), finding(2, 'shop', null)])).toEqual([
      { project: null, services: [{ service: null, ranks: [1] }] },
      { project: 'shop', services: [{ service: null, ranks: [2] }] },
    ])
    expect(groupByOwner([])).toEqual([])
  })
})

function shape(findings: readonly Finding[]) {
  return groupByOwner(findings).map(({ project, services }) => ({
    project,
    services: services.map(({ service, findings: ofIt }) => ({ service, ranks: ofIt.map(({ rank }) => rank) })),
  }))
}
