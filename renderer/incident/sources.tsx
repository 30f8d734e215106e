import { useEffect } from 'react'
import { useStore } from 'zustand'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import { ClockLine } from '../clocks/clock-line.tsx'
import { StorageLine } from '../storage/storage-line.tsx'
import { useOfNow, useStores } from '../stores.ts'
import { Folding, type FoldingItem } from '../ui/folding.tsx'
import { findingWords } from '../words/findings.ts'
import { incidentWords } from '../words/incident.ts'
import { skewWords } from '../words/skew.ts'
import { ago } from '../words/time.ts'

/** After this long a sweep no longer says how things are. */
const STALE_MS = 10 * 60_000

/** How old each source of what the room shows is: every engine that was swept, the mirror, the clock, the vault. */
export function Sources({ state }: { readonly state: IncidentState }) {
  const { desk, vault } = useStores()
  const clock = useStore(desk.store, (known) => known.desk?.clock ?? null)
  const status = useStore(vault.store, (known) => known.status)
  useEffect(() => {
    if (vault.store.getState().status === null) void vault.read()
  }, [vault])
  const engines = useEngines(state)
  const ages = useOfNow((nowMs) => engines.map(({ at }) => ago(at, nowMs)))
  const stale = useOfNow((nowMs) => engines.map(({ at }) => isOpen(state) && nowMs - Date.parse(at) > STALE_MS))
  const clockAge = useOfNow((nowMs) => (clock === null ? null : ago(clock.at, nowMs)))
  const swept = engines.map(({ id, name }, place): FoldingItem & { readonly isStale: boolean } => {
    const when = ages[place] ?? ''
    const isStale = stale[place] ?? false
    const words = isStale ? findingWords.stale(shortName(name), when) : findingWords.source(shortName(name), when)
    return {
      key: `engine ${id} ${isStale}`,
      isStale,
      shown: (
        <span className={isStale ? 'source stale' : 'source'} title={name}>
          {words}
        </span>
      ),
    }
  })
  const never = engines.length === 0 ? [{ key: 'never', shown: <span>{findingWords.never}</span> }] : []
  const words = incidentWords.sources
  const isOff = skewWords(clock?.skewMs ?? null) !== null
  const clockWord = clockAge === null ? words.clockUnknown : words.clock(clockAge)
  const lock = status === null || status.sealedBy.length === 0 ? null : words.vault[status.locked]
  const items: FoldingItem[] = [
    ...swept.filter(({ isStale }) => isStale),
    ...(isOff ? [{ key: 'clock off', shown: <ClockLine /> }] : []),
    ...swept.filter(({ isStale }) => !isStale),
    ...never,
    { key: 'mirror', shown: <StorageLine short /> },
    ...(lock === null ? [] : [{ key: `vault ${lock}`, shown: <span>{lock}</span> }]),
    ...(isOff ? [] : [{ key: 'clock', shown: <span>{clockWord}</span> }]),
  ]
  return <Folding items={items} label={words.title} className="fresh" />
}

/** The engines that were swept for the incident, the newest sweep first. */
function useEngines({ sweep, mode }: IncidentState): { id: string; name: string; at: string }[] {
  const { engines } = useStores()
  const { endpoints } = useStore(engines.store, (all) => all[mode === 'exercise' ? 'exercise' : 'live'])
  if (sweep === null) return []
  const { endpoint } = sweep.summary
  const before = Object.entries(sweep.earlier)
    .filter(([id]) => id !== endpoint.id)
    .map(([id, { at }]) => ({ id, name: nameOf(endpoints, id), at }))
  return [{ id: endpoint.id, name: endpoint.name, at: sweep.at }, ...before].toSorted((a, b) => (a.at < b.at ? 1 : -1))
}

function nameOf(endpoints: readonly { id: string; name: string }[], id: string): string {
  return endpoints.find((endpoint) => endpoint.id === id)?.name ?? id
}

/** A socket is known by its end. */
function shortName(name: string): string {
  return name.length <= 28 ? name : `…${name.slice(-27)}`
}
