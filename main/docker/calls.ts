/** Kinds of calls that a sweep makes. All are GET: none can change the engine. */
export type CallName =
  | 'version'
  | 'info'
  | 'list'
  | 'events'
  | 'images'
  | 'networks'
  | 'disk'
  | 'inspect'
  | 'stdout'
  | 'stderr'
  | 'stats'

/** One call, planned: all that `ask` needs to make it, and what the evidence says was asked. */
export interface EngineCall {
  readonly name: CallName
  /** With its query, as it goes over the wire. */
  readonly path: string
  /** 'List the containers', for refusals. */
  readonly what: string
  /** From the start of the call to the last byte of its answer. */
  readonly deadlineMs: number
  /** Bytes of the answer that are read at most. */
  readonly capBytes: number
}

export type Deadlines = Readonly<Record<CallName, number>>

/**
 * A healthy engine answers all but stats within some 100 ms; stats take two of its seconds (dockerd samples once a second
 * and a first percentage needs two samples).
 */
export const defaultDeadlines: Deadlines = {
  version: 3_000,
  info: 5_000,
  list: 5_000,
  events: 3_000,
  images: 5_000,
  networks: 3_000,
  disk: 8_000,
  inspect: 5_000,
  stdout: 8_000,
  stderr: 8_000,
  stats: 8_000,
}

const KiB = 1_024
const MiB = 1_024 * KiB
const caps: Readonly<Record<CallName, number>> = {
  version: 256 * KiB,
  info: MiB,
  list: 16 * MiB,
  events: 4 * MiB,
  images: 16 * MiB,
  networks: 4 * MiB,
  disk: 16 * MiB,
  inspect: 2 * MiB,
  stdout: 32 * MiB,
  stderr: 32 * MiB,
  stats: 256 * KiB,
}

/** The deadlines, each with what opening a connection may take. */
export function deadlinesWith(given: Partial<Deadlines>, connectingMs: number): Deadlines {
  const names = Object.keys(defaultDeadlines) as CallName[]
  const later: Partial<Record<CallName, number>> = {}
  for (const name of names) later[name] = defaultDeadlines[name] + connectingMs
  return { ...defaultDeadlines, ...later, ...given }
}

/** Log lines that are asked for, per stream and container. */
export const tailLines = 200

/** Changes that tell why a container is as it is. Checks (`exec_*`) would push everything else out of view. */
const eventsAskedFor = ['die', 'oom', 'kill', 'stop', 'start', 'restart', 'create', 'destroy', 'pause', 'unpause']

/** Podman's own words for Docker's `die` and `destroy`; until 4.4 it takes no others as a filter. */
const podmanEvents = ['died', 'remove']

/** Who made an engine that speaks Docker's interface. */
export type EngineMaker = 'docker' | 'podman'

/**
 * Plans the calls of a sweep; paths without a version, so that the engine speaks its own, whatever the oldest that it
 * still takes (1.44 for Docker 29); else the version that the user pins.
 */
export class CallPlan {
  readonly #deadlines: Deadlines
  readonly #prefix: string

  constructor(deadlines: Deadlines = defaultDeadlines, apiVersion: string | null = null) {
    this.#deadlines = deadlines
    this.#prefix = apiVersion === null ? '' : `/v${apiVersion}`
  }

  version(): EngineCall {
    return this.#plan('version', '/version', 'Ask for the version of the engine')
  }

  info(): EngineCall {
    return this.#plan('info', '/info', 'Ask what the engine is')
  }

  list(): EngineCall {
    return this.#plan('list', '/containers/json?all=1', 'List the containers')
  }

  /**
   * What happened before `now` (ms since 1970), from well before whatever is ill today: a week of Docker, whose engine keeps
   * 256 events and no more, so that it costs nothing; a day of Podman, which keeps them all. An end in the past makes the answer of Docker end at
   * once; Podman's ends by `stream=false`, and where it keeps events in a file it would lose most of them by an end
   * (libpod/events/logfile.go, 4.3: it stops reading when that time has come).
   */
  events(now: number, maker: EngineMaker = 'docker'): EngineCall {
    const query = new URLSearchParams({
      since: String(Math.floor(now / 1000) - (maker === 'podman' ? 1 : 7) * 86_400),
      ...(maker === 'podman' ? { stream: 'false' } : { until: (now / 1000).toFixed(3) }),
      filters: JSON.stringify({
        type: ['container'],
        event: [...eventsAskedFor, 'health_status', ...(maker === 'podman' ? podmanEvents : [])],
      }),
    })
    return this.#plan('events', `/events?${query.toString()}`, 'Ask what happened lately')
  }

  images(): EngineCall {
    return this.#plan('images', '/images/json', 'List the images')
  }

  networks(): EngineCall {
    return this.#plan('networks', '/networks', 'List the networks')
  }

  /**
   * The engine walks its disk for it: seconds on a machine that holds much. Without `verbose`, engines from 1.53 on tell
   * sums alone; older ones do not know the word (moby, api/docs/CHANGELOG.md, v1.52).
   */
  disk(): EngineCall {
    return this.#plan('disk', '/system/df?verbose=1', 'Ask what lies on its disk')
  }

  inspect(id: string, name: string): EngineCall {
    return this.#plan('inspect', `/containers/${encodeURIComponent(id)}/json`, `Inspect ${name}`)
  }

  /** One stream apart: over both at once, the engine's `tail` mixes up their order. */
  logs(stream: 'stdout' | 'stderr', id: string, name: string): EngineCall {
    const path = `/containers/${encodeURIComponent(id)}/logs?${stream}=1&timestamps=1&tail=${tailLines}`
    return this.#plan(stream, path, `Read the end of ${stream} of ${name}`)
  }

  stats(id: string, name: string): EngineCall {
    return this.#plan('stats', `/containers/${encodeURIComponent(id)}/stats?stream=false`, `Measure ${name}`)
  }

  /** One sample after the other, a line each, about one a second until the connection ends. */
  samples(id: string): EngineCall {
    return this.#plan('stats', `/containers/${encodeURIComponent(id)}/stats?stream=true`, 'Follow what it uses')
  }

  #plan(name: CallName, path: string, what: string): EngineCall {
    return { name, path: `${this.#prefix}${path}`, what, deadlineMs: this.#deadlines[name], capBytes: caps[name] }
  }
}
