import { useEffect } from 'react'
import { useStore } from 'zustand'
import { useNow, useStores } from '../stores.ts'
import { healthLines, storageWords } from '../words/storage.ts'

/** How the desk's storage stands, in words and a shape; opens what can be done about it. `short`: where a foot has little room. */
export function StorageLine({ short = false }: { readonly short?: boolean }) {
  const { storage, view } = useStores()
  const nowMs = useNow()
  const health = useStore(storage.store, (state) => state.health)
  useEffect(() => void storage.read(), [storage])
  if (health === null) return null
  const [first, ...more] = healthLines(health, nowMs)
  if (first === undefined) return null
  const due = more.filter((line) => line.due).map(({ text }) => text)
  const all = [first.text, ...due].join(' · ')
  const shown = short && due.length > 0 ? `${first.text} ${storageWords.more(due.length)}` : all
  const shape = first.due ? '△ ' : health.mirror === null ? '' : '✓ '
  return (
    <button
      type="button"
      className={first.due ? 'storage-line stale' : 'storage-line'}
      onClick={() => view.open({ name: 'storage' })}
      title={`${all}. ${storageWords.open}`}
      aria-label={`${storageWords.foot}: ${all}`}
    >
      <span aria-hidden="true">{shape}</span>
      {shown}
    </button>
  )
}
