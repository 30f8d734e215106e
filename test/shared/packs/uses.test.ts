import { expect, it } from 'vitest'
import { usesOf } from '../../../shared/packs/uses.ts'
import { smallPack } from './small-pack.ts'

it('steps tell which places and targets they use, of every kind of step and in every way', () => {
  const pack = smallPack({
    places: [
      { id: 'host', title: 'Host', hint: 'Where it runs.' },
      { id: 'unused', title: 'Unused', hint: 'Nobody goes there.' },
    ],
    targets: ['cache', 'site', 'shop', 'unused'].map((id) => ({
      id,
      title: id,
      kind: id === 'cache' ? 'redis' : id === 'site' ? 'http' : 'postgres',
    })),
    scenarios: [
      {
        id: 'slow',
        title: 'Slow',
        summary: 'It is slow.',
        stages: [
          {
            id: 'look',
            title: 'Look',
            purpose: 'diagnose',
            steps: [
              {
                id: 'ping',
                type: 'probe',
                title: 'Ping',
                call: { kind: 'redis-ping', target: 'cache' },
                command: 'redis-cli ping',
              },
              {
                id: 'disk',
                type: 'probe',
                title: 'Disk',
                place: 'host',
                call: { kind: 'host-disk' },
                command: 'df -h',
              },
              {
                id: 'again',
                type: 'probe',
                title: 'Again',
                call: { kind: 'redis-ping', target: 'cache' },
                command: 'redis-cli ping',
              },
            ],
            options: [
              {
                id: 'ask',
                title: 'Ask',
                steps: [
                  {
                    id: 'count',
                    type: 'statement',
                    title: 'Count',
                    target: 'shop',
                    statement: 'SELECT count(*) FROM orders',
                    effect: { does: 'reads' },
                    command: 'psql',
                  },
                  {
                    id: 'keep',
                    type: 'evidence',
                    title: 'Keep',
                    take: { from: 'probe', call: { kind: 'http-get', target: 'site', path: '/health' } },
                    saveAs: 'health.txt',
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  })
  expect(usesOf(pack.scenarios[0]?.stages ?? [])).toEqual({ places: ['host'], targets: ['cache', 'shop', 'site'] })
})
