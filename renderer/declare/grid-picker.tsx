import { NativeSelect } from '@mantine/core'
import type { GridAnswer } from '../../shared/packs/grid.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { declareWords } from '../words/declare.ts'

interface Props {
  readonly grid: NonNullable<Pack['triage']['grid']>
  readonly seen: GridAnswer | null
  onSeen(seen: GridAnswer | null): void
}

/** Impact and urgency, each as the runbook words it, or not sure; nothing chosen: the grid is not used. */
export function GridPicker({ grid, seen, onSeen }: Props) {
  const words = declareWords.grid
  const options = (side: readonly { id: string; title: string }[]) => [
    { value: '', label: words.unused },
    { value: '?', label: declareWords.answers.unsure },
    ...side.map(({ id, title }) => ({ value: id, label: title })),
  ]
  const valueOf = (answer: string | null | undefined) => (answer === undefined ? '' : (answer ?? '?'))
  const choose = (side: keyof GridAnswer, value: string) => {
    if (value === '') return onSeen(null)
    const answer = value === '?' ? null : value
    onSeen({ impact: seen?.impact ?? null, urgency: seen?.urgency ?? null, [side]: answer })
  }
  return (
    <div className="row wrap">
      {(['impact', 'urgency'] as const).map((side) => (
        <NativeSelect
          key={side}
          label={words[side]}
          data={options(grid[side])}
          value={valueOf(seen?.[side])}
          onChange={(event) => choose(side, event.currentTarget.value)}
        />
      ))}
    </div>
  )
}
