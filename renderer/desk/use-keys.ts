import { useEffect } from 'react'
import { createKeyHandler, isTyping } from '../keys/key-handler.ts'
import { useStores } from '../stores.ts'

/** Gives the window's key presses to the commands of the layer on top. */
export function useKeys(): void {
  const { commands, view } = useStores()
  useEffect(() => {
    // When it was pressed, not when a busy window came to it: two keys typed at once are a pair however late they are heard.
    let pressedMs = 0
    const handle = createKeyHandler({
      commands,
      layer: () => view.store.getState().layers.at(-1)?.name ?? 'base',
      nowMs: () => pressedMs,
    })
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.isComposing ||
        (event.repeat && !event.key.startsWith('Arrow')) ||
        isPressing(event)
      )
        return
      pressedMs = event.timeStamp
      if (handle(event, isTyping(event.target))) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [commands, view])
}

/** Enter and space on a button are that button's. */
function isPressing(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' && event.key !== ' ') return false
  return event.target instanceof Element && event.target.closest('button, a, summary, [role="option"]') !== null
}
