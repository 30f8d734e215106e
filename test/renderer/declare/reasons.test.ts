import { expect, test } from 'vitest'
import { reasonsFor } from '../../../renderer/declare/reasons.ts'
import type { PackSeverity } from '../../../shared/packs/pack.ts'
import { infinity } from '../fake-main.ts'

const [model] = infinity.pack.severities
if (model === undefined) throw new Error('the pack has no severities')
const severity: PackSeverity = { ...model, rank: 2, summary: 'Half of it is down.', examples: ['Data breach'] }

test("reasons begin with the runbook's own words for the level, then what is said of going up", () => {
  expect(reasonsFor(severity, { rank: 3 })).toEqual([
    'Data breach',
    'Half of it is down',
    'It is worse than thought',
    'It is wider than thought',
  ])
  expect(reasonsFor(severity, null)).toEqual(['Data breach', 'Half of it is down'])
})

test('going down begins with why it may', () => {
  expect(reasonsFor(severity, { rank: 1 }).slice(0, 2)).toEqual([
    'A workaround holds',
    'It is better after the mitigation',
  ])
})
