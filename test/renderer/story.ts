import {
  type ContainerRow,
  type SweepSummary,
  type ContainerUsage,
  containerUsageSchema,
} from '../../shared/findings/sweep.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { FakeMain, hashOf, infinity, localEngine } from './fake-main.ts'

export const CHECKOUT = '01KBZ0000000000000000000A1'
const REPORTS = '01KBZ0000000000000000000A2'
const CERTIFICATE = '01KBZ0000000000000000000A3'
const LAST_WEEK = '01KBZ0000000000000000000A4'

const day = '2026-11-21T'
const at = (time: string) => `${day}${time}.000Z`

function backend(name: string): Finding['object'] {
  return { kind: 'container', name, id: name.padEnd(64, '0'), project: 'shop', service: name }
}

export const findings: Finding[] = [
  {
    code: 'D02',
    rank: 1,
    tier: 1,
    object: backend('pg-eu-2'),
    title: 'pg-eu-2 was killed for lack of memory',
    why: 'The kernel killed it at its own limit of 512 MB. backend, auth and files fail because of it.',
    cause: 'memory limit of 512 MB',
    effects: [
      { code: 'D05', object: backend('backend'), title: 'backend is unhealthy' },
      { code: 'D05', object: backend('auth'), title: 'auth is unhealthy' },
    ],
    sure: 'measured',
    since: at('12:49:02'),
    changed: [{ at: at('12:47:10'), what: 'backend 2026.11.21-1' }],
    signs: ['out-of-memory', 'database', 'container-down'],
    next: 'Raise the memory limit of pg-eu-2, or find what uses it.',
    evidence: ['containers/pg-eu-2/inspect.json', 'containers/pg-eu-2/stderr.log'],
  },
  {
    code: 'D04',
    rank: 2,
    tier: 2,
    object: backend('worker-7'),
    title: 'worker-7 restarts in a loop',
    why: '9 restarts in 11 minutes, each with exit code 1.',
    cause: null,
    effects: [],
    sure: 'likely',
    since: at('13:56:00'),
    changed: [],
    signs: ['restart-loop'],
    next: 'Read the last lines of worker-7 before it stopped.',
    evidence: ['containers/worker-7/stdout.log'],
  },
  {
    code: 'D18',
    rank: 3,
    tier: 3,
    object: backend('files'),
    title: 'files has no health check',
    why: 'The engine cannot tell whether it works.',
    cause: null,
    effects: [],
    sure: 'measured',
    since: null,
    changed: [],
    signs: [],
    next: 'Give files a health check after the incident.',
    evidence: ['containers/files/inspect.json'],
  },
]

export const summary: SweepSummary = {
  endpoint: localEngine,
  startedAt: at('14:01:17'),
  endedAt: at('14:01:18'),
  tookMs: 1204,
  engine: { version: '20.10.24', apiVersion: '1.41' },
  containers: 5,
  calls: { asked: 21, answered: 20, failed: 1 },
  couldNotRead: [{ what: 'Usage of worker-7', why: 'It stopped before its second sample.' }],
}

export const rows: ContainerRow[] = [
  row('backend', 'running', { health: 'unhealthy', status: 'Up 2 hours (unhealthy)' }),
  row('auth', 'running', { health: 'unhealthy', status: 'Up 2 hours (unhealthy)' }),
  row('files', 'running', {}),
  row('worker-7', 'restarting', { status: 'Restarting (1) 4 seconds ago', restarts: 9, exitCode: 1 }),
  row('pg-eu-2', 'exited', { status: 'Exited (137) 1 hour ago', exitCode: 137, restarts: 0 }),
]

function row(name: string, state: string, also: Partial<ContainerRow>): ContainerRow {
  return {
    id: name.padEnd(64, '0'),
    name,
    image: `registry.local/${name}:2026.11.21-1`,
    state,
    status: 'Up 2 hours',
    health: null,
    project: 'shop',
    service: name,
    restarts: null,
    exitCode: null,
    ...also,
  }
}

export const usage: ContainerUsage[] = [
  { id: rows[0]!.id, cpuPercent: 84.2, memoryBytes: 412_000_000, memoryLimitBytes: 1_073_741_824 },
  { id: rows[2]!.id, cpuPercent: 0.4, memoryBytes: 61_000_000, memoryLimitBytes: null },
].map((one) => containerUsageSchema.parse(one))

/** A main with the incident of the sketch, two other open ones and one that has ended. */
export function checkoutStory(options: { mode?: 'live' | 'exercise'; operator?: string | null } = {}): FakeMain {
  const main = new FakeMain({ operator: options.operator ?? 'Ana Ruiz' })
  if (options.mode === 'exercise') {
    main.desk = {
      ...main.desk,
      practice: { running: true, services: ['gateway', 'auth', 'files', 'worker', 'postgres'] },
    }
  }
  checkout(main, options.mode ?? 'live')
  small(main, REPORTS, { number: '0411', title: 'Slow report exports', severity: 2, time: '11:20:00' })
  small(main, CERTIFICATE, { number: '0409', title: 'Certificate renewal', severity: 3, time: '09:02:00' })
  small(main, LAST_WEEK, { number: '0398', title: 'Search index out of date', severity: 2, time: '06:10:00' })
  main.log(LAST_WEEK, 'resolved', { outcome: 'resolved', summary: 'Index rebuilt.' }, { at: at('08:01:00') })
  return main
}

function checkout(main: FakeMain, mode: 'live' | 'exercise'): void {
  const id = CHECKOUT
  main.begin(id, mode)
  const log = (time: string, kind: string, body: unknown, by = 'Ana Ruiz', happened = time) =>
    main.log(id, kind, body, { at: at(time), by, happenedAt: at(happened) })
  declared(main, id, { number: '0412', title: 'Checkout errors after deploy', time: '12:54:00', detected: '12:51:47' })
  log('12:54:01', 'severity-set', severityBody(1))
  log('12:54:02', 'role-taken', { role: 'commander', person: { contact: null, name: 'Priya Nair' } }, 'Priya Nair')
  log('12:57:30', 'responded', {}, 'Priya Nair')
  log(
    '13:06:00',
    'severity-set',
    { ...severityBody(0), reason: 'Card payments fail for all EU customers.' },
    'Priya Nair',
  )
  log('13:22:40', 'impact-stated', {
    text: 'Two in three checkouts fail for all EU customers since 12:51; card payments are not charged.',
  })
  log('13:24:00', 'role-taken', { role: 'scribe', person: { contact: null, name: 'Tom Bauer' } })
  log('13:24:20', 'role-taken', { role: 'communications', person: { contact: null, name: 'Li Wen' } })
  log('13:44:10', 'role-taken', { role: 'commander', person: { contact: null, name: 'Ana Ruiz' } })
  sweep(main, id, '13:46:37', 'e1')
  const note = log('13:49:55', 'noted', { text: 'Support sees only EU cards failing, wallets are fine.' }, 'Li Wen')
  log(
    '13:52:10',
    'corrected',
    { entry: note.hash, text: 'Support sees all EU cards failing; wallets fail since 13:40.' },
    'Li Wen',
  )
  log('13:55:31', 'noted', { text: 'Rolled back backend to 2026.11.20-3. Error rate still 38 %.' }, 'Jonas Weber')
  sweep(main, id, '14:01:18', 'e2')
  log('14:02:05', 'evidence-checked', { bundle: hashOf(2, 'e'), result: 'match', because: 'opened' })
  log('14:06:58', 'noted', { text: 'Pool exhausted only on pg-eu-2; primary looks idle.' }, 'Ana Ruiz', '14:04:00')
  log('14:07:02', 'hovered', { over: 'a newer kind' }, 'Ana Ruiz')
}

function sweep(main: FakeMain, id: string, time: string, bundle: string): void {
  const number = Number(bundle.slice(1))
  const hash = hashOf(number, 'e')
  const item = (name: string, size: number, also: object = {}) => ({
    name,
    request: `GET /v1.41/containers/${name.split('/')[1]}/json`,
    outcome: '200, complete',
    started_at: at(time),
    took_ms: 14,
    size,
    sha256: hashOf(size, 'f'),
    offset: 0,
    masked: [],
    truncated_of: null,
    ...also,
  })
  main.log(
    id,
    'evidence-kept',
    {
      bundle: hash,
      size: 18_204_112,
      title: 'Sweep of docker eu-1',
      source: 'docker eu-1',
      collector: 'Ana Ruiz',
      tool: 'Muster 0.1.0',
      items: [
        item('engine/version.json', 1200),
        item('engine/containers.json', 18_400),
        item('containers/pg-eu-2/inspect.json', 9_100, { masked: [{ rule: 'environment value', count: 6 }] }),
        item('containers/pg-eu-2/stderr.log', 21_004, { truncated_of: -1 }),
        item('containers/worker-7/stdout.log', 12_020, { masked: [{ rule: 'URL password', count: 2 }] }),
        item('containers/files/inspect.json', 8_400),
      ],
    },
    { at: at(time) },
  )
  main.log(id, 'swept', { summary, findings, bundle: hash }, { at: at(time) })
}

interface Small {
  readonly number: string
  readonly title: string
  readonly severity: number
  readonly time: string
}

function small(main: FakeMain, id: string, { number, title, severity, time }: Small): void {
  main.begin(id)
  declared(main, id, { number, title, time, detected: time })
  main.log(id, 'severity-set', severityBody(severity), { at: at(time) })
  if (severity === 2) {
    main.log(id, 'role-taken', { role: 'commander', person: { contact: null, name: 'Priya Nair' } }, { at: at(time) })
  }
}

function declared(
  main: FakeMain,
  id: string,
  { number, title, time, detected }: { number: string; title: string; time: string; detected: string },
): void {
  main.log(
    id,
    'declared',
    {
      number: `INC-2026-1121-${number}`,
      title,
      pack: { id: 'infinity', version: infinity.pack.version, title: infinity.pack.title, hash: infinity.hash },
      unconfirmed: false,
      detected_at: at(detected),
    },
    { at: at(time), happenedAt: at(detected) },
  )
  main.log(id, 'pack-pinned', { hash: infinity.hash, text: 'id: infinity' }, { at: at(time) })
}

function severityBody(place: number) {
  const { id, code, name, rank } = infinity.pack.severities[place]!
  return { severity: { id, code, name, rank }, assumed: false, reason: `${code} by the answers.`, path: [] }
}
