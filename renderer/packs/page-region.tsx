import { type ReactNode, useEffect, useRef } from 'react'
import { scrollable } from '../ui/scrollable.ts'
import type { PackPage } from './pack-pages.ts'

/**
 * Where a page is read. It takes the focus from the search, or from nowhere, when somebody goes to a page: then single
 * keys are commands again and the arrows read on.
 */
export function PageRegion({ page, children }: { readonly page: PackPage; readonly children: ReactNode }) {
  const region = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { activeElement } = document
    const isFree = activeElement === null || activeElement === document.body
    if (page !== null && (isFree || activeElement.closest('.packs-search') !== null)) {
      region.current?.focus({ preventScroll: true })
    }
  }, [page])
  return (
    <div className="packs-page" ref={region} {...scrollable}>
      {children}
    </div>
  )
}
