import type { LogTail, Part, Unread } from '../../shared/docker/snapshot.ts'
import { RefusalError } from '../../shared/refusal.ts'
import type { CollectedItem } from '../evidence/bundle.ts'
import { ask } from './ask.ts'
import type { EngineCall, EngineMaker } from './calls.ts'
import type { EngineClient } from './engine-client.ts'
import { badAnswer, type Intake, jsonIntake, jsonLinesIntake, type Kept } from './intake.ts'
import { LogTailReader } from './log-tail.ts'
import type { WarmSample } from './sample-stream.ts'
import type { Slots } from './slots.ts'

/** How many calls a sweep has made so far, and how they ended. */
export interface CallCount {
  readonly asked: number
  readonly answered: number
  readonly failed: number
}

export interface ReaderOptions {
  readonly client: EngineClient
  readonly signal: AbortSignal
  /** Wall clock, ms since 1970. */
  readonly now: () => number
  /** Where only so many calls may be under way at once; a call's deadline begins with its turn. Null: no limit. */
  readonly lane?: Slots | null
  /** A call has begun or ended. */
  readonly onCount: (calls: CallCount) => void
}

/**
 * Makes the calls of one sweep: runs each, masks what came, reads it, and keeps an evidence item of it, of failed ones too. A
 * call that fails, or is cancelled, is a part that could not be read; nothing but bugs is thrown.
 */
export class EngineReader {
  readonly #calls = { asked: 0, answered: 0, failed: 0 }
  readonly #options: ReaderOptions
  readonly #items = new Map<string, CollectedItem>()
  /** One for each call under way: a signal looks through all its listeners for each new one, and calls are thousands. */
  readonly #underWay = new Set<AbortController>()

  constructor(options: ReaderOptions) {
    this.#options = options
    const { signal } = options
    const onAbort = () => {
      for (const call of this.#underWay) call.abort(signal.reason)
    }
    signal.addEventListener('abort', onAbort, { once: true })
  }

  get calls(): CallCount {
    return { ...this.#calls }
  }

  /** Who made the engine, as far as its answers have told. */
  get maker(): EngineMaker {
    return this.#options.client.maker()
  }

  /** Evidence of all calls that have ended, the engine's first, then by container and name. */
  items(): CollectedItem[] {
    return [...this.#items.values()].toSorted((a, b) => orderOf(a) - orderOf(b) || (a.name < b.name ? -1 : 1))
  }

  /** A call whose answer is JSON. `read` gets it masked, and throws a refusal or an error of its schema. */
  json<Value>(
    call: EngineCall,
    name: string,
    read: (answer: unknown) => Value,
    /** Ends this call alone, with a refusal as its reason. */
    until: AbortSignal | null = null,
  ): Promise<Part<Value>> {
    return this.#call(call, name, jsonIntake(call, read), until)
  }

  /** What came before it was asked for; `read` as for `json`. Null where it is of no use, and is to be asked for. */
  came<Value>(call: EngineCall, name: string, sample: WarmSample, read: (answer: unknown) => Value): Value | null {
    const intake = jsonIntake(call, read)
    intake.take(sample.bytes)
    try {
      const { value, kept } = intake.finish()
      const { request, cameAt } = sample
      this.#items.set(name, { name, ...kept, request, startedAt: cameAt, tookMs: 0, outcome: 'answered' })
      return value
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error
      return null
    }
  }

  /** A call whose answer is one JSON value after the other, a line each. */
  jsonLines<Value>(call: EngineCall, name: string, read: (answer: unknown) => Value): Promise<Part<Value[]>> {
    return this.#call(call, name, jsonLinesIntake(call, read))
  }

  /** One stream of a container's log. `onWrong` is told when a part of it was no log. */
  log(
    call: EngineCall,
    { name, keptBytes, onWrong }: { name: string; keptBytes: number; onWrong: (why: string) => void },
  ): Promise<Part<LogTail>> {
    const reader = new LogTailReader(keptBytes)
    return this.#call(call, name, {
      take: (piece) => reader.push(piece),
      finish: () => {
        const { lines, signatures, wrong, ...kept } = reader.end()
        if (wrong !== null && lines.every(({ at }) => at === null)) throw badAnswer(call, wrong)
        if (wrong !== null) onWrong(wrong)
        return { value: { lines, signatures }, kept }
      },
      remains: () => {
        const { bytes, masked } = reader.end()
        return { bytes, masked, truncated: { bytes: -1 } }
      },
    })
  }

  #call<Value>(
    call: EngineCall,
    name: string,
    intake: Intake<Value>,
    until: AbortSignal | null = null,
  ): Promise<Part<Value>> {
    const lane = this.#options.lane ?? null
    const make = () => this.#make(call, name, intake, until)
    // Statistics take seconds: everything else goes first.
    return lane === null ? make() : lane.run(make, call.name === 'stats' ? 'last' : 'first')
  }

  async #make<Value>(
    call: EngineCall,
    name: string,
    intake: Intake<Value>,
    until: AbortSignal | null,
  ): Promise<Part<Value>> {
    this.#calls.asked += 1
    this.#options.onCount(this.#calls)
    const started = { at: new Date(this.#options.now()).toISOString(), on: performance.now() }
    const keep = (outcome: string, kept: Kept) =>
      this.#items.set(name, {
        name,
        ...kept,
        request: `GET ${call.path}`,
        startedAt: started.at,
        tookMs: Math.round((performance.now() - started.on) * 10) / 10,
        outcome,
      })
    const abort = new AbortController()
    this.#underWay.add(abort)
    if (this.#options.signal.aborted) abort.abort(this.#options.signal.reason)
    try {
      const { client } = this.#options
      const signal = until === null ? abort.signal : AbortSignal.any([abort.signal, until])
      await ask(call, { client, signal, take: intake.take })
      const { value, kept } = intake.finish()
      keep('answered', kept)
      this.#calls.answered += 1
      return { read: true, value }
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error
      keep(`failed: ${error.refusal.happened}`, intake.remains())
      this.#calls.failed += 1
      return unreadOf(error)
    } finally {
      this.#underWay.delete(abort)
      this.#options.onCount(this.#calls)
    }
  }
}

function unreadOf({ refusal }: RefusalError): Unread {
  return { read: false, code: refusal.code, why: refusal.happened }
}

function orderOf({ name }: CollectedItem): number {
  return name.includes('/') ? 1 : 0
}
