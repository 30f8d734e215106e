import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import type { EngineFacts, KnockedPort, Part, Room } from '../../shared/docker/snapshot.ts'
import type { Address } from './address.ts'
import type { StartedContainer } from './container-reader.ts'
import { type Nearness, nearnessOf, thisMachine } from './nearness.ts'
import { readPublished, type ReadBeside } from './published-ports.ts'
import { readRoom } from './room.ts'

/** What this machine sees of an engine by itself, beside what the engine tells. */
export interface FromHere {
  readonly published: Promise<ReadBeside<KnockedPort[]>>
  readonly room: Promise<ReadBeside<Room>>
}

export interface LookingFromHere {
  readonly endpoint: DockerEndpoint
  readonly address: Address
  readonly engine: Promise<Part<EngineFacts>>
  readonly started: Promise<readonly StartedContainer[]>
  /** Wall clock, ms since 1970. */
  readonly now: () => number
  readonly until: AbortSignal
  readonly onStray: (what: string, why: string) => void
}

/**
 * Begins to look, as soon as the engine and each container have told of themselves. An exercise's engine is played, and its
 * ports are nowhere: nothing is tried then. Neither promise rejects.
 */
export function besideEngine({ endpoint, address, engine, ...rest }: LookingFromHere): FromHere {
  const near = nearness()
  return { published: readPublished({ near, ...rest }), room: readRoom({ near, engine, ...rest }) }

  async function nearness(): Promise<Nearness | null> {
    const facts = await engine
    return endpoint.mode === 'exercise' || !facts.read ? null : nearnessOf(address, facts.value, thisMachine())
  }
}
