import type { CouldNotRead } from '../../shared/findings/sweep.ts'
import { findingWords } from '../words/findings.ts'

interface Props {
  readonly spots: readonly CouldNotRead[]
}

/** Every blind spot of the newest sweep, where no finding tells of them: what, and why. */
export function Spots({ spots }: Props) {
  if (spots.length === 0) return <p className="card">✓ {findingWords.noSpots}</p>
  return (
    <section aria-label={findingWords.each}>
      <h3>{findingWords.each}</h3>
      <ul className="spot-list">
        {spots.map((spot) => (
          <li key={`${spot.what} ${spot.why}`}>
            <b>{spot.what}</b> <span className="soft">{spot.why}</span>
          </li>
        ))}
      </ul>
      <p>{findingWords.spotsNext}</p>
    </section>
  )
}
