import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Entry } from '../../shared/journal/header.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useStores } from '../stores.ts'
import { findNewest } from './entry-pages.ts'

/**
 * The entry of a hash: from what the room has, else fetched. Undefined while it is on its way, null where the incident
 * holds none.
 */
export function useEntry(incident: string, hash: string): Entry | null | undefined {
  const { rooms, quoted } = useStores()
  const here = useStore(rooms.store, (all) =>
    findNewest(roomOf(all, incident).timeline.all, (entry) => entry.hash === hash),
  )
  const fetched = useStore(quoted.store, (all) => all[hash])
  const isAway = here === null && fetched === undefined
  useEffect(() => {
    if (isAway) quoted.want(incident, hash)
  }, [quoted, incident, hash, isAway])
  return here ?? fetched
}
