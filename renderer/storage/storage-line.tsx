import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { StorageHealth } from '../../shared/storage/health.ts'
import { useOfNow, useStores } from '../stores.ts'
import { healthLines, storageWords } from '../words/storage.ts'

/** How the desk's storage stands, in words and a shape; opens what can be done about it. `short`: where a foot has little room. */
export function StorageLine({ short = false }: { readonly short?: boolean }) {
  const { storage, view } = useStores()
  const health = useStore(storage.store, (state) => state.health)
  useEffect(() => void storage.read(), [storage])
  const told = useOfNow((nowMs) => (health === null ? null : tell(health, nowMs)))
  if (health === null || told === null) return null
  const { first, isDue, others } = told
  const all = others === '' ? first : `${first} · ${others}`
  const shown = short && others !== '' ? `${first} ${storageWords.more(told.more)}` : all
  const shape = isDue ? '△ ' : health.mirror === null ? '' : '✓ '
  return (
    <button
      type="button"
      className={isDue ? 'storage-line stale' : 'storage-line'}
      onClick={() => view.open({ name: 'storage' })}
      title={`${all}. ${storageWords.open}`}
      aria-label={`${storageWords.foot}: ${all}`}
    >
      <span aria-hidden="true">{shape}</span>
      {shown}
    </button>
  )
}

/** The line that matters most, and the others of which something is due. */
function tell(health: StorageHealth, nowMs: number) {
  const [first, ...rest] = healthLines(health, nowMs)
  if (first === undefined) return null
  const due = rest.filter((line) => line.due)
  return { first: first.text, isDue: first.due, others: due.map(({ text }) => text).join(' · '), more: due.length }
}
