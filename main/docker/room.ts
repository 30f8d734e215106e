import { statfs, stat } from 'node:fs/promises'
import type { EngineFacts, Part, Room } from '../../shared/docker/snapshot.ts'
import { notAsked } from '../../shared/docker/snapshot.ts'
import { engineItems } from '../../shared/findings/container-view.ts'
import type { StartedContainer } from './container-reader.ts'
import type { Nearness } from './nearness.ts'
import type { ReadBeside } from './published-ports.ts'

export interface RoomReading {
  readonly near: Promise<Nearness | null>
  readonly engine: Promise<Part<EngineFacts>>
  readonly started: Promise<readonly StartedContainer[]>
  /** Wall clock, ms since 1970. */
  readonly now: () => number
  /** Ends it: a file system of the network may hang for ever. */
  readonly until: AbortSignal
}

/**
 * How full the file system is that the engine lies on, and how large the logs are that nothing bounds: asked of this machine, so
 * only where the engine is on it. Reads no file. Never rejects.
 */
export async function readRoom(reading: RoomReading): Promise<ReadBeside<Room>> {
  const startedAt = new Date(reading.now()).toISOString()
  const began = performance.now()
  const [near, engine] = await Promise.all([reading.near, reading.engine])
  const folder = engine.read ? engine.value.rootFolder : null
  if (near === null || folder === null || folder === '') return { part: notAsked, item: null }
  if (near.at !== 'here') return { part: { read: false, code: 'unsupported', why: whyNot(near) }, item: null }
  const called = Promise.withResolvers<Part<Room>>()
  const onAbort = () =>
    called.resolve({ read: false, code: 'timed-out', why: 'The file system did not answer in time.' })
  reading.until.addEventListener('abort', onAbort, { once: true })
  if (reading.until.aborted) onAbort()
  const part = await Promise.race([look(folder, reading), called.promise])
  reading.until.removeEventListener('abort', onAbort)
  return {
    part,
    item: {
      name: engineItems.room,
      bytes: Buffer.from(part.read ? JSON.stringify(part.value) : ''),
      request: `statfs ${folder}, and stat of logs without a limit`,
      startedAt,
      tookMs: Math.round((performance.now() - began) * 10) / 10,
      outcome: part.read ? 'answered' : `failed: ${part.why}`,
      masked: [],
      truncated: null,
    },
  }
}

function whyNot(near: Nearness): string {
  if (near.at === 'boxed') return 'The engine keeps its files in a virtual machine.'
  return near.at === 'apart' ? near.why : 'The engine is on another machine.'
}

/** Folders whose file system was let be and has not answered since. */
const hung = new Set<string>()

/** A call that hangs cannot be called off, and holds one of Node's few threads: until it ends, the folder is let be. */
async function asked<Value>(folder: string, until: AbortSignal, ask: () => Promise<Value>): Promise<Value> {
  until.throwIfAborted()
  const onAbort = () => hung.add(folder)
  until.addEventListener('abort', onAbort, { once: true })
  try {
    return await ask()
  } finally {
    until.removeEventListener('abort', onAbort)
    hung.delete(folder)
  }
}

async function look(folder: string, { started, until }: RoomReading): Promise<Part<Room>> {
  if (hung.has(folder)) {
    return { read: false, code: 'timed-out', why: 'The file system has not answered since it was last asked.' }
  }
  try {
    const { bsize, blocks, bfree, bavail, files, ffree } = await asked(folder, until, () => statfs(folder))
    return {
      read: true,
      value: {
        folder,
        totalBytes: blocks * bsize,
        usedBytes: (blocks - bfree) * bsize,
        availableBytes: bavail * bsize,
        inodes: files,
        freeInodes: ffree,
        ...(await logSizes(await started, folder, until)),
      },
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    const mayNot = code === 'EACCES' || code === 'EPERM'
    return mayNot
      ? { read: false, code: 'no-permission', why: `This user may not look at ${folder}.` }
      : { read: false, code: 'unreachable', why: `The folder ${folder} could not be looked at (${code}).` }
  }
}

/** Of logs that grow without bound, one after the other; what is bounded is of no interest. */
async function logSizes(
  started: readonly StartedContainer[],
  folder: string,
  until: AbortSignal,
): Promise<Pick<Room, 'logs' | 'unseenLogs'>> {
  const logs: Room['logs'] = []
  let unseenLogs = 0
  for (const { listed, facts } of started) {
    const read = await facts
    if (!read.read || read.value.logPath === null) continue
    const { log, logPath } = read.value
    if (log?.driver !== 'json-file' || log.maxSize !== null || !logPath.startsWith(`${folder}/`)) continue
    const bytes = await asked(folder, until, () => sizeOf(logPath))
    if (bytes === 'hidden') unseenLogs += 1
    else if (bytes !== null) logs.push({ container: listed.id, bytes })
  }
  return { logs, unseenLogs }
}

/** Null where there is none (yet). */
async function sizeOf(path: string): Promise<number | 'hidden' | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'EACCES' || code === 'EPERM' ? 'hidden' : null
  }
}
