import { expect, test } from 'vitest'
import { deriveFindings } from '../../../shared/findings/derive-findings.ts'
import { higherSeverity } from '../../../shared/findings/higher-severity.ts'
import { ended, now, service, snapshot } from './snapshots.ts'
import { infinity } from '../../shipped-packs.ts'

const { pack } = infinity
const [database] = deriveFindings(snapshot([service('db', [], ended(5))]), now)
if (database === undefined) throw new Error('nothing was found')
const sweptAt = '2026-11-21T14:02:11.000Z'

test('a higher severity is offered, with the finding and its sweep as the reason', () => {
  const offered = higherSeverity(pack, database, { rank: 2 }, sweptAt)
  expect(offered?.severity.code).toBe('P1')
  expect(offered?.reason).toBe(`D01: ${database.title}, found by the sweep of 2026-11-21 14:02:11 UTC`)
  expect(higherSeverity(pack, database, null, sweptAt)?.severity.code).toBe('P1')
})

test('the same severity, a lower one, and one for what is untidy are never offered', () => {
  expect(higherSeverity(pack, database, { rank: 1 }, sweptAt)).toBeNull()
  expect(higherSeverity(pack, { ...database, signs: ['restart-loop'] }, { rank: 1 }, sweptAt)).toBeNull()
  expect(higherSeverity(pack, { ...database, tier: 3 }, null, sweptAt)).toBeNull()
  expect(higherSeverity(pack, { ...database, signs: [] }, null, sweptAt)).toBeNull()
})
