import { useEffect } from 'react'
import { useStore } from 'zustand'
import { useNow, useStores } from '../stores.ts'
import { healthLines, storageWords } from '../words/storage.ts'

/** How the desk's storage stands, in words and a shape; opens what can be done about it. */
export function StorageLine() {
  const { storage, view } = useStores()
  const nowMs = useNow()
  const health = useStore(storage.store, (state) => state.health)
  useEffect(() => void storage.read(), [storage])
  if (health === null) return null
  const [first, ...more] = healthLines(health, nowMs)
  if (first === undefined) return null
  const words = [first, ...more.filter(({ due }) => due)].map(({ text }) => text).join(' · ')
  const isKept = !first.due && health.mirror !== null
  return (
    <button
      type="button"
      className={first.due ? 'btn plain storage-line stale' : 'btn plain storage-line'}
      onClick={() => view.open({ name: 'storage' })}
      title={`${words}. ${storageWords.open}`}
      aria-label={`${storageWords.foot}: ${words}`}
    >
      {first.due ? <span aria-hidden="true">△ </span> : null}
      {isKept ? <span aria-hidden="true">✓ </span> : null}
      {words}
    </button>
  )
}
