import { Worker } from 'node:worker_threads'
import { RefusalError, type Refusal, refuse } from '../../shared/refusal.ts'
import { choosePracticeSocket } from './practice-socket.ts'
import type { FromThread, ToThread, WorldThreadData } from './world-messages.ts'

/** A running practice: a simulated Docker engine behind a private socket. */
export type PracticeSystem = {
  /** the engine's address as docker's clients write it: unix:///… , on Windows npipe:////./pipe/… */
  readonly endpoint: { readonly host: string }
  /** names of the services of the simulated project */
  readonly services: readonly string[]
  /** Restarts a service of the world as `docker restart` would; settles when it runs again. */
  readonly restart: (service: string) => Promise<void>
  /** Resolves when the world is no more, whatever ended it. Never rejects. */
  readonly ended: Promise<void>
  /** Ends the world and takes its socket away. May be called again. */
  readonly stop: () => Promise<void>
}

type PracticeOptions = {
  /** folder for the socket; made if need be, private to the user */
  readonly folder: string
  /** the scenario's file, `assets/exercises/practice.yaml` of the app */
  readonly scenarioFile: string
  /** hears of a fault of ours while the world ran: a failed answer, or the end of the thread */
  readonly onBug?: (said: string) => void
}

const startLimitMs = 15_000
const restartLimitMs = 60_000
const stopLimitMs = 3_000

/**
 * Starts the practice: a world of its own on a thread of its own, served over a socket that only this user can open.
 * Nothing in it opens a connection, so it can reach nothing real. Refuses where the folder cannot be used, the
 * scenario cannot be read, or the thread does not start in time.
 */
export async function startPractice({
  folder,
  scenarioFile,
  onBug = () => undefined,
}: PracticeOptions): Promise<PracticeSystem> {
  const socket = choosePracticeSocket(folder)
  const thread = new Worker(
    new URL(import.meta.url.endsWith('.ts') ? './world-thread.ts' : './world-thread.js', import.meta.url),
    {
      name: 'practice',
      workerData: { scenarioFile, socket: socket.path } satisfies WorldThreadData,
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    },
  )
  const world = watch(thread, onBug)
  let stopping: Promise<void> | null = null
  const stop = () => {
    stopping ??= world.end().finally(socket.remove)
    return stopping
  }
  try {
    await world.ready
  } catch (cause) {
    await stop()
    throw cause
  }
  return {
    endpoint: { host: socket.host },
    services: world.services(),
    restart: world.restart,
    ended: world.ended,
    stop,
  }
}

type Waiting = { resolve: () => void; reject: (cause: RefusalError) => void }

function watch(thread: Worker, onBug: (said: string) => void) {
  const waiting = new Map<number, Waiting>()
  let calls = 0
  let ended = false
  let isStopping = false
  let services: readonly string[] = []

  const settle = (call: number, refusal: Refusal | null) => {
    const one = waiting.get(call)
    waiting.delete(call)
    if (refusal) one?.reject(new RefusalError(refusal))
    else one?.resolve()
  }
  const wait = (call: number, limitMs: number, tried: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    waiting.set(call, { resolve, reject })
    if (ended) settle(call, gone(tried))
    const timer = setTimeout(() => settle(call, late(tried, limitMs)), limitMs)
    return promise.finally(() => clearTimeout(timer))
  }
  const over = (said: string | null) => {
    ended = true
    if (said !== null && !isStopping) onBug(said)
    for (const call of waiting.keys()) settle(call, gone('Run the practice'))
  }

  const startCall = 0
  thread.on('message', (message: FromThread) => {
    if (message.kind === 'ready') {
      services = message.services
      settle(startCall, null)
    }
    if (message.kind === 'failed') settle(startCall, message.refusal)
    else if (message.kind === 'restarted') settle(message.call, null)
    else if (message.kind === 'refused') settle(message.call, message.refusal)
    else if (message.kind === 'bug') onBug(message.said)
  })
  thread.on('error', (cause: Error) => over(cause.stack ?? cause.message))
  const exited = new Promise<void>((resolve) => {
    thread.on('exit', () => {
      over(waiting.has(startCall) || ended ? null : 'The practice ended by itself.')
      resolve()
    })
  })

  return {
    ended: exited,
    ready: wait(startCall, startLimitMs, 'Start the practice'),
    services: () => services,
    restart: (service: string) => {
      calls += 1
      const call = calls
      const done = wait(call, restartLimitMs, `Restart ${service} of the simulated system`)
      if (!ended) thread.postMessage({ kind: 'restart', call, service } satisfies ToThread)
      return done
    },
    end: async () => {
      isStopping = true
      if (!ended) thread.postMessage({ kind: 'stop' } satisfies ToThread)
      const timer = setTimeout(() => void thread.terminate(), stopLimitMs)
      await exited
      clearTimeout(timer)
    },
  }
}

function gone(tried: string): Refusal {
  const next = 'Start the practice again.'
  return refuse('unreachable', { tried, happened: 'The simulated system has ended.', next }).refusal
}

function late(tried: string, limitMs: number): Refusal {
  const next = 'Stop the practice and start it again.'
  return refuse('timed-out', { tried, happened: `No answer within ${limitMs / 1000} s.`, next }).refusal
}
