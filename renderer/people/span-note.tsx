import type { IncidentState } from '../../shared/incident/state.ts'
import { spanOf } from '../../shared/people/span.ts'
import { useStores } from '../stores.ts'
import { teamWords } from '../words/teams.ts'

/** Warns where more people report to the commander than one can lead, and leads to the teams; else nothing. */
export function SpanNote({ state }: { readonly state: IncidentState }) {
  const { view } = useStores()
  const { reports, isTooWide } = spanOf(state)
  if (!isTooWide) return null
  return (
    <button
      type="button"
      className="chip warn span-note"
      title={teamWords.tooWideWhy(reports.length)}
      onClick={() => view.open({ name: 'teams', id: state.id })}
    >
      {teamWords.tooWideShort(reports.length)}
    </button>
  )
}
