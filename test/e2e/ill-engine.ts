import { type Dockerd, startDockerd } from '../dockerd.ts'
import { test as base } from './fixtures.ts'

/** What a hostile container writes: a page's script, a terminal's orders, letters that run backwards. */
export const hostileWords = '<img src=x onerror="document.title=1"><script>alert(1)</script>'

/** Real containers with one illness each, on a real engine, beside some that are well. */
async function fill(engine: Dockerd): Promise<void> {
  const { container, docker, until, untilOutOfMemory } = engine
  const compose = (service: string, dependsOn = '') => [
    ...['--label', 'com.docker.compose.project=shop', '--label', `com.docker.compose.service=${service}`],
    ...['--label', `com.docker.compose.depends_on=${dependsOn}`],
  ]
  const hostile = `printf 'panic: ${hostileWords} \\033[31mred\\033[0m \\342\\200\\256gpj.exe\\n' >&2; exit 1`
  await Promise.all([
    container('healthy', ['--health-cmd', 'true', '--health-interval', '1s'], 'sleep', '100000'),
    container('done', [], 'sh', '-c', 'echo all done'),
    container('failed', ['--env', 'API_KEY=hunter2'], 'sh', '-c', 'echo GET https://bob:hunter2@api/ >&2; exit 1'),
    container('too-big', ['--memory', '16m'], 'tail', '/dev/zero'),
    container('called-off', [], 'sleep', '100000'),
    container(
      'ill',
      ['--health-cmd', 'echo no pulse; exit 1', '--health-interval', '1s', '--health-retries', '1'],
      'sleep',
      '100000',
    ),
    container('looping', ['--restart', 'always'], 'sh', '-c', 'echo connect ECONNREFUSED 10.0.0.5:5432 >&2; exit 3'),
    container('no-start', [], '/nope'),
    container('terminal', ['--tty'], 'sh', '-c', 'echo hello from a terminal; sleep 100000'),
    container('junk', [], 'sh', '-c', 'head -c 40000 /bin/busybox; echo; echo the end; sleep 100000'),
    container('hostile', ['--label', `owner=${hostileWords}`], 'sh', '-c', hostile),
    container('shop-db', compose('db'), 'sh', '-c', 'sleep 1; exit 5'),
    container('shop-api', compose('api', 'db:service_started:false'), 'sh', '-c', 'sleep 2; exit 1'),
  ])
  await docker('kill', 'called-off')
  await untilOutOfMemory('too-big')
  await until('ill', ({ State }) => State.Health?.Status === 'unhealthy')
  await until('healthy', ({ State }) => State.Health?.Status === 'healthy')
  await until('shop-api', ({ State }) => State.Status === 'exited')
  await until('looping', ({ State, RestartCount }) => State.Status === 'restarting' && RestartCount > 4)
}

export const test = base.extend<object, { engine: Dockerd }>({
  engine: [
    async ({}, provide) => {
      const engine = await startDockerd()
      try {
        await fill(engine)
        await provide(engine)
      } finally {
        await engine.stop()
      }
    },
    { scope: 'worker', timeout: 300_000 },
  ],
})

export { expect } from './fixtures.ts'
