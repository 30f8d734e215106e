import type { ReactNode } from 'react'
import { useStores } from '../stores.ts'
import { uiWords } from '../words/ui.ts'
import type { useAsking } from './use-asking.ts'
import { KeyCap } from './key-cap.tsx'
import { RefusalNote } from './refusal-note.tsx'

interface Props {
  readonly asking: ReturnType<typeof useAsking>
  readonly go: string
  readonly isReady: boolean
  /** What sends the form, where Enter alone does not everywhere in it. */
  readonly keys?: string
  readonly children?: ReactNode
}

/** The end of a dialog's form: do it, or leave it; and what came of it. */
export function DialogFoot({ asking, go, isReady, keys = 'enter', children }: Props) {
  const { view } = useStores()
  return (
    <>
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
      <div className="row wrap">
        <button type="submit" className="btn first" disabled={!isReady || asking.isAsking}>
          {go} <KeyCap keys={keys} />
        </button>
        {children}
        {asking.isAsking ? <output className="asked">{uiWords.asking}</output> : null}
        <button type="button" className="btn plain end" onClick={() => view.closeTop()}>
          {uiWords.cancel} <KeyCap keys="escape" />
        </button>
      </div>
    </>
  )
}
