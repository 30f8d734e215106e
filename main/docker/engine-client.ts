import { Agent, type ClientRequest, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { inspect } from 'node:util'
import Docker from 'dockerode'
import { type Address, callsAtOnce } from './address.ts'
import { SocketLine } from './socket-line.ts'
import { SshLine } from './ssh-line.ts'
import { TlsLine } from './tls-line.ts'
import type { EngineMaker } from './calls.ts'

/** A dockerode for one engine, with connections that are kept until it is closed. */
export interface EngineClient {
  /**
   * Sends a GET and answers the response as soon as its head is there, whatever its status; its body is the caller's to
   * read, to cap and to end. Aborting ends it at any time. Rejects with the system's own error.
   */
  get(path: string, signal: AbortSignal): Promise<IncomingMessage>
  /**
   * Opens what all connections go through, where there is such a thing, and says how many calls may be under way at once
   * from then on; null: as many as are asked for. Never rejects: what stands in the way is told to each call.
   */
  prepare(): Promise<number | null>
  /** Who made the engine; 'docker' until an answer has told otherwise. */
  maker(): EngineMaker
  /** Ends every connection, and every ssh. */
  close(): void
}

/** Opens connections in a way of its own: through a program, or with keys. Refuses where it cannot. */
interface Line {
  open(): Promise<Duplex>
  prepare?(): Promise<number>
  close?(): void
}

/**
 * dockerode, used so that none of its traps is stepped into (dockerode 5.0.1 with docker-modem 5): responses come as
 * streams, as it otherwise buffers them without bound, never settles on one that is cut short, and hands out JSON that
 * does not parse as a Buffer; redirects are not followed, as it would follow them to any host and crash on one to an
 * unknown scheme; and nothing is taken from DOCKER_HOST and its kin, as the endpoint was chosen already.
 */
export function createEngineClient(address: Address): EngineClient {
  const line = lineOf(address)
  const agent = new EngineAgent(line, callsAtOnce(address))
  // docker-modem takes an agent (its README, 'agent'); its types do not say so.
  const options: Docker.DockerOptions & { agent: Agent } = { ...noEnvironment, ...whereOf(address), agent }
  const { modem } = new Docker(options)
  let maker: EngineMaker = 'docker'
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
        else {
          // With `isStream` the modem hands out the response itself.
          const answer = response as IncomingMessage
          // Podman says so in the head of every answer (seen with 4.3.1).
          if (answer.headers['libpod-api-version'] !== undefined) maker = 'podman'
          resolve(answer)
        }
      })
      return promise
    },
    async prepare() {
      const most = (await line?.prepare?.()) ?? null
      if (most !== null) agent.maxSockets = most
      return most
    },
    maker: () => maker,
    close: () => {
      agent.destroy()
      line?.close?.()
    },
  }
}

function lineOf(address: Address): Line | null {
  if (address.kind === 'ssh') return new SshLine(address.place, address.environment)
  if (address.kind === 'socket') return new SocketLine(address.path)
  return address.kind === 'tls' ? new TlsLine(address) : null
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
  // The name that the engine over there hears; the way to it is ssh's.
  if (address.kind === 'ssh') return { host: 'docker', port: 80 }
  return { host: address.host, port: address.port }
}

class EngineAgent extends Agent {
  readonly #line: Line | null

  constructor(line: Line | null, mostSockets: number | null) {
    super({ keepAlive: true, ...(mostSockets === null ? {} : { maxSockets: mostSockets }) })
    this.#line = line
  }

  /** Where a line opens the connections; to docker-modem it is plain HTTP all the same, so that it gets no key to hold. */
  override createConnection(
    options: Parameters<Agent['createConnection']>[0],
    onOpened?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | null | undefined {
    if (this.#line === null) return super.createConnection(options, onOpened)
    void this.#open(this.#line, onOpened)
    return undefined
  }

  async #open(line: Line, onOpened?: (error: Error | null, socket: Duplex) => void): Promise<void> {
    try {
      onOpened?.(null, await line.open())
    } catch (error) {
      // Node reads no second argument where there is an error (lib/_http_agent.js, 24).
      onOpened?.(error instanceof Error ? error : new Error(String(error)), undefined as unknown as Duplex)
    }
  }

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
