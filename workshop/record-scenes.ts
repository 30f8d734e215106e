import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sweepEngine } from '../main/docker/sweep.ts'
import { type EngineSnapshot, engineSnapshotSchema } from '../shared/docker/snapshot.ts'
import { startDockerd, type Dockerd } from '../test/dockerd.ts'
import { ownNetwork } from '../test/own-network.ts'
import type { Scene } from '../test/scenes/scene.ts'
import { type Play, plays } from '../test/scenes/stage.ts'

/*
 * Plays every scene of test/scenes/stage.ts on a real dockerd and records what a sweep reads of it: as root,
 * `unshare --net node workshop/record-scenes.ts`, so that the bridge and the published ports are of no network but its own. An
 * engine remembers 256 events, so few scenes play at a time.
 */

const atATime = 6
const file = join(import.meta.dirname, '../test/scenes/recorded.jsonl')

const engine = await startDockerd(ownNetwork())
const lines: string[] = []
try {
  for (let first = 0; first < plays.length; first += atATime) {
    const some = plays.slice(first, first + atATime)
    await Promise.all(some.map((play) => play.play(engine, (name) => `${play.name}${name}`)))
    // A limit on processor time shows in the second sample only.
    await sleep(2_500)
    const snapshot = await look(engine)
    for (const play of some) lines.push(JSON.stringify(sceneOf(play, snapshot)))
    process.stdout.write(`${lines.length} of ${plays.length}\n`)
    await clear(engine)
  }
} finally {
  await engine.stop()
}
writeFileSync(file, `${lines.join('\n')}\n`)

async function look({ endpoint }: Dockerd): Promise<EngineSnapshot> {
  const { snapshot } = await sweepEngine({
    endpoint,
    now: Date.now,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
  // The folder of this run is nobody's business.
  const host = 'unix:///var/run/docker.sock'
  const machine = snapshot.engine.read
    ? { ...snapshot.engine, value: { ...snapshot.engine.value, machine: 'shop-1', kernel: '6.1.0' } }
    : snapshot.engine
  const text = JSON.stringify({ ...snapshot, engine: machine, endpoint: { ...endpoint, id: `given:${host}`, host } })
  return engineSnapshotSchema.parse(
    JSON.parse(
      text
        .replaceAll(/\/[^"]*?muster-dockerd-[A-Za-z0-9]+\/data/g, '/var/lib/docker')
        .replaceAll(/\/[^"]*?muster-dockerd-[A-Za-z0-9]+\/keys/g, '/srv/keys'),
    ),
  )
}

async function clear(engine: Dockerd): Promise<void> {
  const ids = (await engine.docker('ps', '--all', '--quiet')).split('\n').filter((id) => id !== '')
  if (ids.length > 0) await engine.docker('rm', '--force', '--volumes', ...ids)
}

/** What belongs to the scene: its containers and their events, and all that the engine holds. */
function sceneOf({ name, wrong, laterMs = 0 }: Play, snapshot: EngineSnapshot): Scene {
  if (!snapshot.containers.read || !snapshot.engine.read) throw new Error('The engine could not be read.')
  const own = snapshot.containers.value.filter((one) => one.name === name || one.name.startsWith(`${name}-`))
  const longer = plays.filter((other) => other.name.startsWith(`${name}-`)).map((other) => other.name)
  const containers = own.filter(
    (one) => !longer.some((other) => one.name === other || one.name.startsWith(`${other}-`)),
  )
  const ids = new Set(containers.map(({ id }) => id))
  const { events, disk, published, room } = snapshot
  return {
    name,
    origin: `dockerd ${snapshot.engine.value.version.replace(/\+.*$/, '')}`,
    wrong: [...wrong],
    laterMs,
    snapshot: {
      ...snapshot,
      containers: { read: true, value: containers },
      events: events.read ? { read: true, value: events.value.filter(({ container }) => ids.has(container)) } : events,
      disk: disk.read
        ? { read: true, value: { ...disk.value, containers: disk.value.containers.filter(({ id }) => ids.has(id)) } }
        : disk,
      published: published.read
        ? { read: true, value: published.value.filter(({ container }) => ids.has(container)) }
        : published,
      room: room.read
        ? { read: true, value: { ...room.value, logs: room.value.logs.filter(({ container }) => ids.has(container)) } }
        : room,
    },
  }
}
