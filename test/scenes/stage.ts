import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Dockerd } from '../dockerd.ts'

/** A scene as it is played on a real engine. The names of its containers begin with its own. */
export interface Play {
  readonly name: string
  readonly wrong: readonly string[]
  readonly laterMs?: number
  /** Brings it about; `at` makes names of its own. */
  play(engine: Dockerd, at: (name: string) => string): Promise<unknown>
}

const quarterHour = 900_000

/** Labels as docker compose writes them; `name` is the service, the project is the scene. */
const compose = (project: string, service: string, needs = '') => [
  `--label=com.docker.compose.project=${project}`,
  `--label=com.docker.compose.service=${service}`,
  `--label=com.docker.compose.depends_on=${needs}`,
]
const sh = (script: string) => ['sh', '-c', script]
const forever = ['sleep', '1000']
const listens = (...where: string[]) => ['busybox', 'httpd', '-f', '-h', '/tmp', ...where]
const checked = (check: string, retries = 1) => [
  '--health-cmd',
  check,
  '--health-interval',
  '1s',
  '--health-retries',
  String(retries),
]

/** One container that ends by itself. */
const ends = (name: string, wrong: string | null, script: string, options: string[] = []): Play => ({
  name,
  wrong: wrong === null ? [] : [`${wrong} ${name}`],
  play: async (engine, at) => {
    await engine.container(at(''), options, ...sh(script))
    await engine.until(at(''), ({ State }) => State.Status === 'exited')
  },
})

/** One container that runs on; `settle` is waited for before anybody looks. */
const runs = (
  name: string,
  wrong: string | null,
  options: string[],
  command: string[],
  settle?: Parameters<Dockerd['until']>[1],
): Play => ({
  name,
  wrong: wrong === null ? [] : [`${wrong} ${name}`],
  play: async (engine, at) => {
    await engine.container(at(''), options, ...command)
    await engine.until(at(''), settle ?? (({ State }) => State.Status === 'running'))
  },
})

/** One that publishes a port, on the engine's bridge; `wrong` by its code. */
const publishes = (
  name: string,
  wrong: string | null,
  options: string[],
  command: string[],
  laterMs = twoMinutes,
): Play => ({
  name,
  wrong: wrong === null ? [] : [`${wrong} ${name}`],
  laterMs,
  play: async (engine, at) => {
    await engine.docker('run', '--detach', '--name', at(''), ...options, engine.image, ...command)
    await engine.until(at(''), ({ State }) => State.Status === 'running')
  },
})
const twoMinutes = 120_000

/** One that serves TLS by the machine's own openssl, with a certificate that is good from and to so many days from now. */
const serves = (
  name: string,
  wrong: string | null,
  certificate: { days: [number, number]; names: string },
  options: string[] = [],
): Play => ({
  name,
  wrong: wrong === null ? [] : [`${wrong} ${name}`],
  laterMs: 0,
  play: async (engine, at) => {
    const folder = makeCertificate(engine, name, certificate)
    const machine = ['/usr', '/lib', '/lib64'].flatMap((path) => ['--volume', `${path}:${path}:ro`])
    const server = [
      '/usr/bin/openssl',
      's_server',
      '-accept',
      '443',
      '-key',
      '/keys/key.pem',
      '-cert',
      '/keys/cert.pem',
    ]
    const mounts = [...machine, '--volume', `${folder}:/keys:ro`]
    await engine.docker('run', '--detach', '--name', at(''), ...mounts, ...options, engine.image, ...server, '-quiet')
    await engine.until(at(''), ({ State }) => State.Status === 'running')
  },
})

function makeCertificate(
  engine: Dockerd,
  name: string,
  { days: [from, to], names }: { days: [number, number]; names: string },
): string {
  const folder = join(engine.host.slice('unix://'.length), '..', `keys-${name}`)
  mkdirSync(folder)
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const day = (offset: number) =>
    `${new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')}Z`
  const made = [
    'req',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    key,
    '-subj',
    '/CN=Scene',
  ]
  const request = join(folder, 'request.pem')
  execFileSync('openssl', [...made, '-addext', `subjectAltName=${names}`, '-out', request], { stdio: 'ignore' })
  const signed = [
    'ca',
    '-batch',
    '-notext',
    '-selfsign',
    '-keyfile',
    key,
    '-in',
    request,
    '-out',
    cert,
    '-md',
    'sha256',
  ]
  const register = join(folder, 'register.cnf')
  writeFileSync(join(folder, 'index.txt'), '')
  writeFileSync(
    register,
    `[ca]\ndefault_ca=own\n[own]\ndatabase=${folder}/index.txt\nnew_certs_dir=${folder}\nrand_serial=yes\npolicy=any\ncopy_extensions=copy\n[any]\ncommonName=supplied\n`,
  )
  execFileSync('openssl', [...signed, '-config', register, '-startdate', day(from), '-enddate', day(to)], {
    stdio: 'ignore',
  })
  return folder
}

const pid = async (engine: Dockerd, name: string) =>
  (await engine.docker('inspect', '--format', '{{.State.Pid}}', name)).trim()

export const plays: readonly Play[] = [
  // D01 and what only looks so.
  ends('failed', 'D01', 'exit 1'),
  ends('failed-telling', 'D01', 'echo FATAL: password authentication failed for user app >&2; exit 2'),
  ends('failed-silent', 'D01', 'exit 42'),
  ends('failed-after-work', 'D01', 'echo connecting; sleep 1; echo connect ECONNREFUSED 10.0.0.5:5432 >&2; exit 3'),
  ends('failed-many-words', 'D01', 'seq 1 500; echo panic: index out of range >&2; exit 2'),
  ends('done', null, 'echo all done'),
  ends('done-after-errors', null, 'echo ERROR: first try failed >&2; echo second try worked'),
  ends('asked-from-inside', 'D01', "sh -c 'kill -TERM $$'; exit $?"),
  {
    name: 'stopped-in-order',
    wrong: [],
    play: async (engine, at) => {
      await engine.container(at(''), [], ...sh('trap "exit 0" TERM; while true; do sleep 1; done'))
      await engine.docker('stop', '--time', '5', at(''))
    },
  },
  {
    name: 'stopped-beyond-grace',
    wrong: [],
    play: async (engine, at) => {
      await engine.container(at(''), ['--stop-timeout', '1'], ...forever)
      await engine.docker('stop', '--time', '1', at(''))
    },
  },
  {
    name: 'stopped-with-code',
    wrong: [],
    play: async (engine, at) => {
      await engine.container(at(''), [], ...sh('trap "exit 7" TERM; while true; do sleep 1; done'))
      await engine.docker('stop', '--time', '5', at(''))
    },
  },
  {
    name: 'kept-down-under-always',
    wrong: [],
    play: async (engine, at) => {
      await engine.container(at(''), ['--restart', 'always', '--stop-timeout', '1'], ...forever)
      await engine.docker('stop', '--time', '1', at(''))
    },
  },
  {
    name: 'restarted-by-hand',
    wrong: [],
    play: async (engine, at) => {
      await engine.container(at(''), ['--stop-timeout', '1'], ...forever)
      await engine.docker('restart', '--time', '1', at(''))
      await engine.docker('restart', '--time', '1', at(''))
      await engine.docker('restart', '--time', '1', at(''))
    },
  },
  // D03: killed, and by whom.
  {
    name: 'killed-by-call',
    wrong: ['D01 killed-by-call'],
    play: async (engine, at) => {
      await engine.container(at(''), [], ...forever)
      await engine.docker('kill', at(''))
    },
  },
  {
    name: 'killed-from-outside',
    wrong: ['D01 killed-from-outside'],
    play: async (engine, at) => {
      await engine.container(at(''), [], ...forever)
      process.kill(Number(await pid(engine, at(''))), 'SIGKILL')
      await engine.until(at(''), ({ State }) => State.Status === 'exited')
    },
  },
  // D02
  {
    name: 'out-of-memory',
    wrong: ['D02 out-of-memory'],
    play: async (engine, at) => {
      await engine.container(at(''), ['--memory', '16m'], 'tail', '/dev/zero')
      await engine.untilOutOfMemory(at(''))
    },
  },
  runs('within-memory', null, ['--memory', '64m'], forever),
  // D04
  runs(
    'loops',
    'D04',
    ['--restart', 'always'],
    sh('exit 3'),
    ({ State, RestartCount }) => State.Status === 'restarting' && RestartCount > 3,
  ),
  runs(
    'loops-telling',
    'D04',
    ['--restart', 'unless-stopped'],
    sh('echo getaddrinfo ENOTFOUND db >&2; exit 1'),
    ({ State, RestartCount }) => State.Status === 'restarting' && RestartCount > 3,
  ),
  runs(
    'loops-well',
    'D04',
    ['--restart', 'always'],
    sh('echo done'),
    ({ State, RestartCount }) => State.Status === 'restarting' && RestartCount > 3,
  ),
  runs(
    'gave-up',
    'D04',
    ['--restart', 'on-failure:2'],
    sh('exit 4'),
    ({ State, RestartCount }) => State.Status === 'exited' && RestartCount === 2,
  ),
  runs('policy-and-well', null, ['--restart', 'always'], forever),
  ends('on-failure-and-done', null, 'exit 0', ['--restart', 'on-failure:3']),
  // D05
  runs(
    'unhealthy',
    'D05',
    checked('echo no pulse; exit 1'),
    forever,
    ({ State }) => State.Health?.Status === 'unhealthy',
  ),
  runs(
    'unhealthy-no-connection',
    'D05',
    checked('echo connection refused; exit 1', 2),
    forever,
    ({ State }) => State.Health?.Status === 'unhealthy',
  ),
  runs('healthy', null, checked('true'), forever, ({ State }) => State.Health?.Status === 'healthy'),
  runs('starting', null, ['--health-cmd', 'true', '--health-interval', '60s'], forever),
  {
    ...runs('starting-for-long', 'D06', [...checked('true'), '--health-interval', '60s'], forever),
    laterMs: quarterHour,
  },
  // D07
  runs('no-program', 'D07', [], ['/nope'], ({ State }) => State.Status === 'created'),
  runs('no-right-to-run', 'D07', [], ['/tmp'], ({ State }) => State.Status === 'created'),
  {
    name: 'no-device',
    wrong: ['D07 no-device'],
    play: async (engine, at) => {
      const device = ['--device', '/dev/of-no-kind']
      await engine.docker('create', '--name', at(''), '--network', 'none', ...device, engine.image, ...forever)
      await engine.docker('start', at('')).catch((error: unknown) => {
        if (!String(error).includes('gathering device information')) throw error
      })
    },
  },
  {
    name: 'created-only',
    wrong: [],
    play: (engine, at) => engine.docker('create', '--name', at(''), '--network', 'none', engine.image, 'true'),
  },
  // D09
  ends('not-found', 'D09', 'nothing-of-this-name'),
  ends('may-not-run', 'D09', '/tmp'),
  ends('crashed', 'D09', "sh -c 'kill -SEGV $$'; exit $?"),
  ends('aborted', 'D09', "sh -c 'kill -ABRT $$'; exit $?"),
  // D10
  {
    name: 'paused-for-long',
    wrong: ['D10 paused-for-long'],
    laterMs: quarterHour,
    play: async (engine, at) => {
      await engine.container(at(''), [], ...forever)
      await engine.docker('pause', at(''))
    },
  },
  {
    name: 'paused-just-now',
    wrong: [],
    play: async (engine, at) => {
      await engine.container(at(''), [], ...forever)
      await engine.docker('pause', at(''))
    },
  },
  // D11
  {
    name: 'tag-moved',
    wrong: ['D11 tag-moved'],
    play: async (engine, at) => {
      await engine.docker('tag', engine.image, 'scene/moved:1')
      await engine.docker('create', '--name', at(''), '--network', 'none', 'scene/moved:1', ...forever)
      await engine.docker('start', at(''))
      await engine.docker('commit', '--change', 'LABEL made=anew', at(''), 'scene/moved:1')
    },
  },
  {
    name: 'tag-twice',
    wrong: [],
    play: async (engine, at) => {
      await engine.docker('tag', engine.image, 'scene/twice:1')
      await engine.docker('tag', engine.image, 'scene/twice:2')
      await engine.docker('create', '--name', at(''), '--network', 'none', 'scene/twice:1', ...forever)
      await engine.docker('start', at(''))
    },
  },
  {
    name: 'tag-by-digest',
    wrong: [],
    play: async (engine, at) => {
      const id = (await engine.docker('image', 'inspect', '--format', '{{.Id}}', engine.image)).trim()
      await engine.docker('create', '--name', at(''), '--network', 'none', id, ...forever)
      await engine.docker('start', at(''))
    },
  },
  // D12
  ends('mount-read-only', 'D12', 'echo x > /data/x', ['--volume', 'scene-ro:/data:ro']),
  ends('mount-of-another', 'D12', 'echo x > /data/x', ['--volume', 'scene-root:/data', '--user', '1000']),
  runs('mount-read-only-and-well', null, ['--volume', 'scene-ro2:/data:ro'], forever),
  // D13
  runs(
    'no-space-and-runs',
    'D13',
    ['--tmpfs', '/data:size=64k'],
    sh('head -c 100000 /dev/zero | cat > /data/x; sleep 1000'),
  ),
  ends('no-space-and-ended', 'D13', 'head -c 100000 /dev/zero | cat > /data/x || exit 5', [
    '--tmpfs',
    '/data:size=64k',
  ]),
  ends('no-space-and-done', null, 'head -c 100000 /dev/zero | cat > /data/x; exit 0', ['--tmpfs', '/data:size=64k']),
  // D14, D15
  runs(
    'near-memory',
    'D14',
    ['--memory', '32m', '--tmpfs', '/data:size=64m'],
    sh('head -c 31000000 /dev/zero > /data/x; sleep 1000'),
  ),
  runs(
    'half-of-memory',
    null,
    ['--memory', '64m', '--tmpfs', '/data:size=64m'],
    sh('head -c 31000000 /dev/zero > /data/x; sleep 1000'),
  ),
  runs('near-processes', 'D15', ['--pids-limit', '10'], sh('for i in 1 2 3 4 5 6 7 8 9; do sleep 1000 & done; wait')),
  runs('few-processes', null, ['--pids-limit', '100'], sh('for i in 1 2 3; do sleep 1000 & done; wait')),
  runs('held-back', 'D15', ['--cpus', '0.05'], sh('while true; do true; done')),
  runs('limited-and-idle', null, ['--cpus', '0.5'], forever),
  // D16 and folding
  {
    name: 'need-stopped',
    wrong: ['D16 need-stopped-db'],
    play: async (engine, at) => {
      await engine.container(at('-db'), [...compose(at(''), 'db'), '--stop-timeout', '1'], ...forever)
      await engine.container(at('-api'), compose(at(''), 'api', 'db:service_started:false'), ...forever)
      await engine.docker('stop', '--time', '1', at('-db'))
    },
  },
  {
    name: 'need-never-started',
    wrong: ['D16 need-never-started-db'],
    play: async (engine, at) => {
      await engine.docker(
        'create',
        '--name',
        at('-db'),
        '--network',
        'none',
        ...compose(at(''), 'db'),
        engine.image,
        ...forever,
      )
      await engine.container(at('-api'), compose(at(''), 'api', 'db:service_started:false'), ...forever)
    },
  },
  {
    name: 'nobody-needs',
    wrong: [],
    play: async (engine, at) => {
      await engine.container(at('-job'), [...compose(at(''), 'job'), '--stop-timeout', '1'], ...forever)
      await engine.container(at('-api'), compose(at(''), 'api'), ...forever)
      await engine.docker('stop', '--time', '1', at('-job'))
    },
  },
  {
    name: 'need-has-done-its-work',
    wrong: [],
    play: async (engine, at) => {
      await engine.container(at('-migrate'), compose(at(''), 'migrate'), 'true')
      await engine.container(
        at('-api'),
        compose(at(''), 'api', 'migrate:service_completed_successfully:false'),
        ...forever,
      )
      await engine.until(at('-migrate'), ({ State }) => State.Status === 'exited')
    },
  },
  {
    name: 'follows-its-need',
    wrong: ['D01 follows-its-need-db'],
    play: async (engine, at) => {
      await engine.container(at('-db'), compose(at(''), 'db'), ...sh('sleep 1; exit 5'))
      await engine.until(at('-db'), ({ State }) => State.Status === 'exited')
      await engine.container(
        at('-api'),
        compose(at(''), 'api', 'db:service_started:false'),
        ...sh('echo connect ECONNREFUSED >&2; exit 1'),
      )
      await engine.until(at('-api'), ({ State }) => State.Status === 'exited')
    },
  },
  {
    name: 'two-causes',
    wrong: ['D01 two-causes-db', 'D09 two-causes-api'],
    play: async (engine, at) => {
      await engine.container(at('-db'), compose(at(''), 'db'), ...sh('exit 5'))
      await engine.container(at('-api'), compose(at(''), 'api', 'db:service_started:false'), ...sh('missing-program'))
      await engine.until(at('-db'), ({ State }) => State.Status === 'exited')
      await engine.until(at('-api'), ({ State }) => State.Status === 'exited')
    },
  },
  {
    name: 'copies-ill-alike',
    // The engine lists the newest first.
    wrong: ['D01 copies-ill-alike-3'],
    play: async (engine, at) => {
      for (const copy of ['-1', '-2', '-3']) {
        await engine.container(at(copy), compose(at(''), 'worker'), ...sh('exit 6'))
        await engine.until(at(copy), ({ State }) => State.Status === 'exited')
      }
    },
  },
  {
    name: 'project-well',
    wrong: [],
    play: async (engine, at) => {
      await engine.container(at('-db'), [...compose(at(''), 'db'), ...checked('true')], ...forever)
      await engine.container(at('-api'), compose(at(''), 'api', 'db:service_healthy:false'), ...forever)
      await engine.until(at('-db'), ({ State }) => State.Health?.Status === 'healthy')
    },
  },
  // D08: what is published, and who listens.
  publishes('port-nobody', 'D08', ['--publish', '18001:80'], forever),
  publishes('port-elsewhere', 'D08', ['--publish', '18002:80'], listens('-p', '8080')),
  publishes('port-own-loopback', 'D08', ['--publish', '18003:80'], listens('-p', '127.0.0.1:80')),
  publishes('port-one-of-two', 'D08', ['--publish', '18004:80', '--publish', '18005:9090'], listens('-p', '80')),
  publishes('port-answers', null, ['--publish', '18006:80'], listens('-p', '80')),
  publishes('port-on-loopback-answers', null, ['--publish', '127.0.0.1:18007:80'], listens('-p', '80')),
  publishes('port-closes-by-itself', null, ['--publish', '18008:80'], sh('busybox nc -ll -p 80 -e /bin/true')),
  publishes('port-started-just-now', null, ['--publish', '18009:80'], forever, 0),
  publishes('port-of-udp', null, ['--publish', '18010:53/udp'], forever),
  // D23
  serves('certificate-expired', 'D23', { days: [-90, -1], names: 'DNS:shop.example' }, ['--publish', '18443:443']),
  serves('certificate-expires-soon', 'D23', { days: [-80, 10], names: 'DNS:shop.example' }, ['--publish', '19443:443']),
  serves('certificate-of-another', 'D23', { days: [-30, 60], names: 'DNS:shop.example' }, [
    ...['--publish', '20443:443', '--label', 'traefik.http.routers.m.tls=true'],
    ...['--label', 'traefik.http.routers.m.rule=Host(`mail.example`)'],
  ]),
  serves('certificate-good', null, { days: [-30, 60], names: 'DNS:shop.example' }, [
    ...['--publish', '21443:443', '--env', 'LETSENCRYPT_HOST=shop.example'],
  ]),
  serves('certificate-of-days', null, { days: [-1, 3], names: 'DNS:shop.example' }, ['--publish', '22443:443']),
  // D24: a program that complains, and works.
  runs(
    'complains-and-works',
    null,
    [],
    sh('while true; do echo ECONNREFUSED 10.0.0.5:6379, trying again >&2; sleep 1; done'),
  ),
  // D17
  runs('no-network-on-purpose', null, [], forever),
]
