import { randomUUID } from 'node:crypto'
import { homedir } from 'node:os'
import type { ClockWitness } from '../../shared/clocks/skew.ts'
import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import type { SweepProgress, SweepSummary } from '../../shared/findings/sweep.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { isOpenRow } from '../../shared/incident/board.ts'
import type { Person } from '../../shared/journal/header.ts'
import { refuse } from '../../shared/refusal.ts'
import { accessTo } from '../docker/access.ts'
import { discoverEndpoints, parseHost } from '../docker/endpoints.ts'
import type { WarmPlace } from '../docker/warm-stats.ts'
import type { DeskClient } from '../desk/desk-client.ts'
import type { EvidenceService } from '../evidence/evidence-service.ts'
import type { Practice } from '../practice/practice.ts'
import type { Probes, SweepResult } from '../probes/probes.ts'
import { toolName } from '../version.ts'

const MAX_SWEEPS_AT_ONCE = 8

/** A sweep that was kept: what was found, and the bundle that holds what it was read from. */
export interface KeptSweep {
  readonly summary: SweepSummary
  readonly findings: readonly Finding[]
  readonly bundle: string
  readonly witness: ClockWitness | null
}

/** A sweep at work. `kept` rejects with a refusal when it was cancelled or could not be kept. */
export interface RunningSweep {
  readonly id: string
  readonly kept: Promise<KeptSweep>
}

/** Sweeps for incidents: chooses the engine, runs the probes on their thread, keeps evidence and findings. */
export class SweepService {
  readonly #desk: DeskClient
  readonly #evidence: EvidenceService
  readonly #probes: () => Probes
  readonly #practice: Practice
  readonly #running = new Map<string, () => void>()
  /** Incidents whose engines may be kept warm. */
  readonly #warm = new Set<string>()

  constructor(parts: { desk: DeskClient; evidence: EvidenceService; probes: () => Probes; practice: Practice }) {
    const { desk, evidence, probes, practice } = parts
    this.#desk = desk
    this.#evidence = evidence
    this.#probes = probes
    this.#practice = practice
  }

  /** The engines that may be looked at in this mode: an exercise reaches the simulated one and no other. */
  async endpoints(mode: 'live' | 'exercise'): Promise<{ endpoints: DockerEndpoint[]; problems: string[] }> {
    if (mode === 'exercise') {
      const endpoint = this.#practice.endpoint
      const problems = endpoint === null ? ['The simulated system is not running. Start the practice again.'] : []
      return { endpoints: endpoint === null ? [] : [endpoint], problems }
    }
    return discoverEndpoints({ env: process.env, home: homedir(), platform: process.platform })
  }

  /** The engine that a person names by id, name or host. Null: the one that the docker CLI would use. */
  async findEndpoint(mode: 'live' | 'exercise', named: string | null): Promise<DockerEndpoint> {
    const { endpoints, problems } = await this.endpoints(mode)
    const found =
      named === null
        ? (endpoints.find(({ current }) => current) ?? endpoints[0])
        : endpoints.find(({ id, name, host }) => id === named || name === named || host === named)
    if (found !== undefined) return found
    if (named !== null && mode === 'live') return parseHost(named)
    throw refuse('not-found', {
      tried: named === null ? 'Find a Docker engine to look at' : `Find the Docker engine '${named}'`,
      happened: ['This machine knows of no such engine.', ...problems].join(' '),
      next: 'Start Docker, set DOCKER_HOST or a docker context, or name an engine (unix:///…, tcp://…, ssh://…).',
    })
  }

  /** Sweeps an engine and keeps nothing. */
  async sweepOnly(endpoint: DockerEndpoint, onProgress: (progress: SweepProgress) => void): Promise<SweepResult> {
    const access = await accessTo(endpoint, { env: process.env, home: homedir() })
    return this.#probes().sweep({ endpoint, access }, onProgress).result
  }

  /**
   * Starts a sweep for an incident. What it finds is kept before it is said to have ended. `keepWarm`: others will follow, and
   * are to be quick; it lasts while the incident is open.
   */
  async start(
    sweep: { incident: string; endpoint: string | null; by: Person; keepWarm?: boolean },
    onProgress: (sweep: string, progress: SweepProgress) => void,
  ): Promise<RunningSweep> {
    const { state } = await this.#desk.ask('open', sweep.incident)
    const mode = state.mode === 'exercise' ? 'exercise' : 'live'
    const endpoint = await this.findEndpoint(mode, sweep.endpoint)
    const access = await accessTo(endpoint, { env: process.env, home: homedir() })
    if (this.#running.size >= MAX_SWEEPS_AT_ONCE) throw tooMany()
    const id = randomUUID()
    if (sweep.keepWarm === true && isOpenRow(state.core)) this.#warm.add(sweep.incident)
    const probe = this.#probes().sweep({ endpoint, access }, (progress) => onProgress(id, progress))
    this.#running.set(id, () => this.#probes().cancel(probe.id))
    const result = this.#warming(sweep.incident, { endpoint, access }, probe.result)
    const kept = this.#keep(sweep.incident, result, sweep.by).finally(() => this.#running.delete(id))
    return { id, kept }
  }

  /** Cancels at once; unknown or ended sweeps are let be. */
  cancel(sweep: string): void {
    this.#running.get(sweep)?.()
  }

  cancelAll(): void {
    for (const cancel of this.#running.values()) cancel()
  }

  /** The incident has ended, or with null nobody looks any more: statistics need not be kept coming. */
  cool(incident: string | null): void {
    if (incident === null ? this.#warm.size === 0 : !this.#warm.has(incident)) return
    if (incident === null) this.#warm.clear()
    else this.#warm.delete(incident)
    this.#probes().cool(incident)
  }

  /** The sweep's own result; from then on the engine is kept warm, if the incident is still open. */
  async #warming(incident: string, place: WarmPlace, result: Promise<SweepResult>): Promise<SweepResult> {
    const swept = await result
    const { containers } = swept.snapshot
    if (containers.read && this.#warm.has(incident)) {
      const running = containers.value.filter(({ state }) => state === 'running').map((one) => one.id)
      this.#probes().warm(incident, place, running)
    }
    return swept
  }

  async #keep(incident: string, result: Promise<SweepResult>, by: Person): Promise<KeptSweep> {
    const { summary, findings, items, witness } = await result
    // Before what is kept of it: the sweep's own entries say how far this clock is off.
    if (witness !== null) await this.#desk.ask('witnessClock', witness)
    const title = `Sweep of ${summary.endpoint.name}`
    const sweep = { incident, title, summary, findings, items, tool: toolName }
    const bundle = await this.#evidence.keepSweep(sweep, by)
    return { summary, findings, bundle, witness }
  }
}

function tooMany() {
  return refuse('not-allowed', {
    tried: 'Start a sweep',
    happened: `${MAX_SWEEPS_AT_ONCE} sweeps run already.`,
    next: 'Wait until one has ended or cancel one, then sweep again.',
  })
}
