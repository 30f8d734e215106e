import { expect, test } from 'vitest'
import { createClient } from '../../../renderer/bridge/client.ts'
import { changesOf } from '../../../renderer/findings/changes.ts'
import { createLooksStore, lookOf } from '../../../renderer/findings/looks-store.ts'
import { nextOrder, sorted } from '../../../renderer/findings/sorted.ts'
import type { FakeMain } from '../fake-main.ts'
import { CHECKOUT, checkoutStory, findings } from '../story.ts'

const bundle = (letter: string) => letter.repeat(64)

function opened(main: FakeMain) {
  const looks = createLooksStore(createClient(main.bridge()))
  const asked = () => main.asked.filter(({ name }) => name === 'findings.hygiene').length
  return { looks, asked }
}

test('a sweep is looked at once, and again only after a refusal', async () => {
  const main = checkoutStory()
  const { looks, asked } = opened(main)
  main.refusals.set('findings.hygiene', { code: 'damaged', tried: 'a', happened: 'b', next: 'c' })
  await looks.read(CHECKOUT, bundle('a'))
  expect(lookOf(looks.store.getState(), bundle('a'))).toMatchObject({ asked: { state: 'failed' }, look: null })
  await looks.read(CHECKOUT, bundle('a'))
  await Promise.all([looks.read(CHECKOUT, bundle('a')), looks.read(CHECKOUT, bundle('a'))])
  expect(lookOf(looks.store.getState(), bundle('a')).look?.hygiene).toEqual([])
  expect(asked()).toBe(2)
})

test('the newest few looks are kept, and those of no sweep are empty', async () => {
  const { looks } = opened(checkoutStory())
  for (const letter of ['a', 'b', 'c', 'd']) await looks.read(CHECKOUT, bundle(letter))
  const kept = ['a', 'b', 'c', 'd'].filter((letter) => lookOf(looks.store.getState(), bundle(letter)).look !== null)
  expect(kept).toEqual(['b', 'c', 'd'])
  expect(lookOf(looks.store.getState(), null).asked.state).toBe('idle')
})

test('findings stand by weight, by when they began, or by name', () => {
  const codes = (order: Parameters<typeof sorted>[1]) => sorted(findings, order).map(({ code }) => code)
  expect(codes('rank')).toEqual(['D02', 'D04', 'D18'])
  expect(codes('since')).toEqual(['D04', 'D02', 'D18'])
  expect(codes('name')).toEqual(['D18', 'D02', 'D04'])
  expect(nextOrder(nextOrder(nextOrder('rank')))).toBe('rank')
})

test('a change names the findings that it came before, also where the engine tells of it', () => {
  const at = '2026-11-21T12:47:10.000Z'
  const happened = [{ at, what: 'backend 2026.11.21-1', times: 2, project: null }]
  const late = { at: '2026-11-21T13:00:00.000Z', what: 'auth was stopped', times: 1, project: null }
  expect(changesOf(findings, [...happened, late])).toEqual([
    { at: late.at, what: late.what, times: 1, before: [] },
    { at, what: 'backend 2026.11.21-1', times: 2, before: ['pg-eu-2 was killed for lack of memory'] },
  ])
})
