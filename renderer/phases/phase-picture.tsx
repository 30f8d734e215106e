import type { phaseOf } from '../../shared/clocks/phases.ts'
import type { Pack, Phase } from '../../shared/packs/pack.ts'
import { useZone } from '../stores.ts'
import { phaseWords } from '../words/phases.ts'
import { minuteOfDay, span } from '../words/time.ts'

interface Props {
  readonly pack: Pack
  readonly now: ReturnType<typeof phaseOf>
  /** The phase that is chosen; null where none can be. */
  readonly chosen: string | null
  readonly onChoose: ((phase: string) => void) | null
}

/** The phases in their order, each with its window; the one that the work is in says so. Arrow keys choose. */
export function PhasePicture({ pack, now, chosen, onChoose }: Props) {
  return (
    <fieldset className="phases">
      <legend className="field-label">{onChoose === null ? phaseWords.title : phaseWords.choose}</legend>
      {pack.phases.map((phase, place) => {
        const isHere = now?.place === place
        const isPast = now !== null && place < now.place
        return (
          <label key={phase.id} className={isHere ? 'phase here' : isPast ? 'phase past' : 'phase'}>
            <span className="phase-title">
              {onChoose === null ? null : (
                <input
                  type="radio"
                  name="phase"
                  value={phase.id}
                  checked={chosen === phase.id}
                  onChange={() => onChoose(phase.id)}
                  data-autofocus={chosen === phase.id ? true : undefined}
                />
              )}
              {isPast ? '✓ ' : ''}
              {phase.title}
            </span>
            {isHere ? <Here byHand={now.byHand} /> : null}
            <span className="soft">{phase.summary}</span>
            <span className="faint">{windowWords(phase)}</span>
          </label>
        )
      })}
    </fieldset>
  )
}

function Here({ byHand }: { readonly byHand: string | null }) {
  const zone = useZone()
  const how = byHand === null ? phaseWords.byTime : phaseWords.byHand(minuteOfDay(byHand, zone))
  return (
    <b className="phase-here">
      ▶ {phaseWords.here}, {how}
    </b>
  )
}

function windowWords({ window }: Phase): string {
  if (window === null) return phaseWords.noWindow
  const words = (minutes: number) => (minutes === 0 ? '0' : span(minutes * 60_000))
  return `${phaseWords.byTime}: ${phaseWords.window(
    words(window.fromMinutes),
    window.toMinutes === null ? null : words(window.toMinutes),
    window.after,
  )}`
}
