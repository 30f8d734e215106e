import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sweepEngine, type SweepResult } from '../../../main/docker/sweep.ts'
import { engineSnapshotSchema } from '../../../shared/docker/snapshot.ts'
import { deriveFindings } from '../../../shared/findings/derive-findings.ts'
import { type SweepProgress, sweepProgressSchema, sweepSummarySchema } from '../../../shared/findings/sweep.ts'
import { type Dockerd, startDockerd } from '../../dockerd.ts'
import { wholeSweep } from './whole-sweep.ts'

let engine: Dockerd
let swept: SweepResult
let progress: SweepProgress[] = []

beforeAll(async () => {
  engine = await startDockerd()
  const { container, docker, until, untilOutOfMemory } = engine
  const compose = (service: string, dependsOn = '') => [
    '--label=com.docker.compose.project=shop',
    `--label=com.docker.compose.service=${service}`,
    `--label=com.docker.compose.depends_on=${dependsOn}`,
  ]
  await Promise.all([
    container('healthy', ['--health-cmd', 'true', '--health-interval', '1s'], 'sleep', '1000'),
    container('failed', ['--env', 'API_KEY=hunter2'], 'sh', '-c', 'echo GET https://bob:hunter2@api/ >&2; exit 1'),
    container('done', [], 'sh', '-c', 'echo all done'),
    container('too-big', ['--memory', '16m'], 'tail', '/dev/zero'),
    container('called-off', [], 'sleep', '1000'),
    container('shot', [], 'sleep', '1000'),
    container('stopped', ['--stop-timeout', '1'], 'sleep', '1000'),
    container('kept-down', ['--restart', 'always', '--stop-timeout', '1'], 'sleep', '1000'),
    container(
      'ill',
      ['--health-cmd', 'echo no pulse; exit 1', '--health-interval', '1s', '--health-retries', '1'],
      'sleep',
      '1000',
    ),
    container('looping', ['--restart', 'always'], 'sh', '-c', 'echo connect ECONNREFUSED 10.0.0.5:5432 >&2; exit 3'),
    container('big-loop', ['--restart', 'always', '--memory', '16m'], 'tail', '/dev/zero'),
    container('gave-up', ['--restart', 'on-failure:2'], 'sh', '-c', 'exit 4'),
    container('no-start', [], '/nope'),
    container('terminal', ['--tty'], 'sh', '-c', 'echo hello from a terminal; sleep 1000'),
    container('junk', [], 'sh', '-c', 'head -c 40000 /bin/busybox; echo; echo the end; sleep 1000'),
    docker('create', '--name', 'waiting', '--network', 'none', engine.image, 'true'),
    container('shop-db', compose('db'), 'sh', '-c', 'sleep 1; exit 5'),
    container('shop-api', compose('api', 'db:service_started:false'), 'sh', '-c', 'sleep 2; exit 1'),
  ])
  await untilOutOfMemory('too-big')
  await until('ill', ({ State }) => State.Health?.Status === 'unhealthy')
  await until('healthy', ({ State }) => State.Health?.Status === 'healthy')
  await until('gave-up', ({ State, RestartCount }) => State.Status === 'exited' && RestartCount === 2)
  await until('shop-api', ({ State }) => State.Status === 'exited')
  await until('looping', ({ State, RestartCount }) => State.Status === 'restarting' && RestartCount > 4)
  await until('big-loop', ({ State, RestartCount }) => State.Status === 'restarting' && RestartCount > 4)
  // Last, so that the engine still remembers it: it keeps 256 events, and checks and loops make many.
  await docker('kill', 'called-off')
  execFileSync('kill', ['-9', (await docker('inspect', '--format', '{{.State.Pid}}', 'shot')).trim()])
  await docker('stop', '--time', '1', 'stopped', 'kept-down')
  // The kernel's word reaches dockerd too late at times, and then it does not know of this end what it knew of those before.
  await until('big-loop', ({ State }) => State.Status === 'restarting' && State.OOMKilled)
  swept = await wholeSweep(() => {
    progress = []
    return sweepEngine({
      endpoint: engine.endpoint,
      now: Date.now,
      signal: new AbortController().signal,
      onProgress: (step) => progress.push(step),
    })
  })
})

afterAll(async () => {
  await engine?.stop()
})

function itemText(name: string): string {
  const item = swept.items.find((one) => one.name.replace(/-[0-9a-f]{12}\//, '/') === name)
  return Buffer.from(item?.bytes ?? []).toString()
}

describe('a sweep of a real engine', () => {
  test('finds each ill container once, by cause, and none that is well', () => {
    const found = swept.findings.map(({ code, object, effects }) => [
      object.name,
      code,
      effects.map((effect) => `${effect.object.name} ${effect.code}`),
    ])
    expect(found.toSorted(([a], [b]) => String(a).localeCompare(String(b)))).toEqual([
      ['big-loop', 'D02', ['big-loop D04']],
      ['called-off', 'D01', []],
      ['failed', 'D01', []],
      ['gave-up', 'D04', []],
      ['ill', 'D05', []],
      ['looping', 'D04', []],
      ['no-start', 'D07', []],
      ['shop-db', 'D01', ['shop-api D01']],
      ['shot', 'D01', []],
      ['too-big', 'D02', []],
    ])
  })

  test('reads all there is to read', () => {
    expect(swept.summary.couldNotRead).toEqual([])
    expect(swept.summary.calls.failed).toBe(0)
    expect(swept.summary.containers).toBe(18)
    expect(sweepSummarySchema.parse(swept.summary)).toEqual(swept.summary)
  })

  test('tells a kill by a call from one by an unknown sender, and neither from lack of memory', () => {
    const told = new Map(swept.findings.map(({ object, sure, title }) => [object.name, `${title} (${sure})`]))
    expect(told.get('called-off')).toBe('called-off was killed by a call to Docker (measured)')
    expect(told.get('shot')).toBe('shot was killed, and the engine does not say by whom (possible)')
  })

  test('gives a cause and signs that scenarios can be matched against', () => {
    const looping = swept.findings.find(({ object }) => object.name === 'looping')
    expect(looping?.cause).toBe('connect ECONNREFUSED 10.0.0.5:5432')
    expect(looping?.signs).toEqual(['restart-loop', 'service-down', 'no-connection'])
  })

  test('points each finding to evidence that is in the bundle', () => {
    const names = new Set(swept.items.map(({ name }) => name))
    expect(swept.findings.flatMap(({ evidence }) => evidence).filter((name) => !names.has(name))).toEqual([])
    expect(swept.findings.filter(({ evidence }) => evidence.length === 0)).toEqual([])
  })

  test('keeps no secret: environment values and passwords in URLs are masked', () => {
    const all = swept.items.map(({ bytes }) => Buffer.from(bytes).toString('latin1')).join('\n')
    expect(all).not.toContain('hunter2')
    expect(itemText('containers/failed/inspect.json')).toContain('API_KEY=[masked: env value]')
    expect(itemText('containers/failed/stderr.log')).toContain('https://bob:[masked: url password]@api/')
  })

  test('reads the log of a terminal, which has no frames, and keeps binary junk byte for byte', () => {
    expect(itemText('containers/terminal/stdout.log')).toMatch(/^\d{4}-[^ ]+ hello from a terminal\n$/)
    const junk = swept.items.find(({ name }) => name.startsWith('containers/junk') && name.endsWith('stdout.log'))
    expect(Buffer.from(junk?.bytes ?? []).includes(Buffer.from([0x7f, 0x45, 0x4c, 0x46]))).toBe(true)
    expect(itemText('containers/junk/stdout.log')).toMatch(/ the end\n$/)
  })

  test('keeps a snapshot from which the same findings follow', () => {
    const snapshot = engineSnapshotSchema.parse(JSON.parse(itemText('snapshot.json')))
    expect(deriveFindings(snapshot, Date.parse(snapshot.takenAt))).toEqual(swept.findings)
  })

  test('shows rows before findings, findings before statistics end, and is final once', () => {
    expect(progress.map((step) => sweepProgressSchema.parse(step))).toEqual(progress)
    expect(progress.find(({ step }) => step !== 'read')?.step).toBe('rows')
    const findings = progress.filter((step) => step.step === 'findings')
    expect(findings.map(({ final }) => final).indexOf(true)).toBe(findings.length - 1)
    // When its image was made is told by the list of images, which is not waited for.
    const known = findings.map(({ findings: all }) => all.map(({ changed: _changed, ...rest }) => rest))
    expect(known.at(-2)).toEqual(known.at(-1))
    const measured = progress.flatMap((step) => (step.step === 'usage' ? step.usage : []))
    const names = new Map(
      swept.snapshot.containers.read ? swept.snapshot.containers.value.map((one) => [one.id, one.name]) : [],
    )
    // Of one that has just been started again there is no sample before.
    const steady = ['healthy', 'ill', 'junk', 'terminal']
    const ofSteady = measured.filter(({ id }) => steady.includes(names.get(id) ?? ''))
    expect(new Set(ofSteady.map(({ id }) => names.get(id)))).toEqual(new Set(steady))
    expect(ofSteady.every(({ cpuPercent, memoryBytes }) => cpuPercent !== null && memoryBytes > 0)).toBe(true)
  })

  test('names evidence by safe paths of less than 90 ASCII characters', () => {
    expect(
      swept.items.map(({ name }) => name).filter((name) => !/^[A-Za-z0-9_][A-Za-z0-9_./-]{0,88}$/.test(name)),
    ).toEqual([])
    expect(new Set(swept.items.map(({ name }) => name)).size).toBe(swept.items.length)
  })
})
