import { describe, expect, test } from 'vitest'
import { type Callee, shownOf } from '../../../renderer/calls/callee.ts'
import { createCallingStore } from '../../../renderer/calls/calling-store.ts'
import { infinity } from '../fake-main.ts'

const at = { pack: infinity.pack, severity: 'p1', nowMs: Date.parse('2026-11-21T14:05:00.000Z') }

function callee(role: string, attempt = 1): Callee {
  const onCall = { is: 'unstated', said: '', from: null } as const
  return { role, title: role, edge: `to-${role}`, why: 'it is P1', means: 'phone', attempt, onCall }
}

const roles = (callees: readonly Callee[]) => callees.map(({ role }) => role)

describe('a call under way', () => {
  test('stays the one that the keys log, though somebody else is first in line by now', () => {
    const shown = shownOf(callee('team-lead'), [callee('ciso'), callee('legal')], at)
    expect(shown.callee).toMatchObject({ role: 'team-lead', edge: 'to-team-lead' })
    expect(roles(shown.callees)).toEqual(['team-lead'])
    expect(shown.hasTurned).toBe(true)
  })

  test('stays though nobody is to be called any more', () => {
    expect(shownOf(callee('team-lead'), [], at)).toMatchObject({ callee: { role: 'team-lead' }, hasTurned: true })
  })

  test('keeps its rule and its count among those who are called at once', () => {
    const shown = shownOf(callee('legal'), [callee('ciso'), callee('legal', 2)], at)
    expect(shown.callee).toMatchObject({ role: 'legal', attempt: 1 })
    expect(roles(shown.callees)).toEqual(['ciso', 'legal'])
    expect(shown.callees).toContain(shown.callee)
    expect(shown.hasTurned).toBe(false)
  })
})

test('without a call under way the first in line is shown', () => {
  expect(shownOf(null, [callee('ciso'), callee('legal')], at).callee?.role).toBe('ciso')
  expect(shownOf(null, [], at).callee).toBeNull()
})

test('a call that was begun is kept for its incident until it ends', () => {
  const calling = createCallingStore()
  const held = { callee: callee('ciso'), choice: null }
  calling.begin('a', held)
  calling.end('b')
  expect(calling.store.getState().a).toEqual(held)
  calling.end('a')
  expect(calling.store.getState().a).toBeNull()
})
