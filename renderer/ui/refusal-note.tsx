import type { Refusal } from '../../shared/refusal.ts'
import { uiWords } from '../words/ui.ts'

interface Props {
  readonly refusal: Refusal
  /** Asks again; only where asking again makes sense. */
  readonly onRetry?: (() => void) | undefined
}

/** A refusal where it happened: what was tried, what happened, what to do next. */
export function RefusalNote({ refusal, onRetry }: Props) {
  return (
    <div className="refusal" role="alert">
      <p className="soft">
        <span aria-hidden="true">△ </span>
        {uiWords.notDone(refusal.tried)}
      </p>
      <p className="happened">{refusal.happened}</p>
      <p>{refusal.next}</p>
      {onRetry === undefined ? null : (
        <p>
          <button type="button" className="btn" onClick={onRetry}>
            {uiWords.retry}
          </button>
        </p>
      )}
    </div>
  )
}
