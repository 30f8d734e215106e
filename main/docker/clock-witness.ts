import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import { AGREES_MS, type ClockWitness, SkewEstimate } from '../../shared/clocks/skew.ts'
import type { EngineClient } from './engine-client.ts'

/** A client that notes the Date header of each answer on the way, and what they tell of this machine's clock. */
export interface WitnessedClient {
  readonly client: EngineClient
  /**
   * Null where nothing was told: no answer had a date, the engine is simulated, or it is reached without leaving this
   * machine and agrees. It has this very clock then; one that differs (in a virtual machine) is worth telling.
   */
  readonly witness: () => ClockWitness | null
}

/** `now`: the wall clock, in ms since 1970. */
export function witnessing(client: EngineClient, endpoint: DockerEndpoint, now: () => number): WitnessedClient {
  const estimate = new SkewEstimate()
  return {
    client: {
      ...client,
      async get(path, signal) {
        const sentMs = now()
        const answer = await client.get(path, signal)
        estimate.add(sentMs, now(), answer.headers.date)
        return answer
      },
    },
    witness() {
      const { skewMs } = estimate
      if (skewMs === null || endpoint.mode === 'exercise') return null
      if (Math.abs(skewMs) <= AGREES_MS && isOfThisMachine(endpoint.host)) return null
      return { skewMs, against: endpoint.name, at: new Date(now()).toISOString() }
    },
  }
}

function isOfThisMachine(host: string): boolean {
  return /^(?:unix|npipe):|^tcp:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::|\/|$)/.test(host)
}
