import type { ContainerRow, ContainerUsage } from './sweep.ts'

/** What a sweep that is under way still waits for, by name. */
export interface Awaited {
  /** Containers that have not answered for themselves, though others have. */
  readonly containers: readonly string[]
  /** Containers that run, and whose CPU and memory have not come, though those of others have. */
  readonly usage: readonly string[]
}

/** `rows` as they stand: one that was read itself knows how often it was restarted. */
export function awaitedOf(
  rows: readonly ContainerRow[] | null,
  usage: Readonly<Record<string, ContainerUsage>>,
): Awaited {
  const all = rows ?? []
  const hasBegun = all.some(({ restarts }) => restarts !== null)
  const running = all.filter(({ state }) => state === 'running')
  const isMeasuring = running.some(({ id }) => usage[id] !== undefined)
  return {
    containers: hasBegun ? namesOf(all.filter(({ restarts }) => restarts === null)) : [],
    usage: isMeasuring ? namesOf(running.filter(({ id }) => usage[id] === undefined)) : [],
  }
}

function namesOf(rows: readonly ContainerRow[]): string[] {
  return rows.map(({ name }) => name)
}
