import { expect, test } from 'vitest'
import { checkedTyped, guardTyped } from '../../../main/terminal/typed-secrets.ts'
import type { DeskClient } from '../../../main/desk/desk-client.ts'

const token = `ghp_${'a1B2'.repeat(9)}`

test('refuses what looks like a secret unless somebody says what to do with it', () => {
  expect(() => checkedTyped(['01K', `use ${token}`], undefined)).toThrow(/github token.*Nothing was logged/)
  expect(() => checkedTyped(['01K', `use ${token}`], undefined)).not.toThrow(token)
  expect(checkedTyped(['01K', `use ${token}`], 'mask')).toEqual(['01K', 'use [masked: github token]'])
  expect(checkedTyped(['01K', `use ${token}`], 'keep')).toEqual(['01K', `use ${token}`])
})

test("looks at a declaration's words and leaves the runbook's own as they are", () => {
  const declaration = { title: `leak of ${token}`, packText: 'run: redis-cli -a hunter2 ping' }
  const [masked] = checkedTyped([declaration, 'Ana'] as const, 'mask')
  expect(masked).toEqual({ title: 'leak of [masked: github token]', packText: declaration.packText })
  expect(checkedTyped([{ ...declaration, title: 'Cache is down' }], undefined)).toHaveLength(1)
})

test('only what is written is looked through', async () => {
  const asked: unknown[] = []
  const desk = { ask: async (...question: unknown[]) => void asked.push(question) } as unknown as DeskClient
  await guardTyped(desk, 'mask').ask('find', token)
  await guardTyped(desk, 'mask').ask('note', '01K', token, null, { contact: null, name: 'Ana' })
  expect(asked).toEqual([
    ['find', token],
    ['note', '01K', '[masked: github token]', null, { contact: null, name: 'Ana' }],
  ])
})

test('every question that writes what somebody typed is looked through', async () => {
  const desk = { ask: async () => null } as unknown as DeskClient
  const guarded = guardTyped(desk, undefined)
  const by = { contact: null, name: 'Ana' }
  const until = '2026-11-21T05:00:00.000Z'
  const finding = { key: 'D04 container web', title: 'web restarts in a loop' }
  expect(() => guarded.ask('waive', '01K', { finding, until, reason: token }, by)).toThrow('github token')
  expect(() => guarded.ask('setTeam', '01K', { title: token, lead: 'Ana', members: [] }, by)).toThrow('github token')
  expect(() => guarded.ask('withdrawOffer', '01K', token, by)).toThrow('github token')
  expect(() => guarded.ask('takeCommand', '01K', { name: 'Ana', reason: token }, by)).toThrow('github token')
})
