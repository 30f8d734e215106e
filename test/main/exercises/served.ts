import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { dockerApi } from '../../../main/exercises/docker-api.ts'
import type { ServedEngine } from '../../../main/exercises/served-engine.ts'
import type { FaultsOf } from '../../../main/exercises/served-fault.ts'
import { worldEngine } from '../../../main/exercises/world-engine.ts'
import { scenarioSchema } from '../../../shared/exercises/scenario.ts'

export const scenarioFile = join(import.meta.dirname, '../../../assets/exercises/practice.yaml')
export const practice = scenarioSchema.parse(parse(readFileSync(scenarioFile, 'utf8')))

/** A clock that the test moves. */
export class TestClock {
  now = Date.parse('2026-11-21T09:00:00.000Z')
  read = () => this.now
  forward(seconds: number): void {
    this.now += seconds * 1000
  }
}

export type Served = {
  socket: string
  bugs: unknown[]
  connections: () => Promise<number>
  /** Rejects with the first bug that a request found. */
  close: () => Promise<void>
}

/** Serves an engine on a socket of its own. */
export async function serve(engine: ServedEngine, faultsOf?: FaultsOf): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-test-'))
  const socket = join(folder, 's')
  const bugs: unknown[] = []
  const server = dockerApi(engine, (cause) => bugs.push(cause), faultsOf)
  await new Promise<void>((resolve) => server.listen({ path: socket, backlog: 4_096 }, resolve))
  return {
    socket,
    bugs,
    connections: () =>
      new Promise((resolve, reject) =>
        server.getConnections((cause, count) => (cause ? reject(cause) : resolve(count))),
      ),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      rmSync(folder, { recursive: true })
      if (bugs.length > 0) throw bugs[0]
    },
  }
}

export function servePractice(clock: TestClock): Promise<Served> {
  return serve(worldEngine(practice, clock.read))
}

export type Reply = {
  status: number
  headers: NodeJS.Dict<string | string[]>
  bytes: Buffer
  text: string
  json: () => unknown
}

/** One request over the socket, its answer whole. */
export function ask(socket: string, path: string, { method = 'GET', body = '' } = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath: socket, path, method, agent: false, timeout: 60_000 }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const bytes = Buffer.concat(chunks)
        const text = bytes.toString()
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes,
          text,
          json: () => JSON.parse(text) as unknown,
        })
      })
    })
    sent.on('error', reject)
    sent.on('timeout', () => sent.destroy(new Error('no answer within 10 s')))
    sent.end(body)
  })
}

/** The frames of a multiplexed log: stream number and line. */
export function frames(bytes: Buffer): [stream: number, line: string][] {
  const found: [number, string][] = []
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at + 4)
    found.push([bytes[at] ?? 0, bytes.subarray(at + 8, at + 8 + length).toString()])
    at += 8 + length
  }
  return found
}
