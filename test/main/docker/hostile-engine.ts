import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallName } from '../../../main/docker/calls.ts'

/** Ways in which an engine, or what answers in its stead, goes wrong. */
export const faults = {
  /** Takes the request and says nothing. */
  silent: () => undefined,
  'half a header': (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Ty'),
  'stalled body': (socket) => socket.write(`${head('Content-Length: 5000')}[{"Id":`),
  'drip feed': (socket) => {
    socket.write(head('Transfer-Encoding: chunked'))
    every(socket, 20, () => socket.write('1\r\n \r\n'))
  },
  'endless body': (socket) => {
    socket.write(`${head('Content-Length: 99999999999')}[`)
    pour(socket, Buffer.alloc(65_536, '"x", '))
  },
  'an answer of 64 MB': (socket) => {
    const [begin, end] = ['{"Id":"well","State":{"Status":"running","Running":true},"Padding":"', '"}']
    const padding = 64 * 2 ** 20
    socket.write(`${head(`Content-Length: ${begin.length + padding + end.length}`)}${begin}`)
    pour(socket, Buffer.alloc(65_536, 'x'), padding / 65_536, end)
  },
  'endless log': (socket) => {
    socket.write(head('Content-Length: 99999999999'))
    pour(socket, logFrames(`2026-03-04T12:00:00.0Z ${'x'.repeat(8_000)}\n`, 8))
  },
  'endless line': (socket) => {
    socket.write(head('Content-Length: 99999999999'))
    socket.write(Buffer.from([1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]))
    pour(socket, Buffer.alloc(65_536, 'x'))
  },
  'body cut short': (socket) => socket.end(`${head('Content-Length: 5000')}[{"Id":`),
  'chunks cut short': (socket) => socket.end(`${head('Transfer-Encoding: chunked')}10\r\n[{"Id":`),
  'closed at once': (socket) => socket.end(),
  'connection reset': (socket) => socket.resetAndDestroy(),
  'invalid JSON': (socket) => answer(socket, '{"Version":'),
  HTML: (socket) => answer(socket, '<html><body>Sign in</body></html>', 'text/html'),
  null: (socket) => answer(socket, 'null'),
  'an empty body': (socket) => answer(socket, ''),
  'a wrong shape': (socket) => answer(socket, '{"Id":7,"State":"up","Names":{}}'),
  'a number': (socket) => answer(socket, '42'),
  'deep nesting': (socket) => answer(socket, '['.repeat(100_000) + ']'.repeat(100_000)),
  'status 500': (socket) =>
    answer(socket, '{"message":"driver failed"}', 'application/json', '500 Internal Server Error'),
  'status 500 without end': (socket) => {
    socket.write('HTTP/1.1 500 No\r\nContent-Length: 99999999999\r\n\r\n')
    pour(socket, Buffer.alloc(65_536, 'no '))
  },
  'a redirect to another host': (socket) =>
    answer(socket, '', 'text/plain', '302 Found', 'Location: http://127.0.0.1:1/version'),
  'a redirect to an unknown scheme': (socket) => answer(socket, '', 'text/plain', '302 Found', 'Location: gopher://x/'),
  'another protocol': (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
  'an upgrade': (socket) => socket.write('HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nxxxx'),
  'endless headers': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    pour(socket, Buffer.from(`X-A: ${'a'.repeat(60_000)}\r\n`))
  },
} satisfies Record<string, (socket: Socket) => unknown>

export type Fault = keyof typeof faults

/** Faults that no other status than an error can be told from: an empty log is a log. */
export const harmlessForLogs: readonly Fault[] = ['an empty body']

export interface HostileEngine {
  readonly host: string
  stop(): Promise<void>
}

/**
 * Serves two containers, 'well' (runs) and 'bad' (ended with exit code 1), on a socket or loopback port of its own. The call `at` is answered
 * with the fault, where it is about a container for 'well' alone. With `tls` it speaks so, on a loopback port.
 */
export async function startHostileEngine(
  at: CallName | 'all' | 'none',
  fault: Fault,
  tls: TlsOptions | null = null,
): Promise<HostileEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-hostile-'))
  const open = new Set<Socket>()
  const serve = (socket: Socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes) => {
      const path = /^GET (\S+) HTTP/.exec(bytes.toString('latin1'))?.[1] ?? ''
      const isAt = at === 'all' || (callOf(path) === at && !path.startsWith('/containers/bad'))
      if (isAt) faults[fault](socket)
      else answer(socket, wellAnswer(path))
    })
  }
  const server = tls === null ? createServer(serve) : createTlsServer(tls, serve)
  // What becomes of a handshake is the caller's to see.
  server.on('tlsClientError', () => undefined)
  // Only a TCP connection can be reset.
  const listen =
    fault === 'connection reset' || tls !== null
      ? { host: '127.0.0.1', port: 0 }
      : { path: join(folder, 'engine.sock') }
  await new Promise<void>((resolve) => server.listen(listen, resolve))
  const bound = server.address()
  return {
    host:
      bound !== null && typeof bound === 'object'
        ? `${tls === null ? 'tcp' : 'https'}://127.0.0.1:${bound.port}`
        : `unix://${folder}/engine.sock`,
    async stop() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true })
    },
  }
}

function callOf(path: string): CallName {
  if (path.startsWith('/version')) return 'version'
  if (path.startsWith('/info')) return 'info'
  if (path.startsWith('/events')) return 'events'
  if (path.startsWith('/images')) return 'images'
  if (path.startsWith('/networks')) return 'networks'
  if (path.startsWith('/system/df')) return 'disk'
  if (path.includes('/logs?stdout')) return 'stdout'
  if (path.includes('/logs?stderr')) return 'stderr'
  if (path.includes('/stats')) return 'stats'
  return path.startsWith('/containers/json') ? 'list' : 'inspect'
}

function wellAnswer(path: string): string | Buffer {
  const id = path.startsWith('/containers/bad') ? 'bad' : 'well'
  switch (callOf(path)) {
    case 'version':
      return JSON.stringify({ Version: '99', ApiVersion: '1.50' })
    case 'info':
      return JSON.stringify({ ServerVersion: '99', MemTotal: 1 })
    case 'events':
      return ''
    case 'images':
    case 'networks':
      return '[]'
    case 'disk':
      return JSON.stringify({ LayersSize: 5, Images: [], Containers: [], Volumes: null, BuildCache: null })
    case 'list':
      return JSON.stringify([
        { Id: 'well', Names: ['/well'], Image: 'x', Created: 1, State: 'running', Status: 'Up', Labels: {} },
        { Id: 'bad', Names: ['/bad'], Image: 'x', Created: 1, State: 'exited', Status: 'Exited (1)', Labels: {} },
      ])
    case 'inspect': {
      const state =
        id === 'bad'
          ? { Status: 'exited', Running: false, ExitCode: 1 }
          : { Status: 'running', Running: true, ExitCode: 0 }
      return JSON.stringify({ Id: id, State: state, HostConfig: {}, Config: {} })
    }
    case 'stats': {
      const cpu = { cpu_usage: { total_usage: 1 }, system_cpu_usage: 1 }
      return JSON.stringify({ cpu_stats: cpu, precpu_stats: cpu, memory_stats: { usage: 5 } })
    }
    case 'stdout':
    case 'stderr':
      return logFrames('2026-03-04T12:00:00.0Z hello\n', 1)
  }
}

function logFrames(line: string, times: number): Buffer {
  const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0])
  header.writeUInt32BE(line.length, 4)
  return Buffer.concat(Array.from({ length: times }, () => Buffer.concat([header, Buffer.from(line)])))
}

function head(...headers: string[]): string {
  return ['HTTP/1.1 200 OK', 'Content-Type: application/json', ...headers, '', ''].join('\r\n')
}

function answer(
  socket: Socket,
  body: string | Buffer,
  type = 'application/json',
  status = '200 OK',
  more = 'X-A: b',
): void {
  const length = Buffer.byteLength(body)
  socket.write(`HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\n${more}\r\nContent-Length: ${length}\r\n\r\n`)
  socket.write(body)
}

function every(socket: Socket, ms: number, work: () => void): void {
  const timer = setInterval(work, ms)
  socket.on('close', () => clearInterval(timer))
}

/** Writes as fast as the other side reads, for as long as it does, or so many times; then the end. */
function pour(socket: Socket, piece: Buffer, times = Number.POSITIVE_INFINITY, end = ''): void {
  let left = times
  const more = () => {
    while (!socket.destroyed && left > 0 && socket.write(piece)) left -= 1
    if (left > 0) return
    socket.off('drain', more)
    socket.write(end)
  }
  socket.on('drain', more)
  more()
}
