import { useEffect } from 'react'
import { useStore } from 'zustand'
import { useStores } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
import { storageWords } from '../words/storage.ts'
import { BackupPart } from './backup-part.tsx'
import { MirrorPart } from './mirror-part.tsx'

/** Mirror, backup, and what room there is. */
export function StorageDialog() {
  const { desk, storage, view } = useStores()
  const health = useStore(storage.store, (state) => state.health)
  const dataFolder = useStore(desk.store, (state) => state.desk?.dataFolder ?? '')
  useEffect(() => void storage.read(), [storage])
  return (
    <Dialog title={storageWords.title} onClose={() => view.closeTop()} size={760}>
      <div className="stack storage">
        {health === null ? null : (
          <>
            {health.warnings.map(({ happened, next }) => (
              <p key={happened} role="alert" className="storage-warning">
                <span aria-hidden="true">△ </span>
                {happened} {next}
              </p>
            ))}
            <MirrorPart mirror={health.mirror} />
            <BackupPart last={health.backup} />
            <section aria-label={storageWords.room}>
              <h2>{storageWords.room}</h2>
              <dl className="storage-room">
                <dt>{storageWords.journal}</dt>
                <dd>{storageWords.size(health.journalBytes)}</dd>
                <dt>{storageWords.evidence}</dt>
                <dd>{storageWords.size(health.evidenceBytes)}</dd>
                <dt>{storageWords.free}</dt>
                <dd>{storageWords.size(health.freeBytes)}</dd>
                <dt>{storageWords.dataFolder}</dt>
                <dd className="mono">{dataFolder}</dd>
              </dl>
            </section>
          </>
        )}
      </div>
    </Dialog>
  )
}
