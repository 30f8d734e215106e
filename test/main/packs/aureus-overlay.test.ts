import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lintOverlay } from '../../../main/packs/overlay-file.ts'
import { applyOverlay } from '../../../shared/packs/overlay.ts'
import { shippedPack } from './requirements.ts'

const file = join(import.meta.dirname, '../../../docs/examples/aureus-overlay.yaml')
const pack = shippedPack('aureus')
const linted = lintOverlay(readFileSync(file), 'aureus-overlay.yaml', [pack])

const filled = () => {
  if ('problems' in linted) throw new Error(JSON.stringify(linted.problems))
  return applyOverlay(pack, linted.loaded.overlay)
}

it('fits the pack', () => {
  expect('problems' in linted ? linted.problems : []).toEqual([])
})

it('names the approvers that the runbook leaves open, and leaves its own alone', () => {
  const open = pack.approvals.filter(({ roles }) => roles.length === 0)
  expect(open).toHaveLength(4)
  expect(filled().pack.approvals.filter(({ roles }) => roles.length === 0)).toEqual([])
  expect(filled().pack.approvals[0]).toEqual(pack.approvals[0])
})

it('has somebody behind every role, and says how long a call is waited for', () => {
  const { people, pack: ours } = filled()
  expect(Object.keys(people).toSorted()).toEqual(pack.roles.map(({ id }) => id).toSorted())
  expect(ours.contacts.filter(({ addresses }) => addresses.length === 0)).toEqual([])
  expect(ours.callouts).toMatchObject({ answerWithinMinutes: 5, tries: 2 })
})

it('binds every place, target and secret', () => {
  const { places, targets, credentials } = filled()
  expect(Object.keys(places)).toEqual(pack.places.map(({ id }) => id))
  expect(Object.keys(targets)).toEqual(pack.targets.map(({ id }) => id))
  expect(credentials).toEqual({ REDIS_PASSWORD: 'aureus/redis' })
})
