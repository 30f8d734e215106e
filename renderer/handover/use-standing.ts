import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { CommandStanding } from '../../shared/handover/calls.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { useStores } from '../stores.ts'

/** How command of an incident stands, asked anew whenever its entries say something of it; null until it is known. */
export function useStanding({
  id,
  handovers,
  roles,
}: Pick<IncidentState, 'id' | 'handovers' | 'roles'>): CommandStanding | null {
  const { handover } = useStores()
  const seen = JSON.stringify([handovers, roles.commander])
  useEffect(() => handover.look(id, seen), [handover, id, seen])
  return useStore(handover.store, ({ standings }) => standings[id] ?? null)
}
