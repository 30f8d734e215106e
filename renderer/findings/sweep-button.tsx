import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { findingWords } from '../words/findings.ts'
import type { SweepControl } from './use-sweep.ts'

/** Sweeps, or cancels the sweep that runs. */
export function SweepButton({ state, control }: { readonly state: IncidentState; readonly control: SweepControl }) {
  if (control.isRunning) {
    return (
      <button type="button" className="btn" onClick={control.cancel}>
        {findingWords.cancel}
      </button>
    )
  }
  return (
    <button
      type="button"
      className="btn"
      onClick={control.start}
      disabled={!isOpen(state) || control.engine === null}
      aria-keyshortcuts="Shift+F"
    >
      {findingWords.sweep} <KeyCap keys="shift+f" />
    </button>
  )
}
