import { useEffect } from 'react'
import { useStore } from 'zustand'
import { useOfNow, useStores } from '../stores.ts'
import { saysTheSame } from '../ui/says-the-same.ts'
import { settingsWords as words } from '../words/settings.ts'
import { healthLines, storageWords } from '../words/storage.ts'
import { ago } from '../words/time.ts'

/** How mirror, disk and backup stand, what is due first. */
export function StorageStanding() {
  const { storage } = useStores()
  const health = useStore(storage.store, (state) => state.health)
  useEffect(() => void storage.read(), [storage])
  const lines = useOfNow((nowMs) => (health === null ? [] : healthLines(health, nowMs)), saysTheSame)
  const last = health?.backup ?? null
  const age = useOfNow((nowMs) => (last === null ? storageWords.never : words.backedUp(ago(last.at, nowMs))))
  if (health === null) return <p className="asked">{words.reading}</p>
  return (
    <ul>
      {lines.map(({ text, due }) => (
        <li key={text} className={due ? 'line-due' : undefined}>
          {due ? '△ ' : ''}
          {text}
        </li>
      ))}
      <li>{age}</li>
    </ul>
  )
}
