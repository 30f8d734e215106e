import { expect, test } from 'vitest'
import { awaitedOf } from '../../../shared/findings/awaited.ts'
import { healthOf, treeOf } from '../../../shared/findings/container-tree.ts'
import { type ContainerRow, containerUsageSchema } from '../../../shared/findings/sweep.ts'

function row(name: string, state: string, also: Partial<ContainerRow> = {}): ContainerRow {
  return {
    id: name,
    name,
    image: 'shop',
    state,
    status: '',
    health: null,
    project: 'shop',
    service: name.split('-')[0] ?? null,
    restarts: 0,
    exitCode: null,
    ...also,
  }
}

test.each([
  ['exited', { exitCode: 0 }, 'done'],
  ['exited', { exitCode: 137 }, 'ended'],
  ['exited', { exitCode: null }, 'ended'],
  ['restarting', {}, 'ended'],
  ['dead', {}, 'ended'],
  ['running', { health: 'unhealthy' }, 'unhealthy'],
  ['running', { health: 'starting' }, 'starting'],
  ['running', { health: 'healthy' }, 'running'],
  ['paused', { health: 'unhealthy' }, 'halted'],
  ['created', {}, 'halted'],
] as const)('%s with %o is %s', (state, also, health) => {
  expect(healthOf(row('web', state, also))).toBe(health)
})

test('what holds the worst comes first, in each project and service, and none is left out', () => {
  const rows = [
    row('cron', 'exited', { exitCode: 0, project: null, service: null }),
    row('mail', 'running', { project: 'mail' }),
    row('web-1', 'running'),
    row('web-2', 'running', { health: 'unhealthy' }),
    row('db', 'exited', { exitCode: 1 }),
  ]
  const tree = treeOf(rows)
  expect(tree.map(({ project, counts }) => [project, counts])).toEqual([
    ['shop', { ended: 1, unhealthy: 1, running: 1 }],
    ['mail', { running: 1 }],
    [null, { done: 1 }],
  ])
  expect(tree[0]?.services.map(({ service, rows: of }) => [service, of.map(({ name }) => name)])).toEqual([
    ['db', ['db']],
    ['web', ['web-2', 'web-1']],
  ])
})

test('a sweep that waits says for whom, once others have answered', () => {
  const usage = { a: containerUsageSchema.parse({ id: 'a', cpuPercent: 1, memoryBytes: 1, memoryLimitBytes: null }) }
  const rows = [row('a', 'running'), row('b', 'running', { restarts: null }), row('c', 'exited', { exitCode: 0 })]
  expect(awaitedOf(rows, usage)).toEqual({ containers: ['b'], usage: ['b'] })
  const listed = rows.map((one) => ({ ...one, restarts: null }))
  expect(awaitedOf(listed, {})).toEqual({ containers: [], usage: [] })
  expect(awaitedOf(null, {})).toEqual({ containers: [], usage: [] })
})
