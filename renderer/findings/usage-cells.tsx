import type { ContainerRow, ContainerUsage } from '../../shared/findings/sweep.ts'
import { findingWords } from '../words/findings.ts'
import { cpuWords, memoryWords } from './container-lines.tsx'

/** The heads over `UsageCells`. */
export function UsageHeads() {
  return (
    <>
      <th scope="col" className="number">
        {findingWords.columns.cpu}
      </th>
      <th scope="col" className="number">
        {findingWords.columns.memory}
      </th>
    </>
  )
}

interface Props {
  readonly row: ContainerRow
  readonly usage: Readonly<Record<string, ContainerUsage>>
  readonly isRunning: boolean
}

/** What a container takes of processor and memory, as far as it is known. */
export function UsageCells({ row, usage, isRunning }: Props) {
  return (
    <>
      <td className="number">{cpuWords(row, usage[row.id], isRunning)}</td>
      <td className="number">{memoryWords(row, usage[row.id], isRunning)}</td>
    </>
  )
}
