import { expect, test, vi } from 'vitest'
import type { Handshake } from '../../../main/docker/handshake.ts'
import type * as knocks from '../../../main/docker/knock.ts'
import type { Door } from '../../../main/docker/knock.ts'
import { readPublished } from '../../../main/docker/published-ports.ts'
import { container } from '../../shared/findings/snapshots.ts'

/** What a knock at each port of this machine comes to: sockets run out at a moment that no test can choose. */
const answers: Record<number, string> = { 1: 'answers', 2: 'refused', 3: 'untried', 4: 'refused', 80: 'untried' }

vi.mock('../../../main/docker/knock.ts', async (original) => ({
  ...(await original<typeof knocks>()),
  knock: async ({ port }: Door) => answers[port],
}))

const shaking = vi.hoisted(() => ({ named: [] as (() => void)[], most: 0 }))

/** Whoever asks for a name waits until a test lets it go on. */
vi.mock('../../../main/docker/handshake.ts', () => ({
  shakeHands: (_door: Door, name: string | null) => {
    const { promise, resolve } = Promise.withResolvers<Handshake>()
    const answer = () => resolve({ answer: 'answers', certificate: null })
    if (name === null) answer()
    else shaking.named.push(answer)
    shaking.most = Math.max(shaking.most, shaking.named.length)
    return promise
  },
}))

test('for many names on many ports so many connections are open at once, and no more', async () => {
  const hosts = Array.from({ length: 20 }, (_, number) => ({ name: `shop-${number}.example`, tls: true }))
  const started = Array.from({ length: 40 }, (_, number) => {
    const published = [{ inside: '443/tcp', hostAddress: '127.0.0.1', hostPort: 443 }]
    const { facts, logs: _logs, usage: _usage, ...listed } = container(`web-${number}`, { published, hosts })
    return { listed, facts: Promise.resolve(facts), logs: Promise.resolve(null), usage: Promise.resolve(null) }
  })
  const reading = readPublished({
    near: Promise.resolve({ at: 'here' }),
    started: Promise.resolve(started),
    now: Date.now,
    until: new AbortController().signal,
    onStray: () => expect.fail(),
  })
  let asked = 0
  while (asked < 40 * 20) {
    await vi.waitFor(() => expect(shaking.named.length).toBeGreaterThan(0), 30_000)
    const open = shaking.named.splice(0)
    asked += open.length
    for (const answer of open) answer()
  }
  const { part } = await reading
  expect(part.read && part.value.length).toBe(40)
  expect(shaking.most).toBeLessThanOrEqual(256)
})

test('what could not be tried is told beside what could', async () => {
  const started = [1, 2, 3, 4].map((hostPort) => {
    const networks = hostPort === 4 ? [{ name: 'own', address: '10.0.0.2' }] : []
    const published = [{ inside: '80/tcp', hostAddress: '127.0.0.1', hostPort }]
    const { facts, logs: _logs, usage: _usage, ...listed } = container(`web-${hostPort}`, { published, networks })
    return { listed, facts: Promise.resolve(facts), logs: Promise.resolve(null), usage: Promise.resolve(null) }
  })
  const strays: string[] = []
  const { part } = await readPublished({
    near: Promise.resolve({ at: 'here' }),
    started: Promise.resolve(started),
    now: Date.now,
    until: new AbortController().signal,
    onStray: (what, why) => strays.push(`${what}: ${why}`),
  })
  expect(part.read && part.value.map(({ hostPort, answer }) => `${hostPort} ${answer}`)).toEqual([
    '1 answers',
    '2 refused',
  ])
  expect(strays).toEqual(['2 of 4 published ports: This machine had no socket left to try them with.'])
})
