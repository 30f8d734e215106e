import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dockerApi } from '../../main/exercises/docker-api.ts'
import { snapshotEngine } from '../../main/exercises/snapshot-engine.ts'
import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import { crowd } from '../scenes/crowd.ts'

/** A made-up engine with so many containers, served by a process of its own. `sick`: the place of one that never answers. */
export async function serveCrowd(
  containers: number,
  sick: number | null = null,
): Promise<{ endpoint: DockerEndpoint; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'))
  const socket = join(folder, 's')
  const child = fork(import.meta.filename, [JSON.stringify({ socket, containers, sick })], { execArgv: [] })
  await new Promise((resolve, reject) => child.once('message', resolve).once('exit', reject))
  return {
    endpoint: {
      id: 'given:crowd',
      mode: 'live',
      source: 'given',
      name: 'crowd',
      host: `unix://${socket}`,
      current: false,
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.disconnect()
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}

if (process.argv[1] === import.meta.filename && process.send !== undefined) {
  const { socket, containers, sick } = JSON.parse(process.argv[2] ?? '') as {
    socket: string
    containers: number
    sick: number | null
  }
  const snapshot = crowd(containers, 7)
  const sickId = snapshot.containers.read && sick !== null ? snapshot.containers.value[sick]?.id : undefined
  const onBug = (cause: unknown) => {
    throw cause
  }
  const server = dockerApi(snapshotEngine(snapshot, Date.now), onBug, (path) =>
    sickId !== undefined && path.startsWith(`/containers/${sickId}/`) ? { ends: 'silence' } : null,
  )
  server.listen({ path: socket, backlog: 4_096 }, () => process.send?.('ready'))
  process.once('disconnect', () => process.exit())
}
