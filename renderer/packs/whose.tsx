import { useStore } from 'zustand'
import { useStores } from '../stores.ts'
import { targetWords } from '../words/targets.ts'

interface Props {
  readonly pack: string
  /** Where the value stands in the pack: 'severities[0].respondWithinMinutes'. */
  readonly path: string
}

/** Says that a value is the organisation's own; nothing where it is the runbook's. */
export function Yours({ pack, path }: Props) {
  const { readiness } = useStores()
  const found = useStore(readiness.store, (all) => all[pack]?.readiness?.yours.find((one) => one.path === path))
  if (found === undefined) return null
  return (
    <span className="tag yours" title={found.runbook ?? undefined}>
      {targetWords.yours}
    </span>
  )
}
