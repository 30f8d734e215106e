import { expect, test } from 'vitest'
import { goneSince, keyOfFinding, seenBefore, standingOf } from '../../../shared/findings/compare.ts'
import { deriveFindings } from '../../../shared/findings/derive-findings.ts'
import type { Finding } from '../../../shared/findings/finding.ts'
import { before, container, ended, now, service, snapshot, unhealthy } from './snapshots.ts'

const find = (...containers: Parameters<typeof snapshot>[0]) => deriveFindings(snapshot(containers), now)
const first = (findings: Finding[]): Finding => {
  const [finding] = findings
  if (finding === undefined) throw new Error('nothing was found')
  return finding
}
const began = before(1_000)

test('a finding is new, or was there, or nobody had looked', () => {
  const ill = find(container('a', ended(1)))
  expect(standingOf(first(ill), null, began)).toBe('first')
  expect(standingOf(first(ill), seenBefore(before(300), []), began)).toBe('new')
  expect(standingOf(first(ill), seenBefore(before(300), ill), began)).toBe('still')
})

test('what began well before the incident is its baseline, whenever somebody looks', () => {
  const old = first(find(container('a', ended(1, 20_000))))
  expect(standingOf(old, null, began)).toBe('baseline')
  expect(standingOf(old, seenBefore(before(300), []), began)).toBe('baseline')
  const noticedLate = first(find(container('a', ended(1, 1_300))))
  expect(standingOf(noticedLate, null, began)).toBe('first')
})

test('a container that was made anew keeps its finding', () => {
  const one = first(find(container('a', ended(1), { id: 'one' })))
  const other = first(find(container('a', ended(1), { id: 'other' })))
  expect(keyOfFinding(one)).toBe(keyOfFinding(other))
})

test('what is no longer seen is told, and what became an effect of something else is not gone', () => {
  const api = service('api', ['db'], unhealthy('connection refused'))
  const seen = seenBefore(before(300), find(api, container('b', ended(1))))
  expect(goneSince(find(service('db', [], ended(1)), api), seen)).toEqual(['b ended with exit code 1'])
  expect(goneSince([], null)).toEqual([])
})
