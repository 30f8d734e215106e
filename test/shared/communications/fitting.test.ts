import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readPack } from '../../../main/packs/pack-file.ts'
import { templateLines } from '../../../shared/communications/fitting.ts'
import type { IncidentState } from '../../../shared/incident/state.ts'

const { pack } = readPack(
  readFileSync(new URL('../../../assets/packs/infinity.yaml', import.meta.url)),
  'infinity.yaml',
)

/** What the choice of a message looks at: all of the state that it reads. */
function stateAt(severity: string): IncidentState {
  const known = { core: { severity: { id: severity }, resolvedAt: null }, updates: [] }
  return known as unknown as IncidentState
}

describe('the messages that a runbook offers', () => {
  it('say for which severity they were written where it is another one than this', () => {
    const [first] = templateLines(pack, stateAt('p2'))
    expect(first).toMatchObject({ id: 'p1-initial', writtenFor: ['P1'] })
  })

  it('say nothing of it where they fit, or were written for all', () => {
    const [first] = templateLines(pack, stateAt('p1'))
    expect(first).toMatchObject({ id: 'p1-initial', writtenFor: [] })
    const forAll = pack.templates.filter(({ severities }) => severities.length === 0).map(({ id }) => id)
    for (const line of templateLines(pack, stateAt('p4'))) {
      expect(line.writtenFor.length === 0).toBe(forAll.includes(line.id))
    }
  })
})
