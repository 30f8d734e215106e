import { useEffect } from 'react'
import type { PackPage } from './pack-pages.ts'

/** Goes to the part that a page names, each time that somebody goes there. */
export function useAnchor(page: PackPage): void {
  useEffect(() => {
    if (!('anchor' in page) || page.anchor === undefined) return
    const part = document.getElementById(page.anchor)
    part?.scrollIntoView({ block: 'start' })
    part?.focus({ preventScroll: true })
  }, [page])
}
