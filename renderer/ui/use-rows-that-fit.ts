import { type RefObject, useLayoutEffect, useState } from 'react'

/** The height of one row of the list that gives way, in px. */
const ROW_PX = 24

/**
 * How many rows of a list, up to `most`, a column has room for beside all else in it. Its last child is the room that is
 * left. Fewer than one it never is: then the column scrolls.
 */
export function useRowsThatFit(column: RefObject<HTMLElement | null>, most: number): number {
  const [rows, setRows] = useState(most)
  // After each drawing: what stands in the column changes with it.
  useLayoutEffect(() => {
    const element = column.current
    if (element === null) return
    const measure = () => {
      const over = element.scrollHeight - element.clientHeight
      const left = element.lastElementChild?.clientHeight ?? 0
      if (over > 0) setRows((now) => Math.max(1, Math.min(now, most) - Math.ceil(over / ROW_PX)))
      else if (left >= ROW_PX && rows < most) setRows((now) => Math.min(most, now + Math.floor(left / ROW_PX)))
    }
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    for (const child of element.children) watch.observe(child)
    return () => watch.disconnect()
  })
  return Math.min(rows, most)
}
