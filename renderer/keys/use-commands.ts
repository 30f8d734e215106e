import { useLayoutEffect, useRef } from 'react'
import { useStores } from '../stores.ts'
import type { Command } from './commands.ts'

/**
 * Offers commands while the calling part is on screen, from the moment it is. `layer` is 'base', 'always' or the name of
 * a layer.
 */
export function useCommands(layer: string, title: string, list: readonly Command[]): void {
  const { commands } = useStores()
  const latest = useRef(list)
  useLayoutEffect(() => {
    latest.current = list
  })
  useLayoutEffect(() => commands.add({ layer, title, list: () => latest.current }), [commands, layer, title])
}
