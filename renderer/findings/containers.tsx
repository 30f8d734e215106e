import type { ContainerRow, ContainerUsage } from '../../shared/findings/sweep.ts'
import { findingWords } from '../words/findings.ts'

interface Props {
  readonly rows: readonly ContainerRow[]
  readonly usage: Readonly<Record<string, ContainerUsage>>
  readonly isRunning: boolean
}

/** More rows than these are not drawn: the evidence has them all. */
const MOST_ROWS = 200

/** The containers as they come in; usage follows. */
export function Containers({ rows, usage, isRunning }: Props) {
  const words = findingWords.columns
  return (
    <details className="card containers" open={isRunning || rows.length <= 12}>
      <summary>{findingWords.containerTable(rows.length, projectsOf(rows))}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.state}</th>
            <th scope="col" className="number">
              {words.cpu}
            </th>
            <th scope="col" className="number">
              {words.memory}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row) => (
            <tr key={row.id} title={`${row.name} · ${row.image} · ${row.status}`}>
              <td className="container-name">{shortName(row)}</td>
              <td className={isIll(row) ? 'line-due' : 'soft'}>{stateWords(row)}</td>
              <td className="number">{cpuWords(row, usage[row.id], isRunning)}</td>
              <td className="number">{memoryWords(row, usage[row.id], isRunning)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS ? <p className="faint">{findingWords.more(rows.length - MOST_ROWS)}</p> : null}
    </details>
  )
}

/** Without the compose project, which stands above the table. */
function shortName({ name, project }: ContainerRow): string {
  return project !== null && name.startsWith(`${project}-`) ? name.slice(project.length + 1) : name
}

function projectsOf(rows: readonly ContainerRow[]): string {
  return [...new Set(rows.map(({ project }) => project).filter((project) => project !== null))].join(', ')
}

function isIll(row: ContainerRow): boolean {
  if (row.state === 'exited') return row.exitCode !== 0
  return row.state !== 'running' || row.health === 'unhealthy'
}

function stateWords(row: ContainerRow): string {
  const said = [row.state]
  if (row.health !== null) said.push(findingWords.health[row.health] ?? row.health)
  if (row.state === 'exited' && row.exitCode !== null) said.push(findingWords.exit(row.exitCode))
  if (row.restarts !== null && row.restarts > 0) said.push(findingWords.restarts(row.restarts))
  return `${isIll(row) ? '△ ' : ''}${said.join(', ')}`
}

function cpuWords(row: ContainerRow, usage: ContainerUsage | undefined, isRunning: boolean): string {
  const percent = usage?.cpuPercent ?? null
  if (percent !== null) return `${percent.toFixed(1)} %`
  return isRunning && row.state === 'running' ? findingWords.pending : '–'
}

function memoryWords(row: ContainerRow, usage: ContainerUsage | undefined, isRunning: boolean): string {
  if (usage === undefined) return isRunning && row.state === 'running' ? findingWords.pending : '–'
  return findingWords.memory(usage.memoryBytes, usage.memoryLimitBytes)
}
