import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import Docker from 'dockerode'
import { CallPlan } from '../../main/docker/calls.ts'
import { createProbes, type Probes } from '../../main/probes/probes.ts'
import { type Dockerd, startDockerd } from '../dockerd.ts'

/**
 * A sweep of 50 busybox containers with 100 log lines each, on a real engine, by the app's own clock (thread, masking, schemas, rules and
 * evidence included), against:
 *
 * - the same reads typed as docker commands one after the other: `ps -a`, `inspect` of all, `logs` of each, `stats` of all
 * - a bare parallel loop of the same API calls with dockerode, which reads and keeps nothing
 *
 * Rounds alternate; each figure is a median of five. Prints a table; asserts nothing.
 */
const containers = 50
const lines = 100
const rounds = 5
const run = promisify(execFile)

type Round = Record<'first rows' | 'list and logs' | 'all', number>

/** The engine needs a moment between rounds: it goes on sampling statistics for those that asked last. */
const restMs = 1_500

async function swept(probes: Probes, engine: Dockerd): Promise<Round> {
  const start = performance.now()
  const times: Record<string, number> = {}
  const mark = (name: string) => {
    times[name] = performance.now() - start
  }
  await probes.sweep({ endpoint: engine.endpoint }, (progress) => {
    if (progress.step === 'rows' && times['rows'] === undefined) mark('rows')
    if (progress.step === 'findings' && !progress.final) mark('read')
  }).result
  mark('all')
  return { 'first rows': times['rows'] ?? 0, 'list and logs': times['read'] ?? 0, all: times['all'] ?? 0 }
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
  const beside = Promise.all([docker.version(), docker.info(), drained(docker.getEvents(Object.fromEntries(events)))])
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

function table(sweeps: Round[], typed: Round[], bare: Round[]): void {
  const of = (all: Round[], what: keyof Round) => median(all.map((round) => round[what]))
  console.log(`${containers} containers, ${lines} log lines each; medians of ${rounds}, ms`)
  console.log('                   sweep    typed    bare   typed/sweep   sweep/bare')
  for (const what of ['first rows', 'list and logs', 'all'] as const) {
    const [own, cli, loop] = [of(sweeps, what), of(typed, what), of(bare, what)]
    const cells = [own, cli, loop].map((ms) => ms.toFixed(0).padStart(8)).join(' ')
    console.log(
      `${what.padEnd(15)} ${cells} ${(cli / own).toFixed(2).padStart(12)} ${(own / loop).toFixed(2).padStart(12)}`,
    )
  }
}

const engine = await startDockerd()
const probes = createProbes()
try {
  const names = Array.from({ length: containers }, (_, at) => `c${at}`)
  for (const name of names) {
    await engine.container(
      name,
      [],
      'sh',
      '-c',
      `for i in $(seq ${lines}); do echo "line $i of what it says"; done; sleep 10000`,
    )
  }
  const [sweeps, typed, bare]: [Round[], Round[], Round[]] = [[], [], []]
  await swept(probes, engine)
  for (let round = 0; round < rounds; round += 1) {
    await sleep(restMs)
    sweeps.push(await swept(probes, engine))
    await sleep(restMs)
    typed.push(await typedCommands(engine, names))
    await sleep(restMs)
    bare.push(await bareLoop(engine))
  }
  table(sweeps, typed, bare)
} finally {
  await probes.close()
  await engine.stop()
}
