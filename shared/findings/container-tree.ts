import type { ContainerRow } from './sweep.ts'

/** How a container is, worst first: what is ill is told before what is well. */
export const healths = ['ended', 'unhealthy', 'halted', 'starting', 'running', 'done'] as const

/**
 * - `ended`      it ended with another code than 0, is dead, or is being started again and again
 * - `unhealthy`  it runs, and its own check fails
 * - `halted`     paused, being removed, or never started
 * - `starting`   it runs, and its own check has not passed yet
 * - `running`    it runs, and no check says otherwise
 * - `done`       it ended with code 0
 */
export type Health = (typeof healths)[number]

export function healthOf({ state, health, exitCode }: Pick<ContainerRow, 'state' | 'health' | 'exitCode'>): Health {
  if (state === 'exited') return exitCode === 0 ? 'done' : 'ended'
  if (state === 'dead' || state === 'restarting') return 'ended'
  if (state !== 'running') return 'halted'
  if (health === 'unhealthy' || health === 'starting') return health
  return 'running'
}

/** What a branch holds, so many of each; none of a sort is left out. */
export type HealthCounts = Readonly<Partial<Record<Health, number>>>

export interface ProjectBranch {
  /** Null: containers that compose did not make. */
  readonly project: string | null
  readonly counts: HealthCounts
  /** At least one. */
  readonly services: readonly ServiceBranch[]
}

export interface ServiceBranch {
  readonly service: string | null
  readonly counts: HealthCounts
  /** At least one. */
  readonly rows: readonly ContainerRow[]
}

/** Containers as compose projects, in them services; whatever holds the worst comes first, then by name. */
export function treeOf(rows: readonly ContainerRow[]): ProjectBranch[] {
  const branches = [...Map.groupBy(worstFirst(rows), ({ project }) => project)]
  return branches.map(([project, owned]) => ({
    project,
    counts: countsOf(owned),
    services: [...Map.groupBy(owned, ({ service }) => service)].map(([service, ofIt]) => ({
      service,
      counts: countsOf(ofIt),
      rows: ofIt,
    })),
  }))
}

export function worstFirst(rows: readonly ContainerRow[]): ContainerRow[] {
  return rows.toSorted((a, b) => weightOf(a) - weightOf(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

function weightOf(row: ContainerRow): number {
  return healths.indexOf(healthOf(row))
}

function countsOf(rows: readonly ContainerRow[]): HealthCounts {
  const byHealth = Map.groupBy(rows, healthOf)
  return Object.fromEntries(
    healths.flatMap((health) => {
      const number = byHealth.get(health)?.length ?? 0
      return number === 0 ? [] : [[health, number]]
    }),
  )
}
