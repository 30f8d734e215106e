import { useState } from 'react'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { handoverWords } from '../words/handover.ts'

/** The brief as a file: to print, to send, to keep. */
export function SaveBrief({ id, takesFocus = false }: { readonly id: string; readonly takesFocus?: boolean }) {
  const { handover } = useStores()
  const asking = useAsking()
  const [path, setPath] = useState<string | null>(null)
  const words = handoverWords.save
  const save = (format: 'pdf' | 'html' | 'md') =>
    asking.ask(async () => {
      const outcome = await handover.change('saveBrief', { id, format })
      setPath(outcome.ok ? outcome.value.path : null)
      return outcome
    })
  return (
    <div className="stack handover-other">
      <div className="row wrap">
        <span className="soft">{words.label}</span>
        {(['pdf', 'html', 'md'] as const).map((format) => (
          <button
            key={format}
            type="button"
            className="btn"
            disabled={asking.isAsking}
            onClick={() => void save(format)}
            {...(takesFocus && format === 'pdf' ? { 'data-autofocus': '' } : {})}
          >
            {words.formats[format]}
          </button>
        ))}
      </div>
      {path === null ? null : <output className="soft">{words.wrote(path)}</output>}
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
    </div>
  )
}
