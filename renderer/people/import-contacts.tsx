import { useRef, useState } from 'react'
import type { Result } from '../../shared/contract.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { scrollable } from '../ui/scrollable.ts'
import { peopleWords } from '../words/people.ts'

/** Takes in a file of contacts, and shows what of it was not understood. */
export function ImportContacts() {
  const { people } = useStores()
  const field = useRef<HTMLInputElement>(null)
  const [report, setReport] = useState<Result<'people.import'> | null>(null)
  const asking = useAsking()
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    const text = await file.text()
    await asking.ask(async () => {
      const outcome = await people.import(file.name, text)
      setReport(outcome.ok ? outcome.value : null)
      return outcome
    })
  }
  return (
    <div className="stack">
      <div className="row">
        <input
          ref={field}
          type="file"
          accept=".csv,.tsv,.txt,.vcf"
          className="unseen"
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => {
            void take(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
        <button type="button" className="btn" onClick={() => field.current?.click()} disabled={asking.isAsking}>
          {peopleWords.import}
        </button>
        {report === null ? null : (
          <output>{peopleWords.imported(report.added, report.updated, report.unchanged)}</output>
        )}
      </div>
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} onDismiss={asking.forget} />}
      {report === null || report.notUnderstood.length === 0 ? null : (
        <section aria-label={peopleWords.notUnderstood}>
          <h2>{peopleWords.notUnderstood}</h2>
          <ul className="not-understood" {...scrollable}>
            {report.notUnderstood.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
