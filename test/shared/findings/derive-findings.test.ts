import { describe, expect, test } from 'vitest'
import { engineFactsSchema } from '../../../shared/docker/snapshot.ts'
import { deriveFindings } from '../../../shared/findings/derive-findings.ts'
import { findingSchema } from '../../../shared/findings/finding.ts'
import type { EngineEvent, ContainerSnapshot, EngineSnapshot } from '../../../shared/docker/snapshot.ts'
import { processorMs } from '../../best-of.ts'
import { before, container, ended, event, now, service, snapshot, unhealthy } from './snapshots.ts'

function find(containers: ContainerSnapshot[], events: EngineEvent[] = [], more: Partial<EngineSnapshot> = {}) {
  return deriveFindings(snapshot(containers, events, more), now).map((one) => findingSchema.parse(one))
}

/** 'code name', with what is folded under it in brackets. */
function brief(findings: ReturnType<typeof find>): string[] {
  return findings.map(({ code, object, effects }) =>
    [`${code} ${object.name}`, ...effects.map((effect) => `(${effect.code} ${effect.object.name})`)].join(' '),
  )
}

const always = { restartPolicy: { name: 'always', maximumRetries: 0 } }

describe('what is well gives no finding', () => {
  test.each<[string, ContainerSnapshot, EngineEvent[]]>([
    ['runs', container('a'), []],
    ['is healthy', container('a', { health: { status: 'healthy', failingStreak: 0, checks: [] } }), []],
    ['is still starting', container('a', { health: { status: 'starting', failingStreak: 0, checks: [] } }), []],
    ['has done its work', container('a', ended(0)), []],
    [
      'was stopped, and its grace ran out',
      container('a', ended(137)),
      [
        event(70, 'a', 'kill', { signal: 15 }),
        event(60, 'a', 'kill', { signal: 9 }),
        event(60, 'a', 'die', { exitCode: 137 }),
        event(60, 'a', 'stop'),
      ],
    ],
    [
      'was stopped with an exit code of its own',
      container('a', ended(1)),
      [event(61, 'a', 'die'), event(60, 'a', 'stop')],
    ],
    ['was asked to end, when nobody remembers by whom', container('a', ended(143)), []],
    ['was interrupted at a terminal', container('a', ended(130)), []],
    ['stays down though its policy is always: it was stopped', container('a', ended(137, 60, always)), []],
    ['was created and nobody started it', container('a', { status: 'created', running: false, startedAt: null }), []],
    ['was paused a minute ago', container('a', { status: 'paused' }), [event(60, 'a', 'pause')]],
    ['was restarted by its policy, long ago', container('a', { ...always, restarts: 7 }), []],
    [
      'ran out of memory once, an hour ago, and was started again',
      container('a', { startedAt: before(3_500) }),
      [event(3_600, 'a', 'oom')],
    ],
  ])('%s', (_name, one, events) => {
    expect(brief(find([one], events))).toEqual([])
  })
})

describe('what was mended gives no finding any more', () => {
  const deaths = [300, 290, 280].flatMap((at) => [event(at, 'a', 'start'), event(at - 2, 'a', 'die', { exitCode: 1 })])

  test('a loop that has run on for longer than its runs before', () => {
    const facts = { ...always, restarts: 3, startedAt: before(40) }
    expect(find([container('a', facts)], [...deaths, event(40, 'a', 'start')])).toEqual([])
    const young = { ...facts, startedAt: before(20) }
    expect(brief(find([container('a', young)], [...deaths, event(20, 'a', 'start')]))).toEqual(['D04 a'])
  })

  test('a loop that somebody restarted', () => {
    const restarted = [event(5, 'a', 'start'), event(5, 'a', 'restart')]
    expect(find([container('a', { ...always, startedAt: before(5) })], [...deaths, ...restarted])).toEqual([])
  })

  test('lack of memory, once somebody started it again', () => {
    const events = [event(60, 'a', 'oom'), event(60, 'a', 'die', { exitCode: 137 }), event(10, 'a', 'start')]
    expect(find([container('a', { startedAt: before(10) })], events)).toEqual([])
    const again = [...events, event(10, 'a', 'restart')]
    expect(find([container('a', { ...always, startedAt: before(10) })], again)).toEqual([])
  })

  test('but not lack of memory, once the engine alone started it again', () => {
    const events = [event(60, 'a', 'oom'), event(60, 'a', 'die', { exitCode: 137 }), event(59, 'a', 'start')]
    expect(brief(find([container('a', { ...always, startedAt: before(59) })], events))).toEqual(['D02 a'])
  })
})

describe('D01, ended', () => {
  test('tells the exit code, what was said last, and when', () => {
    const [finding] = find([container('a', ended(1), { said: ['starting', 'TypeError: x is not a function'] })])
    expect(finding).toMatchObject({
      code: 'D01',
      tier: 1,
      title: 'a ended with exit code 1',
      why: 'It ended with exit code 1. Its last line: “TypeError: x is not a function”.',
      cause: 'exit code 1',
      since: before(60),
      sure: 'measured',
      evidence: ['containers/a/inspect.json', 'containers/a/stderr.log'],
    })
  })

  test('takes the line that tells a cause over the last one', () => {
    const said = ['FATAL: password authentication failed for user "app"', 'shutting down', 'bye']
    const [finding] = find([container('a', ended(1), { said })])
    expect(finding?.cause).toBe('FATAL: password authentication failed for user "app"')
    expect(finding?.signs).toContain('bad-credentials')
  })

  test('takes 137 without a sign of lack of memory for a kill by an unknown sender, and says so with care', () => {
    const [finding] = find([container('a', ended(137))])
    expect(finding).toMatchObject({ code: 'D01', sure: 'possible', cause: null })
    expect(finding?.signs).toEqual(['service-down', 'killed'])
    expect(JSON.stringify(finding?.signs)).not.toContain('memory')
  })

  test('tells a kill through Docker as one', () => {
    const [finding] = find([container('a', ended(137))], [event(60, 'a', 'kill', { signal: 9 }), event(60, 'a', 'die')])
    expect(finding).toMatchObject({ cause: 'a kill sent through Docker', sure: 'measured' })
  })

  test('tells a signal that did not come through Docker, as a lesser thing', () => {
    const [finding] = find([container('a', ended(143))], [event(60, 'a', 'die', { exitCode: 143 })])
    expect(finding).toMatchObject({ code: 'D01', tier: 2, sure: 'likely' })
  })

  test('is no live signal when it ended more than a day ago, or was a task for once', () => {
    expect(find([container('a', ended(1, 90_000))])[0]?.tier).toBe(3)
    expect(find([container('a', ended(1), { oneOff: true })])[0]?.tier).toBe(3)
  })

  test('is read off the list where the container itself could not be read, and is less sure', () => {
    const facts = { read: false, code: 'timed-out', why: 'No whole answer within 5 s.' } as const
    const blind = { ...container('a'), state: 'exited', status: 'Exited (3) 2 minutes ago', facts }
    expect(find([blind])[0]).toMatchObject({ code: 'D01', sure: 'likely', evidence: ['containers.json'] })
  })
})

describe('D02, lack of memory', () => {
  test('is told by the flag', () => {
    const [finding] = find([container('a', ended(137, 60, { oomKilled: true, memoryLimitBytes: 16 * 2 ** 20 }))])
    expect(finding).toMatchObject({ code: 'D02', tier: 1, sure: 'measured', cause: 'memory limit of 16 MiB reached' })
  })

  test('is told by the event where the flag is missing', () => {
    expect(brief(find([container('a', ended(137))], [event(60, 'a', 'oom'), event(60, 'a', 'die')]))).toEqual(['D02 a'])
  })

  test('folds the restarts that it causes', () => {
    const facts = { ...always, status: 'restarting', restarting: true, exitCode: 137, oomKilled: true, restarts: 9 }
    expect(brief(find([container('a', facts)]))).toEqual(['D02 a (D04 a)'])
  })

  test('is a lesser thing where the main process lived on or ended well', () => {
    expect(find([container('a', { oomKilled: true })])[0]).toMatchObject({ code: 'D02', tier: 2, sure: 'likely' })
    expect(find([container('a', ended(0, 60, { oomKilled: true }))])[0]).toMatchObject({ code: 'D02', tier: 2 })
  })
})

describe('D04, restart loop', () => {
  test('is a symptom: the cause is how its runs end', () => {
    const facts = { ...always, status: 'restarting', restarting: true, exitCode: 1, restarts: 12 }
    const [finding] = find([container('a', facts, { said: ['Error: connect ECONNREFUSED 10.0.0.2:5432'] })])
    expect(finding).toMatchObject({ code: 'D04', cause: 'Error: connect ECONNREFUSED 10.0.0.2:5432' })
    expect(finding?.signs).toEqual(['restart-loop', 'service-down', 'no-connection'])
  })

  test('is seen between two deaths too', () => {
    const deaths = [50, 30, 10].flatMap((at) => [event(at, 'a', 'start'), event(at - 2, 'a', 'die', { exitCode: 1 })])
    const facts = { ...always, startedAt: before(2), restarts: 3 }
    expect(brief(find([container('a', facts)], [...deaths, event(2, 'a', 'start')]))).toEqual(['D04 a'])
  })

  test('is seen by the count where the engine has forgotten the deaths', () => {
    expect(brief(find([container('a', { ...always, startedAt: before(2), restarts: 3 })]))).toEqual(['D04 a'])
    expect(find([container('a', { ...always, startedAt: before(2), restarts: 2 })])).toEqual([])
  })

  test('is not seen where somebody restarted it a few times', () => {
    const restarts = [50, 30, 10].flatMap((at) => [
      event(at, 'a', 'kill', { signal: 15 }),
      event(at, 'a', 'die', { exitCode: 143 }),
      event(at, 'a', 'stop'),
      event(at, 'a', 'start'),
      event(at, 'a', 'restart'),
    ])
    expect(find([container('a', { startedAt: before(10) })], restarts)).toEqual([])
  })

  test('tells when the engine gave up', () => {
    const restartPolicy = { name: 'on-failure', maximumRetries: 3 }
    const [finding] = find([container('a', ended(4, 60, { restarts: 3, restartPolicy }))])
    expect(finding).toMatchObject({ code: 'D04', title: 'a stays down after 3 restarts' })
  })

  test('tells a command that ends by itself', () => {
    const facts = { ...always, status: 'restarting', restarting: true, exitCode: 0, restarts: 12 }
    expect(find([container('a', facts)])[0]?.cause).toBe(
      'its command ends by itself, and its restart policy starts it again',
    )
  })
})

describe('D05, unhealthy', () => {
  test('tells what the check said', () => {
    const [finding] = find([container('a', unhealthy('curl: (7) Failed to connect to localhost port 80\n'))])
    expect(finding).toMatchObject({ code: 'D05', cause: 'curl: (7) Failed to connect to localhost port 80' })
    expect(finding?.signs).toEqual(['unhealthy', 'no-connection'])
  })

  test('began when the engine says that it turned', () => {
    const events = [event(100, 'a', 'health_status: unhealthy')]
    expect(find([container('a', unhealthy('x'))], events)[0]?.since).toBe(before(100))
  })
})

describe('D07, not startable', () => {
  test('tells what the engine says', () => {
    const error =
      'driver failed programming external connectivity: Bind for 0.0.0.0:80 failed: port is already allocated'
    const [finding] = find([container('a', { status: 'created', running: false, exitCode: 128, error })])
    expect(finding).toMatchObject({ code: 'D07', cause: error })
    expect(finding?.signs).toEqual(['not-startable', 'service-down', 'port-in-use'])
  })
})

describe('D18, engine out of reach', () => {
  test.each([
    ['unreachable', 'the engine x cannot be reached'],
    ['no-permission', 'the engine x does not let this user in'],
    ['timed-out', 'the engine x does not answer in time'],
    ['bad-answer', 'the engine x gives no usable answer'],
    ['too-large', 'the engine x sends more than can be read'],
  ] as const)('%s', (code, title) => {
    const findings = find([], [], { containers: { read: false, code, why: 'Something happened.' } })
    expect(findings.map((one) => [one.code, one.rank, one.title])).toEqual([['D18', 1, title]])
  })

  test('is told of an API that is too old, with the findings that could be read', () => {
    const value = engineFactsSchema.parse({ version: '1.9', apiVersion: '1.21', system: null, memoryBytes: null })
    const engine = { read: true, value } as const
    expect(brief(find([container('a', ended(1))], [], { engine }))).toEqual(['D18 x', 'D01 a'])
  })
})

describe('folding', () => {
  test('puts dependants that are ill under the service that they need, over several steps', () => {
    const shop = [
      service('db', [], ended(137, 100, { oomKilled: true })),
      service('api', ['db'], { ...unhealthy('connection refused'), startedAt: before(90) }),
      service('web', ['api'], unhealthy('')),
      service('mail', [], {}),
    ]
    expect(brief(find(shop))).toEqual(['D02 shop-db-1 (D05 shop-api-1) (D05 shop-web-1)'])
  })

  test('leaves a dependant with a cause of its own alone', () => {
    const shop = [
      service('db', [], ended(1)),
      service('api', ['db'], ended(1), { said: ['Error: ENOSPC: no space left on device'] }),
    ]
    expect(brief(find(shop))).toEqual(['D01 shop-db-1', 'D13 shop-api-1 (D01 shop-api-1)'])
  })

  test('leaves a dependant alone that was ill before what it needs', () => {
    const shop = [service('db', [], ended(1, 60)), service('api', ['db'], ended(1, 600))]
    expect(brief(find(shop)).toSorted()).toEqual(['D01 shop-api-1', 'D01 shop-db-1'])
  })

  test('makes one finding of copies that are ill in the same way', () => {
    const copies = ['a', 'b', 'c'].map((name) => container(name, ended(1), { project: 'shop', service: 'api' }))
    expect(brief(find(copies))).toEqual(['D01 a (D01 b) (D01 c)'])
  })

  test('does not fold across projects', () => {
    const other = container('other-db', ended(1), { project: 'other', service: 'db' })
    expect(find([other, service('api', ['db'], ended(1))])).toHaveLength(2)
  })

  test('ends on services that need each other, and loses none', () => {
    const findings = find([service('a', ['b'], ended(1)), service('b', ['a'], ended(1))])
    expect(brief(findings)).toEqual(['D01 shop-b-1 (D01 shop-a-1)'])
  })

  test('is quick on two thousand ill services that need one another', () => {
    const chain = Array.from({ length: 2_000 }, (_, at) => service(`s${at}`, [`s${at - 1}`, 's0'], ended(1)))
    let findings: ReturnType<typeof find> = []
    expect(processorMs(() => (findings = find(chain)))).toBeLessThan(5_000)
    expect(findings.map(({ effects }) => effects.length)).toEqual([1_999])
  })

  test('names a needed service that somebody stopped as the likely cause', () => {
    const events = [event(120, 'shop-db-1', 'die', { exitCode: 0 }), event(120, 'shop-db-1', 'stop')]
    const [finding] = find([service('db', [], ended(0, 120)), service('api', ['db'], ended(1))], events)
    expect(finding).toMatchObject({
      code: 'D01',
      cause: 'shop-db-1, which it needs, was stopped',
      sure: 'likely',
      changed: [{ at: before(120), what: 'shop-db-1 was stopped' }],
    })
  })
})

describe('ranking', () => {
  test('goes by tier, then reach, then how fresh, and is dense', () => {
    const findings = find([
      container('old', ended(1, 90_000)),
      container('lesser', { oomKilled: true }),
      container('hours-ago', ended(1, 20_000)),
      container('fresh', ended(1, 30)),
      service('db', [], ended(1, 30)),
      service('api', ['db'], {}),
      service('web', ['api'], {}),
    ])
    expect(findings.map(({ rank, object }) => [rank, object.name])).toEqual([
      [1, 'shop-db-1'],
      [2, 'fresh'],
      [3, 'hours-ago'],
      [4, 'lesser'],
      [5, 'old'],
    ])
  })

  test('puts no lesser tier above a higher one, whatever its reach', () => {
    const needed = service('db', [], { oomKilled: true })
    const many = Array.from({ length: 30 }, (_, at) => service(`s${at}`, ['db']))
    const findings = find([needed, ...many, container('x', ended(137, 80_000))])
    expect(findings.map(({ object }) => object.name)).toEqual(['x', 'shop-db-1'])
  })
})

describe('signs', () => {
  test.each([
    ['postgres:16-alpine', 'database'],
    ['bitnami/mariadb:11', 'database'],
    ['registry.example:5000/library/redis', 'database'],
    ['nats:2', 'message-queue'],
    ['nginx@sha256:00', 'reverse-proxy'],
  ])('%s is a %s', (image, sign) => {
    expect(find([container('a', ended(1), { image })])[0]?.signs).toContain(sign)
  })

  test('an app is none of them', () => {
    expect(find([container('a', ended(1), { image: 'acme/checkout:3' })])[0]?.signs).toEqual(['service-down'])
  })
})

test('names from a hostile engine stay one line of printable text', () => {
  const said = ['\u001b[2J\u202Egnp.exe\r\nAuthorization']
  const [finding] = find([container('a', ended(1), { said })])
  expect(finding?.why).not.toMatch(/[\p{Cc}\p{Cf}]/u)
})
