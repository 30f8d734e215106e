import { useEffect } from 'react'
import { useStore } from 'zustand'
import { useStores } from '../stores.ts'
import { handoverWords } from '../words/handover.ts'

/** What this desk cannot reach of an incident that comes from another one. */
export function ReachList({ id }: { readonly id: string }) {
  const { handover, vault } = useStores()
  useEffect(() => {
    void handover.reach(id)
    // Whom an unlocked vault knows can be told.
    return vault.store.subscribe(({ status }, before) => {
      if (status?.locked !== before.status?.locked) void handover.reach(id)
    })
  }, [handover, vault, id])
  const reach = useStore(handover.store, (known) => known.reach[id] ?? null)
  const words = handoverWords.reach
  return (
    <section aria-label={words.title} className="stack">
      <h3>{words.title}</h3>
      {reach === null ? <output className="asked">{words.asking}</output> : null}
      {reach?.length === 0 ? <p>✓ {words.all}</p> : null}
      <ul className="reach">
        {(reach ?? []).map(({ what, why, next }) => (
          <li key={what}>
            <strong>△ {what}.</strong> {why} <span className="soft">{next}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
