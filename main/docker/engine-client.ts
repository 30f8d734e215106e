import { Agent, type ClientRequest, type IncomingMessage } from 'node:http'
import { inspect } from 'node:util'
import Docker from 'dockerode'

/** Where an engine listens. */
export type Address =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }

/** A dockerode for one engine, with connections that are kept until it is closed. */
export interface EngineClient {
  /**
   * Sends a GET and answers the response as soon as its head is there, whatever its status; its body is the caller's to
   * read, to cap and to end. Aborting ends it at any time. Rejects with the system's own error.
   */
  get(path: string, signal: AbortSignal): Promise<IncomingMessage>
  close(): void
}

/**
 * dockerode, used so that none of its traps is stepped into (dockerode 5.0.1 with docker-modem 5): responses come as
 * streams, as it otherwise buffers them without bound, never settles on one that is cut short, and hands out JSON that
 * does not parse as a Buffer; redirects are not followed, as it would follow them to any host and crash on one to an
 * unknown scheme; and nothing is taken from DOCKER_HOST and its kin, as the endpoint was chosen already.
 */
export function createEngineClient(address: Address): EngineClient {
  const agent = new EngineAgent({ keepAlive: true })
  // docker-modem takes an agent (its README, 'agent'); its types do not say so.
  const options: Docker.DockerOptions & { agent: Agent } = { ...noEnvironment, ...whereOf(address), agent }
  const { modem } = new Docker(options)
  return {
    get(path, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
      const request = {
        // The modem takes the last character of a path with a query for its own '?'.
        path: path.includes('?') ? `${path}?` : path,
        method: 'GET',
        isStream: true,
        statusCodes: everyStatus,
        abortSignal: signal,
      }
      modem.dial(request, (error: unknown, response: unknown) => {
        if (error instanceof Error) reject(error)
        // With `isStream` the modem hands out the response itself.
        else resolve(response as IncomingMessage)
      })
      return promise
    },
    close: () => agent.destroy(),
  }
}

/** Everything that docker-modem would otherwise fill in from the environment. */
const noEnvironment = {
  protocol: 'http',
  host: undefined,
  port: undefined,
  socketPath: undefined,
  key: undefined,
  cert: undefined,
  ca: undefined,
} as const

/** To the modem every status is an expected one: what it means is decided by whoever asked. */
const everyStatus: Record<number, true> = new Proxy({}, { get: () => true })

function whereOf(address: Address): Docker.DockerOptions {
  if (address.kind === 'socket') return { socketPath: address.path, headers: { Host: 'docker' } }
  return { host: address.host, port: address.port }
}

class EngineAgent extends Agent {
  /** Called by node:http for each request (lib/_http_client.js, Node 24): the one moment before docker-modem's listeners. */
  addRequest(request: ClientRequest, ...rest: readonly unknown[]): void {
    request.prependListener('response', (response) => {
      delete response.headers.location
    })
    // A switch of protocols is never asked for.
    request.once('upgrade', (_response, socket) => {
      socket.destroy()
      request.destroy(new Error('The engine switched to another protocol.'))
    })
    nodeAddRequest.call(this, request, ...rest)
  }

  /** docker-modem describes each request's options in full for its debug log, written or not: sockets and all. */
  [inspect.custom](): string {
    return 'EngineAgent'
  }
}

const nodeAddRequest = (Agent.prototype as unknown as { addRequest: (...all: readonly unknown[]) => void }).addRequest
