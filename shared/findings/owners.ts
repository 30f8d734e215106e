import type { Finding } from './finding.ts'

/** What is wrong with what one owner has: a compose project, or what belongs to none. */
export interface OwnerGroup {
  /** Null: containers that compose did not make, and the engine itself. */
  readonly project: string | null
  /** At least one. */
  readonly services: readonly ServiceGroup[]
}

export interface ServiceGroup {
  /** Null: no service of a project. */
  readonly service: string | null
  /** In the order of their ranks; at least one. */
  readonly findings: readonly Finding[]
}

/**
 * Findings by who owns what they are about: compose project, in it service, in it the findings. Each stands once; groups and
 * services stand in the order of the gravest finding in them, so that the first finding of the first service is the gravest
 * of all.
 */
export function groupByOwner(findings: readonly Finding[]): OwnerGroup[] {
  const ranked = findings.toSorted((a, b) => a.rank - b.rank)
  return [...Map.groupBy(ranked, ({ object }) => object.project)].map(([project, owned]) => ({
    project,
    services: [...Map.groupBy(owned, ({ object }) => object.service)].map(([service, ofIt]) => ({
      service,
      findings: ofIt,
    })),
  }))
}
