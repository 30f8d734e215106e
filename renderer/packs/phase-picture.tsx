import type { Pack, Phase } from '../../shared/packs/pack.ts'
import { stepsIn } from '../../shared/packs/steps-of.ts'
import { packWords, windowWords } from '../words/packs.ts'
import type { PackPage } from './pack-pages.ts'

interface Props {
  readonly pack: Pack
  onOpen(page: PackPage): void
}

/** The phases over time: a bar for each window, on a scale that grows, so that five minutes and three days both show. */
export function PhasePicture({ pack, onOpen }: Props) {
  const ends = pack.phases.map(({ window }) => window?.toMinutes ?? (window?.fromMinutes ?? 0) * 2)
  const longest = Math.max(60, ...ends)
  return (
    <ol className="phase-picture">
      {pack.phases.map((phase, place) => (
        <li key={phase.id}>
          <button
            type="button"
            className="line-open"
            onClick={() => onOpen({ name: 'item', id: pack.id, list: 'phases', item: phase.id })}
          >
            {place + 1} {phase.title}
          </button>
          <span className="phase-track" aria-hidden="true">
            {phase.window === null ? null : (
              <i className={`phase-bar after-${phase.window.after}`} style={barOf(phase.window, longest)} />
            )}
          </span>
          <span className="soft">
            {windowWords(phase.window)}
            {stepsIn(phase.stages).length === 0 ? null : (
              <span className="faint"> · {packWords.steps(stepsIn(phase.stages).length)}</span>
            )}
          </span>
        </li>
      ))}
    </ol>
  )
}

/** Half of the width is before the end of the incident, half after it. */
function barOf({ after, fromMinutes, toMinutes }: NonNullable<Phase['window']>, longest: number) {
  const offset = after === 'detection' ? 0 : 50
  const from = scaled(fromMinutes, longest)
  const to = toMinutes === null ? 1 : scaled(toMinutes, longest)
  return { left: `${offset + from * 50}%`, width: `${Math.max(1, (to - from) * 50)}%` }
}

function scaled(minutes: number, longest: number): number {
  return Math.min(1, Math.log1p(minutes) / Math.log1p(longest))
}
