import { useState } from 'react'
import type { MirrorHealth } from '../../shared/storage/health.ts'
import { useNow, useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { mirrorLine, storageWords } from '../words/storage.ts'
import { uiWords } from '../words/ui.ts'
import { FolderField } from './folder-field.tsx'

/** Where the mirror is, how it stands, and how to change that. */
export function MirrorPart({ mirror }: { readonly mirror: MirrorHealth | null }) {
  const { storage } = useStores()
  const asking = useAsking()
  const [folder, setFolder] = useState(mirror?.folder ?? '')
  const set = (chosen: string | null) => void asking.ask(() => storage.setMirror(chosen))
  return (
    <section aria-label={storageWords.mirror} className="stack">
      <h2>{storageWords.mirror}</h2>
      <p className="soft">{storageWords.mirrorWhat}</p>
      {mirror === null ? <p>{storageWords.mirrorNone}</p> : <Standing mirror={mirror} />}
      <FolderField
        label={storageWords.mirrorFolder}
        title={storageWords.chooseMirror}
        value={folder}
        go={storageWords.mirrorSet}
        isBusy={asking.isAsking}
        isFirst
        onChange={setFolder}
        onGo={set}
      >
        {mirror === null ? null : (
          <button type="button" className="btn" onClick={() => set(null)} disabled={asking.isAsking}>
            {storageWords.mirrorOff}
          </button>
        )}
      </FolderField>
      {asking.isAsking ? <output className="asked">{uiWords.asking}</output> : null}
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
    </section>
  )
}

function Standing({ mirror }: { readonly mirror: MirrorHealth }) {
  const nowMs = useNow()
  const line = mirrorLine(mirror, nowMs)
  const waiting = storageWords.waiting(mirror)
  return (
    <div className={line.due ? 'card storage-standing due' : 'card storage-standing'}>
      <p>
        <span aria-hidden="true">{line.due ? '△ ' : '✓ '}</span>
        <b>{line.text}</b>
      </p>
      <p className="mono">{mirror.folder}</p>
      {mirror.trouble === null ? null : <p>{mirror.trouble.next}</p>}
      {waiting === '' ? null : <p>{storageWords.notThere(waiting)}</p>}
      {mirror.state === 'whole' && mirror.trouble === null ? <p>{storageWords.allThere}</p> : null}
      {mirror.remarks.map((remark) => (
        <p key={remark} className="soft">
          {remark}
        </p>
      ))}
    </div>
  )
}
