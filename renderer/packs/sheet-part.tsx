import type { ReactNode } from 'react'

interface Props {
  readonly id: string
  readonly title: string
  readonly count: number
  readonly children: ReactNode
}

/** A part of a pack's page with its heading; nothing where the pack has none of it. */
export function Part({ id, title, count, children }: Props) {
  if (count === 0) return null
  return (
    <section className="sheet-part" id={id} tabIndex={-1} aria-label={title}>
      <h2>
        {title} <span className="faint">{count}</span>
      </h2>
      {children}
    </section>
  )
}
