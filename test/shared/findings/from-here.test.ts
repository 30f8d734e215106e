import { describe, expect, test } from 'vitest'
import type {
  Certificate,
  ContainerFacts,
  EngineSnapshot,
  KnockedPort,
  LogSignature,
  Room,
} from '../../../shared/docker/snapshot.ts'
import { deriveFindings } from '../../../shared/findings/derive-findings.ts'
import { findingSchema } from '../../../shared/findings/finding.ts'
import { before, container, ended, event, now, service, snapshot, unhealthy } from './snapshots.ts'

const GiB = 2 ** 30
const days = (count: number) => before(-count * 86_400)

function find(...given: Parameters<typeof snapshot>) {
  return deriveFindings(snapshot(...given), now).map((one) => findingSchema.parse(one))
}

const told = (...given: Parameters<typeof snapshot>) =>
  find(...given).map(({ code, object, tier, sure }) => `${code} ${object.name} ${tier} ${sure}`)

function knocked(name: string, more: Partial<KnockedPort> = {}): KnockedPort {
  return {
    container: name,
    inside: '80/tcp',
    hostPort: 8_080,
    address: '127.0.0.1:8080',
    answer: 'answers',
    within: null,
    certificates: [],
    tlsHosts: [],
    ...more,
  }
}

const ports = (...value: KnockedPort[]): Partial<EngineSnapshot> => ({ published: { read: true, value } })

function certificate(more: Partial<Certificate> = {}): Certificate {
  return {
    host: null,
    covers: null,
    subject: 'shop.example',
    issuer: 'Some Authority',
    names: ['shop.example', 'www.shop.example'],
    validFrom: days(-30),
    validTo: days(60),
    fingerprint: 'AA:BB',
    ...more,
  }
}

const web = (facts: Partial<ContainerFacts> = {}) => container('web', facts)

describe('D08, nothing listens behind a published port', () => {
  test.each<[string, Partial<KnockedPort>, string[]]>([
    ['closed at once, and refused inside', { answer: 'closed', within: 'refused' }, ['D08 web 1 measured']],
    ['refused, and refused inside', { answer: 'refused', within: 'refused' }, ['D08 web 1 measured']],
    ['refused where what is inside cannot be tried', { answer: 'refused' }, ['D08 web 1 likely']],
    ['closed at once where what is inside cannot be tried', { answer: 'closed' }, ['D08 web 2 possible']],
    [
      'refused, and taken inside: the way between is gone',
      { answer: 'refused', within: 'answers' },
      ['D08 web 1 measured'],
    ],
    ['closed at once here and inside: its own way', { answer: 'closed', within: 'closed' }, []],
    ['closed at once here, taken inside', { answer: 'closed', within: 'answers' }, []],
    ['answers', { answer: 'answers' }, []],
    ['is silent: a firewall, maybe', { answer: 'silent' }, ['X09 web 3 measured']],
  ])('%s', (_name, port, expected) => {
    expect(told([web()], [], ports(knocked('web', port)))).toEqual(expected)
  })

  test('one port of two is no reason to wake anybody', () => {
    const both = ports(knocked('web'), knocked('web', { answer: 'refused', within: 'refused', hostPort: 9_090 }))
    expect(told([web()], [], both)).toEqual(['D08 web 2 measured'])
  })

  test.each<[string, Partial<ContainerFacts>]>([
    ['was started just now', { startedAt: before(20) }],
    ['has not become ready yet', { health: { status: 'starting', failingStreak: 0, checks: [] } }],
    ['no longer runs', ended(0)],
  ])('none where it %s', (_name, facts) => {
    const found = told([web(facts)], [], ports(knocked('web', { answer: 'refused' })))
    expect(found).toEqual([])
  })

  test('folds under what is wrong with it otherwise', () => {
    const [first, ...others] = find([web(unhealthy('no pulse'))], [], ports(knocked('web', { answer: 'refused' })))
    expect([first?.code, first?.effects.map(({ code }) => code), others]).toEqual(['D05', ['D08'], []])
    expect(first?.evidence).toContain('published.json')
  })
})

describe('D23, certificates', () => {
  const shows = (more: Partial<Certificate>, port: Partial<KnockedPort> = {}) =>
    told([web()], [], ports(knocked('web', { certificates: [certificate(more)], ...port })))

  test.each<[string, Partial<Certificate>, string[]]>([
    ['expired', { validTo: days(-1) }, ['D23 web 1 measured']],
    ['not good yet', { validFrom: days(1) }, ['D23 web 1 measured']],
    ['expires within two weeks', { validTo: days(13), validFrom: days(-77) }, ['D23 web 2 measured']],
    ['good for long', {}, []],
    ['lives for six days and is renewed late', { validFrom: days(-3), validTo: days(3) }, []],
    ['lives for six days and was not renewed', { validFrom: days(-5), validTo: days(1) }, ['D23 web 2 measured']],
    ['signed by nobody known', { issuer: '' }, []],
    ['for the name that was asked for', { host: 'shop.example', covers: true }, []],
    ['for another name, where TLS is not said', { host: 'mail.example', covers: false }, ['D23 web 2 possible']],
  ])('%s', (_name, more, expected) => {
    expect(shows(more)).toEqual(expected)
  })

  test('for another name than is said to be served by TLS', () => {
    expect(shows({ host: 'mail.example', covers: false }, { tlsHosts: ['mail.example'] })).toEqual([
      'D23 web 1 measured',
    ])
  })

  test('stands beside what else is wrong, as neither follows from the other', () => {
    const found = told(
      [web(unhealthy('no pulse'))],
      [],
      ports(knocked('web', { certificates: [certificate({ validTo: days(-1) })] })),
    )
    expect(found.toSorted()).toEqual(['D05 web 1 measured', 'D23 web 1 measured'])
  })
})

describe('D13, room on the disk', () => {
  const room = (more: Partial<Room>): Partial<EngineSnapshot> => ({
    room: {
      read: true,
      value: {
        folder: '/var/lib/docker',
        totalBytes: 100 * GiB,
        usedBytes: 40 * GiB,
        availableBytes: 60 * GiB,
        inodes: 1_000_000,
        freeInodes: 900_000,
        logs: [],
        unseenLogs: 0,
        ...more,
      },
    },
  })

  test.each<[string, Partial<Room>, string[]]>([
    ['full', { usedBytes: 99.5 * GiB, availableBytes: 0.5 * GiB }, ['D13 x 1 measured']],
    ['nearly full', { usedBytes: 92 * GiB, availableBytes: 8 * GiB }, ['D13 x 2 measured']],
    ['half full', {}, []],
    ['large, and a twentieth of it is much', { usedBytes: 9_600 * GiB, availableBytes: 400 * GiB }, []],
    ['without room for more files', { freeInodes: 5_000 }, ['D13 x 1 measured']],
    ['of a kind that counts no files', { inodes: 0, freeInodes: 0 }, []],
    ['with a huge log', { logs: [{ container: 'web', bytes: 12 * GiB }] }, ['D13 web 2 measured']],
    ['with a small log', { logs: [{ container: 'web', bytes: 12_000 }] }, []],
    ['with room, and logs that may not be seen', { unseenLogs: 3 }, []],
    [
      'nearly full, and logs that may not be seen',
      { usedBytes: 92 * GiB, availableBytes: 8 * GiB, unseenLogs: 3 },
      ['D13 x 2 measured', 'X12 x 3 measured'],
    ],
  ])('%s', (_name, more, expected) => {
    expect(told([web()], [], room(more))).toEqual(expected)
  })

  test('what has no space left there is part of it, and the log that fills it is named', () => {
    const full = room({
      usedBytes: 99.5 * GiB,
      availableBytes: 0.5 * GiB,
      logs: [{ container: 'web', bytes: 50 * GiB }],
    })
    const db = container('db', ended(1), { said: ['write: no space left on device'] })
    const [first, ...others] = find([web(), db], [], full)
    expect(others).toEqual([])
    expect(first?.effects.map(({ code, object }) => `${code} ${object.name}`)).toEqual(['D13 web', 'D13 db', 'D01 db'])
    expect(first?.cause).toContain('the log of web')
    expect(first?.evidence).toEqual(expect.arrayContaining(['room.json', 'containers/db/stderr.log']))
  })
})

describe('D24, what logs speak of', () => {
  const with_ = (signatures: LogSignature[], facts: Partial<ContainerFacts>) => {
    const one = container('web', facts, { said: ['bye'] })
    return {
      ...one,
      logs: { ...one.logs, stdout: { read: true as const, value: { lines: [], signatures } } },
    } as typeof one
  }
  const refused = { trouble: 'connection refused', lines: 14, first: before(118), last: before(61) }

  test('is counted under a finding, with its evidence', () => {
    const [first, ...others] = find([with_([refused], ended(1))])
    expect(others).toEqual([])
    expect(first?.why).toContain('speaks of connection refused (14 lines, 11:58:02 to 11:58:59 UTC).')
    expect(first?.evidence).toContain('containers/web/stdout.log')
  })

  test('is none by itself, and none of long ago', () => {
    expect(find([with_([refused], {})])).toEqual([])
    const old = { ...refused, first: before(90_000), last: before(80_000) }
    expect(find([with_([old], ended(1))])[0]?.why).not.toContain('speaks of')
  })
})

describe('D25, what changed', () => {
  const changed = (...given: Parameters<typeof snapshot>) => find(...given)[0]?.changed.map(({ what }) => what)

  test('what was made or started shortly before, though the engine has forgotten the events', () => {
    const api = service('api', [], ended(1, 60, { startedAt: before(90), imageId: 'i1' }), { createdAt: before(300) })
    const db = service('db', [], { startedAt: before(3_600) }, { createdAt: before(7_200) })
    const image = { id: 'i1', tags: ['api:2'], createdAt: before(400), sizeBytes: 1 }
    expect(changed([api, db], [], { images: { read: true, value: [image] } })).toEqual([
      'shop-api-1 was started',
      'shop-api-1 was created',
      'the image acme/thing:1 was built',
    ])
  })

  test('nothing where all of it is old', () => {
    const api = service('api', [], ended(1, 60, { startedAt: before(7_000) }), { createdAt: before(7_200) })
    expect(changed([api])).toEqual([])
  })

  test('what somebody did in the hour before', () => {
    const api = service('api', [], ended(1, 60, { startedAt: before(90_000) }), { createdAt: before(90_000) })
    const db = service('db', [], {}, { createdAt: before(90_000) })
    const events = [event(5_000, 'shop-db-1', 'stop'), event(3_000, 'shop-db-1', 'restart')]
    expect(changed([api, db], events)).toEqual(['shop-db-1 was restarted'])
  })

  test('a service that is made in two ways, or otherwise than at the last sweep', () => {
    const one = service('api', [], { configHash: 'a' }, { createdAt: before(90_000) })
    const two = {
      ...service('api', [], ended(1, 60, { configHash: 'b', startedAt: before(50_000) }), {
        createdAt: before(50_000),
      }),
      id: 'two',
      name: 'shop-api-2',
    }
    expect(changed([one, two])).toEqual(['shop-api-2 was made with another configuration than shop-api-1'])
    const earlier = { at: before(600), services: [{ project: 'shop', service: 'api', configHash: 'a' }] }
    expect(changed([two], [], { earlier })).toEqual([
      'api was made with another configuration than at the sweep of 2026-03-04 11:50 UTC',
    ])
    const same = { ...earlier, services: [{ project: 'shop', service: 'api', configHash: 'b' }] }
    expect(changed([two], [], { earlier: same })).toEqual([])
  })
})
