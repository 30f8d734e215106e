import { useStore } from 'zustand'
import type { Target } from '../../shared/packs/place-shape.ts'
import { useStores } from '../stores.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { targetWords } from '../words/targets.ts'

interface Props {
  readonly pack: string
  readonly target: Target
}

/** The button that tests a target, and what came of it: what held, what did not, and what nobody looked at. */
export function TargetTestLine({ pack, target }: Props) {
  const { targets } = useStores()
  const tested = useStore(targets.store, (all) => all[pack]?.tests[target.id])
  const isAsking = tested?.asked.state === 'asked'
  const came = tested?.came ?? null
  return (
    <div className="row wrap target-test">
      <button
        type="button"
        className="btn"
        aria-label={targetWords.testOf(target.title)}
        disabled={isAsking}
        onClick={() => void targets.test(pack, target.id)}
      >
        {targetWords.test}
      </button>
      {isAsking ? <output className="asked">{targetWords.testing}</output> : null}
      {tested?.asked.state === 'failed' ? <RefusalNote refusal={tested.asked.refusal} /> : null}
      {came === null ? null : (
        <output className="tested" data-outcome={came.outcome}>
          <b className={came.outcome === 'good' ? 'clean' : 'line-due'}>{targetWords.outcome[came.outcome]}</b>{' '}
          {came.reached === null ? null : <span className="mono faint">{came.reached}</span>}{' '}
          <span>{came.said.join(' ')}</span>
          {came.untested.length === 0 ? null : (
            <span className="faint">
              {' '}
              {targetWords.untested}
              {came.untested.map((one) => one.charAt(0).toLowerCase() + one.slice(1)).join(' ')}
            </span>
          )}
        </output>
      )}
    </div>
  )
}
