import { expect, it } from 'vitest'
import { rolesBehind } from '../../../shared/people/command-roles.ts'
import { smallPack } from '../packs/small-pack.ts'

const pack = smallPack({
  roles: [
    { id: 'incident-commander', title: 'Incident Commander', duties: [{ id: 'decide', text: 'Decide' }] },
    { id: 'communications-lead', title: 'Communications Lead' },
    { id: 'team-lead', title: 'Team Lead' },
  ],
  commander: [{ severities: ['sev1'], roles: ['team-lead'] }],
})
const ids = (roles: readonly { id: string }[]) => roles.map(({ id }) => id)

it('finds the roles of a runbook that one of the four stands for', () => {
  expect(ids(rolesBehind(pack, 'commander', 'sev1'))).toEqual(['incident-commander'])
  expect(ids(rolesBehind(pack, 'communications', null))).toEqual(['communications-lead'])
  expect(rolesBehind(pack, 'scribe', null)).toEqual([])
})

it('takes those who may command at the severity where no role is called commander', () => {
  const without = { ...pack, roles: pack.roles.filter(({ id }) => id !== 'incident-commander') }
  expect(ids(rolesBehind(without, 'commander', 'sev1'))).toEqual(['team-lead'])
  expect(ids(rolesBehind(without, 'commander', null))).toEqual(['team-lead'])
})
