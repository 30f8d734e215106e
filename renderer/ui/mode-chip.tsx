import type { Mode } from '../../shared/journal/header.ts'
import { incidentWords } from '../words/incident.ts'

/** LIVE or EXERCISE, by shape, word and only then colour. */
export function ModeChip({ mode }: { readonly mode: Mode }) {
  return (
    <span className={`chip ${mode === 'exercise' ? 'exercise' : 'live'}`}>
      <span aria-hidden="true">{mode === 'exercise' ? '◪' : '●'}</span>
      {incidentWords.modes[mode]}
    </span>
  )
}
