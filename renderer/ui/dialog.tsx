import { Modal } from '@mantine/core'
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { uiWords } from '../words/ui.ts'

interface Props {
  readonly title: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
  readonly size?: number | string
}

/**
 * A layer with the focus inside, given back to where it was when it closes. Esc is the window's: it closes the top
 * layer only, while a modal of its own would close with every modal above it.
 */
export function Dialog({ title, onClose, children, size = 560 }: Props) {
  const before = useRef<Element | null>(null)
  before.current ??= document.activeElement
  useEffect(() => {
    const { current } = before
    return () => {
      if (current instanceof HTMLElement && current.isConnected) current.focus()
    }
  }, [])
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeOnEscape={false}
      lockScroll={false}
      returnFocus={false}
      yOffset="8vh"
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': uiWords.close }}
    >
      <FocusFirst>{children}</FocusFirst>
    </Modal>
  )
}

/**
 * Gives the focus to the field that asks for it as soon as it is there. Mantine's own trap does so in a timer (9.7,
 * use-focus-trap): what a quick hand had typed by then would be lost, and a field it had moved on to would lose the
 * focus again. So the trap is given this place to focus, which passes the focus on to where it was last.
 */
function FocusFirst({ children }: { readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  const last = useRef<HTMLElement | null>(null)
  useLayoutEffect(() => {
    const asking = place.current?.querySelector<HTMLElement>('[data-autofocus]') ?? null
    if (asking === null) return
    place.current?.setAttribute('data-autofocus', '')
    asking.focus()
  }, [])
  return (
    <div
      ref={place}
      tabIndex={-1}
      onFocus={({ target }) => {
        if (target !== place.current) last.current = target
        else if (last.current?.isConnected === true) last.current.focus()
      }}
    >
      {children}
    </div>
  )
}
