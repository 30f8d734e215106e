import type { ServerResponse } from 'node:http'
import { type EngineEvent, eventJson } from '../../shared/exercises/docker-events.ts'
import { fullStamp } from '../../shared/exercises/docker-words.ts'
import type { LogLine } from '../../shared/exercises/log-lines.ts'
import { eventTest } from './docker-lists.ts'
import { type ApiRequest, compareVersions, findContainer, readFlag, readMoment, readTail } from './docker-requests.ts'
import { ApiError, type EngineView, type ServedEngine } from './served-engine.ts'

const followEveryMs = 200
const sampleEveryMs = 1_000

/** `GET /containers/{id}/stats`: samples a second apart until the client leaves, or one. */
export function streamStats(engine: ServedEngine, asked: string, { request, response }: Exchange): void {
  const view = engine.look()
  const { id } = findContainer(view, asked)
  const streams = !request.query.has('stream') || readFlag(request.query, 'stream')
  const oneShot = readFlag(request.query, 'one-shot')
  if (streams && oneShot) throw new ApiError(400, 'cannot have stream=true and one-shot=true')
  const sample = (now: EngineView, before: number | null) => `${JSON.stringify(findContainer(now, id).stats(before))}\n`
  response.setHeader('Content-Type', 'application/json')
  if (!streams) {
    // A real engine waits for a second sample here; a world knows what it was a second ago.
    response.end(sample(view, oneShot ? null : view.now - sampleEveryMs))
    return
  }
  response.write(sample(view, null))
  let before = view.now
  repeat(response, sampleEveryMs, () => {
    const now = engine.look()
    response.write(sample(now, before))
    before = now.now
    return 'go on'
  })
}

/** `GET /containers/{id}/logs`, multiplexed unless the container has a TTY. */
export function streamLogs(engine: ServedEngine, asked: string, { request, response }: Exchange): void {
  const { query, apiVersion } = request
  const streams = { stdout: readFlag(query, 'stdout'), stderr: readFlag(query, 'stderr') }
  if (!streams.stdout && !streams.stderr) throw new ApiError(400, 'Bad parameters: you must choose at least one stream')
  const since = readMoment(query, 'since')
  const until = readEnd(query)
  const view = engine.look()
  const { id, tty, lines } = findContainer(view, asked)
  const form = { timestamps: readFlag(query, 'timestamps'), tty }
  const wanted = (line: LogLine) => isWithin(line, since, until)
  const send = (some: readonly LogLine[]) => {
    const frames = some.filter((line) => streams[line.to]).map((line) => logFrame(line, form))
    if (frames.length > 0) response.write(Buffer.concat(frames))
  }

  if (apiVersion === null || compareVersions(apiVersion, '1.42') >= 0) {
    response.setHeader('Content-Type', `application/vnd.docker.${tty ? 'raw' : 'multiplexed'}-stream`)
  }
  response.flushHeaders()
  const kept = lines(since === null ? -Infinity : Number(since / 1_000_000n)).filter(wanted)
  const tail = readTail(query)
  // docker takes the tail of both streams together before it leaves one out, and so does this.
  send(tail === Infinity ? kept : tail === 0 ? [] : kept.slice(-tail))
  if (!readFlag(query, 'follow')) {
    response.end()
    return
  }
  let seen = view.now
  repeat(response, followEveryMs, () => {
    const now = engine.look()
    const container = findContainer(now, id)
    send(container.lines(seen + 1).filter(wanted))
    seen = now.now
    return isOver(until, seen) || container.state === 'exited' ? 'end' : 'go on'
  })
}

/** `GET /events`: those since then, and those to come until then or until the client leaves. */
export function streamEvents(engine: ServedEngine, { request, response }: Exchange): void {
  const since = readMoment(request.query, 'since')
  const until = readEnd(request.query)
  const view = engine.look()
  const isWanted = eventTest(view, request.query)
  const send = (events: readonly EngineEvent[]) => {
    const text = events.filter((event) => isWanted(event) && isWithin(event, since, until)).map(eventJson)
    if (text.length > 0) response.write(text.join(''))
  }
  response.setHeader('Content-Type', 'application/json')
  response.flushHeaders()
  if (since !== null) send(view.events(Number(since / 1_000_000n) - 1))
  let seen = view.now
  if (isOver(until, seen)) {
    response.end()
    return
  }
  repeat(response, followEveryMs, () => {
    const now = engine.look()
    send(now.events(seen))
    seen = now.now
    return isOver(until, seen) ? 'end' : 'go on'
  })
}

export type Exchange = { readonly request: ApiRequest; readonly response: ServerResponse }

/**
 * docker's frame: stream (1 stdout, 2 stderr), three noughts, length as big-endian 32 bits, then the line
 * (https://docs.docker.com/reference/api/engine/version/v1.47/#tag/Container/operation/ContainerAttach). A TTY has none.
 */
function logFrame(line: LogLine, { timestamps, tty }: { timestamps: boolean; tty: boolean }): Buffer {
  const stamp = timestamps ? `${fullStamp(line.at, line.nanos)} ` : ''
  const text = Buffer.from(`${stamp}${line.text}${tty ? '\r\n' : '\n'}`)
  if (tty) return text
  const head = Buffer.alloc(8)
  head[0] = line.to === 'stdout' ? 1 : 2
  head.writeUInt32BE(text.length, 4)
  return Buffer.concat([head, text])
}

/**
 * Calls `tick` again and again until it says 'end' or the client is gone. A client that does not read is left out
 * until it does, so it costs no memory.
 */
function repeat(response: ServerResponse, everyMs: number, tick: () => 'go on' | 'end'): void {
  const timer = setInterval(() => {
    if (response.writableNeedDrain) return
    if (tick() === 'end') {
      clearInterval(timer)
      response.end()
    }
  }, everyMs)
  response.once('close', () => clearInterval(timer))
}

/** docker's clients send 0 for 'no end'. */
function readEnd(query: URLSearchParams): bigint | null {
  const until = readMoment(query, 'until')
  return until === 0n ? null : until
}

function isWithin(one: { at: number; nanos: number }, since: bigint | null, until: bigint | null): boolean {
  const moment = BigInt(one.at) * 1_000_000n + BigInt(one.nanos)
  return (since === null || moment >= since) && (until === null || moment <= until)
}

function isOver(until: bigint | null, now: number): boolean {
  return until !== null && BigInt(Math.floor(now)) * 1_000_000n >= until
}
