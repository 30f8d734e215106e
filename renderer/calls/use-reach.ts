import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Reach } from '../../shared/people/reach.ts'
import { useStores } from '../stores.ts'

/** Who stands behind the roles of an incident; asked anew when the vault changed. Null until it is known. */
export function useReach(incident: string): Reach | null {
  const { people } = useStores()
  const reach = useStore(people.store, (known) => known.reach[incident] ?? null)
  useEffect(() => {
    if (reach === null) void people.readReach(incident)
  }, [people, incident, reach])
  return reach
}
