import { type Health, type HealthCounts, healthOf, healths } from '../../shared/findings/container-tree.ts'
import type { ContainerRow, ContainerUsage } from '../../shared/findings/sweep.ts'
import { findingWords } from '../words/findings.ts'

/** How a container is, as a shape and words. */
export function HealthMark({ row }: { readonly row: ContainerRow }) {
  const health = healthOf(row)
  return (
    <span className={`health ${health}`}>
      <span aria-hidden="true">{findingWords.healthShapes[health]}</span> {stateWords(row, health)}
    </span>
  )
}

function stateWords(row: ContainerRow, health: Health): string {
  const said: string[] = [
    row.state === 'restarting' || row.state === 'dead' || health === 'halted'
      ? row.state
      : findingWords.healths[health],
  ]
  if (health === 'running' && row.health === 'healthy') said.push(findingWords.healthy)
  if (row.state === 'exited' && row.exitCode !== null) said.push(findingWords.exit(row.exitCode))
  if (row.restarts !== null && row.restarts > 0) said.push(findingWords.restarts(row.restarts))
  return said.join(', ')
}

/** '▲ 1 ended  ● 3 running': what a branch of the tree holds. */
export function HealthCountsLine({ counts }: { readonly counts: HealthCounts }) {
  return (
    <span className="health-counts">
      {healths.map((health) => {
        const number = counts[health]
        return number === undefined ? null : (
          <span key={health} className={`health ${health}`}>
            <span aria-hidden="true">{findingWords.healthShapes[health]}</span> {number} {findingWords.healths[health]}
          </span>
        )
      })}
    </span>
  )
}

/** Without the compose project, which stands above it. */
export function shortName({ name, project }: ContainerRow): string {
  return project !== null && name.startsWith(`${project}-`) ? name.slice(project.length + 1) : name
}

export function cpuWords(row: ContainerRow, usage: ContainerUsage | undefined, isRunning: boolean): string {
  const percent = usage?.cpuPercent ?? null
  if (percent !== null) return `${percent.toFixed(1)} %`
  return isRunning && row.state === 'running' ? findingWords.pending : '–'
}

export function memoryWords(row: ContainerRow, usage: ContainerUsage | undefined, isRunning: boolean): string {
  if (usage === undefined) return isRunning && row.state === 'running' ? findingWords.pending : '–'
  return findingWords.memory(usage.memoryBytes, usage.memoryLimitBytes)
}
