import { describe, expect, it } from 'vitest'
import { coverageOf, type Requirement } from '../../../shared/packs/coverage.ts'
import { smallPack } from './small-pack.ts'

const rows: Requirement[] = [
  { id: 'ONE-001', seed: 'one.txt', kind: 'severity', title: 'Worst' },
  { id: 'ONE-002', seed: 'one.txt', kind: 'role', title: 'Lead' },
  { id: 'ONE-003', seed: 'one.txt', kind: 'wait', title: 'Wait' },
  { id: 'TWO-001', seed: 'two.txt', kind: 'role', title: 'Other lead' },
]

const pack = (id: string, roles: readonly string[], places: readonly string[] = []) =>
  smallPack({
    id,
    roles: [{ id: 'lead', title: 'Lead', covers: roles }],
    places: [{ id: 'host', title: 'Host', hint: 'Where it runs.', covers: places }],
  })

describe('what packs cover', () => {
  it('is told by runbook and kind, with what is left', () => {
    const {
      rows: all,
      covered,
      seeds,
      falseClaims,
    } = coverageOf([pack('one', ['ONE-002']), pack('two', ['TWO-001'])], rows)
    expect({ all, covered, falseClaims }).toEqual({ all: 4, covered: 2, falseClaims: [] })
    expect(seeds).toEqual([
      {
        seed: 'one.txt',
        pack: 'one',
        rows: 3,
        covered: 1,
        kinds: [
          { kind: 'severity', rows: 1, covered: 0 },
          { kind: 'role', rows: 1, covered: 1 },
          { kind: 'wait', rows: 1, covered: 0 },
        ],
        uncovered: [rows[0], rows[2]],
      },
      {
        seed: 'two.txt',
        pack: 'two',
        rows: 1,
        covered: 1,
        kinds: [{ kind: 'role', rows: 1, covered: 1 }],
        uncovered: [],
      },
    ])
  })

  it('counts no claim of an item of the wrong kind', () => {
    const { covered, falseClaims } = coverageOf([pack('one', ['ONE-002', 'ONE-001'])], rows)
    expect(covered).toBe(1)
    expect(falseClaims).toEqual([
      { pack: 'one', path: 'roles[0]', id: 'ONE-001', why: 'is a severity, which a role cannot cover; severity can' },
    ])
  })

  it('counts no claim of what is not in the inventory', () => {
    expect(coverageOf([pack('one', ['ONE-099'])], rows).falseClaims).toMatchObject([
      { id: 'ONE-099', why: 'is not in the inventory; did you mean ONE-001?' },
    ])
  })

  it("counts no claim in another runbook's pack", () => {
    const packs = [pack('one', ['ONE-002', 'TWO-001']), pack('two', ['TWO-001'], ['ONE-003'])]
    const { falseClaims } = coverageOf(packs, rows)
    // Two claims to one for each runbook decide whose it is; here the first that claims it.
    expect(falseClaims.map(({ pack, id }) => [pack, id])).toEqual([
      ['two', 'TWO-001'],
      ['two', 'ONE-003'],
    ])
  })
})
