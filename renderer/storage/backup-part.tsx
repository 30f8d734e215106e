import { useState } from 'react'
import { useStore } from 'zustand'
import type { StorageHealth } from '../../shared/storage/health.ts'
import { useNow, useStores } from '../stores.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { storageWords } from '../words/storage.ts'
import { FolderField } from './folder-field.tsx'

/** When the newest backup was made, and making one. */
export function BackupPart({ last }: { readonly last: StorageHealth['backup'] }) {
  const { storage } = useStores()
  const nowMs = useNow()
  const { backingUp, progress, made, refusal } = useStore(storage.store)
  const [folder, setFolder] = useState(last === null ? '' : folderAbove(last.folder))
  return (
    <section aria-label={storageWords.backup} className="stack">
      <h2>{storageWords.backup}</h2>
      <p className="soft">{storageWords.backupWhat}</p>
      <p className="storage-path">
        {last === null ? storageWords.never : storageWords.last(last.at, last.folder, nowMs)}
      </p>
      <FolderField
        label={storageWords.backupFolder}
        title={storageWords.chooseBackup}
        value={folder}
        go={storageWords.backupGo}
        isBusy={backingUp}
        onChange={setFolder}
        onGo={(chosen) => void storage.backUp(chosen)}
      >
        {backingUp ? (
          <button type="button" className="btn" onClick={() => void storage.cancelBackUp()}>
            {storageWords.backupCancel}
          </button>
        ) : null}
      </FolderField>
      <output>
        {progress === null ? null : <span className="asked">{storageWords.progress(progress)}</span>}
        {made === null ? null : storageWords.made(made.entries, made.files, made.bytes)}
      </output>
      {made?.problems.map((problem) => (
        <p key={problem}>
          <span aria-hidden="true">△ </span>
          {problem}
        </p>
      ))}
      {refusal === null ? null : <RefusalNote refusal={refusal} />}
      <p className="faint">{storageWords.restoreHint}</p>
    </section>
  )
}

/** Where the last one was made, the next one goes too. */
function folderAbove(folder: string): string {
  return folder.replace(/[\\/][^\\/]*$/, '')
}
