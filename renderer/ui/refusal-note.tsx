import type { Refusal } from '../../shared/refusal.ts'
import { uiWords } from '../words/ui.ts'
import { Coded } from './coded.tsx'

interface Props {
  readonly refusal: Refusal
  /** Asks again; only where asking again makes sense. */
  readonly onRetry?: (() => void) | undefined
  /** Takes the note away; where nothing else would. */
  readonly onDismiss?: () => void
}

/** A refusal where it happened: what was tried, what happened, what to do next. */
export function RefusalNote({ refusal, onRetry, onDismiss }: Props) {
  return (
    <div className="refusal" role="alert">
      <p className="soft">
        <span aria-hidden="true">△ </span>
        {uiWords.notDone(refusal.tried)}
      </p>
      <p className="happened">
        <Coded text={refusal.happened} />
      </p>
      <p>
        <Coded text={refusal.next} />
      </p>
      {onRetry === undefined && onDismiss === undefined ? null : (
        <div className="row">
          {onRetry === undefined ? null : (
            <button type="button" className="btn" onClick={onRetry}>
              {uiWords.retry}
            </button>
          )}
          {onDismiss === undefined ? null : (
            <button type="button" className="btn" onClick={onDismiss}>
              {uiWords.dismiss}
            </button>
          )}
        </div>
      )}
    </div>
  )
}
