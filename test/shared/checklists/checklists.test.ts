import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterIncident, checklistsOf, itemsNamed, pathOf, reviewAgenda } from '../../../shared/checklists/checklists.ts'
import { type checkedKind, type Checks, emptyChecks, stepChecks } from '../../../shared/checklists/entries.ts'
import { smallPack } from '../packs/small-pack.ts'

const check = (id: string, severities: string[] = []) => ({
  id,
  type: 'check',
  title: id,
  text: `Do ${id}`,
  severities,
})
const pack = smallPack({
  roles: [{ id: 'lead', title: 'Lead', duties: [{ id: 'decide', text: 'Decide' }] }],
  phases: [
    {
      id: 'first',
      title: 'First minutes',
      summary: 'x',
      stages: [
        {
          id: 'assess',
          title: 'Assess',
          purpose: 'assess',
          steps: [check('look'), check('only-worst', ['sev1'])],
          options: [{ id: 'by-hand', title: 'By hand', steps: [check('write')] }],
        },
      ],
    },
  ],
  postIncident: [
    { id: 'thank', text: 'Thank everyone', withinHours: 24 },
    { id: 'watch', text: 'Watch it', fromHours: 24, withinHours: 72 },
  ],
  review: {
    title: 'Review',
    agenda: [
      { id: 'what', title: 'What happened', minutes: 10, points: [{ id: 'facts', text: 'Facts' }] },
      { id: 'why', title: 'Why', minutes: null },
      { id: 'next', title: 'Next', minutes: 5 },
    ],
  },
})

type Body = (typeof checkedKind)['body']['_output']
const key = { list: { kind: 'phase', id: 'first', title: 'First minutes' }, stage: 'assess' } as const
const body = (id: string, done: boolean, value: string | null = null): Body => ({
  ...key,
  item: { id, title: `Do ${id}` },
  value,
  done,
  note: null,
})

function ticked(...bodies: Body[]): Checks {
  return bodies.reduce<Checks>(
    (checks, one, i) =>
      stepChecks(checks, {
        hash: String(i),
        happened_at: `2026-11-21T12:0${i % 10}:00.000Z`,
        actor: { contact: null, name: `Person ${i}` },
        body: one,
      } as Parameters<typeof stepChecks>[1]),
    emptyChecks,
  )
}

const state = (checks: Checks, severity: string | null = null, resolvedAt: string | null = null) => ({
  core: { severity: severity === null ? null : { id: severity }, resolvedAt, number: 'INC-1', title: 'Down' },
  checks,
})

describe('ticks', () => {
  it('name the first who did it, until somebody takes the tick off', () => {
    expect(ticked(body('look', true), body('look', true)).map(({ by }) => by)).toEqual(['Person 0'])
    expect(ticked(body('look', true), body('look', false))).toEqual([])
    expect(ticked(body('look', false))).toEqual([])
  })

  it('stand for each value by itself, of a step that is done once for each', () => {
    const checks = ticked(
      body('block', true, '192.0.2.1'),
      body('block', true, '192.0.2.2'),
      body('block', false, '192.0.2.1'),
    )
    expect(checks.map(({ value }) => value)).toEqual(['192.0.2.2'])
  })

  it('come out the same for each item, whatever others are ticked between', () => {
    const step = fc.record({ id: fc.constantFrom('look', 'write', 'else'), done: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const all = ticked(...steps.map(({ id, done }) => body(id, done)))
        for (const id of ['look', 'write', 'else']) {
          const last = steps.findLast((one) => one.id === id)
          expect(all.filter(({ item }) => item.id === id)).toHaveLength(last?.done === true ? 1 : 0)
        }
      }),
    )
  })
})

describe('checklists', () => {
  it('hold the steps of phases with those of options, duties, and what follows', () => {
    const lists = checklistsOf(pack, state([]))
    expect(lists.map(({ kind, id, items }) => [kind, id, items.map(pathOf)])).toEqual([
      ['phase', 'first', ['first/assess/look', 'first/assess/only-worst', 'first/assess/by-hand/write']],
      ['duty', 'lead', ['lead/decide']],
      ['post-incident', 'post-incident', ['post-incident/thank', 'post-incident/watch']],
    ])
  })

  it('leave out what is for other severities, unless it was done', () => {
    const paths = (checks: Checks) => checklistsOf(pack, state(checks, 'sev2'))[0]?.items.map(({ item }) => item.id)
    expect(paths([])).toEqual(['look', 'write'])
    expect(paths(ticked(body('only-worst', true)))).toEqual(['look', 'only-worst', 'write'])
  })

  it('show who ticked what', () => {
    const [first] = checklistsOf(pack, state(ticked(body('look', true))))[0]?.items ?? []
    expect(first?.done).toMatchObject({ at: '2026-11-21T12:00:00.000Z', by: 'Person 0', note: null })
  })

  it('find an item by the end of its path', () => {
    const lists = checklistsOf(pack, state([]))
    expect(itemsNamed(lists, 'look').map(pathOf)).toEqual(['first/assess/look'])
    expect(itemsNamed(lists, 'by-hand/write').map(pathOf)).toEqual(['first/assess/by-hand/write'])
    expect(itemsNamed(lists, 'ook')).toEqual([])
  })
})

describe('after the incident', () => {
  const states = (resolvedAt: string | null, now: string) =>
    afterIncident(pack, state([], null, resolvedAt), Date.parse(now)).map((one) => one.state)

  it('waits for the end, and counts its deadlines from it', () => {
    expect(states(null, '2026-11-21T12:00:00Z')).toEqual(['waiting', 'waiting'])
    expect(states('2026-11-20T12:00:00.000Z', '2026-11-20T13:00:00Z')).toEqual(['open', 'waiting'])
    expect(states('2026-11-20T12:00:00.000Z', '2026-11-21T12:00:00Z')).toEqual(['overdue', 'open'])
  })
})

describe('the review', () => {
  it('has its agenda with minutes, as far as they are stated', () => {
    const agenda = reviewAgenda(pack, state([]))
    expect(agenda?.title).toBe('Review: INC-1 Down')
    expect(agenda?.minutes).toBeNull()
    expect(agenda?.items.map(({ id, fromMinute }) => [id, fromMinute])).toEqual([
      ['what', 0],
      ['why', 10],
      ['next', null],
    ])
    expect(reviewAgenda(smallPack(), state([]))).toBeNull()
  })
})
