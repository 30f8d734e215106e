import { createContext, useContext } from 'react'
import { useStores } from '../stores.ts'

/** The serial of the layer that this is a part of; null outside of layers. */
export const OwnLayer = createContext<number | null>(null)

/**
 * Closes the layer that the caller is a part of, and no other. An answer may come when it is long closed and another lies
 * there: that one stays.
 */
export function useCloseOwn(): () => void {
  const { view } = useStores()
  const serial = useContext(OwnLayer)
  return () => {
    if (serial !== null) view.closeOnly(serial)
  }
}
