import type { KeyboardEvent } from 'react'

interface Way {
  /** What is walked along. */
  readonly among: string
  /** Around all of them. */
  readonly within: string
  /** By the keys to the left and right; else by those up and down. */
  readonly across: boolean
}

/** Lets arrow keys move the focus among the parts of a row or list; Home and End go to its ends. */
export function walk(event: KeyboardEvent<HTMLElement>, { among, within, across }: Way): void {
  const steps: Readonly<Record<string, number>> = across
    ? { ArrowRight: 1, ArrowLeft: -1 }
    : { ArrowDown: 1, ArrowUp: -1 }
  const here = event.currentTarget
  const all = [...(here.closest(within)?.querySelectorAll<HTMLElement>(among) ?? [])]
  const step = steps[event.key]
  const at = all.indexOf(here)
  const next = event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : step === undefined ? null : at + step
  if (next === null) return
  event.preventDefault()
  all[Math.min(all.length - 1, Math.max(0, next))]?.focus()
}
