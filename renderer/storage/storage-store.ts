import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Refusal } from '../../shared/refusal.ts'
import type { BackupMade, BackupProgress, StorageHealth } from '../../shared/storage/health.ts'
import type { Client, Outcome } from '../bridge/client.ts'
import { saysTheSame } from '../ui/says-the-same.ts'

/** What main says of the desk's storage, and the backup that is being made or was made last. */
export interface StorageState {
  readonly health: StorageHealth | null
  readonly backingUp: boolean
  readonly progress: BackupProgress | null
  readonly made: BackupMade | null
  readonly refusal: Refusal | null
}

export interface StorageStore {
  readonly store: StoreApi<StorageState>
  /** Asks how the storage stands. */
  read(): Promise<void>
  setMirror(folder: string | null): Promise<Outcome<null>>
  chooseFolder(title: string): Promise<Outcome<{ folder: string | null }>>
  /** Backs up into a new folder in this one, unless that is being done. */
  backUp(folder: string): Promise<void>
  cancelBackUp(): Promise<void>
  changed(health: StorageHealth): void
  progressed(progress: BackupProgress): void
}

export function createStorageStore(client: Client): StorageStore {
  const store = createStore<StorageState>(() => ({
    health: null,
    backingUp: false,
    progress: null,
    made: null,
    refusal: null,
  }))
  function changed(health: StorageHealth): void {
    if (!saysTheSame(store.getState().health, health)) store.setState({ health })
  }
  return {
    store,
    async read() {
      const outcome = await client.call('storage.read', {})
      if (outcome.ok) changed(outcome.value)
    },
    setMirror: (folder) => client.call('storage.setMirror', { folder }),
    chooseFolder: (title) => client.call('storage.chooseFolder', { title }),
    async backUp(folder) {
      if (store.getState().backingUp) return
      store.setState({ backingUp: true, progress: null, made: null, refusal: null })
      const outcome = await client.call('storage.backUp', { folder })
      store.setState({
        backingUp: false,
        progress: null,
        ...(outcome.ok ? { made: outcome.value } : { refusal: outcome.refusal }),
      })
    },
    async cancelBackUp() {
      await client.call('storage.cancelBackUp', {})
    },
    changed,
    progressed(progress) {
      if (store.getState().backingUp) store.setState({ progress })
    },
  }
}
