import { useCommands } from '../keys/use-commands.ts'
import type { useAsking } from '../ui/use-asking.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { targetWords } from '../words/targets.ts'
import { uiWords } from '../words/ui.ts'

interface Props {
  readonly asking: ReturnType<typeof useAsking>
  readonly isReady: boolean
  onCancel(): void
}

/** The end of a form that binds: keep it, or leave it; and what came of it. */
export function BindFoot({ asking, isReady, onCancel }: Props) {
  useCommands('base', targetWords.bind, [
    { id: 'bind.leave', title: uiWords.cancel, keys: 'escape', whileTyping: true, run: onCancel },
  ])
  return (
    <>
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
      <div className="row">
        <button type="submit" className="btn first" disabled={!isReady || asking.isAsking}>
          {targetWords.keep} <KeyCap keys="enter" />
        </button>
        <button type="button" className="btn plain" onClick={onCancel}>
          {uiWords.cancel} <KeyCap keys="escape" />
        </button>
      </div>
    </>
  )
}
