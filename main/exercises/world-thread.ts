import { chmodSync } from 'node:fs'
import type { Server } from 'node:http'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { containerId } from '../../shared/exercises/docker-identity.ts'
import type { Scenario } from '../../shared/exercises/scenario.ts'
import { type Refusal, RefusalError, refuse } from '../../shared/refusal.ts'
import { dockerApi } from './docker-api.ts'
import { forwardClock } from './forward-clock.ts'
import { readScenarioFile } from './scenario-file.ts'
import { ApiError, type ServedEngine } from './served-engine.ts'
import { worldEngine } from './world-engine.ts'
import type { FromThread, ToThread, WorldThreadData } from './world-messages.ts'

/** The thread of one exercise: holds its world and serves it until told to stop. It opens no connection of its own. */
async function run({ scenarioFile, socket }: WorldThreadData, port: MessagePort): Promise<void> {
  const post = (message: FromThread) => port.postMessage(message)
  const scenario = readScenarioFile(scenarioFile)
  const engine = worldEngine(scenario, forwardClock(Date.now))
  const server = dockerApi(engine, (cause) => {
    post({ kind: 'bug', said: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
  })
  await listen(server, socket)

  const take = async (message: ToThread) => {
    if (message.kind === 'stop') {
      server.close(() => port.close())
      server.closeAllConnections()
      return
    }
    const refusal = await restart(engine, scenario, message.service)
    post(refusal ? { kind: 'refused', call: message.call, refusal } : { kind: 'restarted', call: message.call })
  }
  port.on('message', (message: ToThread) => void take(message))
  post({ kind: 'ready', services: scenario.services.map((one) => one.name) })
}

async function restart(engine: ServedEngine, scenario: Scenario, name: string): Promise<Refusal | null> {
  const said = { tried: `Restart ${name} of the simulated system` }
  try {
    const service = scenario.services.find((one) => one.name === name)
    if (!service) {
      const names = scenario.services.map((one) => one.name).join(', ')
      throw refuse('not-found', { ...said, happened: 'There is no such service.', next: `Choose one of ${names}.` })
    }
    await engine.restart(containerId(scenario, service))
    return null
  } catch (cause) {
    if (cause instanceof RefusalError) return cause.refusal
    if (!(cause instanceof ApiError)) throw cause
    return refuse('not-allowed', { ...said, happened: cause.message, next: 'Stop the practice and start it again.' })
      .refusal
  }
}

function listen(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        refuse('storage', {
          tried: `Open the simulated engine's socket ${socket}`,
          happened: cause.message,
          next: 'Choose a data folder on a local disk that you may write to.',
          cause,
        }),
      )
    })
    server.listen(socket, () => {
      if (process.platform !== 'win32') chmodSync(socket, 0o600)
      resolve()
    })
  })
}

function start(port: MessagePort): void {
  run(workerData as WorldThreadData, port).catch((cause: unknown) => {
    if (!(cause instanceof RefusalError)) throw cause
    // The thread ends when it is told to: a port closed at once may lose what was just posted.
    port.once('message', () => port.close())
    port.postMessage({ kind: 'failed', refusal: cause.refusal } satisfies FromThread)
  })
}

if (!parentPort) throw new Error('world-thread runs as a worker thread only')
start(parentPort)
