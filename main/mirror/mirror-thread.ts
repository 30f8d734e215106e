import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import type { MirrorHealth } from '../../shared/storage/health.ts'
import { Mirror } from './mirror.ts'

/** A sign of life comes at least this often, and news no more often than that, in ms. */
const SAY_EVERY_MS = 1_000
const NEWS_EVERY_MS = 250

const { dataFolder, folder } = z.object({ dataFolder: z.string(), folder: z.string() }).parse(workerData)
let said = ''
let saidAtMs = -Infinity

function say(health: MirrorHealth): void {
  const text = JSON.stringify(health)
  const nowMs = performance.now()
  // What is not said now is said at one of the next looks.
  if (nowMs - saidAtMs < (text === said ? SAY_EVERY_MS : NEWS_EVERY_MS)) return
  said = text
  saidAtMs = nowMs
  parentPort?.postMessage(health)
}

const mirror = new Mirror({ dataFolder, folder, nowMs: Date.now, onHealth: say })
mirror.look()

parentPort?.once('message', () => {
  void mirror.close().then(() => parentPort?.close())
})
