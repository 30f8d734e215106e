import type { ContainerRow, ContainerUsage } from '../../shared/findings/sweep.ts'
import { worstFirst } from '../../shared/findings/container-tree.ts'
import { findingWords } from '../words/findings.ts'
import { HealthMark, shortName } from './container-lines.tsx'
import { UsageCells, UsageHeads } from './usage-cells.tsx'

interface Props {
  readonly rows: readonly ContainerRow[]
  readonly usage: Readonly<Record<string, ContainerUsage>>
  readonly isRunning: boolean
}

/** More rows than these are not drawn in the room: the page of the findings has them all. */
const MOST_ROWS = 60

/** The containers as they come in, the worst first; usage follows. */
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
            <UsageHeads />
          </tr>
        </thead>
        <tbody>
          {worstFirst(rows)
            .slice(0, MOST_ROWS)
            .map((row) => (
              <tr key={row.id} title={`${row.name} · ${row.image} · ${row.status}`}>
                <td className="container-name">{shortName(row)}</td>
                <td>
                  <HealthMark row={row} />
                </td>
                <UsageCells row={row} usage={usage} isRunning={isRunning} />
              </tr>
            ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS ? <p className="faint">{findingWords.more(rows.length - MOST_ROWS)}</p> : null}
    </details>
  )
}

function projectsOf(rows: readonly ContainerRow[]): string {
  return [...new Set(rows.map(({ project }) => project).filter((project) => project !== null))].join(', ')
}
