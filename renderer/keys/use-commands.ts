import { useEffect, useRef } from 'react'
import { useStores } from '../stores.ts'
import type { Command } from './commands.ts'

/** Offers commands while the calling part is on screen. `layer` is 'base', 'always' or the name of a layer. */
export function useCommands(layer: string, title: string, list: readonly Command[]): void {
  const { commands } = useStores()
  const latest = useRef(list)
  useEffect(() => {
    latest.current = list
  })
  useEffect(() => commands.add({ layer, title, list: () => latest.current }), [commands, layer, title])
}
