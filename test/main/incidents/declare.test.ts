import { expect, it } from 'vitest'
import { declarationOf, type SaidDeclaration } from '../../../main/incidents/declare.ts'
import { RefusalError } from '../../../shared/refusal.ts'
import { smallPack } from '../../shared/packs/small-pack.ts'

const pack = smallPack({ incidentTypes: [{ id: 'data-loss', title: 'Data Loss', severities: ['sev1'] }] })
const loaded = { pack, bytes: new Uint8Array(), hash: 'a'.repeat(64), file: 'small.yaml' }
const said: SaidDeclaration = {
  title: 'Orders vanish',
  mode: 'live',
  unconfirmed: false,
  detectedAt: null,
  severity: 'sev1',
  answers: {},
  reason: null,
  commander: null,
}

it('a declaration names its incident types by id or title', () => {
  const types = [{ id: 'data-loss', title: 'Data Loss' }]
  expect(declarationOf(loaded, { ...said, types: ['data-loss'] }).types).toEqual(types)
  expect(declarationOf(loaded, { ...said, types: ['data loss'] }).types).toEqual(types)
  expect(declarationOf(loaded, said).types).toEqual([])
})

it('a type that the runbook does not have is refused, with what was meant', () => {
  expect(() => declarationOf(loaded, { ...said, types: ['data-los'] })).toThrow(RefusalError)
  expect(() => declarationOf(loaded, { ...said, types: ['data-los'] })).toThrow(/no such type/)
})
