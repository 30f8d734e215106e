import { useEffect } from 'react'

/** Goes to a part of the page, by its id, once the page is drawn; to the top where none is named. */
export function useAnchor(anchor: string | null): void {
  useEffect(() => {
    if (anchor === null) return
    const part = document.getElementById(anchor)
    part?.scrollIntoView({ block: 'start' })
    part?.focus({ preventScroll: true })
  }, [anchor])
}
