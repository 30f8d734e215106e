import { useStore } from 'zustand'
import { useStores } from '../stores.ts'
import { vaultWords } from '../words/vault.ts'

/** Says that a recovery key waits to be written down, wherever else the person went. Never the key itself. */
export function RecoveryNotice() {
  const { vault, view } = useStores()
  const isWaiting = useStore(vault.store, ({ recovery }) => recovery !== null)
  const isLookedAt = useStore(view.store, ({ layers }) => layers.some(({ name }) => name === 'vault'))
  const words = vaultWords.recovery
  if (!isWaiting || isLookedAt) return null
  return (
    <output className="journal-notice">
      <b>△ {words.waits}</b>
      <span>{words.waitsWhy}</span>
      <button type="button" className="btn" onClick={() => view.open({ name: 'vault' })}>
        {words.look}
      </button>
    </output>
  )
}
