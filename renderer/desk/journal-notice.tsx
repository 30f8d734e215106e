import { useState } from 'react'
import { useStore } from 'zustand'
import { useStores } from '../stores.ts'
import { deskWords } from '../words/desk.ts'

/** What a person must know of the journal: that it takes nothing more, for as long as that is so, or what happened to it. */
export function JournalNotice() {
  const { desk } = useStores()
  const journal = useStore(desk.store, (state) => state.desk?.journal)
  const [seen, setSeen] = useState<string | null>(null)
  if (journal === undefined) return null
  const { readOnly, remark } = journal
  if (readOnly !== null) {
    return (
      <div className="journal-notice" data-grave="" role="alert">
        <b>{deskWords.journal.readOnly}</b>
        <span>{readOnly}</span>
      </div>
    )
  }
  if (remark === null || remark === seen) return null
  return (
    <output className="journal-notice">
      <b>{deskWords.journal.remark}</b>
      <span>{remark}</span>
      <button type="button" className="btn" onClick={() => setSeen(remark)}>
        {deskWords.journal.seen}
      </button>
    </output>
  )
}
