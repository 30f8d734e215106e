import { expect, test } from 'vitest'
import { EarlierSweeps } from '../../../main/docker/earlier-sweeps.ts'
import { before, container, endpoint, service, snapshot } from '../../shared/findings/snapshots.ts'

test('remembers of each service how its newest container was made', () => {
  const sweeps = new EarlierSweeps()
  const old = service('api', [], { configHash: 'a' }, { createdAt: before(500) })
  const anew = { ...service('api', [], { configHash: 'b' }, { createdAt: before(50) }), id: 'two' }
  const task = service('migrate', [], { configHash: 'c' }, { oneOff: true })
  expect(sweeps.of(endpoint)).toBe(null)
  sweeps.keep(snapshot([anew, old, task, container('alone', { configHash: 'd' })]))
  expect(sweeps.of(endpoint)).toEqual({
    at: snapshot([]).takenAt,
    services: [{ project: 'shop', service: 'api', configHash: 'b' }],
  })
  const gone = { read: false, code: 'unreachable', why: 'Nobody listens there.' } as const
  sweeps.keep(snapshot([], [], { containers: gone }))
  expect(sweeps.of(endpoint)?.services).toHaveLength(1)
})

test('forgets the engine that was swept longest ago', () => {
  const sweeps = new EarlierSweeps()
  const at = (number: number) => ({ ...endpoint, host: `unix:///${number}.sock` })
  for (let number = 0; number < 60; number += 1) sweeps.keep(snapshot([], [], { endpoint: at(number) }))
  expect([sweeps.of(at(9)), sweeps.of(at(10))?.services]).toEqual([null, []])
})
