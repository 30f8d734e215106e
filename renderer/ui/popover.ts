import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'

/** A part that opens beside its button and takes itself away: at Esc, when the focus leaves it, at a press elsewhere. */
export function usePopover<Whole extends HTMLElement = HTMLDivElement>() {
  const [isOpen, setOpen] = useState(false)
  const whole = useRef<Whole>(null)
  /** What had the focus when it opened. */
  const from = useRef<Element | null>(null)
  useEffect(() => {
    if (!isOpen) return
    const onPress = ({ target }: PointerEvent) => {
      if (target instanceof Node && whole.current?.contains(target) === false) setOpen(false)
    }
    document.addEventListener('pointerdown', onPress)
    return () => document.removeEventListener('pointerdown', onPress)
  }, [isOpen])
  const open = () => {
    from.current = document.activeElement
    setOpen(true)
  }
  return {
    isOpen,
    open,
    close: () => setOpen(false),
    toggle() {
      if (isOpen) setOpen(false)
      else open()
    },
    /** For the element that holds both the button and what it opens. */
    around: {
      ref: whole,
      onKeyDown(event: KeyboardEvent) {
        if (event.key !== 'Escape' || !isOpen) return
        event.preventDefault() // or the window would close a layer, or take the focus away
        setOpen(false)
        if (from.current instanceof HTMLElement && from.current.isConnected) from.current.focus()
      },
      onBlur({ relatedTarget }: FocusEvent) {
        if (relatedTarget instanceof Node && whole.current?.contains(relatedTarget) === false) setOpen(false)
      },
    },
  }
}
