import { useEffect } from 'react'
import type { IndexState } from '../../shared/search/found.ts'

const AGAIN_MS = 1_000

/** While the index is being made, the same is asked again each second: it may find more by then. */
export function useFollowed(index: IndexState | null, again: () => void): void {
  const isBuilding = index?.state === 'building'
  useEffect(() => {
    if (!isBuilding) return
    const timer = setInterval(again, AGAIN_MS)
    return () => clearInterval(timer)
  }, [isBuilding, again])
}
