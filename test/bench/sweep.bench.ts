import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { loadavg } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import Docker from 'dockerode'
import { type Access, noAccess } from '../../main/docker/address.ts'
import { CallPlan } from '../../main/docker/calls.ts'
import { createProbes, type Probes, type SweepResult } from '../../main/probes/probes.ts'
import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import { type Dockerd, startDockerd } from '../dockerd.ts'
import { memory } from '../main/docker/fault-trial.ts'
import { startSshd } from '../sshd.ts'
import { serveCrowd } from './served-crowd.ts'

/**
 * Sweeps by the app's own clock (thread, masking, schemas, rules and evidence included), against the figures to be reached:
 *
 * - 50 busybox containers with 100 log lines each on a real engine, cold and with warm statistics, against the same reads typed
 *   as docker commands one after the other (`ps -a`, `inspect` of all, `logs` of each, `stats` of all), and against a bare
 *   parallel loop of the same API calls with dockerode, which reads and keeps nothing
 * - the same engine through ssh on loopback, cold and warm
 * - 50 served containers of which one never answers, against 50 that all do: when the others are told
 * - 1,000 containers served by another process: time, and this process's memory
 *
 * Rounds alternate; each figure is a median of five, each ratio the median of its rounds' ratios. Prints tables and the machine's
 * load; asserts nothing. A busy machine shifts them all: the ratios least.
 */
const containers = 50
const lines = 100
const rounds = 5
const run = promisify(execFile)

type Mark = 'first rows' | 'list and logs' | 'all'
type Round = Record<Mark, number>

/** The engine needs a moment between rounds: it goes on sampling statistics for those that asked last. */
const restMs = 1_500
/** Two samples, and a little. */
const warmingMs = 3_500

const resolutionMs = 2
const blocks = monitorEventLoopDelay({ resolution: resolutionMs })

async function swept(
  probes: Probes,
  endpoint: DockerEndpoint,
  access: Access = noAccess,
): Promise<Round & { others: number; result: SweepResult }> {
  const start = performance.now()
  const times: Record<string, number> = {}
  const mark = (name: string) => {
    times[name] ??= performance.now() - start
  }
  blocks.enable()
  const result = await probes.sweep(
    { endpoint, access, deadlines: { inspect: 4_000, stdout: 4_000, stderr: 4_000, stats: 8_000 } },
    (progress) => {
      if (progress.step === 'findings') mark('read')
      if (progress.step !== 'rows') return
      mark('rows')
      if (progress.rows.filter(({ restarts }) => restarts !== null).length >= progress.rows.length - 1) mark('others')
    },
  ).result
  mark('all')
  blocks.disable()
  const [rows = 0, read = 0, all = 0, others = 0] = ['rows', 'read', 'all', 'others'].map((name) => times[name])
  return { 'first rows': rows, 'list and logs': read, all, others, result }
}

async function typedCommands(engine: Dockerd, names: readonly string[]): Promise<Round> {
  const docker = existsSync('/usr/bin/docker') ? '/usr/bin/docker' : 'docker'
  const start = performance.now()
  const type = (...args: string[]) => run(docker, ['--host', engine.host, ...args], { maxBuffer: 2 ** 26 })
  await type('ps', '--all')
  const first = performance.now() - start
  await type('inspect', ...names)
  for (const name of names) await type('logs', '--timestamps', '--tail', '200', name)
  const read = performance.now() - start
  await type('stats', '--no-stream', '--all')
  return { 'first rows': first, 'list and logs': read, all: performance.now() - start }
}

async function bareLoop(engine: Dockerd): Promise<Round> {
  const docker = new Docker({ socketPath: engine.host.replace('unix://', '') })
  const start = performance.now()
  const events = new URLSearchParams(new CallPlan().events(Date.now()).path.split('?')[1])
  const beside = Promise.all([
    docker.version(),
    docker.info(),
    drained(docker.getEvents(Object.fromEntries(events))),
    docker.listImages(),
    docker.listNetworks(),
    docker.df(),
  ])
  const list = await docker.listContainers({ all: true })
  const first = performance.now() - start
  const read = list.flatMap(({ Id }) => {
    const container = docker.getContainer(Id)
    const tail = { timestamps: true, tail: 200, follow: false as const }
    return [container.inspect(), container.logs({ ...tail, stdout: true }), container.logs({ ...tail, stderr: true })]
  })
  const stats = list.map(({ Id }) => docker.getContainer(Id).stats({ stream: false }))
  await Promise.all([beside, ...read])
  const logs = performance.now() - start
  await Promise.all(stats)
  return { 'first rows': first, 'list and logs': logs, all: performance.now() - start }
}

async function drained(stream: Promise<NodeJS.ReadableStream>): Promise<void> {
  for await (const _piece of await stream) continue
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

const of = (all: readonly Round[], what: Mark) => median(all.map((round) => round[what]))
const cell = (value: number, digits = 0) => value.toFixed(digits).padStart(9)

interface Rounds {
  readonly cold: Round[]
  readonly warm: Round[]
  readonly typed: Round[]
  readonly bare: Round[]
}

/** The median of the ratios of one round each: what a busy machine does to one it does to the other. */
function ratio(above: readonly number[], below: readonly number[]): number {
  return median(above.map((value, round) => value / (below[round] ?? Number.NaN)))
}

function table({ cold, warm, typed, bare }: Rounds): void {
  console.log(`${containers} containers, ${lines} log lines each; medians of ${rounds}, ms; load ${loadWords()}`)
  console.log('                     cold     warm    typed     bare  typed/cold  typed/warm  cold/bare')
  const each = (all: readonly Round[], what: Mark) => all.map((round) => round[what])
  for (const what of ['first rows', 'list and logs', 'all'] as const) {
    const [one, two, cli, loop] = [cold, warm, typed, bare].map((all) => each(all, what)) as [
      number[],
      number[],
      number[],
      number[],
    ]
    const ratios = [ratio(cli, one), ratio(cli, two), ratio(one, loop)]
    const times = [one, two, cli, loop].map((all) => cell(median(all))).join('')
    console.log(`${what.padEnd(15)} ${times} ${ratios.map((value) => cell(value, 2).padStart(11)).join(' ')}`)
  }
  figure('list and logs, typed by cold', ratio(each(typed, 'list and logs'), each(cold, 'list and logs')), '>= 10')
  figure('everything with CPU %, typed by cold', ratio(each(typed, 'all'), each(cold, 'all')), '>= 1.4')
  figure('everything with CPU %, typed by warm', ratio(each(typed, 'all'), each(warm, 'all')), '>= 20')
  figure('cold by a bare loop', ratio(each(cold, 'all'), each(bare, 'all')), '<= 1.15')
  figure('warm by a bare loop without statistics', ratio(each(warm, 'all'), each(bare, 'list and logs')), '<= 1.15')
  figure('first finding of a cold sweep, ms', of(cold, 'list and logs'), '<= 300')
}

function figure(what: string, value: number, goal: string): void {
  console.log(`${what.padEnd(46)} ${value.toFixed(2).padStart(8)}   (goal ${goal})`)
}

function loadWords(): string {
  return loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')
}

async function onRealEngine(probes: Probes): Promise<void> {
  const engine = await startDockerd()
  try {
    const names = Array.from({ length: containers }, (_, at) => `c${at}`)
    const says = `for i in $(seq ${lines}); do echo "line $i of what it says"; done; sleep 10000`
    for (const name of names) await engine.container(name, [], 'sh', '-c', says)
    const all: Rounds = { cold: [], warm: [], typed: [], bare: [] }
    const { snapshot } = (await swept(probes, engine.endpoint)).result
    const ids = snapshot.containers.read ? snapshot.containers.value.map(({ id }) => id) : []
    let samples = 0
    for (let round = 0; round < rounds; round += 1) {
      await sleep(restMs)
      all.cold.push(await swept(probes, engine.endpoint))
      await sleep(restMs)
      all.typed.push(await typedCommands(engine, names))
      await sleep(restMs)
      all.bare.push(await bareLoop(engine))
      probes.warm('bench', { endpoint: engine.endpoint }, ids)
      await sleep(warmingMs)
      const warm = await swept(probes, engine.endpoint)
      samples += warm.result.items.filter(({ request }) => request.includes(', sample ')).length
      all.warm.push(warm)
      probes.cool('bench')
    }
    table(all)
    console.log(`warm samples taken: ${samples} of ${rounds * containers}`)
    await throughSsh(probes, engine, ids)
  } finally {
    await engine.stop()
  }
}

async function throughSsh(probes: Probes, engine: Dockerd, ids: readonly string[]): Promise<void> {
  const far = await startSshd(engine.host)
  const endpoint: DockerEndpoint = { ...engine.endpoint, id: 'given:far', host: 'ssh://root@engine' }
  const access = { ...noAccess, environment: far.environment }
  try {
    const cold: Round[] = []
    const warm: Round[] = []
    for (let round = 0; round < rounds; round += 1) {
      await sleep(restMs)
      cold.push(await swept(probes, endpoint, access))
      probes.warm('bench', { endpoint, access }, ids)
      await sleep(warmingMs)
      warm.push(await swept(probes, endpoint, access))
      probes.cool('bench')
    }
    for (const [name, all] of [
      ['cold', cold],
      ['warm', warm],
    ] as const) {
      const told = (['first rows', 'list and logs', 'all'] as const).map(
        (what) => `${what} ${of(all, what).toFixed(0)} ms`,
      )
      console.log(`${containers} containers through ssh, ${name}: ${told.join(', ')}; load ${loadWords()}`)
    }
  } finally {
    await far.stop()
  }
}

async function withOneSick(probes: Probes): Promise<void> {
  const [well, ill] = [await serveCrowd(containers), await serveCrowd(containers, 7)]
  try {
    const [healthy, sick]: [number[], number[]] = [[], []]
    await swept(probes, well.endpoint)
    for (let round = 0; round < rounds; round += 1) {
      healthy.push((await swept(probes, well.endpoint)).others)
      sick.push((await swept(probes, ill.endpoint)).others)
    }
    const [without, with_] = [median(healthy), median(sick)]
    console.log(
      `49 of 50 told: ${without.toFixed(0)} ms when all are well, ${with_.toFixed(0)} ms when one never answers; load ${loadWords()}`,
    )
    figure('one of 50 never answers, the others by all well', ratio(sick, healthy), '<= 1.2')
  } finally {
    await well.stop()
    await ill.stop()
  }
}

async function onCrowd(probes: Probes): Promise<void> {
  const thousand = await serveCrowd(1_000)
  try {
    const all: Round[] = []
    let findings = 0
    const grown: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      await sleep(restMs)
      const rest = memory().now
      const { result, ...times } = await swept(probes, thousand.endpoint)
      findings = result.findings.length
      all.push(times)
      grown.push((memory().most - rest) / 2 ** 20)
    }
    const told = (['first rows', 'list and logs', 'all'] as const).map(
      (what) => `${what} ${of(all, what).toFixed(0)} ms`,
    )
    console.log(`1,000 containers: ${told.join(', ')}; ${findings} findings; load ${loadWords()}`)
    figure('1,000 containers, swept and ranked, ms', of(all, 'all'), '<= 5000')
    figure('1,000 containers, memory above rest, MiB', median(grown), '<= 64')
    console.log(`  of each sweep in turn: ${grown.map((one) => one.toFixed(0)).join(', ')}`)
  } finally {
    await thousand.stop()
  }
}

const probes = createProbes()
try {
  await onRealEngine(probes)
  await withOneSick(probes)
  await onCrowd(probes)
  const p99 = Math.max(0, blocks.percentile(99) / 1e6 - resolutionMs)
  figure('main thread blocked during the sweeps, ms at p99', p99, '<= 16')
} finally {
  await probes.close()
}
