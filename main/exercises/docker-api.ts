import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { listContainers } from './docker-lists.ts'
import { type ApiRequest, findContainer, readInteger, readRequest } from './docker-requests.ts'
import { type Exchange, streamEvents, streamLogs, streamStats } from './docker-streams.ts'
import { ApiError, type ServedEngine } from './served-engine.ts'
import { type FaultsOf, suffer } from './served-fault.ts'

/** The most that a request's body may be; no call served here reads one. */
export const bodyCapBytes = 65_536

type Route = {
  readonly method: 'GET' | 'POST'
  readonly path: RegExp
  readonly handle: (engine: ServedEngine, exchange: Exchange, named: string) => void | Promise<void>
}

const routes: readonly Route[] = [
  { method: 'GET', path: /^\/_ping$/, handle: (_engine, { response }) => sendPing(response) },
  {
    method: 'GET',
    path: /^\/version$/,
    handle: (engine, { response }) => sendJson(response, 200, engine.look().version()),
  },
  { method: 'GET', path: /^\/info$/, handle: (engine, { response }) => sendJson(response, 200, engine.look().info()) },
  {
    method: 'GET',
    path: /^\/images\/json$/,
    handle: (engine, { response }) => sendJson(response, 200, engine.look().images()),
  },
  {
    method: 'GET',
    path: /^\/networks$/,
    handle: (engine, { response }) => sendJson(response, 200, engine.look().networks()),
  },
  {
    method: 'GET',
    path: /^\/system\/df$/,
    handle: (engine, { response }) => sendJson(response, 200, engine.look().disk()),
  },
  { method: 'GET', path: /^\/events$/, handle: (engine, exchange) => streamEvents(engine, exchange) },
  {
    method: 'GET',
    path: /^\/containers\/json$/,
    handle: (engine, { request, response }) => sendJson(response, 200, listContainers(engine.look(), request.query)),
  },
  {
    method: 'GET',
    path: /^\/containers\/(.+)\/json$/,
    handle: (engine, { response }, named) => sendJson(response, 200, findContainer(engine.look(), named).details()),
  },
  {
    method: 'GET',
    path: /^\/containers\/(.+)\/stats$/,
    handle: (engine, exchange, named) => streamStats(engine, named, exchange),
  },
  {
    method: 'GET',
    path: /^\/containers\/(.+)\/logs$/,
    handle: (engine, exchange, named) => streamLogs(engine, named, exchange),
  },
  {
    method: 'POST',
    path: /^\/containers\/(.+)\/restart$/,
    handle: async (engine, { request, response }, named) => {
      readInteger(request.query, 't')
      await engine.restart(findContainer(engine.look(), named).id)
      response.writeHead(204).end()
    },
  },
]

/** Calls that a real engine has and this one has not: said so, not 'page not found'. */
const unserved =
  /^\/(auth|build|commit|configs|containers|distribution|exec|images|networks|nodes|plugins|secrets|services|session|swarm|system|tasks|volumes)(\/|$)/

/** A look at one object of a kind that this engine has none of. */
const lookup =
  /^\/(image|network|volume|service|task|node|plugin|secret|config)s\/(?!json$)([^/]+(?:\/[^/]+)*?)(?:\/json)?$/

/**
 * A server of the Docker Engine API as far as reading commands and `restart` go; everything else is answered 404 or
 * 501 in docker's form. Listening is the caller's. `onBug` hears of what no request should be able to cause; its
 * client gets a 500. `faultsOf` makes calls slow or fail. The server opens no connection of its own.
 */
export function dockerApi(
  engine: ServedEngine,
  onBug: (cause: unknown) => void,
  faultsOf: FaultsOf = () => null,
): Server {
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 15_000, connectionsCheckingInterval: 1_000 },
    (message, response) => {
      answer({ engine, faultsOf }, message, response).catch((cause: unknown) => fail(response, cause, onBug))
    },
  )
  server.maxConnections = 4_096
  server.on('clientError', refuseGarbage)
  return server
}

type Service = { readonly engine: ServedEngine; readonly faultsOf: FaultsOf }

async function answer(
  { engine, faultsOf }: Service,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A client that hangs up in mid-answer is no fault of ours: 'close' follows and ends what was streaming.
  response.on('error', () => response.destroy())
  response.setHeader('Api-Version', engine.apiVersion)
  response.setHeader('Docker-Experimental', 'false')
  response.setHeader('Ostype', 'linux')
  response.setHeader('Server', `Docker/${engine.version} (linux)`)
  const method = message.method === 'HEAD' ? 'GET' : (message.method ?? '')
  const request = readRequest(method, message.url ?? '', engine)
  await discardBody(message)
  const fault = faultsOf(request.path, request.query)
  if (fault !== null && !(await suffer(fault, response))) return
  for (const { method: served, path, handle } of routes) {
    const match = path.exec(request.path)
    if (match && served === method) return handle(engine, { request, response }, match[1] ?? '')
  }
  throw notServed(request)
}

function notServed({ method, path }: ApiRequest): ApiError {
  // `docker inspect` asks for each kind of object in turn and stops at anything but 404.
  const named = method === 'GET' ? lookup.exec(path) : null
  if (named) return new ApiError(404, `No such ${named[1]}: ${named[2]}`)
  if (unserved.test(path))
    return new ApiError(501, `the simulated engine does not do this: ${method} ${path.slice(0, 200)}`)
  return new ApiError(404, 'page not found')
}

function fail(response: ServerResponse, cause: unknown, onBug: (cause: unknown) => void): void {
  const expected = cause instanceof ApiError
  if (!expected) onBug(cause)
  if (response.headersSent) {
    response.destroy()
    return
  }
  if (expected && cause.status === 413) response.setHeader('Connection', 'close')
  sendJson(response, expected ? cause.status : 500, {
    message: expected ? cause.message : 'the simulated engine failed',
  })
}

/** Reads a body to its end and forgets it; throws a 413 when it is over the cap, a 400 when the client left before. */
function discardBody(message: IncomingMessage): Promise<void> {
  let bytes = 0
  return new Promise((resolve, reject) => {
    message.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > bodyCapBytes) reject(new ApiError(413, 'request body too large'))
    })
    message.once('end', resolve)
    message.once('error', () => reject(new ApiError(400, 'request body ended early')))
  })
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(`${JSON.stringify(body)}\n`)
}

function sendPing(response: ServerResponse): void {
  const headers = {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-cache, no-store, must-revalidate',
  }
  response.writeHead(200, { ...headers, Pragma: 'no-cache', Swarm: 'inactive', 'Content-Length': '2' }).end('OK')
}

/** What the HTTP parser would not take. */
function refuseGarbage(cause: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || cause.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const status = cause.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
  socket.end(`HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n${status}`)
}
