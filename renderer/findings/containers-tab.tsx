import { treeOf, worstFirst } from '../../shared/findings/container-tree.ts'
import type { ContainerRow, ContainerUsage } from '../../shared/findings/sweep.ts'
import { findingWords } from '../words/findings.ts'
import { HealthCountsLine, HealthMark, shortName } from './container-lines.tsx'
import { UsageCells, UsageHeads } from './usage-cells.tsx'

interface Props {
  readonly rows: readonly ContainerRow[]
  readonly usage: Readonly<Record<string, ContainerUsage>>
  readonly isRunning: boolean
  readonly isTree: boolean
}

/** More than these are not drawn at once: typing finds the others. */
const MOST_ROWS = 300

/** All containers, as a table or as the compose projects that they are of. */
export function ContainersTab({ rows, usage, isRunning, isTree }: Props) {
  const shown = worstFirst(rows).slice(0, MOST_ROWS)
  const line = { usage, isRunning }
  return (
    <>
      {isTree ? <Tree rows={shown} {...line} /> : <Table rows={shown} {...line} isShort={false} hasHead />}
      {rows.length > MOST_ROWS ? <p className="faint">{findingWords.moreTyped(rows.length - MOST_ROWS)}</p> : null}
    </>
  )
}

type Lines = Pick<Props, 'rows' | 'usage' | 'isRunning'>

function Tree({ rows, usage, isRunning }: Lines) {
  return (
    <ul className="project-tree">
      {treeOf(rows).map(({ project, counts, services }) => (
        <li key={project ?? ''}>
          <details open className="card">
            <summary>
              <b>{project ?? findingWords.noProject}</b> <HealthCountsLine counts={counts} />
            </summary>
            <ul>
              {services.map(({ service, counts: ofIt, rows: containers }, place) => (
                <li key={service ?? ''} className="service-branch">
                  {containers.length > 1 && services.length > 1 ? (
                    <p>
                      <b>{service ?? findingWords.noService}</b> <HealthCountsLine counts={ofIt} />
                    </p>
                  ) : null}
                  <Table rows={containers} usage={usage} isRunning={isRunning} isShort hasHead={place === 0} />
                </li>
              ))}
            </ul>
          </details>
        </li>
      ))}
    </ul>
  )
}

interface TableProps extends Lines {
  /** Within a branch that names its project already. */
  readonly isShort: boolean
  /** The first of several tables below one another names the columns for all. */
  readonly hasHead: boolean
}

function Table({ rows, usage, isRunning, isShort, hasHead }: TableProps) {
  const words = findingWords.columns
  const head = [words.name, words.state, ...(isShort ? [] : [words.project]), words.image]
  return (
    <table className={`container-table${isShort ? ' short' : ''}`}>
      <thead className={hasHead ? undefined : 'unseen'}>
        <tr>
          {head.map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
          <UsageHeads />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-row={row.id} tabIndex={-1} aria-label={row.name}>
            <th scope="row" className="container-name">
              {isShort ? shortName(row) : row.name}
            </th>
            <td>
              <HealthMark row={row} />
            </td>
            {isShort ? null : <td className="soft">{row.project ?? '–'}</td>}
            <td className="soft container-image">{row.image}</td>
            <UsageCells row={row} usage={usage} isRunning={isRunning} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}
