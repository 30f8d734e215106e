import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { dockerApi } from '../../main/exercises/docker-api.ts'
import { snapshotEngine } from '../../main/exercises/snapshot-engine.ts'
import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import { crowd } from '../scenes/crowd.ts'

/** A made-up engine with so many containers, served by a thread of its own. `sick`: the place of one that never answers. */
export async function serveCrowd(
  containers: number,
  sick: number | null = null,
): Promise<{ endpoint: DockerEndpoint; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'))
  const socket = join(folder, 's')
  const worker = new Worker(new URL(import.meta.url), { workerData: { socket, containers, sick } })
  await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
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
      await worker.terminate()
      rmSync(folder, { recursive: true })
    },
  }
}

if (!isMainThread && parentPort !== null) {
  const { socket, containers, sick } = workerData as { socket: string; containers: number; sick: number | null }
  const snapshot = crowd(containers, 7)
  const sickId = snapshot.containers.read && sick !== null ? snapshot.containers.value[sick]?.id : undefined
  const onBug = (cause: unknown) => {
    throw cause
  }
  const server = dockerApi(snapshotEngine(snapshot, Date.now), onBug, (path) =>
    sickId !== undefined && path.startsWith(`/containers/${sickId}/`) ? { ends: 'silence' } : null,
  )
  server.listen({ path: socket, backlog: 4_096 }, () => parentPort?.postMessage('ready'))
}
