import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { type RefusalError, refuse } from '../shared/refusal.ts'
import { codeOf } from './error-code.ts'

/** A local program as it is to be started: what was approved and what runs are this one value. Never a shell string. */
export interface Order {
  /** What it is for, as a clause: 'Search the log api.log'. */
  readonly tried: string
  /** A path, or a name to be found on PATH. */
  readonly program: string
  readonly argv: readonly string[]
  readonly folder?: string
  /** The whole environment; without it this process's own. */
  readonly environment?: Readonly<Record<string, string>>
  /** Without it the program reads an empty input. */
  readonly stdin?: AsyncIterable<Uint8Array>
  readonly limitMs: number
  /** How many bytes of output are taken. */
  readonly capBytes: number
  /** Exit codes that are no failure; without it 0 alone. */
  readonly expectedExits?: readonly number[]
  readonly signal?: AbortSignal
  /** Takes the output as it comes, instead of its being kept; the program waits for what it answers. */
  readonly onOutput?: (bytes: Uint8Array) => void | Promise<void>
}

export interface Outcome {
  readonly exit: number
  /** Empty where `onOutput` took it. */
  readonly stdout: Uint8Array
  /** The first 64 KiB of it. */
  readonly stderr: string
  readonly ms: number
}

const stderrCap = 65_536

/**
 * Starts a local program and waits for its end. It is killed with its children when the time is over, on abort, beyond
 * the cap, and when its input or what takes its output fails, which is then thrown. Refuses `unsupported` where the
 * program cannot be started, `timed-out`, `cancelled`, `too-large`, and `bad-answer` for an exit that was not expected,
 * with the beginning of what it said.
 */
export async function run(order: Order): Promise<Outcome> {
  if (order.signal?.aborted === true) throw stopped('cancelled', order)
  const begun = performance.now()
  // A group of its own, so that stopping reaches the children too; Windows has no such groups.
  const isGrouped = process.platform !== 'win32'
  const child = spawn(order.program, order.argv, {
    cwd: order.folder,
    env: order.environment ?? process.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: isGrouped,
    windowsHide: true,
  })
  let failure: { why: unknown } | null = null
  const stop = (why: unknown) => {
    failure ??= { why }
    killTree(child.pid, isGrouped)
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy()
  }
  const exit = new Promise<number>((resolve) => {
    child.once('exit', (code) => resolve(code ?? -1))
    child.once('error', (cause) => {
      stop(notStarted(order, cause))
      resolve(-1)
    })
  })
  const onAbort = () => stop(stopped('cancelled', order))
  const limit = setTimeout(() => stop(stopped('timed-out', order)), order.limitMs)
  order.signal?.addEventListener('abort', onAbort, { once: true })
  const output = keeper(order)
  const errors = { pieces: [] as Uint8Array[], size: 0 }
  const takeError = (bytes: Uint8Array) => {
    if (errors.size < stderrCap) errors.pieces.push(bytes.subarray(0, stderrCap - errors.size))
    errors.size += bytes.byteLength
  }
  const parts = [
    feed(child.stdin, order.stdin ?? null),
    drain(child.stdout, output.take),
    drain(child.stderr, takeError),
  ].map((part) => part.catch(stop))
  const code = await exit
  child.stdin.destroy()
  await Promise.all(parts)
  clearTimeout(limit)
  order.signal?.removeEventListener('abort', onAbort)
  throwFailure(failure)
  const stderr = Buffer.concat(errors.pieces).toString('utf8')
  if (!(order.expectedExits ?? [0]).includes(code)) throw unexpected(order, code, stderr)
  return { exit: code, stdout: Buffer.concat(output.kept), stderr, ms: performance.now() - begun }
}

function throwFailure(failure: { why: unknown } | null): void {
  if (failure !== null) throw failure.why
}

function keeper(order: Order): { kept: Uint8Array[]; take: (bytes: Uint8Array) => void | Promise<void> } {
  const kept: Uint8Array[] = []
  let size = 0
  return {
    kept,
    take(bytes) {
      size += bytes.byteLength
      if (size > order.capBytes) throw stopped('too-large', order)
      if (order.onOutput !== undefined) return order.onOutput(bytes)
      kept.push(bytes)
    },
  }
}

/** Writes all of the source, no faster than it is read; ends early where nobody reads any more. */
async function feed(stdin: Writable, source: AsyncIterable<Uint8Array> | null): Promise<void> {
  const closed = new Promise<'closed'>((resolve) => {
    stdin.once('close', () => resolve('closed'))
    // A program may end without reading all; its exit code says whether that was right.
    stdin.once('error', () => resolve('closed'))
  })
  const iterator = source?.[Symbol.asyncIterator]()
  if (iterator !== undefined) {
    for (;;) {
      const next = await Promise.race([iterator.next(), closed])
      if (next === 'closed') return void iterator.return?.()
      if (next.done === true) break
      if (stdin.write(next.value)) continue
      const drained = new Promise<'drained'>((resolve) => stdin.once('drain', () => resolve('drained')))
      if ((await Promise.race([drained, closed])) === 'closed') return void iterator.return?.()
    }
  }
  stdin.end()
}

async function drain(stream: Readable, take: (bytes: Uint8Array) => void | Promise<void>): Promise<void> {
  try {
    for await (const bytes of stream) {
      const taken = take(bytes as Uint8Array)
      if (taken !== undefined) await taken
    }
  } catch (error) {
    // It was destroyed by `stop`, whose reason is told instead.
    if (codeOf(error) !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}

function killTree(pid: number | undefined, isGrouped: boolean): void {
  if (pid === undefined) return
  try {
    process.kill(isGrouped ? -pid : pid, 'SIGKILL')
  } catch (error) {
    // It ended by itself; macOS says EPERM for a group of which only the dead are left.
    const code = codeOf(error)
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
  }
}

function notStarted({ tried, program }: Order, cause: Error): RefusalError {
  const isMissing = 'code' in cause && cause.code === 'ENOENT'
  return refuse('unsupported', {
    tried,
    happened: isMissing ? `The program ${program}, or the folder to run it in, is not there.` : cause.message,
    next: `Install ${program}, or check that it may be started.`,
    cause,
  })
}

function stopped(why: 'timed-out' | 'cancelled' | 'too-large', { tried, program, limitMs, capBytes }: Order) {
  const happened = {
    'timed-out': `${program} did not end within ${limitMs / 1_000} s, and was stopped.`,
    cancelled: `${program} was stopped.`,
    'too-large': `${program} wrote more than ${capBytes.toLocaleString('en')} bytes, and was stopped.`,
  }[why]
  return refuse(why, { tried, happened, next: 'Try again, with less to do or more time.' })
}

function unexpected({ tried, program }: Order, exit: number, stderr: string): RefusalError {
  const said = stderr.trim().slice(0, 2_000)
  return refuse('bad-answer', {
    tried,
    happened: `${program} ended with ${exit}${said === '' ? ' and said nothing' : `: ${said}`}.`,
    next: 'See what it says.',
  })
}
