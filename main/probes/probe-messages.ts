import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import type { SweepProgress } from '../../shared/findings/sweep.ts'
import type { Refusal } from '../../shared/refusal.ts'
import type { Access } from '../docker/address.ts'
import type { Deadlines } from '../docker/calls.ts'
import type { SweepResult } from '../docker/sweep.ts'
import type { WarmPlace } from '../docker/warm-stats.ts'

/** What a sweep is asked for. */
export interface SweepInput {
  readonly endpoint: DockerEndpoint
  readonly access?: Access
  readonly deadlines?: Partial<Deadlines>
}

/** From the app to the probe thread. */
export type ToProbeThread =
  | { readonly say: 'sweep'; readonly id: string; readonly input: SweepInput }
  | { readonly say: 'cancel'; readonly id: string }
  /** Keeps statistics of these running containers coming, for a holder's next sweeps; the engine was just swept. */
  | { readonly say: 'warm'; readonly holder: string; readonly place: WarmPlace; readonly containers: readonly string[] }
  /** The holder, or all of them, needs them no longer. */
  | { readonly say: 'cool'; readonly holder: string | null }
  | { readonly say: 'close' }

/** From the probe thread to the app. The last word about an id is `ended` or `refused`. */
export type FromProbeThread =
  | { readonly say: 'progress'; readonly id: string; readonly progress: SweepProgress }
  | { readonly say: 'ended'; readonly id: string; readonly result: SweepResult }
  | { readonly say: 'refused'; readonly id: string; readonly refusal: Refusal }
